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
  const { replicas, fullyLabeledReplicas, readyReplicas, availableReplicas } = counts;
  const { terminatingReplicas } = counts;
  const conditions = failureConditions(replicaSet, replicas, failure, nowMs);
  const status: ReplicaSetStatus = { replicas };
  if (fullyLabeledReplicas > 0) status.fullyLabeledReplicas = fullyLabeledReplicas;
  if (readyReplicas > 0) status.readyReplicas = readyReplicas;
  if (availableReplicas > 0) status.availableReplicas = availableReplicas;
  if (terminatingReplicas !== undefined) status.terminatingReplicas = terminatingReplicas;
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
