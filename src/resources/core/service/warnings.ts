// Advice about Services. Upstream: pkg/api/service/warnings.go.
import type { Service } from '../../../api/types';

const OLD_HINTS = 'service.kubernetes.io/topology-aware-hints';
const TOPOLOGY_MODE = 'service.kubernetes.io/topology-mode';

export function warnOfService({ metadata, spec }: Service, warnings: string[]): void {
  const isExternal = spec.type === 'ExternalName';
  const isHeadless = spec.clusterIP === 'None' && spec.type === 'ClusterIP';
  if (metadata.annotations?.[OLD_HINTS] !== undefined) {
    warnings.push(`annotation ${OLD_HINTS} is deprecated, please use ${TOPOLOGY_MODE} instead`);
  }
  if (isHeadless) {
    if (spec.loadBalancerIP) {
      warnings.push('spec.loadBalancerIP is ignored for headless services');
    }
    if (spec.externalIPs?.length) {
      warnings.push('spec.externalIPs is ignored for headless services');
    }
    if (spec.sessionAffinity !== 'None') {
      warnings.push('spec.SessionAffinity is ignored for headless services');
    }
  }
  if (spec.externalIPs?.length && !isHeadless && !isExternal) {
    warnings.push(
      'spec.externalIPs is deprecated and may no longer be implemented in some clusters',
    );
  }
  if (isExternal && spec.externalIPs?.length) {
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (!isExternal && spec.externalName) {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  if (spec.trafficDistribution === 'PreferClose') {
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  }
}
