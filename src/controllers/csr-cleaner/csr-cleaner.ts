// The CSR cleaner: every hour it deletes requests that are decided for an hour, wait for a day, or
// whose certificate has expired. Upstream: pkg/controller/certificates/cleaner/cleaner.go.
import { decodeBase64 } from '../../api/base64';
import { certificateSigningRequests } from '../../api/extension-refs';
import type { CertificateSigningRequest } from '../../api/extension-types';
import { pemBlocks } from '../../api/pem';
import { formatTime, parseTime } from '../../api/time';
import { parseCertificate } from '../../api/x509';
import type { Controller } from '../controller';

const HOUR_MS = 3_600_000;
const DECIDED_MS = HOUR_MS;
const PENDING_MS = 24 * HOUR_MS;

export const csrCleanerController: Controller = {
  name: 'certificatesigningrequest-cleaner',
  eventSource: 'certificate-controller',
  workers: 1,
  start(context) {
    const { sim, scope, client } = context;
    const informer = context.informer(certificateSigningRequests);
    const round = (): void => {
      for (const { metadata } of informer.items.values()) context.enqueue(metadata.name);
      scope.after(HOUR_MS, round);
    };
    scope.after(HOUR_MS, round);
    return {
      reconcile(name) {
        const csr = informer.get(name);
        if (csr && isStale(csr, sim.clock.activityMs)) {
          client.delete(certificateSigningRequests, '', name);
        }
      },
    };
  },
};

function isStale({ metadata, status }: CertificateSigningRequest, nowMs: number): boolean {
  const { conditions = [], certificate } = status;
  const isOlder = (time: string | undefined | null, ms: number): boolean =>
    Boolean(time) && nowMs - parseTime(time!) > ms;
  const isOld = (type: string): boolean =>
    conditions.some((each) => each.type === type && isOlder(each.lastUpdateTime, DECIDED_MS));
  if (isOld('Denied') || isOld('Failed')) return true;
  if (certificate && isOld('Approved')) return true;
  if (conditions.length === 0) return isOlder(metadata.creationTimestamp, PENDING_MS);
  return certificate !== undefined && hasExpired(certificate, nowMs);
}

function hasExpired(certificate: string, nowMs: number): boolean {
  const [block] = pemBlocks(decodeBase64(certificate));
  if (!block) return false;
  return parseCertificate(block.bytes).notAfter < formatTime(nowMs).replace(/[-:T]/g, '');
}
