// The condition that tells whether a PodDisruptionBudget allows disruptions.
// Upstream: component-helpers/apps/poddisruptionbudget.
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
  return withCondition(status, value, reason, '', nowMs);
}

/** The status of a budget whose pods could not be counted. */
export function withSyncFailure(
  status: PodDisruptionBudgetStatus,
  message: string,
  nowMs: number,
): PodDisruptionBudgetStatus {
  return withCondition({ ...status, disruptionsAllowed: 0 }, 'False', 'SyncFailed', message, nowMs);
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

function withCondition(
  status: PodDisruptionBudgetStatus,
  value: 'True' | 'False',
  reason: string,
  message: string,
  nowMs: number,
): PodDisruptionBudgetStatus {
  const old = findCondition(status);
  const { observedGeneration } = status;
  const condition: Condition = {
    type: TYPE,
    status: value,
    ...(observedGeneration && { observedGeneration }),
    lastTransitionTime: old?.status === value ? old.lastTransitionTime : formatTime(nowMs),
    reason,
    message,
  };
  const others = status.conditions ?? [];
  const conditions = old
    ? others.map((each) => (each === old ? condition : each))
    : [...others, condition];
  return { ...status, conditions };
}
