// The Deployment's status: counts, Available, Progressing, ReplicaFailure, and when it is stuck.
// Upstream: pkg/controller/deployment/progress.go, sync.go.
import { parseTime } from '../../api/time';
import type { Deployment, DeploymentCondition, DeploymentStatus } from '../../api/types';
import {
  conditionsOf,
  findCondition,
  fromReplicaSet,
  newCondition,
  withCondition,
  withoutCondition,
  withRefreshedCondition,
  type Conditions,
} from './conditions';
import {
  availableReplicas,
  maxUnavailable,
  readyReplicas,
  specReplicas,
  statusReplicas,
} from './replica-counts';
import type { Rollout } from './rollout';

const NO_DEADLINE_SECONDS = 2 ** 31 - 1;

export function hasProgressDeadline({ spec }: Deployment): boolean {
  const seconds = spec.progressDeadlineSeconds;
  return seconds !== undefined && seconds !== NO_DEADLINE_SECONDS;
}

/** Writes the status of a rollout. Returns after how many ms to look again for a stuck one. */
export function syncRolloutStatus(rollout: Rollout): number | void {
  const { deployment } = rollout;
  const status = currentStatus(rollout);
  let conditions = status.conditions as Conditions;
  if (hasProgressDeadline(deployment)) conditions = progressed(rollout, status);
  else conditions = withoutCondition(conditions, 'Progressing');
  const failure = replicaFailure(rollout);
  conditions = failure
    ? withCondition(conditions, failure)
    : withoutCondition(conditions, 'ReplicaFailure');
  status.conditions = [...conditions];
  if (rollout.writeStatus(status)) return undefined;
  return stuckCheckMs(deployment, rollout.nowMs);
}

/** Writes the status without judging progress: while paused, being scaled or being deleted. */
export function syncStatus(rollout: Rollout): void {
  rollout.writeStatus(currentStatus(rollout));
}

/** The reconcile is complete when all pods are new and available. */
export function isComplete({ spec, metadata }: Deployment, status: DeploymentStatus): boolean {
  const wanted = spec.replicas;
  return (
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted &&
    (status.observedGeneration ?? 0) >= (metadata.generation ?? 0)
  );
}

function currentStatus({ deployment, all, newSet, nowMs }: Rollout): DeploymentStatus {
  const { metadata, spec, status: old } = deployment;
  const available = availableReplicas(all);
  const replicas = statusReplicas(all);
  const updated = newSet?.status.replicas ?? 0;
  const ready = readyReplicas(all);
  // Of the pods that should be there, not of those that are.
  const unavailable = Math.max(0, specReplicas(all) - available);
  const status: DeploymentStatus = {};
  if (metadata.generation) status.observedGeneration = metadata.generation;
  if (replicas) status.replicas = replicas;
  if (updated) status.updatedReplicas = updated;
  if (ready) status.readyReplicas = ready;
  if (available) status.availableReplicas = available;
  if (unavailable) status.unavailableReplicas = unavailable;
  const terminating = terminatingReplicas(all);
  if (terminating !== undefined) status.terminatingReplicas = terminating;
  if (old.collisionCount !== undefined) status.collisionCount = old.collisionCount;
  const isAvailable = available >= spec.replicas! - maxUnavailable(deployment);
  const condition = isAvailable
    ? newCondition(
        'Available',
        'True',
        'MinimumReplicasAvailable',
        'Deployment has minimum availability.',
        nowMs,
      )
    : newCondition(
        'Available',
        'False',
        'MinimumReplicasUnavailable',
        'Deployment does not have minimum availability.',
        nowMs,
      );
  status.conditions = [...withCondition(conditionsOf(deployment), condition)];
  return status;
}

function progressed(rollout: Rollout, status: DeploymentStatus): Conditions {
  const { deployment, newSet, nowMs } = rollout;
  const conditions = status.conditions as Conditions;
  const current = findCondition(conditionsOf(deployment), 'Progressing');
  const wasComplete =
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) &&
    current?.reason === 'NewReplicaSetAvailable';
  if (wasComplete) return conditions;
  const subject = newSet
    ? `ReplicaSet ${JSON.stringify(newSet.metadata.name)}`
    : `Deployment ${JSON.stringify(deployment.metadata.name)}`;
  const condition = (value: 'True' | 'False', reason: string, what: string): DeploymentCondition =>
    newCondition('Progressing', value, reason, `${subject} ${what}.`, nowMs);
  if (isComplete(deployment, status)) {
    const done = condition('True', 'NewReplicaSetAvailable', 'has successfully progressed');
    return withCondition(conditions, done);
  }
  if (hasMoved(deployment.status, status)) {
    const moving = condition('True', 'ReplicaSetUpdated', 'is progressing');
    return withRefreshedCondition(conditions, moving);
  }
  if (hasTimedOut(deployment, nowMs)) {
    const stuck = condition('False', 'ProgressDeadlineExceeded', 'has timed out progressing');
    return withCondition(conditions, stuck);
  }
  return conditions;
}

function hasMoved(old: DeploymentStatus, status: DeploymentStatus): boolean {
  const outdated = ({ replicas = 0, updatedReplicas = 0 }: DeploymentStatus): number =>
    replicas - updatedReplicas;
  return (
    (status.updatedReplicas ?? 0) > (old.updatedReplicas ?? 0) ||
    outdated(status) < outdated(old) ||
    (status.readyReplicas ?? 0) > (old.readyReplicas ?? 0) ||
    (status.availableReplicas ?? 0) > (old.availableReplicas ?? 0)
  );
}

function hasTimedOut(deployment: Deployment, nowMs: number): boolean {
  const condition = findCondition(conditionsOf(deployment), 'Progressing');
  if (!condition || condition.reason === 'NewReplicaSetAvailable') return false;
  if (condition.reason === 'ProgressDeadlineExceeded') return true;
  return deadlineMs(deployment, condition) < nowMs;
}

function deadlineMs({ spec }: Deployment, { lastUpdateTime }: DeploymentCondition): number {
  return parseTime(lastUpdateTime!) + spec.progressDeadlineSeconds! * 1000;
}

function stuckCheckMs(deployment: Deployment, nowMs: number): number | void {
  const condition = findCondition(conditionsOf(deployment), 'Progressing');
  if (!condition || !hasProgressDeadline(deployment)) return undefined;
  if (isComplete(deployment, deployment.status)) return undefined;
  if (condition.reason === 'ProgressDeadlineExceeded') return undefined;
  return Math.max(0, deadlineMs(deployment, condition) - nowMs) + 1000;
}

function replicaFailure({ newSet, all }: Rollout): DeploymentCondition | undefined {
  const own = newSet && fromReplicaSet(newSet);
  if (own) return own;
  for (const set of all) {
    const failure = fromReplicaSet(set);
    if (failure) return failure;
  }
  return undefined;
}

/** Unknown until every ReplicaSet has reported it. */
function terminatingReplicas(all: Rollout['all']): number | undefined {
  let sum = 0;
  for (const { status } of all) {
    if (status.terminatingReplicas === undefined) return undefined;
    sum += status.terminatingReplicas;
  }
  return sum;
}
