import { describe, expect, test } from 'vitest';
import { roleBindings, roles } from '../../../api/extension-refs';
import type { ClusterRole } from '../../../api/extension-types';
import type { KubeObject } from '../../../api/object';
import { bootstrapPolicy } from './bootstrap-policy';
import { parseBindings, parseRoles } from './parse-policy';

const [clusterRoleSeeds, clusterRoleBindingSeeds, roleSeeds, roleBindingSeeds] = bootstrapPolicy;

function named(objects: readonly unknown[], name: string): KubeObject {
  return (objects as KubeObject[]).find(({ metadata }) => metadata.name === name)!;
}

describe('the short form of roles', () => {
  test.each([
    [' core pods,pods/log READ', { verbs: ['get', 'list', 'watch'], apiGroups: [''] }],
    [
      ' apps,extensions deployments update',
      { verbs: ['update'], apiGroups: ['apps', 'extensions'] },
    ],
    [' url /a,/b/* get', { verbs: ['get'], nonResourceURLs: ['/a', '/b/*'] }],
    [' core configmaps get one,two', { resourceNames: ['one', 'two'] }],
    [' EVENTS', { verbs: ['create', 'patch', 'update'], resources: ['events'] }],
  ])('%s', (line, rule) => {
    expect(parseRoles(`r\n${line}\n`)[0].rules[0]).toMatchObject(rule);
  });

  test('a role says what it is aggregated to and what it gathers', () => {
    expect(parseRoles('edit >admin <edit')).toEqual([
      { name: 'edit', aggregatedTo: ['admin'], gathers: 'edit', rules: [] },
    ]);
  });

  test('a binding may be called otherwise than its role', () => {
    expect(parseBindings('role=binding User/u ServiceAccount/s')).toEqual([
      {
        role: 'role',
        name: 'binding',
        subjects: [
          { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'u' },
          { kind: 'ServiceAccount', name: 's', namespace: 'kube-system' },
        ],
      },
    ]);
  });
});

describe('what the API server makes at its start', () => {
  test('cluster-admin may do everything, and system:masters are', () => {
    const { rules } = named(clusterRoleSeeds.objects(), 'cluster-admin') as ClusterRole;
    expect(rules).toEqual([
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
      { verbs: ['*'], nonResourceURLs: ['*'] },
    ]);
    expect(named(clusterRoleBindingSeeds.objects(), 'cluster-admin')).toMatchObject({
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'cluster-admin',
      },
      subjects: [{ kind: 'Group', name: 'system:masters' }],
    });
  });

  test('admin holds all that edit holds, and edit all that view holds', () => {
    const rulesOf = (name: string): unknown[] =>
      (named(clusterRoleSeeds.objects(), name) as ClusterRole).rules!;
    expect(rulesOf('edit')).toEqual(expect.arrayContaining(rulesOf('view')));
    expect(rulesOf('admin')).toEqual(expect.arrayContaining(rulesOf('edit')));
    expect(rulesOf('view')).toEqual(rulesOf('system:aggregate-to-view'));
  });

  test('every controller has a role and its service account is bound to it', () => {
    const own = (clusterRoleSeeds.objects() as KubeObject[])
      .map(({ metadata }) => metadata.name)
      .filter((name) => name.startsWith('system:controller:'));
    expect(own).toHaveLength(38);
    for (const name of own) {
      expect(named(clusterRoleBindingSeeds.objects(), name)).toMatchObject({
        roleRef: { name },
        subjects: [{ kind: 'ServiceAccount', namespace: 'kube-system', name: name.slice(18) }],
      });
    }
  });

  test.each([
    ['roles', roleSeeds, roles],
    ['bindings', roleBindingSeeds, roleBindings],
  ])('%s of namespaces are in kube-system and kube-public', (_what, seeds, ref) => {
    expect(seeds.ref).toBe(ref);
    const places = (seeds.objects() as KubeObject[]).map(
      ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
    );
    expect(places).toContain('kube-public/system:controller:bootstrap-signer');
    expect(places).toContain('kube-system/system::leader-locking-kube-scheduler');
    expect(places).toHaveLength(7);
  });

  test('all are made once and frozen', () => {
    for (const { objects } of bootstrapPolicy) {
      expect(objects()).toBe(objects());
      for (const object of objects()) expect(Object.isFrozen(object)).toBe(true);
    }
  });
});
