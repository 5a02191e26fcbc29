// The status a ReplicaSet or ReplicationController gets after a reconcile. Upstream:
// pkg/controller/replicaset/replica_set_utils.go.
import { formatTime } from '../../api/time';
import type { ReplicaSet, ReplicaSetCondition, ReplicaSetStatus } from '../../api/types';

/** What ReplicaSets and ReplicationControllers have in common: all but the selector. */
export type Replicated = Omit<ReplicaSet, 'spec'> & { spec: Omit<ReplicaSet['spec'], 'selector'> };

export interface ReplicaCounts {
  replicas: number;
  fullyLabeledReplicas: number;
  readyReplicas: number;
  availableReplicas: number;
  terminatingReplicas?: number;
}

/** `failure` is what creating or deleting pods threw, if anything. */
export function replicaSetStatus(
  replicaSet: Replicated,
  counts: ReplicaCounts,
  failure: unknown,
  nowMs: number,
): ReplicaSetStatus {
  const { replicas, ...others } = counts;
  const conditions = failureConditions(replicaSet, replicas, failure, nowMs);
  const status: ReplicaSetStatus = { replicas };
  for (const [name, count] of Object.entries(others)) {
    const field = name as keyof typeof others;
    if (count > 0 || field === 'terminatingReplicas') status[field] = count;
  }
  if (replicaSet.metadata.generation) status.observedGeneration = replicaSet.metadata.generation;
  if (conditions?.length) status.conditions = conditions;
  return status;
}

function failureConditions(
  { spec, status }: Replicated,
  replicas: number,
  failure: unknown,
  nowMs: number,
): ReplicaSetCondition[] | undefined {
  const conditions = status.conditions as ReplicaSetCondition[] | undefined;
  const known = conditions?.some(({ type }) => type === 'ReplicaFailure');
  if (failure === undefined) {
    return known ? conditions!.filter(({ type }) => type !== 'ReplicaFailure') : conditions;
  }
  if (known) return conditions;
  const condition: ReplicaSetCondition = {
    type: 'ReplicaFailure',
    status: 'True',
    lastTransitionTime: formatTime(nowMs),
    reason: replicas < spec.replicas! ? 'FailedCreate' : 'FailedDelete',
    message: failure instanceof Error ? failure.message : JSON.stringify(failure),
  };
  return [...(conditions ?? []), condition];
}
