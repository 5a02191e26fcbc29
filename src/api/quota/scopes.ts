// Which objects a quota is about: the scopes of pods and of claims.
// Upstream: pkg/quota/v1/evaluator/core/pods.go (podMatchesScopeFunc), generic/evaluator.go.
import type { IScopedResourceSelectorRequirement } from 'kubernetes-models/v1/ScopedResourceSelectorRequirement';
import type { PersistentVolumeClaim, ResourceQuota } from '../extension-types';
import type { KubeObject } from '../object';
import { persistentVolumeClaims } from '../extension-refs';
import { pods } from '../resource-ref';
import type { Pod, PodAffinityTerm } from '../types';

export type ScopeRequirement = IScopedResourceSelectorRequirement;

/** The scopes of a quota in one form. */
export function scopesOf({ spec }: ResourceQuota): ScopeRequirement[] {
  const plain = (spec.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' }));
  return [...(plain as ScopeRequirement[]), ...(spec.scopeSelector?.matchExpressions ?? [])];
}

/** True when the object is in every scope of the quota. */
export function isInScopes(quota: ResourceQuota, key: string, object: KubeObject): boolean {
  return scopesOf(quota).every((scope) => {
    if (key === pods.key) return isPodIn(scope, object as Pod);
    if (key === persistentVolumeClaims.key)
      return isClaimIn(scope, object as PersistentVolumeClaim);
    return false;
  });
}

function isPodIn(scope: ScopeRequirement, pod: Pod): boolean {
  const { spec, status } = pod;
  switch (scope.scopeName as string) {
    case 'Terminating':
      return isTerminating(pod);
    case 'NotTerminating':
      return !isTerminating(pod);
    case 'BestEffort':
      return status.qosClass === 'BestEffort';
    case 'NotBestEffort':
      return status.qosClass !== 'BestEffort';
    case 'PriorityClass':
      return isNamed(scope, spec.priorityClassName);
    case 'CrossNamespacePodAffinity':
      return usesOtherNamespaces(pod);
    default:
      return false;
  }
}

/** Of all classes that the claim wants, has, or is being given, one is enough. */
function isClaimIn(scope: ScopeRequirement, { spec, status }: PersistentVolumeClaim): boolean {
  if ((scope.scopeName as string) !== 'VolumeAttributesClass') return false;
  const names = [
    spec.volumeAttributesClassName,
    status?.currentVolumeAttributesClassName,
    status?.modifyVolumeStatus?.targetVolumeAttributesClassName,
  ].filter(Boolean);
  return names.length === 0 ? isNamed(scope) : names.some((name) => isNamed(scope, name));
}

function isNamed({ operator, values = [] }: ScopeRequirement, name = ''): boolean {
  switch (operator as string) {
    case 'Exists':
      return name !== '';
    case 'DoesNotExist':
      return name === '';
    case 'In':
      return values.includes(name);
    default:
      return !values.includes(name);
  }
}

function isTerminating({ spec }: Pod): boolean {
  return spec.activeDeadlineSeconds != null && spec.activeDeadlineSeconds >= 0;
}

function usesOtherNamespaces({ spec: { affinity = {} } }: Pod): boolean {
  const terms = [affinity.podAffinity, affinity.podAntiAffinity].flatMap((each) => [
    ...(each?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(each?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      ({ podAffinityTerm }) => podAffinityTerm,
    ),
  ]) as PodAffinityTerm[];
  return terms.some(({ namespaces, namespaceSelector }) => namespaces?.length || namespaceSelector);
}
