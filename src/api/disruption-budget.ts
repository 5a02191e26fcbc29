// The condition that tells whether a PodDisruptionBudget allows disruptions.
// Upstream: component-helpers/apps/poddisruptionbudget.
import { withCondition } from './conditions';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from './extension-types';
import { formatTime } from './time';

type Condition = NonNullable<PodDisruptionBudgetStatus['conditions']>[number];

const TYPE = 'DisruptionAllowed';

/** The status with the condition that its number of allowed disruptions asks for. */
export function withDisruptionCondition(
  status: PodDisruptionBudgetStatus,
  nowMs: number,
): PodDisruptionBudgetStatus {
  const [value, reason] = expected(status);
  return withResult(status, value, reason, '', nowMs);
}

/** The status of a budget whose pods could not be counted. */
export function withSyncFailure(
  status: PodDisruptionBudgetStatus,
  message: string,
  nowMs: number,
): PodDisruptionBudgetStatus {
  return withResult({ ...status, disruptionsAllowed: 0 }, 'False', 'SyncFailed', message, nowMs);
}

/** Why the budget's pods could not be counted, if that is why it allows nothing. */
export function syncFailure({ status }: PodDisruptionBudget): string | undefined {
  const condition = findCondition(status);
  const isFailed = condition?.status === 'False' && condition.reason === 'SyncFailed';
  return isFailed ? condition.message : undefined;
}

export function isConditionCurrent({ metadata, status }: PodDisruptionBudget): boolean {
  const condition = findCondition(status);
  const [value, reason] = expected(status);
  return (
    status.observedGeneration === metadata.generation &&
    condition?.status === value &&
    condition.reason === reason
  );
}

function expected({
  disruptionsAllowed = 0,
}: PodDisruptionBudgetStatus): ['True' | 'False', string] {
  return disruptionsAllowed > 0 ? ['True', 'SufficientPods'] : ['False', 'InsufficientPods'];
}

function findCondition({ conditions }: PodDisruptionBudgetStatus): Condition | undefined {
  return conditions?.find(({ type }) => type === TYPE);
}

function withResult(
  status: PodDisruptionBudgetStatus,
  value: 'True' | 'False',
  reason: string,
  message: string,
  nowMs: number,
): PodDisruptionBudgetStatus {
  const { observedGeneration } = status;
  const generation = observedGeneration ? { observedGeneration } : {};
  const condition = { type: TYPE, status: value, ...generation, reason, message };
  const conditions = withCondition(status.conditions ?? [], condition, formatTime(nowMs));
  return { ...status, conditions };
}
