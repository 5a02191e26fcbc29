// The status a StatefulSet gets after a reconcile.
// Upstream: pkg/controller/statefulset/stateful_set_control.go, computeReplicaStatus.
import type { StatefulSet, StatefulSetStatus } from '../../api/extension-types';
import type { Pod } from '../../api/types';
import { isPodAvailable, podReadySinceMs } from '../pod-status';
import { podRevision } from './identity';
import type { SetRevisions } from './new-pod';
import { isRunningAndReady, isTerminating } from './pod-state';

export interface ReplicaCounts {
  replicas: number;
  readyReplicas: number;
  availableReplicas: number;
  currentReplicas: number;
  updatedReplicas: number;
}

export function countReplicas(
  set: StatefulSet,
  { current, update }: SetRevisions,
  pods: readonly Pod[],
  nowMs: number,
): ReplicaCounts {
  const minReadySeconds = set.spec.minReadySeconds ?? 0;
  const counts = {
    replicas: pods.length,
    readyReplicas: 0,
    availableReplicas: 0,
    currentReplicas: 0,
    updatedReplicas: 0,
  };
  for (const pod of pods) {
    if (isRunningAndReady(pod)) {
      counts.readyReplicas++;
      const isOld = minReadySeconds === 0 || isPodAvailable(pod, minReadySeconds, nowMs);
      if (isOld) counts.availableReplicas++;
    }
    if (isTerminating(pod)) continue;
    const revision = podRevision(pod);
    if (revision === current.metadata.name) counts.currentReplicas++;
    if (revision === update.metadata.name) counts.updatedReplicas++;
  }
  return counts;
}

/** Counts that are zero are left out, as Go leaves them out; two of them are always there. */
export function statefulSetStatus(
  { metadata, spec }: StatefulSet,
  { current, update }: SetRevisions,
  collisionCount: number,
  counts: ReplicaCounts,
): StatefulSetStatus {
  const { replicas, readyReplicas, availableReplicas, updatedReplicas } = counts;
  const updateRevision = update.metadata.name;
  const isComplete =
    spec.updateStrategy?.type === 'RollingUpdate' &&
    updatedReplicas === spec.replicas &&
    readyReplicas === spec.replicas &&
    replicas === spec.replicas;
  const currentReplicas = isComplete ? updatedReplicas : counts.currentReplicas;
  return {
    ...(metadata.generation && { observedGeneration: metadata.generation }),
    replicas,
    ...(readyReplicas && { readyReplicas }),
    ...(currentReplicas && { currentReplicas }),
    ...(updatedReplicas && { updatedReplicas }),
    currentRevision: isComplete ? updateRevision : current.metadata.name,
    updateRevision,
    collisionCount,
    availableReplicas,
  };
}

/** How long until the next ready pod becomes available by waiting alone; undefined when none. */
export function nextAvailableMs(
  { spec }: StatefulSet,
  pods: readonly Pod[],
  nowMs: number,
): number | undefined {
  if (!spec.minReadySeconds) return undefined;
  let nextMs: number | undefined;
  for (const pod of pods) {
    const sinceMs = podReadySinceMs(pod);
    if (sinceMs === undefined) continue;
    const inMs = sinceMs + spec.minReadySeconds * 1000 - nowMs;
    if (inMs > 0) nextMs = Math.min(nextMs ?? inMs, inMs);
  }
  return nextMs;
}
