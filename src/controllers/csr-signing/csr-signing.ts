// The CSR signing controller: issues certificates for approved requests to the four signers that
// are Kubernetes' own, and marks as failed what they do not sign.
// Upstream: pkg/controller/certificates/signer/signer.go.
import { decodeBase64, encodeBase64 } from '../../api/base64';
import type { CertificateAuthority } from '../../api/cluster-keys';
import { certificateSigningRequests } from '../../api/extension-refs';
import type { CertificateSigningRequest } from '../../api/extension-types';
import { kubeletClientProblem, kubeletServingProblem } from '../../api/kubelet-certificates';
import { pemBlocks } from '../../api/pem';
import { formatTime, parseTime } from '../../api/time';
import { parseCertificate, parseCertificateRequest, type CertificateRequest } from '../../api/x509';
import type { Controller, ControllerContext } from '../controller';
import { forEachSigningRequest } from '../signing-requests';
import { issueCertificate } from './issue-certificate';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** --cluster-signing-duration. */
const LONGEST_MS = 365 * 24 * HOUR_MS;
const SHORTEST_MS = 10 * MINUTE_MS;
const BACKDATE_MS = 5 * MINUTE_MS;
/** Certificates for less than this are not made to end earlier by the backdating. */
const SHORT_MS = 8 * HOUR_MS;

type Problem = (request: CertificateRequest, usages: readonly string[]) => string | undefined;

/** What each signer asks of a request. */
const SIGNERS: Readonly<Record<string, Problem>> = {
  'kubernetes.io/kubelet-serving': kubeletServingProblem,
  'kubernetes.io/kube-apiserver-client-kubelet': kubeletClientProblem,
  'kubernetes.io/kube-apiserver-client': clientProblem,
  'kubernetes.io/legacy-unknown': () => undefined,
};

/** `authority`: the cluster's, whose key the host holds. */
export function csrSigningController(authority: CertificateAuthority): Controller {
  return {
    name: 'certificatesigningrequest-signing',
    eventSource: 'certificate-controller',
    workers: 5,
    start: (context) =>
      forEachSigningRequest(context, (csr) => {
        if (isToBeSigned(csr)) sign(context, csr, authority);
      }),
  };
}

function isToBeSigned({ spec, status }: CertificateSigningRequest): boolean {
  const has = (type: string): boolean =>
    status.conditions?.some((condition) => condition.type === type) ?? false;
  const isApproved = has('Approved') && !has('Denied') && !has('Failed');
  return isApproved && !status.certificate && spec.signerName in SIGNERS;
}

function sign(
  context: ControllerContext,
  csr: CertificateSigningRequest,
  authority: CertificateAuthority,
): void {
  const { client, sim } = context;
  const { spec, status } = csr;
  const request = parseCertificateRequest(decodeBase64(spec.request));
  const usages = spec.usages ?? [];
  const nowMs = sim.clock.activityMs;
  const problem = SIGNERS[spec.signerName](request, usages);
  if (problem) {
    const failed = {
      type: 'Failed',
      status: 'True',
      reason: 'SignerValidationFailure',
      message: problem,
      lastUpdateTime: formatTime(nowMs),
    };
    const conditions = [...(status.conditions ?? []), failed];
    client.updateStatus(certificateSigningRequests, { ...csr, status: { ...status, conditions } });
    return;
  }
  const random = sim.random('certificate serials');
  const serial = Uint8Array.from({ length: 16 }, () => random.below(256));
  const times = validity(spec.expirationSeconds, nowMs, authority);
  const certificate = encodeBase64(
    issueCertificate(request, authority, { usages, serial, ...times }),
  );
  client.updateStatus(certificateSigningRequests, { ...csr, status: { ...status, certificate } });
}

function validity(
  seconds: number | undefined | null,
  nowMs: number,
  { certificate }: CertificateAuthority,
): { notBeforeMs: number; notAfterMs: number } {
  const asked = seconds == null ? LONGEST_MS : seconds * 1000;
  const lifetimeMs = Math.min(Math.max(asked, SHORTEST_MS), LONGEST_MS);
  const endMs = nowMs + lifetimeMs - (lifetimeMs < SHORT_MS ? 0 : BACKDATE_MS);
  const notAfterMs = Math.min(endMs, endOf(certificate));
  return { notBeforeMs: nowMs - BACKDATE_MS, notAfterMs };
}

function endOf(pem: string): number {
  const digits = parseCertificate(pemBlocks(pem)[0].bytes).notAfter;
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits) ?? [];
  return parseTime(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function clientProblem(
  _request: CertificateRequest,
  usages: readonly string[],
): string | undefined {
  const optional = ['digital signature', 'key encipherment'];
  const wrong = usages.find((usage) => usage !== 'client auth' && !optional.includes(usage));
  if (wrong !== undefined) return `invalid usage for client certificate: ${wrong}`;
  if (usages.includes('client auth')) return undefined;
  return 'missing required usage for client certificate: client auth';
}
