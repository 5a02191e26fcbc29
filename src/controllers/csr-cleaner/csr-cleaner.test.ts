import { beforeEach, expect, test } from 'vitest';
import { certificateSigningRequests } from '../../api/extension-refs';
import type { CertificateSigningRequest } from '../../api/extension-types';
import { signingRequest } from '../../testing/certificate-requests';
import { startCluster, type ControllerCluster } from '../../testing/controllers';
import { csrSigningController } from '../csr-signing/csr-signing';
import { standInKeys } from '../../cluster/stand-in-keys';
import { csrCleanerController } from './csr-cleaner';

const HOUR_MS = 3_600_000;
const CLIENT = 'kubernetes.io/kube-apiserver-client';
const NOBODYS = 'example.com/mine';

let cluster: ControllerCluster;
beforeEach(() => {
  const signer = csrSigningController(standInKeys.authority);
  cluster = startCluster({ extension: [csrCleanerController, signer] });
});

function make(signerName: string, type = '', expirationSeconds = 86_400): void {
  const { client } = cluster;
  const spec = { signerName, usages: ['client auth'], expirationSeconds };
  const body = signingRequest('c', { commonName: 'jane' }, spec) as CertificateSigningRequest;
  const csr = client.create(certificateSigningRequests, body as never);
  if (!type) return;
  const conditions = [{ type, status: 'True', reason: 'Test' }];
  const subresource = type === 'Failed' ? 'status' : 'approval';
  client.updateSubresource(
    certificateSigningRequests,
    { ...csr, status: { conditions } } as never,
    subresource,
  );
}

function isThere(): boolean {
  return cluster.client.list(certificateSigningRequests).items.length > 0;
}

test.each([
  ['denied', NOBODYS, 'Denied'],
  ['failed', NOBODYS, 'Failed'],
  ['issued', CLIENT, 'Approved'],
])('what is %s goes at the first round that finds it an hour old', (_, signer, type) => {
  make(signer, type);
  cluster.sim.clock.runFor(HOUR_MS - 60_000);
  expect(isThere()).toBe(true);
  cluster.sim.clock.runFor(HOUR_MS + 120_000);
  expect(isThere()).toBe(false);
});

test('what nobody decides goes after a day', () => {
  make(NOBODYS);
  cluster.sim.clock.runFor(24 * HOUR_MS - 60_000);
  expect(isThere()).toBe(true);
  cluster.sim.clock.runFor(HOUR_MS + 120_000);
  expect(isThere()).toBe(false);
});

test('what is approved and not issued yet waits for its signer', () => {
  make(NOBODYS, 'Approved');
  // A day is the most that anything else is left.
  cluster.sim.clock.runFor(26 * HOUR_MS);
  expect(isThere()).toBe(true);
});
