import { beforeEach, expect, test } from 'vitest';
import type { CertificateSigningRequest } from '../../api/extension-types';
import type { UserInfo } from '../../client/transport';
import type { Cluster } from '../../cluster/cluster';
import { bind, makeRole, must, openCluster } from '../../testing/access';
import { signingRequest } from '../../testing/certificate-requests';

const CSRS = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const SIGNER = 'kubernetes.io/kube-apiserver-client-kubelet';
const USAGES = ['digital signature', 'client auth'];
const NAMES = { commonName: 'system:node:n1', organization: ['system:nodes'] };

let cluster: Cluster;
beforeEach(() => {
  cluster = openCluster();
  const resources = ['certificatesigningrequests'];
  makeRole(cluster, 'asker', [{ apiGroups: ['certificates.k8s.io'], resources, verbs: ['*'] }], '');
  bind(cluster, 'joiner', 'ClusterRole/asker', '');
});

function askAs(
  user: string | UserInfo,
  names = NAMES,
  spec = { signerName: SIGNER, usages: USAGES },
): CertificateSigningRequest['status'] {
  must(cluster, 'POST', CSRS, { as: user, body: signingRequest('c', names, spec) });
  cluster.clock.runFor(1000);
  return must<CertificateSigningRequest>(cluster, 'GET', `${CSRS}/c`).status;
}

function maySay(role: string, subresource: string): void {
  makeRole(
    cluster,
    role,
    [
      {
        apiGroups: ['certificates.k8s.io'],
        resources: [`certificatesigningrequests/${subresource}`],
        verbs: ['create'],
      },
    ],
    '',
  );
  bind(cluster, 'joiner', `ClusterRole/${role}`, '');
}

test('a node may renew its own certificate', () => {
  maySay('self', 'selfnodeclient');
  const node = { username: 'system:node:n1', groups: ['system:nodes', 'system:authenticated'] };
  must(cluster, 'POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    body: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'renewal' },
      roleRef: { kind: 'ClusterRole', name: 'self' },
      subjects: [{ kind: 'Group', name: 'system:nodes' }],
    },
  });
  const { conditions, certificate } = askAs(node);
  expect(conditions).toEqual([
    expect.objectContaining({
      type: 'Approved',
      status: 'True',
      reason: 'AutoApproved',
      message: 'Auto approving self kubelet client certificate after SubjectAccessReview.',
    }),
  ]);
  expect(certificate).toBeDefined();
});

test('who may ask for nodes gets a certificate for one that joins', () => {
  maySay('nodes', 'nodeclient');
  const message = 'Auto approving kubelet client certificate after SubjectAccessReview.';
  expect(askAs('joiner').conditions).toEqual([expect.objectContaining({ message })]);
});

test('who may only renew does not get one for another name', () => {
  maySay('self', 'selfnodeclient');
  expect(askAs('joiner').conditions ?? []).toEqual([]);
});

test('without the right it waits, and is approved once the right comes', () => {
  expect(askAs('joiner').conditions ?? []).toEqual([]);
  maySay('nodes', 'nodeclient');
  cluster.clock.runFor(60_000);
  const { status } = must<CertificateSigningRequest>(cluster, 'GET', `${CSRS}/c`);
  expect(status.conditions?.[0].type).toBe('Approved');
});

test.each([
  [
    'for another signer',
    NAMES,
    { signerName: 'kubernetes.io/kube-apiserver-client', usages: USAGES },
  ],
  ['to serve', NAMES, { signerName: SIGNER, usages: ['server auth'] }],
  [
    'in another group',
    { ...NAMES, organization: ['devs'] },
    { signerName: SIGNER, usages: USAGES },
  ],
  ['for no node', { ...NAMES, commonName: 'jane' }, { signerName: SIGNER, usages: USAGES }],
])('nothing is approved %s', (_, names, spec) => {
  maySay('nodes', 'nodeclient');
  expect(askAs('joiner', names, spec).conditions ?? []).toEqual([]);
});

test('what was denied stays denied', () => {
  const csr = must<CertificateSigningRequest>(cluster, 'POST', CSRS, {
    as: 'joiner',
    body: signingRequest('c', NAMES, { signerName: SIGNER, usages: USAGES }),
  });
  const conditions = [{ type: 'Denied', status: 'True', reason: 'No' }];
  must(cluster, 'PUT', `${CSRS}/c/approval`, { body: { ...csr, status: { conditions } } });
  maySay('nodes', 'nodeclient');
  cluster.clock.runFor(60_000);
  const { status } = must<CertificateSigningRequest>(cluster, 'GET', `${CSRS}/c`);
  expect(status.conditions?.map(({ type }) => type)).toEqual(['Denied']);
});
