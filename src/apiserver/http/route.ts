// Where a path leads: to a resource of some scope, to discovery, or to one of the server's own
// pages.
// Upstream: apiserver/pkg/endpoints/request/requestinfo.go.

export type Route =
  | { to: 'page'; path: string }
  | { to: 'core-versions' }
  | { to: 'groups' }
  | { to: 'group'; group: string }
  | { to: 'resources'; group: string; version: string }
  | ResourceRoute;

export interface ResourceRoute {
  to: 'resource';
  group: string;
  version: string;
  resource: string;
  /** '' for cluster-scoped resources and for all namespaces. */
  namespace: string;
  /** '' for a collection. */
  name: string;
  subresource: string;
  /** The old form of a watch: '/api/v1/watch/pods'. */
  watch: boolean;
  /** Path segments beyond the subresource: nothing that is served. */
  rest: readonly string[];
}

export function parseRoute(path: string): Route {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeSegment);
  const [root, ...rest] = parts;
  if (root === 'api') {
    if (rest.length === 0) return { to: 'core-versions' };
    return inVersion('', rest[0], rest.slice(1));
  }
  if (root === 'apis') {
    const [group, version, ...more] = rest;
    if (group === undefined) return { to: 'groups' };
    if (version === undefined) return { to: 'group', group };
    return inVersion(group, version, more);
  }
  return { to: 'page', path: '/' + parts.join('/') };
}

/** Subresources of a namespace, which a resource in that namespace must not be called. */
const OF_NAMESPACES = new Set(['status', 'finalize']);

function inVersion(group: string, version: string, parts: readonly string[]): Route {
  if (parts.length === 0) return { to: 'resources', group, version };
  const watch = parts[0] === 'watch' && parts.length > 1;
  let rest = watch ? parts.slice(1) : parts;
  let namespace = '';
  if (rest[0] === 'namespaces' && rest.length > 2 && !OF_NAMESPACES.has(rest[2])) {
    namespace = rest[1];
    rest = rest.slice(2);
  }
  const [resource, name = '', subresource = '', ...beyond] = rest;
  return {
    to: 'resource',
    group,
    version,
    resource,
    namespace,
    name,
    subresource,
    watch,
    rest: beyond,
  };
}

function decodeSegment(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
