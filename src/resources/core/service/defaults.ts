// What the server fills in a Service, for a cluster with IPv4 only.
// Upstream: pkg/apis/core/v1/defaults.go, pkg/registry/core/service/{strategy,storage/alloc}.go.
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
    spec.ipFamilyPolicy ??= 'SingleStack';
    if (!spec.ipFamilies?.length) spec.ipFamilies = ['IPv4'];
  }
  return service;
}

/**
 * What a PUT leaves out but the server keeps: addresses, node ports, what belongs to another type.
 */
export function keepServerFields(service: Service, old: Service): Service {
  const { spec } = service;
  if (spec.type === 'ExternalName') {
    if (old.spec.type !== 'ExternalName') dropClusterFields(service, old);
    return service;
  }
  if (old.spec.type !== 'ExternalName') {
    if (!spec.clusterIP && !spec.clusterIPs?.length) {
      spec.clusterIP = old.spec.clusterIP;
      spec.clusterIPs = old.spec.clusterIPs;
    } else normalizeClusterIps(service, old);
    keepNodePorts(service, old);
    if (spec.healthCheckNodePort === undefined && needsHealthCheckPort(service)) {
      spec.healthCheckNodePort = old.spec.healthCheckNodePort;
    }
  }
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

/** A change to ExternalName wipes what the client carried over from before. */
function dropClusterFields({ spec }: Service, old: Service): void {
  if (spec.clusterIP === old.spec.clusterIP) delete spec.clusterIP;
  if (spec.clusterIPs?.[0] === old.spec.clusterIPs?.[0]) delete spec.clusterIPs;
  delete spec.ipFamilies;
  delete spec.ipFamilyPolicy;
  delete spec.internalTrafficPolicy;
}
