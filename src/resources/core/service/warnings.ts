// Advice about Services. Upstream: pkg/api/service/warnings.go.
import type { Service } from '../../../api/types';

export function warnOfService({ spec }: Service, warnings: string[]): void {
  const isExternal = spec.type === 'ExternalName';
  if (spec.clusterIP === 'None') {
    if (spec.loadBalancerIP) {
      warnings.push('spec.loadBalancerIP is ignored when spec.clusterIP is "None"');
    }
    if (spec.externalIPs?.length) {
      warnings.push('spec.externalIPs is ignored when spec.clusterIP is "None"');
    }
    if (spec.sessionAffinity !== 'None') {
      warnings.push('spec.SessionAffinity is ignored for headless services');
    }
  }
  if (isExternal && spec.externalIPs?.length) {
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (!isExternal && spec.externalName) {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
}
