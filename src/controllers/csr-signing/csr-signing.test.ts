import { beforeEach, describe, expect, test } from 'vitest';
import { readValue, readValues, oidText, stringOf } from '../../api/asn1';
import { decodeBase64 } from '../../api/base64';
import type { CertificateSigningRequest } from '../../api/extension-types';
import { pemBlocks } from '../../api/pem';
import { parseCertificate } from '../../api/x509';
import type { Cluster } from '../../cluster/cluster';
import { ask, must, openCluster } from '../../testing/access';
import { signingRequest, type WantedNames } from '../../testing/certificate-requests';

const CSRS = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const CLIENT = 'kubernetes.io/kube-apiserver-client';
const SERVING = 'kubernetes.io/kubelet-serving';
const NODE = { commonName: 'system:node:n1', organization: ['system:nodes'] };
const SERVING_USAGES = ['digital signature', 'server auth'];

let cluster: Cluster;
beforeEach(() => {
  cluster = openCluster();
});

/** Asks, approves (or not) and waits. */
function askFor(
  names: WantedNames,
  signerName: string,
  usages: readonly string[],
  {
    expirationSeconds,
    decision = 'Approved',
  }: { expirationSeconds?: number; decision?: string } = {},
): CertificateSigningRequest {
  const spec = { signerName, usages, ...(expirationSeconds && { expirationSeconds }) };
  const csr = must<CertificateSigningRequest>(cluster, 'POST', CSRS, {
    body: signingRequest('c', names, spec),
  });
  const conditions = [{ type: decision, status: 'True', reason: 'Test' }];
  const decided = { ...csr, status: { conditions } };
  if (decision) must(cluster, 'PUT', `${CSRS}/c/approval`, { body: decided });
  cluster.clock.runFor(1000);
  return must<CertificateSigningRequest>(cluster, 'GET', `${CSRS}/c`);
}

function certificateOf({ status }: CertificateSigningRequest): Uint8Array {
  return pemBlocks(decodeBase64(status.certificate ?? ''))[0].bytes;
}

/** Fields of the certificate's body, without its version. */
function fieldsOf(csr: CertificateSigningRequest): ReturnType<typeof readValues> {
  const [body] = readValues(readValue(certificateOf(csr)).content);
  return readValues(body.content).slice(1);
}

test('an approved request of a client gets a certificate with its subject', () => {
  const csr = askFor({ commonName: 'jane', organization: ['devs', 'ops'] }, CLIENT, [
    'client auth',
  ]);
  const names = readValues(fieldsOf(csr)[4].content)
    .flatMap(({ content }) => readValues(content))
    .map(({ content }) => stringOf(readValues(content)[1]));
  expect(names).toEqual(['devs', 'ops', 'jane']);
  expect(csr.status.conditions?.map(({ type }) => type)).toEqual(['Approved']);
});

test('a certificate lasts a year less the five minutes it is backdated', () => {
  const [, , , validity] = fieldsOf(askFor({ commonName: 'jane' }, CLIENT, ['client auth']));
  const [from, to] = readValues(validity.content).map(stringOf);
  expect(to.slice(0, 2)).toBe(String(Number(from.slice(0, 2)) + 1));
  expect(to.slice(2)).toBe(from.slice(2));
});

test.each([
  [600, 600],
  [7200, 7200],
  [36_000, 36_000 - 300],
])('a certificate for %i seconds ends after %i', (expirationSeconds, lasts) => {
  const csr = askFor({ commonName: 'jane' }, CLIENT, ['client auth'], { expirationSeconds });
  const { notAfter } = parseCertificate(certificateOf(csr));
  const [, y, mo, d, h, mi, s] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(notAfter)?.map(Number) ?? [];
  const end = Date.UTC(y, mo - 1, d, h, mi, s) / 1000;
  const asked = Date.parse(csr.metadata.creationTimestamp) / 1000;
  expect(Math.abs(end - asked - lasts)).toBeLessThanOrEqual(1);
});

test("a kubelet's serving certificate keeps its names and says what it is for", () => {
  const names = { ...NODE, dns: ['n1'], ip: [Uint8Array.of(10, 0, 0, 1)] };
  const extensions = fieldsOf(askFor(names, SERVING, SERVING_USAGES)).at(-1)!;
  const known = readValues(readValue(extensions.content).content).map(({ content }) =>
    oidText(readValues(content)[0].content),
  );
  expect(known).toEqual(['2.5.29.15', '2.5.29.37', '2.5.29.19', '2.5.29.35', '2.5.29.17']);
});

describe('what a signer does not sign has failed', () => {
  const failures: readonly (readonly [WantedNames, string, readonly string[], string])[] = [
    [
      { commonName: 'jane' },
      CLIENT,
      ['server auth'],
      'invalid usage for client certificate: server auth',
    ],
    [
      { commonName: 'jane' },
      CLIENT,
      ['digital signature'],
      'missing required usage for client certificate: client auth',
    ],
    [
      { ...NODE, organization: ['x'] },
      SERVING,
      SERVING_USAGES,
      'subject organization is not system:nodes',
    ],
    [NODE, SERVING, SERVING_USAGES, 'DNS or IP subjectAltName is required'],
    [
      { ...NODE, dns: ['n1'], email: ['n@1'] },
      SERVING,
      SERVING_USAGES,
      'Email subjectAltNames are not allowed',
    ],
    [
      { ...NODE, dns: ['n1'], uri: ['n:1'] },
      SERVING,
      SERVING_USAGES,
      'URI subjectAltNames are not allowed',
    ],
    [
      { ...NODE, commonName: 'n1', dns: ['n1'] },
      SERVING,
      SERVING_USAGES,
      'subject common name does not begin with system:node:',
    ],
    [
      { ...NODE, dns: ['n1'] },
      SERVING,
      ['client auth'],
      'usages did not match [digital signature key encipherment server auth]',
    ],
  ];

  test.each(failures)('%o to %s for %o', (names, signer, usages, message) => {
    const { status } = askFor(names, signer, usages);
    expect(status.certificate).toBeUndefined();
    expect(status.conditions?.at(-1)).toMatchObject({
      type: 'Failed',
      status: 'True',
      reason: 'SignerValidationFailure',
      message,
    });
  });
});

test('who asks to be an administrator is refused before there is anything to sign', () => {
  const names = { commonName: 'jane', organization: ['system:masters'] };
  const spec = { signerName: CLIENT, usages: ['client auth'] };
  const { status, body } = ask(cluster, 'POST', CSRS, { body: signingRequest('c', names, spec) });
  expect(status).toBe(403);
  expect(body.message).toContain(
    'use of kubernetes.io/kube-apiserver-client signer with system:masters',
  );
});

test.each(['', 'Denied'])('nothing is signed that is not approved: %j', (decision) => {
  const csr = askFor({ commonName: 'jane' }, CLIENT, ['client auth'], { decision });
  expect(csr.status.certificate).toBeUndefined();
});

test("other signers' requests are left to them", () => {
  const csr = askFor({ commonName: 'jane' }, 'example.com/mine', ['client auth']);
  expect(csr.status.certificate).toBeUndefined();
  expect(csr.status.conditions).toHaveLength(1);
});
