// CertificateSigningRequests as clients meet them: what is taken, who decides, what each endpoint
// may change.
import { beforeEach, describe, expect, test } from 'vitest';
import { encodeBase64 } from '../../api/base64';
import type { CertificateSigningRequest } from '../../api/extension-types';
import { pemText } from '../../api/pem';
import type { Cluster } from '../../cluster/cluster';
import { ask, bind, makeRole, must, openCluster, type Told } from '../../testing/access';
import { certificateRequestPem, signingRequest } from '../../testing/certificate-requests';

const CSRS = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const GROUP = ['certificates.k8s.io'];
const SPEC = { signerName: 'example.com/mine', usages: ['client auth'] };
const JANE = { commonName: 'jane' };

let cluster: Cluster;
beforeEach(() => {
  cluster = openCluster();
});

function make(): CertificateSigningRequest {
  return must(cluster, 'POST', CSRS, { body: signingRequest('c', JANE, SPEC) });
}

function put(
  csr: CertificateSigningRequest,
  subresource: string,
  status: object,
  as?: string,
): Told {
  return ask(cluster, 'PUT', `${CSRS}/c${subresource}`, { as, body: { ...csr, status } });
}

function condition(type: string, status = 'True'): object {
  return { type, status, reason: 'Because' };
}

function messageOf({ status, body }: Told): unknown {
  return status < 300 ? status : body.message;
}

const INVALID = 'CertificateSigningRequest.certificates.k8s.io "c" is invalid: ';

describe('a request', () => {
  test('tells who asks, whatever it says itself', () => {
    const body = signingRequest('c', JANE, { ...SPEC, username: 'boss', groups: ['x'] } as never);
    const { spec } = must<CertificateSigningRequest>(cluster, 'POST', CSRS, { body });
    expect(spec.username).toBe('admin');
    expect(spec.groups).toEqual(['system:masters', 'system:authenticated']);
  });

  const request = encodeBase64(certificateRequestPem(JANE));
  test.each([
    [{ usages: [] }, 'spec.usages: Required value'],
    [
      { signerName: 'mine' },
      'spec.signerName: Invalid value: "mine": must be a fully qualified domain and path of the form \'example.com/signer-name\'',
    ],
    [
      { expirationSeconds: 599 },
      'spec.expirationSeconds: Invalid value: 599: ' +
        'may not specify a duration less than 600 seconds (10 minutes)',
    ],
    [{ usages: ['client auth', 'client auth'] }, 'spec.usages[1]: Duplicate value: "client auth"'],
    [
      { signerName: 'kubernetes.io/legacy-unknown' },
      'spec.signerName: Invalid value: "kubernetes.io/legacy-unknown": ' +
        'the legacy signerName is not allowed via this API version',
    ],
  ])('with %o', (wrong, message) => {
    const body = signingRequest('c', JANE, { ...SPEC, request, ...wrong } as never);
    expect(messageOf(ask(cluster, 'POST', CSRS, { body }))).toBe(INVALID + message);
  });

  test.each([
    ['no PEM at all', encodeBase64('hello')],
    ['a certificate', encodeBase64(pemText('CERTIFICATE', Uint8Array.of(0x30, 0)))],
  ])('of %s', (_, wrong) => {
    const body = signingRequest('c', JANE, SPEC) as CertificateSigningRequest;
    const told = ask(cluster, 'POST', CSRS, {
      body: { ...body, spec: { ...body.spec, request: wrong } },
    });
    expect(told.status).toBe(422);
    expect(told.body.message).toContain('PEM block type must be CERTIFICATE REQUEST');
  });

  test('stays as it was made', () => {
    const csr = make();
    must(cluster, 'PUT', `${CSRS}/c`, {
      body: { ...csr, spec: { ...csr.spec, usages: ['server auth'] } },
    });
    const { spec } = must<CertificateSigningRequest>(cluster, 'GET', `${CSRS}/c`);
    expect(spec).toEqual(csr.spec);
  });
});

describe('a decision', () => {
  test('is made at approval, and nowhere else', () => {
    const csr = make();
    const conditions = [condition('Approved')];
    expect(messageOf(put(csr, '/status', { conditions }))).toBe(
      `${INVALID}status.conditions: Forbidden: updates may not add a condition of type "Approved"`,
    );
    expect(put(csr, '/approval', { conditions }).status).toBe(200);
  });

  test('is one', () => {
    const conditions = [condition('Approved'), condition('Denied')];
    expect(messageOf(put(make(), '/approval', { conditions }))).toBe(
      `${INVALID}status.conditions[1].type: Invalid value: "Denied": ` +
        'Approved and Denied conditions are mutually exclusive',
    );
  });

  test('lasts', () => {
    const { body } = put(make(), '/approval', { conditions: [condition('Denied')] });
    const told = put(body as never, '/approval', { conditions: [] });
    expect(messageOf(told)).toBe(
      `${INVALID}status.conditions: Forbidden: updates may not remove a condition of type "Denied"`,
    );
  });

  test('is True', () => {
    expect(
      messageOf(put(make(), '/approval', { conditions: [condition('Approved', 'False')] })),
    ).toBe(
      `${INVALID}status.conditions[0].status: Unsupported value: "False": supported values: "True"`,
    );
  });

  test('is told with its time', () => {
    const { body } = put(make(), '/approval', { conditions: [condition('Approved')] });
    const [told] = (body as unknown as CertificateSigningRequest).status.conditions ?? [];
    expect(told.lastUpdateTime).toBe(told.lastTransitionTime);
    expect(told.lastUpdateTime).toMatch(/Z$/);
  });
});

describe('of a signer', () => {
  function mayWrite(name: string, ...signers: readonly object[]): void {
    const resources = ['certificatesigningrequests/approval', 'certificatesigningrequests/status'];
    makeRole(cluster, name, [{ apiGroups: GROUP, resources, verbs: ['*'] }, ...signers], '');
    bind(cluster, name, `ClusterRole/${name}`, '');
  }
  const signers = { apiGroups: GROUP, resources: ['signers'] };
  const decided = { conditions: [condition('Approved')] };

  test('only who may approve its requests does', () => {
    mayWrite('john');
    mayWrite('jane', { ...signers, verbs: ['approve'], resourceNames: ['example.com/mine'] });
    const csr = make();
    expect(messageOf(put(csr, '/approval', decided, 'john'))).toBe(
      'certificatesigningrequests.certificates.k8s.io "c" is forbidden: ' +
        'user not permitted to approve requests with signerName "example.com/mine"',
    );
    expect(messageOf(put(csr, '/approval', decided, 'jane'))).toBe(200);
  });

  test('a right for the whole domain will do, one for another does not', () => {
    mayWrite('john', { ...signers, verbs: ['approve'], resourceNames: ['example.org/*'] });
    mayWrite('jane', { ...signers, verbs: ['approve'], resourceNames: ['example.com/*'] });
    const csr = make();
    expect(put(csr, '/approval', decided, 'john').status).toBe(403);
    expect(put(csr, '/approval', decided, 'jane').status).toBe(200);
  });

  test('only who may sign writes certificates and failures', () => {
    mayWrite('john', { ...signers, verbs: ['approve'], resourceNames: ['example.com/mine'] });
    mayWrite('jane', { ...signers, verbs: ['sign'], resourceNames: ['example.com/mine'] });
    const csr = make();
    const failed = { conditions: [condition('Failed')] };
    expect(messageOf(put(csr, '/status', failed, 'john'))).toBe(
      'certificatesigningrequests.certificates.k8s.io "c" is forbidden: ' +
        'user not permitted to sign requests with signerName "example.com/mine"',
    );
    expect(put(csr, '/status', failed, 'jane').status).toBe(200);
  });
});

test('approval shows the request itself', () => {
  make();
  const { status, body } = ask(cluster, 'GET', `${CSRS}/c/approval`);
  expect([status, body.kind]).toEqual([200, 'CertificateSigningRequest']);
});
