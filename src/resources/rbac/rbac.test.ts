import { beforeAll, describe, expect, test } from 'vitest';
import type { Cluster } from '../../cluster/cluster';
import { ask, must, openCluster } from '../../testing/access';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const API_GROUP = 'rbac.authorization.k8s.io';
const BINDINGS = `${RBAC}/namespaces/default/rolebindings`;

let cluster: Cluster;
beforeAll(() => {
  cluster = openCluster();
});

function object(kind: string, name: string, rest: object): object {
  return { apiVersion: `${API_GROUP}/v1`, kind, metadata: { name }, ...rest };
}

function refusal(path: string, body: object): unknown {
  const told = ask(cluster, 'POST', path, { body });
  return told.status < 300 ? told.status : told.body.message;
}

const causes = (kind: string, ...each: readonly string[]): string =>
  `${kind}.${API_GROUP} "x" is invalid: ${each.length > 1 ? `[${each.join(', ')}]` : each[0]}`;

describe('rules', () => {
  test.each([
    [
      { apiGroups: [''], resources: ['pods'] },
      'rules[0].verbs: Required value: verbs must contain at least one value',
    ],
    [
      { resources: ['pods'], verbs: ['get'] },
      'rules[0].apiGroups: Required value: resource rules must supply at least one api group',
    ],
    [
      { apiGroups: [''], verbs: ['get'] },
      'rules[0].resources: Required value: resource rules must supply at least one resource',
    ],
    [
      { nonResourceURLs: ['/x'], verbs: ['get'] },
      'rules[0].nonResourceURLs: Invalid value: ["/x"]: namespaced rules cannot apply to ' +
        'non-resource URLs',
    ],
  ])('%o: %s', (rule, message) => {
    expect(
      refusal(`${RBAC}/namespaces/default/roles`, object('Role', 'x', { rules: [rule] })),
    ).toBe(causes('Role', message));
  });

  test('of a whole cluster are for resources or for URLs', () => {
    const rule = { apiGroups: [''], resources: ['pods'], nonResourceURLs: ['/x'], verbs: ['get'] };
    expect(refusal(`${RBAC}/clusterroles`, object('ClusterRole', 'x', { rules: [rule] }))).toBe(
      causes(
        'ClusterRole',
        'rules[0].nonResourceURLs: Invalid value: ["/x"]: rules cannot apply to both regular ' +
          'resources and non-resource URLs',
      ),
    );
  });

  test('a name may hold colons but no slash', () => {
    const rules: readonly object[] = [];
    expect(refusal(`${RBAC}/clusterroles`, object('ClusterRole', 'a:b', { rules }))).toBe(201);
    expect(refusal(`${RBAC}/clusterroles`, object('ClusterRole', 'a/b', { rules }))).toBe(
      `ClusterRole.${API_GROUP} "a/b" is invalid: metadata.name: Invalid value: "a/b": ` +
        "may not contain '/'",
    );
  });
});

describe('bindings', () => {
  const roleRef = { apiGroup: API_GROUP, kind: 'ClusterRole', name: 'view' };
  test.each([
    [
      { roleRef: { ...roleRef, kind: 'Thing' } },
      'roleRef.kind: Unsupported value: "Thing": supported values: "Role", "ClusterRole"',
    ],
    [{ roleRef: { ...roleRef, name: '' } }, 'roleRef.name: Required value'],
    [
      { roleRef: { ...roleRef, apiGroup: 'apps' } },
      `roleRef.apiGroup: Unsupported value: "apps": supported values: "${API_GROUP}"`,
    ],
    [
      { roleRef, subjects: [{ kind: 'Robot', name: 'r' }] },
      'subjects[0].kind: Unsupported value: "Robot": supported values: ' +
        '"ServiceAccount", "User", "Group"',
    ],
    [{ roleRef, subjects: [{ kind: 'User', name: '' }] }, 'subjects[0].name: Required value'],
    [
      { roleRef, subjects: [{ kind: 'User', name: 'u', apiGroup: 'x' }] },
      `subjects[0].apiGroup: Unsupported value: "x": supported values: "${API_GROUP}"`,
    ],
  ])('%o: %s', (rest, message) => {
    expect(refusal(BINDINGS, object('RoleBinding', 'x', rest))).toBe(
      causes('RoleBinding', message),
    );
  });

  test('name groups that go without saying', () => {
    const subjects = [
      { kind: 'User', name: 'jane' },
      { kind: 'Group', name: 'devs' },
      { kind: 'ServiceAccount', name: 'robot', namespace: 'x' },
    ];
    const body = object('RoleBinding', 'y', {
      roleRef: { kind: 'ClusterRole', name: 'view' },
      subjects,
    });
    expect(must(cluster, 'POST', BINDINGS, { body })).toMatchObject({
      roleRef,
      subjects: [
        { ...subjects[0], apiGroup: API_GROUP },
        { ...subjects[1], apiGroup: API_GROUP },
        subjects[2],
      ],
    });
  });

  test('cannot be turned to another role', () => {
    must(cluster, 'POST', BINDINGS, {
      body: object('RoleBinding', 'x', { roleRef, subjects: [] }),
    });
    const body = { roleRef: { ...roleRef, name: 'edit' } };
    const told = ask(cluster, 'PATCH', `${BINDINGS}/x`, { body });
    expect(told.status).toBe(422);
    expect(told.body.message).toMatch(/roleRef: Invalid value: .*: cannot change roleRef$/);
  });

  test('of a whole cluster say where accounts live, others need not', () => {
    const rest = { roleRef, subjects: [{ kind: 'ServiceAccount', name: 'robot' }] };
    expect(refusal(BINDINGS, object('RoleBinding', 'here', rest))).toBe(201);
    const body = object('ClusterRoleBinding', 'x', rest);
    expect(refusal(`${RBAC}/clusterrolebindings`, body)).toBe(
      causes('ClusterRoleBinding', 'subjects[0].namespace: Required value'),
    );
  });

  test('of a whole cluster bind no roles of one namespace', () => {
    const role = { ...roleRef, kind: 'Role' };
    const body = object('ClusterRoleBinding', 'x', { roleRef: role, subjects: [] });
    expect(refusal(`${RBAC}/clusterrolebindings`, body)).toBe(
      causes(
        'ClusterRoleBinding',
        'roleRef.kind: Unsupported value: "Role": supported values: "ClusterRole"',
      ),
    );
  });
});
