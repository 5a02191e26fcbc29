// The arithmetic of a rollout: how many pods there may be and must be.
// Upstream: pkg/controller/deployment/util/deployment_util.go.
import { scaledValue } from '../../api/int-or-string';
import type { Deployment, ReplicaSet } from '../../api/types';
import { annotatedMaxReplicas } from './revision-annotations';

export function isRollingUpdate({ spec }: Deployment): boolean {
  return spec.strategy?.type === 'RollingUpdate';
}

/** Pods that may be there beyond spec.replicas. */
export function maxSurge(deployment: Deployment): number {
  return isRollingUpdate(deployment) ? fenceposts(deployment).surge : 0;
}

/** Pods of spec.replicas that may be missing. */
export function maxUnavailable(deployment: Deployment): number {
  const replicas = deployment.spec.replicas!;
  if (!isRollingUpdate(deployment) || replicas === 0) return 0;
  return Math.min(fenceposts(deployment).unavailable, replicas);
}

/** Both bounds; where both would come to 0, one pod may be missing, or nothing would ever move. */
function fenceposts({ spec }: Deployment): { surge: number; unavailable: number } {
  const { maxSurge: surge, maxUnavailable: unavailable } = spec.strategy?.rollingUpdate ?? {};
  const bounds = {
    surge: scaledValue(surge, spec.replicas!, 'up'),
    unavailable: scaledValue(unavailable, spec.replicas!, 'down'),
  };
  if (bounds.surge === 0 && bounds.unavailable === 0) bounds.unavailable = 1;
  return bounds;
}

export function specReplicas(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, { spec }) => sum + spec.replicas!, 0);
}

export function statusReplicas(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, { status }) => sum + (status.replicas ?? 0), 0);
}

export function readyReplicas(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, { status }) => sum + (status.readyReplicas ?? 0), 0);
}

export function availableReplicas(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, { status }) => sum + (status.availableReplicas ?? 0), 0);
}

/** ReplicaSets that are meant to have pods. */
export function activeOnly(sets: readonly ReplicaSet[]): ReplicaSet[] {
  return sets.filter(({ spec }) => spec.replicas! > 0);
}

/** How far the new ReplicaSet may be scaled now. */
export function newReplicaSetSize(
  deployment: Deployment,
  all: readonly ReplicaSet[],
  current: number,
): number {
  const wanted = deployment.spec.replicas!;
  if (!isRollingUpdate(deployment)) return wanted;
  const room = wanted + maxSurge(deployment) - specReplicas(all);
  if (room <= 0) return current;
  return current + Math.min(room, wanted - current);
}

/** The share of `toAdd` (or of a removal, when negative) that falls to one ReplicaSet. */
export function proportionOf(
  set: ReplicaSet,
  deployment: Deployment,
  toAdd: number,
  added: number,
): number {
  const size = set.spec.replicas!;
  if (size === 0 || toAdd === 0 || toAdd === added) return 0;
  const share = fractionOf(set, deployment);
  const rest = toAdd - added;
  return toAdd > 0 ? Math.min(share, rest) : Math.max(share, rest);
}

function fractionOf(set: ReplicaSet, deployment: Deployment): number {
  const size = set.spec.replicas!;
  const wanted = deployment.spec.replicas!;
  if (wanted === 0) return -size;
  const before = annotatedMaxReplicas(set) || deployment.status.replicas || 0;
  if (before === 0) return 0;
  return Math.round((size * (wanted + maxSurge(deployment))) / before) - size;
}

/** The new ReplicaSet has all the pods it should have, by its own and the deployment's account. */
export function isSaturated(deployment: Deployment, set: ReplicaSet | undefined): boolean {
  if (!set) return false;
  const wanted = deployment.spec.replicas!;
  const { spec, status } = set;
  return (
    spec.replicas === wanted &&
    desiredReplicasAnnotation(set) === wanted &&
    (status.availableReplicas ?? 0) === wanted
  );
}

function desiredReplicasAnnotation(set: ReplicaSet): number | undefined {
  const text = set.metadata.annotations?.['deployment.kubernetes.io/desired-replicas'];
  return text === undefined ? undefined : Number(text);
}
