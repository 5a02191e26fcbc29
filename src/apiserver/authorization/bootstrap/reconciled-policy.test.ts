import { beforeEach, describe, expect, test } from 'vitest';
import type { ClusterRole, ClusterRoleBinding } from '../../../api/extension-types';
import { machines } from '../../../api/resource-ref';
import type { Cluster } from '../../../cluster/cluster';
import { must, openCluster } from '../../../testing/access';

const ROLES = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
const BINDINGS = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';
const AUTO_UPDATE = 'rbac.authorization.kubernetes.io/autoupdate';

let cluster: Cluster;
beforeEach(() => {
  cluster = openCluster('kubeadm');
});

function set(path: string, body: object): void {
  must(cluster, 'PATCH', path, { body });
}

function restart(): void {
  const programs = { 'kube-apiserver': { crashes: 1 } };
  cluster.world.patch(machines, '', 'm1', { spec: { programs } }, { patchType: 'merge' });
  cluster.clock.runFor(60_000);
}

function role(name: string): ClusterRole {
  return must<ClusterRole>(cluster, 'GET', `${ROLES}/${name}`);
}

function binding(name: string): ClusterRoleBinding {
  return must<ClusterRoleBinding>(cluster, 'GET', `${BINDINGS}/${name}`);
}

const PODS = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };

describe('an API server that starts', () => {
  test('adds the rules that a role lacks, one by one, and leaves what it has besides', () => {
    const { rules } = role('system:kube-dns');
    set(`${ROLES}/system:kube-dns`, { rules: [PODS] });
    restart();
    expect(rules).toEqual([
      { apiGroups: [''], resources: ['endpoints', 'services'], verbs: ['list', 'watch'] },
    ]);
    const one = (resource: string, verb: string) => ({
      apiGroups: [''],
      resources: [resource],
      verbs: [verb],
    });
    expect(role('system:kube-dns').rules).toEqual([
      PODS,
      one('endpoints', 'list'),
      one('endpoints', 'watch'),
      one('services', 'list'),
      one('services', 'watch'),
    ]);
  });

  test('leaves a role alone whose rules cover what it should have', () => {
    const all = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
    set(`${ROLES}/system:kube-dns`, { rules: all });
    const { resourceVersion } = role('system:kube-dns').metadata;
    restart();
    expect(role('system:kube-dns').rules).toEqual(all);
    expect(role('system:kube-dns').metadata.resourceVersion).toBe(resourceVersion);
  });

  test('keeps its hands off a role that says so', () => {
    set(`${ROLES}/system:kube-dns`, {
      metadata: { annotations: { [AUTO_UPDATE]: 'false' } },
      rules: [PODS],
    });
    restart();
    expect(role('system:kube-dns').rules).toEqual([PODS]);
  });

  test('puts back labels and annotations that are missing, not those that are others', () => {
    set(`${ROLES}/system:kube-dns`, {
      metadata: {
        annotations: { [AUTO_UPDATE]: null, mine: 'yes' },
        labels: { 'kubernetes.io/bootstrapping': 'other' },
      },
    });
    restart();
    const { annotations, labels } = role('system:kube-dns').metadata;
    expect(annotations).toEqual({ [AUTO_UPDATE]: 'true', mine: 'yes' });
    expect(labels).toEqual({ 'kubernetes.io/bootstrapping': 'other' });
  });

  test('has the rules of an aggregated role to those that it selects', () => {
    set(`${ROLES}/view`, { aggregationRule: null, rules: [PODS] });
    restart();
    const selector = { matchLabels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } };
    expect(role('view').aggregationRule).toEqual({ clusterRoleSelectors: [selector] });
    expect(role('view').rules!.length).toBeGreaterThan(5);
  });

  test('adds the subjects that a binding lacks', () => {
    const jane = { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'jane' };
    set(`${BINDINGS}/cluster-admin`, { subjects: [jane] });
    restart();
    expect(binding('cluster-admin').subjects).toEqual([
      jane,
      { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'system:masters' },
    ]);
  });

  test('makes what was deleted again', () => {
    must(cluster, 'DELETE', `${ROLES}/system:kube-dns`);
    must(cluster, 'DELETE', `${BINDINGS}/system:kube-dns`);
    restart();
    expect(role('system:kube-dns').rules).toHaveLength(1);
    expect(binding('system:kube-dns').roleRef.name).toBe('system:kube-dns');
  });
});
