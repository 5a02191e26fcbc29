import { describe, expect, test } from 'vitest';
import { ask, bind, makeRole, must, openCluster } from '../../testing/access';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const apiVersion = 'rbac.authorization.k8s.io/v1';

describe('who has no rights is told what is missing', () => {
  const cluster = openCluster();
  const core = 'in API group ""';

  test.each([
    ['GET', '/api/v1/pods', `pods is forbidden: ${cannot('list', 'pods')} ${core} ${EVERYWHERE}`],
    [
      'GET',
      '/api/v1/namespaces/default/pods/p/log?container=c',
      `pods "p" is forbidden: ${cannot('get', 'pods/log')} ${core} ${inNamespace('default')}`,
    ],
    [
      'GET',
      '/api/v1/namespaces/default/pods?watch=1',
      `pods is forbidden: ${cannot('watch', 'pods')} ${core} ${inNamespace('default')}`,
    ],
    [
      'GET',
      '/api/v1/watch/namespaces/default/pods',
      `pods is forbidden: ${cannot('watch', 'pods')} ${core} ${inNamespace('default')}`,
    ],
    [
      'GET',
      '/api/v1/namespaces/default/pods?fieldSelector=metadata.name%3Dp',
      `pods "p" is forbidden: ${cannot('list', 'pods')} ${core} ${inNamespace('default')}`,
    ],
    [
      'POST',
      '/apis/apps/v1/namespaces/x/deployments',
      'deployments.apps is forbidden: ' +
        `${cannot('create', 'deployments')} in API group "apps" ${inNamespace('x')}`,
    ],
    [
      'DELETE',
      '/api/v1/namespaces/x/pods',
      `pods is forbidden: ${cannot('deletecollection', 'pods')} ${core} ${inNamespace('x')}`,
    ],
    [
      'PATCH',
      '/api/v1/nodes/n/status',
      `nodes "n" is forbidden: ${cannot('patch', 'nodes/status')} ${core} ${EVERYWHERE}`,
    ],
    [
      'GET',
      '/api/v1/namespaces/x',
      `namespaces "x" is forbidden: ${cannot('get', 'namespaces')} ${core} ${inNamespace('x')}`,
    ],
    [
      'PUT',
      '/api/v1/namespaces/x/finalize',
      'namespaces "x" is forbidden: ' +
        `${cannot('update', 'namespaces/finalize')} ${core} ${inNamespace('x')}`,
    ],
    [
      'GET',
      '/apis/no.such/v1/things/t',
      'things.no.such "t" is forbidden: ' +
        `${cannot('get', 'things')} in API group "no.such" ${EVERYWHERE}`,
    ],
    ['POST', '/metrics', 'forbidden: User "jane" cannot post path "/metrics"'],
    ['GET', '/logs/x?y', 'forbidden: User "jane" cannot get path "/logs/x"'],
  ])('%s %s', (method, path, message) => {
    const { status, body } = ask(cluster, method, path, { as: 'jane' });
    expect([status, body.reason, body.message]).toEqual([403, 'Forbidden', message]);
  });

  test('with the resource in the details', () => {
    const path = '/apis/apps/v1/namespaces/x/deployments/d';
    expect(ask(cluster, 'GET', path, { as: 'jane' }).body.details).toEqual({
      name: 'd',
      group: 'apps',
      kind: 'deployments',
    });
    expect(ask(cluster, 'GET', '/metrics', { as: 'jane' }).body.details).toEqual({});
  });

  test.each(['/version', '/api', '/apis/apps/v1', '/healthz', '/openid/v1/jwks'])(
    'but everybody who is known sees %s, or their issuer',
    (path) => {
      const groups = ['system:serviceaccounts'];
      expect(ask(cluster, 'GET', path, { as: { username: 'robot', groups } }).status).toBe(200);
    },
  );
});

function cannot(verb: string, resource: string): string {
  return `User "jane" cannot ${verb} resource "${resource}"`;
}

const EVERYWHERE = 'at the cluster scope';

function inNamespace(namespace: string): string {
  return `in the namespace "${namespace}"`;
}

describe('bindings give rights', () => {
  const pods = [{ verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] }];

  test('in their namespace, from the moment that they are there until they are gone', () => {
    const cluster = openCluster();
    makeRole(cluster, 'reader', pods);
    const list = (namespace: string): number =>
      ask(cluster, 'GET', `/api/v1/namespaces/${namespace}/pods`, { as: 'jane' }).status;
    expect(list('default')).toBe(403);
    bind(cluster, 'jane', 'Role/reader');
    expect([list('default'), list('kube-system')]).toEqual([200, 403]);
    const binding = `${RBAC}/namespaces/default/rolebindings/jane-reader`;
    must(cluster, 'PATCH', binding, { body: { subjects: [{ kind: 'User', name: 'bob' }] } });
    expect(list('default')).toBe(403);
    must(cluster, 'PATCH', binding, { body: { subjects: [{ kind: 'User', name: 'jane' }] } });
    must(cluster, 'DELETE', binding);
    expect(list('default')).toBe(403);
  });

  test('everywhere by a ClusterRoleBinding, in one namespace by a RoleBinding', () => {
    const cluster = openCluster();
    makeRole(cluster, 'reader', pods, '');
    bind(cluster, 'jane', 'ClusterRole/reader', '');
    bind(cluster, 'bob', 'ClusterRole/reader', 'default');
    const status = (as: string, path: string): number => ask(cluster, 'GET', path, { as }).status;
    expect(status('jane', '/api/v1/pods')).toBe(200);
    expect(status('bob', '/api/v1/pods')).toBe(403);
    expect(status('bob', '/api/v1/namespaces/default/pods')).toBe(200);
  });

  test.each([
    [{ kind: 'Group', name: 'devs' }, { username: 'jane', groups: ['devs'] }, 200],
    [{ kind: 'Group', name: 'devs' }, { username: 'devs' }, 403],
    [{ kind: 'User', name: 'devs' }, { username: 'jane', groups: ['devs'] }, 403],
    [
      { kind: 'ServiceAccount', name: 'robot' },
      { username: 'system:serviceaccount:default:robot' },
      200,
    ],
    [
      { kind: 'ServiceAccount', name: 'robot', namespace: 'other' },
      { username: 'system:serviceaccount:default:robot' },
      403,
    ],
  ])('to the subject %j for %j: %i', (subject, user, status) => {
    const cluster = openCluster();
    makeRole(cluster, 'reader', pods);
    const metadata = { name: 'b' };
    const roleRef = { kind: 'Role', name: 'reader' };
    const body = { apiVersion, kind: 'RoleBinding', metadata, roleRef, subjects: [subject] };
    must(cluster, 'POST', `${RBAC}/namespaces/default/rolebindings`, { body });
    const path = '/api/v1/namespaces/default/pods';
    expect(ask(cluster, 'GET', path, { as: user }).status).toBe(status);
  });

  test('of which a role that is missing is told', () => {
    const cluster = openCluster();
    bind(cluster, 'jane', 'Role/gone');
    bind(cluster, 'jane', 'ClusterRole/absent', '');
    const { body } = ask(cluster, 'GET', '/api/v1/namespaces/default/pods', { as: 'jane' });
    expect(body.message).toBe(
      'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the ' +
        'namespace "default": RBAC: [clusterrole.rbac.authorization.k8s.io "absent" not found, ' +
        'role.rbac.authorization.k8s.io "gone" not found]',
    );
  });

  test('that a review tells with their reason', () => {
    const cluster = openCluster();
    makeRole(cluster, 'reader', pods);
    bind(cluster, 'jane', 'Role/reader');
    const resourceAttributes = { verb: 'get', resource: 'pods', namespace: 'default' };
    const review = must(cluster, 'POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec: { user: 'jane', resourceAttributes },
      },
    });
    expect(review.status).toEqual({
      allowed: true,
      reason: 'RBAC: allowed by RoleBinding "jane-reader/default" of Role "reader" to User "jane"',
    });
  });
});

describe('nobody gives away more than they have', () => {
  function manager(): ReturnType<typeof openCluster> {
    const cluster = openCluster();
    const resources = ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'];
    const verbs = ['get', 'create', 'patch', 'update', 'delete'];
    makeRole(cluster, 'manager', [{ verbs, apiGroups: [apiVersion.split('/')[0]], resources }], '');
    bind(cluster, 'jane', 'ClusterRole/manager', '');
    return cluster;
  }
  const roles = `${RBAC}/namespaces/default/roles`;
  const role = (rules: readonly object[]): object => ({
    apiVersion,
    kind: 'Role',
    metadata: { name: 'r' },
    rules,
  });
  const binding = (name: string): object => ({
    apiVersion,
    kind: 'RoleBinding',
    metadata: { name: 'b' },
    roleRef: { kind: 'ClusterRole', name },
    subjects: [{ kind: 'User', name: 'x' }],
  });
  const rights = [{ verbs: ['get'], apiGroups: [''], resources: ['pods', 'secrets'] }];

  test('in a role', () => {
    const told = ask(manager(), 'POST', roles, { as: 'jane', body: role(rights) });
    expect([told.status, told.body.message]).toEqual([
      403,
      'roles.rbac.authorization.k8s.io "r" is forbidden: user "jane" ' +
        '(groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently ' +
        'held:\n{APIGroups:[""], Resources:["pods"], Verbs:["get"]}\n' +
        '{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}',
    ]);
  });

  test('unless they have it in the namespace, or may escalate', () => {
    const cluster = manager();
    makeRole(cluster, 'rights', rights, '');
    bind(cluster, 'jane', 'ClusterRole/rights', 'default');
    expect(ask(cluster, 'POST', roles, { as: 'jane', body: role(rights) }).status).toBe(201);
    const group = apiVersion.split('/')[0];
    const escalate = { verbs: ['escalate'], apiGroups: [group], resources: ['roles'] };
    makeRole(cluster, 'escalator', [escalate], '');
    bind(cluster, 'jane', 'ClusterRole/escalator', '');
    const elsewhere = `${RBAC}/namespaces/kube-public/roles`;
    expect(ask(cluster, 'POST', elsewhere, { as: 'jane', body: role(rights) }).status).toBe(201);
  });

  test('by a binding, unless they may bind that role', () => {
    const cluster = manager();
    const path = `${RBAC}/namespaces/default/rolebindings`;
    const refused = ask(cluster, 'POST', path, { as: 'jane', body: binding('system:kube-dns') });
    expect([refused.status, refused.body.message]).toEqual([
      403,
      'rolebindings.rbac.authorization.k8s.io "b" is forbidden: user "jane" ' +
        '(groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently ' +
        'held:\n{APIGroups:[""], Resources:["endpoints"], Verbs:["list" "watch"]}\n' +
        '{APIGroups:[""], Resources:["services"], Verbs:["list" "watch"]}',
    ]);
    const resourceNames = ['system:kube-dns'];
    const [apiGroups, resources] = [[apiVersion.split('/')[0]], ['clusterroles']];
    makeRole(cluster, 'binder', [{ verbs: ['bind'], apiGroups, resources, resourceNames }], '');
    bind(cluster, 'jane', 'ClusterRole/binder', '');
    const allowed = ask(cluster, 'POST', path, { as: 'jane', body: binding('system:kube-dns') });
    expect(allowed.status).toBe(201);
  });

  test('by aggregation, unless they may do everything', () => {
    const cluster = manager();
    const clusterRoleSelectors = [{ matchLabels: { a: 'b' } }];
    const body = {
      apiVersion,
      kind: 'ClusterRole',
      metadata: { name: 'all' },
      aggregationRule: { clusterRoleSelectors },
      rules: [],
    };
    const path = `${RBAC}/clusterroles`;
    expect(ask(cluster, 'POST', path, { as: 'jane', body }).body.message).toBe(
      'clusterroles.rbac.authorization.k8s.io "all" is forbidden: must have cluster-admin ' +
        'privileges to use the aggregationRule',
    );
    bind(cluster, 'jane', 'ClusterRole/cluster-admin', '');
    expect(ask(cluster, 'POST', path, { as: 'jane', body }).status).toBe(201);
  });

  test('but may let go of finalizers', () => {
    const cluster = manager();
    const finalizers = ['x.test/y'];
    const body = { ...role(rights), metadata: { name: 'r', finalizers } };
    must(cluster, 'POST', roles, { body });
    const patch = { metadata: { finalizers: null } };
    expect(ask(cluster, 'PATCH', `${roles}/r`, { as: 'jane', body: patch }).status).toBe(200);
    const labels = { metadata: { labels: { a: 'b' } } };
    expect(ask(cluster, 'PATCH', `${roles}/r`, { as: 'jane', body: labels }).status).toBe(403);
  });
});
