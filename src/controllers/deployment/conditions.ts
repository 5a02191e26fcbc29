// Reading and setting a Deployment's conditions; they are never changed in place.
// Upstream: pkg/controller/deployment/util/deployment_util.go.
import { formatTime } from '../../api/time';
import type { Deployment, DeploymentCondition, ReplicaSet } from '../../api/types';

export type Conditions = readonly DeploymentCondition[];

export function conditionsOf({ status }: Deployment): Conditions {
  return (status.conditions as DeploymentCondition[] | undefined) ?? [];
}

export function findCondition(
  conditions: Conditions,
  type: string,
): DeploymentCondition | undefined {
  return conditions.find((condition) => condition.type === type);
}

export function newCondition(
  type: string,
  status: 'True' | 'False' | 'Unknown',
  reason: string,
  message: string,
  nowMs: number,
): DeploymentCondition {
  const time = formatTime(nowMs);
  return { type, status, lastUpdateTime: time, lastTransitionTime: time, reason, message };
}

/** Same status and reason: nothing changes. Same status: the transition time stays. */
export function withCondition(conditions: Conditions, condition: DeploymentCondition): Conditions {
  const old = findCondition(conditions, condition.type);
  if (old?.status === condition.status && old.reason === condition.reason) return conditions;
  return [...withoutCondition(conditions, condition.type), continued(condition, old)];
}

/** As `withCondition`, but a new update time counts as a change. */
export function withRefreshedCondition(
  conditions: Conditions,
  condition: DeploymentCondition,
): Conditions {
  const old = findCondition(conditions, condition.type);
  return [...withoutCondition(conditions, condition.type), continued(condition, old)];
}

export function withoutCondition(conditions: Conditions, type: string): Conditions {
  return conditions.filter((condition) => condition.type !== type);
}

/** A ReplicaSet's failure, as the Deployment shows it. */
export function fromReplicaSet(set: ReplicaSet): DeploymentCondition | undefined {
  const failure = set.status.conditions?.find(({ type }) => type === 'ReplicaFailure');
  if (!failure) return undefined;
  const { status, reason, message, lastTransitionTime } = failure;
  return {
    type: 'ReplicaFailure',
    status,
    lastUpdateTime: lastTransitionTime,
    lastTransitionTime,
    reason,
    message,
  };
}

function continued(
  condition: DeploymentCondition,
  old: DeploymentCondition | undefined,
): DeploymentCondition {
  if (old?.status !== condition.status) return condition;
  const { type, status, lastUpdateTime, reason, message } = condition;
  const { lastTransitionTime } = old;
  return { type, status, lastUpdateTime, lastTransitionTime, reason, message };
}
