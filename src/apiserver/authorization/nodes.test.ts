// What a kubelet may do: what the Node authorizer lets through and NodeRestriction admits.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../../cluster/cluster';
import { ask, must, openCluster } from '../../testing/access';
import { signingRequest } from '../../testing/certificate-requests';

const DEFAULT = '/api/v1/namespaces/default';
const N1 = { username: 'system:node:n1', groups: ['system:nodes', 'system:authenticated'] };

let cluster: Cluster;
beforeEach(() => {
  cluster = openCluster();
  for (const name of ['n1', 'n2']) must(cluster, 'POST', '/api/v1/nodes', { body: node(name) });
});

function node(name: string, metadata: object = {}, spec: object = {}): object {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, ...metadata }, spec };
}

function makePod(name: string, nodeName: string, volumes: readonly object[] = []): string {
  const containers = [{ name: 'c', image: 'nginx' }];
  const body = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers, nodeName, volumes },
  };
  const made = must<{ metadata: { uid: string } }>(cluster, 'POST', `${DEFAULT}/pods`, { body });
  return made.metadata.uid;
}

function make(kind: 'Secret' | 'ConfigMap', name: string): void {
  const path = `${DEFAULT}/${kind.toLowerCase()}s`;
  must(cluster, 'POST', path, { body: { apiVersion: 'v1', kind, metadata: { name } } });
}

describe('the Node authorizer', () => {
  function statusOf(method: string, path: string, body?: unknown): number {
    return ask(cluster, method, path, { as: N1, body }).status;
  }

  test('a Secret is read for a pod on the node, and only as long as the pod is there', () => {
    make('Secret', 's');
    expect(statusOf('GET', `${DEFAULT}/secrets/s`)).toBe(403);
    makePod('p', 'n1', [{ name: 'v', secret: { secretName: 's' } }]);
    expect(statusOf('GET', `${DEFAULT}/secrets/s`)).toBe(200);
    must(cluster, 'DELETE', `${DEFAULT}/pods/p?gracePeriodSeconds=0`);
    expect(statusOf('GET', `${DEFAULT}/secrets/s`)).toBe(403);
  });

  test("another node's pod opens nothing", () => {
    make('ConfigMap', 'm');
    makePod('p', 'n2', [{ name: 'v', configMap: { name: 'm' } }]);
    const { body } = ask(cluster, 'GET', `${DEFAULT}/configmaps/m`, { as: N1 });
    expect(body.message).toBe(
      'configmaps "m" is forbidden: User "system:node:n1" cannot get resource "configmaps" in ' +
        `API group "" in the namespace "default": no relationship found between node 'n1' and ` +
        'this object',
    );
  });

  test.each([
    ['GET', '/api/v1/nodes/n1', 200],
    ['GET', '/api/v1/nodes/n2', 403],
    ['GET', '/api/v1/nodes', 403],
    ['GET', '/api/v1/nodes?fieldSelector=metadata.name%3Dn1', 200],
    ['GET', '/api/v1/pods?fieldSelector=spec.nodeName%3Dn1', 200],
    ['GET', '/api/v1/pods?fieldSelector=spec.nodeName%3Dn2', 403],
    ['GET', '/api/v1/pods', 403],
    ['GET', '/api/v1/services', 200],
    ['GET', `${DEFAULT}/secrets`, 403],
    ['GET', '/apis/apps/v1/deployments', 403],
    ['GET', '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n2', 403],
    ['GET', '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n1', 404],
    ['GET', '/apis/storage.k8s.io/v1/csinodes/n2', 403],
    ['GET', '/apis/storage.k8s.io/v1/csinodes/n1', 404],
    ['DELETE', '/api/v1/nodes/n1', 403],
  ])('%s %s: %i', (method, path, status) => {
    expect(statusOf(method, path)).toBe(status);
  });

  test.each([
    [
      '/apis/coordination.k8s.io/v1/namespaces/default/leases/n1',
      'can only access leases in the "kube-node-lease" system namespace',
    ],
    [
      '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases',
      'can only get, create, update, patch, or delete a node lease',
    ],
    [`/api/v1/nodes/n2`, "node 'n1' cannot read 'n2', only its own Node object"],
    ['/api/v1/pods', 'can only list/watch pods with spec.nodeName field selector'],
    [`${DEFAULT}/secrets`, 'No Object name found'],
  ])('why not %s: %s', (path, reason) => {
    const { body } = ask(cluster, 'GET', path, { as: N1 });
    expect(body.message).toMatch(new RegExp(`: ${reason}$`));
  });

  test('a kubelet without a name has no rights at all', () => {
    const user = { ...N1, username: 'system:node:' };
    const { body } = ask(cluster, 'GET', '/api/v1/services', { as: user });
    expect(body.message).toMatch(/: unknown node for user "system:node:"$/);
  });

  test('a node by name but not by group is nobody special', () => {
    const user = { username: 'system:node:n1' };
    expect(ask(cluster, 'GET', '/api/v1/nodes/n1', { as: user }).status).toBe(403);
  });
});

describe('NodeRestriction', () => {
  function refusal(method: string, path: string, body: unknown): unknown {
    const told = ask(cluster, method, path, { as: N1, body });
    return told.status === 403 ? told.body.message : told.status;
  }

  test.each([
    [
      { metadata: { labels: { 'node-role.kubernetes.io/control-plane': '' } } },
      'nodes "n1" is forbidden: is not allowed to modify labels: ' +
        'node-role.kubernetes.io/control-plane',
    ],
    [
      { metadata: { labels: { 'node-restriction.kubernetes.io/x': 'y' } } },
      'nodes "n1" is forbidden: is not allowed to modify labels: node-restriction.kubernetes.io/x',
    ],
    [{ metadata: { labels: { 'kubernetes.io/os': 'linux', mine: 'x' } } }, 200],
    [{ metadata: { labels: { 'node.kubernetes.io/mine': 'x' } } }, 200],
    [
      { spec: { taints: [{ key: 'k', effect: 'NoSchedule' }] } },
      'nodes "n1" is forbidden: node "n1" is not allowed to modify taints',
    ],
  ])('its own Node with %o', (patch, outcome) => {
    expect(refusal('PATCH', '/api/v1/nodes/n1', patch)).toBe(outcome);
  });

  test('nobody else', () => {
    const message = 'nodes "n2" is forbidden: node "n1" is not allowed to modify node "n2"';
    expect(refusal('PATCH', '/api/v1/nodes/n2', { metadata: { labels: { a: 'b' } } })).toBe(
      message,
    );
    expect(refusal('POST', '/api/v1/nodes', node('n3'))).toContain('is not allowed to modify node');
  });

  test("the status of its pods and no other's", () => {
    makePod('mine', 'n1');
    makePod('other', 'n2');
    const patch = { status: { message: 'hello' } };
    expect(refusal('PATCH', `${DEFAULT}/pods/mine/status`, patch)).toBe(200);
    expect(refusal('PATCH', `${DEFAULT}/pods/other/status`, patch)).toBe(
      'pods "other" is forbidden: ' +
        'node "n1" can only update pod status for pods with spec.nodeName set to itself',
    );
    expect(refusal('DELETE', `${DEFAULT}/pods/other`, undefined)).toBe(
      'pods "other" is forbidden: ' +
        'node "n1" can only delete pods with spec.nodeName set to itself',
    );
  });

  test('pods only as mirrors of those on its disk', () => {
    const spec = { containers: [{ name: 'c', image: 'nginx' }], nodeName: 'n1' };
    const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec };
    expect(refusal('POST', `${DEFAULT}/pods`, body)).toBe(
      'pods "p" is forbidden: pod does not have "kubernetes.io/config.mirror" annotation, ' +
        'node "n1" can only create mirror pods',
    );
  });

  test('tokens only for pods that it runs', () => {
    const mine = makePod('mine', 'n1');
    const other = makePod('other', 'n2');
    const tokenFor = (boundObjectRef?: object): unknown =>
      refusal('POST', `${DEFAULT}/serviceaccounts/default/token`, {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { ...(boundObjectRef && { boundObjectRef }) },
      });
    const pod = { apiVersion: 'v1', kind: 'Pod' };
    expect(tokenFor({ ...pod, name: 'mine', uid: mine })).toBe(201);
    expect(tokenFor({ ...pod, name: 'other', uid: other })).toMatch(
      /forbidden: node requested token bound to a pod scheduled on a different node$/,
    );
    expect(tokenFor({ ...pod, name: 'mine' })).toMatch(
      /forbidden: node requested token with a pod binding without a uid$/,
    );
    expect(tokenFor()).toMatch(/forbidden: node requested token not bound to a pod$/);
  });

  test('certificates only of its own name', () => {
    const spec = {
      signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
      usages: ['digital signature', 'client auth'],
    };
    const csrs = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
    const organization = ['system:nodes'];
    const other = signingRequest('b', { commonName: 'system:node:n2', organization }, spec);
    expect(refusal('POST', csrs, other)).toBe(
      'certificatesigningrequests.certificates.k8s.io "b" is forbidden: ' +
        'can only create a node CSR with CN=system:node:n1',
    );
    const own = signingRequest('a', { commonName: 'system:node:n1', organization }, spec);
    expect(refusal('POST', csrs, own)).toBe(201);
  });
});
