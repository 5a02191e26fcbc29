// A whole cluster asked over its HTTP front as somebody: for tests of who may do what.
import type { UserInfo } from '../client/transport';
import { createWholeCluster } from '../cluster/whole-cluster';
import type { Cluster } from '../cluster/cluster';

export interface AskOptions {
  /** Through the door, as this user: a name, or a user with groups. Default: the administrator. */
  as?: string | UserInfo;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Told {
  status: number;
  body: Record<string, unknown>;
}

/** A control plane that has been up for five seconds; no machines unless told. */
export function openCluster(preset = 'empty'): Cluster {
  const cluster = createWholeCluster({ seed: 1, preset });
  if (preset === 'empty') cluster.clock.runFor(5000);
  else cluster.boot();
  return cluster;
}

/** The answer to one request; a millisecond passes. */
export function ask(
  cluster: Cluster,
  method: string,
  path: string,
  { as, headers, body }: AskOptions = {},
): Told {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const user = typeof as === 'string' ? { username: as } : as;
  const response = cluster.handle({
    method,
    path,
    headers: { ...(body !== undefined && { 'content-type': type }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(user && { caller: { user } }),
  });
  cluster.clock.runFor(1);
  const isJson = response.body.startsWith('{');
  return {
    status: response.status,
    body: isJson ? (JSON.parse(response.body) as Told['body']) : { text: response.body },
  };
}

/** As `ask`, but throws unless it succeeds; the answer's object. */
export function must<T = Record<string, never>>(
  cluster: Cluster,
  method: string,
  path: string,
  options: AskOptions = {},
): T {
  const { status, body } = ask(cluster, method, path, options);
  if (status < 300) return body as T;
  throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
}

const RBAC = '/apis/rbac.authorization.k8s.io/v1';

/** Makes a role in namespace default, or a ClusterRole when `namespace` is ''. */
export function makeRole(
  cluster: Cluster,
  name: string,
  rules: readonly object[],
  namespace = 'default',
): void {
  const kind = namespace ? 'Role' : 'ClusterRole';
  const path = namespace ? `${RBAC}/namespaces/${namespace}/roles` : `${RBAC}/clusterroles`;
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  must(cluster, 'POST', path, { body: { apiVersion, kind, metadata: { name }, rules } });
}

/** Binds a user to a role: 'Role/x' or 'ClusterRole/x', everywhere when `namespace` is ''. */
export function bind(cluster: Cluster, user: string, role: string, namespace = 'default'): void {
  const [kind, name] = role.split('/');
  const scope = namespace ? `namespaces/${namespace}/rolebindings` : 'clusterrolebindings';
  must(cluster, 'POST', `${RBAC}/${scope}`, {
    body: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: namespace ? 'RoleBinding' : 'ClusterRoleBinding',
      metadata: { name: `${user}-${name}` },
      roleRef: { kind, name },
      subjects: [{ kind: 'User', name: user }],
    },
  });
}
