// What the server fills in a Service, for a cluster with IPv4 only.
// Upstream: pkg/apis/core/v1/defaults.go, pkg/registry/core/service/{strategy,storage/alloc}.go.
import { deepEqual } from '../../../api/deep-equal';
import type { Service, ServicePort } from '../../../api/types';
import { fill, mapShared } from '../../fill';

const AFFINITY_SECONDS = 10800;

/** Writes to the top level of the spec only. */
export function defaultService(service: Service): Service {
  service.spec ??= {};
  const { spec } = service;
  spec.sessionAffinity ||= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  else if (
    spec.sessionAffinity === 'ClientIP' &&
    spec.sessionAffinityConfig?.clientIP?.timeoutSeconds == null
  ) {
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: AFFINITY_SECONDS } };
  }
  spec.type ||= 'ClusterIP';
  if (spec.ports) spec.ports = mapShared(spec.ports, defaultPort);
  if (isExternallyReachable(service)) spec.externalTrafficPolicy ||= 'Cluster';
  if (hasClusterIp(service)) spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
  if (spec.type !== 'ExternalName') {
    normalizeClusterIps(service);
    defaultFamilies(service);
  }
  return service;
}

/** Traffic to the address of a load balancer keeps that address, unless told otherwise. */
export function defaultIpModes(service: Service): Service {
  const { ingress } = service.status.loadBalancer ?? {};
  if (!ingress?.some(({ ip, ipMode }) => ip && !ipMode)) return service;
  const whole = ingress.map((each) =>
    each.ip && !each.ipMode ? { ...each, ipMode: 'VIP' } : each,
  );
  service.status = { ...service.status, loadBalancer: { ingress: whole } };
  return service;
}

/**
 * What a PUT leaves out but the server keeps (addresses, node ports), and what it carries over from
 * a type that the Service no longer is, which the server drops.
 */
export function keepServerFields(service: Service, old: Service): Service {
  const { spec } = service;
  // Where nothing of the spec was asked for it is the stored one, which nobody may write to.
  if (spec === old.spec) return service;
  if (spec.type !== 'ExternalName' && old.spec.type !== 'ExternalName') {
    if (!spec.clusterIP && !spec.clusterIPs?.length) {
      spec.clusterIP = old.spec.clusterIP;
      spec.clusterIPs = old.spec.clusterIPs;
    } else normalizeClusterIps(service, old);
    keepNodePorts(service, old);
    if (spec.healthCheckNodePort === undefined && needsHealthCheckPort(service)) {
      spec.healthCheckNodePort = old.spec.healthCheckNodePort;
    }
  }
  dropTypeFields(service, old);
  return service;
}

export function hasClusterIp({ spec }: Service): boolean {
  return spec.type === 'ClusterIP' || spec.type === 'NodePort' || spec.type === 'LoadBalancer';
}

export function needsHealthCheckPort({ spec }: Service): boolean {
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
}

/** Node ports, external addresses and load balancers let outside traffic in. */
export function isExternallyReachable({ spec }: Service): boolean {
  if (spec.type === 'LoadBalancer' || spec.type === 'NodePort') return true;
  return spec.type === 'ClusterIP' && (spec.externalIPs?.length ?? 0) > 0;
}

/** A headless Service whose endpoints someone else keeps may hold addresses of both families. */
export function isHeadlessWithoutSelector({ spec }: Service): boolean {
  return spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
}

function defaultFamilies(service: Service): void {
  const { spec } = service;
  const isFree = isHeadlessWithoutSelector(service);
  spec.ipFamilyPolicy ??= isFree ? 'RequireDualStack' : 'SingleStack';
  if (!spec.ipFamilies?.length) spec.ipFamilies = ['IPv4'];
  if (isFree && spec.ipFamilyPolicy !== 'SingleStack' && spec.ipFamilies.length === 1) {
    spec.ipFamilies = [...spec.ipFamilies, spec.ipFamilies[0] === 'IPv4' ? 'IPv6' : 'IPv4'];
  }
}

function defaultPort(port: ServicePort): ServicePort {
  const next = fill(port, { protocol: 'TCP' });
  if (next.targetPort && next.targetPort !== '') return next;
  return { ...next, targetPort: next.port };
}

/** clusterIP is the first of clusterIPs; a client may give either. */
function normalizeClusterIps({ spec }: Service, old?: Service): void {
  if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
  if (!old || spec.clusterIP === old.spec.clusterIP) return;
  const unchangedList = spec.clusterIPs?.[0] === old.spec.clusterIPs?.[0];
  if (spec.clusterIP && unchangedList) spec.clusterIPs = [spec.clusterIP];
}

function keepNodePorts({ spec }: Service, old: Service): void {
  if (spec.type === 'ClusterIP' || !spec.ports) return;
  const before = new Map<string, number>();
  for (const { port, protocol, nodePort } of old.spec.ports ?? []) {
    if (nodePort) before.set(`${protocol}/${port}`, nodePort);
  }
  const taken = new Set(spec.ports.map(({ nodePort }) => nodePort));
  spec.ports = mapShared(spec.ports, (port) => {
    const nodePort = before.get(`${port.protocol}/${port.port}`);
    return port.nodePort || !nodePort || taken.has(nodePort) ? port : { ...port, nodePort };
  });
}

/**
 * Fields that only some types have; what a client merely left in is wiped with the type. Only
 * externalName stays, with a warning.
 */
const TYPE_FIELDS: readonly (readonly [
  has: (service: Service) => boolean,
  fields: readonly (keyof Service['spec'])[],
])[] = [
  [hasClusterIp, ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']],
  [needsHealthCheckPort, ['healthCheckNodePort']],
  [isBalanced, ['allocateLoadBalancerNodePorts', 'loadBalancerClass']],
  [isExternallyReachable, ['externalTrafficPolicy']],
  [hasClusterIp, ['internalTrafficPolicy']],
];

function dropTypeFields(service: Service, old: Service): void {
  const { spec } = service;
  for (const [has, fields] of TYPE_FIELDS) {
    if (!has(old) || has(service)) continue;
    for (const field of fields) if (deepEqual(spec[field], old.spec[field])) delete spec[field];
  }
  if (!hasNodePorts(old) || hasNodePorts(service) || !spec.ports) return;
  const before = new Set((old.spec.ports ?? []).map(({ nodePort }) => nodePort));
  if (!spec.ports.every(({ nodePort }) => before.has(nodePort))) return;
  spec.ports = mapShared(spec.ports, ({ nodePort: _nodePort, ...port }) => port);
}

function isBalanced({ spec }: Service): boolean {
  return spec.type === 'LoadBalancer';
}

function hasNodePorts({ spec }: Service): boolean {
  return spec.type === 'LoadBalancer' || spec.type === 'NodePort';
}
