// A Job's status while the controller works on it, and its conditions.
// Upstream: pkg/controller/job/job_controller.go.
import type { IJobCondition } from 'kubernetes-models/batch/v1/JobCondition';
import type { Job, JobStatus } from '../../api/extension-types';
import { isConditionTrue } from '../../api/job-conditions';
import { formatTime } from '../../api/time';

/** How a Job ends. It is announced by one condition and, once all pods are counted, enacted. */
export interface Outcome {
  readonly type: 'Complete' | 'Failed';
  readonly reason: string;
  readonly message: string;
  /** Whether the announcing condition is in the status already. */
  readonly isAnnounced: boolean;
}

const ANNOUNCEMENT = { Complete: 'SuccessCriteriaMet', Failed: 'FailureTarget' } as const;

/** Counts are always there, and pods that have ended but still carry the finalizer by uid. */
export interface WorkingStatus extends JobStatus {
  conditions: IJobCondition[];
  active: number;
  succeeded: number;
  failed: number;
  uncountedTerminatedPods: { succeeded: string[]; failed: string[] };
}

export function workingStatus({ status }: Job): WorkingStatus {
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  return {
    ...status,
    conditions: [...(status.conditions ?? [])],
    active: status.active ?? 0,
    succeeded: status.succeeded ?? 0,
    failed: status.failed ?? 0,
    uncountedTerminatedPods: { succeeded: [...succeeded], failed: [...failed] },
  };
}

/** The status as it is written: zero counts and empty lists are left out. */
export function writtenStatus(working: WorkingStatus): JobStatus {
  const { conditions, active, succeeded, failed, completedIndexes, ...rest } = working;
  const { uncountedTerminatedPods: uncounted } = working;
  const status: JobStatus = { ...rest };
  if (conditions.length > 0) status.conditions = [...conditions];
  if (active) status.active = active;
  if (succeeded) status.succeeded = succeeded;
  if (failed) status.failed = failed;
  if (completedIndexes) status.completedIndexes = completedIndexes;
  if (status.startTime === undefined) delete status.startTime;
  status.uncountedTerminatedPods = {};
  for (const list of ['succeeded', 'failed'] as const) {
    if (uncounted[list].length > 0) status.uncountedTerminatedPods[list] = [...uncounted[list]];
  }
  return status;
}

/** The outcome that a condition announces, if one does. */
export function announcedOutcome(status: JobStatus): Outcome | undefined {
  for (const type of ['Complete', 'Failed'] as const) {
    const interim = ANNOUNCEMENT[type];
    if (!isConditionTrue(status, interim)) continue;
    const { reason = '', message = '' } = status.conditions!.find((each) => each.type === interim)!;
    return { type, reason, message, isAnnounced: true };
  }
  return undefined;
}

export function announce(status: WorkingStatus, outcome: Outcome, nowMs: number): void {
  const { type, reason, message } = outcome;
  status.conditions.push(newCondition(ANNOUNCEMENT[type], 'True', reason, message, nowMs));
}

/** Adds or changes a condition; one that is not there is not added with status False. */
export function setCondition(
  status: WorkingStatus,
  type: IJobCondition['type'],
  value: 'True' | 'False',
  reason: string,
  message: string,
  nowMs: number,
): boolean {
  const index = status.conditions.findIndex((each) => each.type === type);
  const old = status.conditions[index];
  if (!old && value === 'False') return false;
  const isSame = old?.status === value && old.reason === reason && old.message === message;
  if (isSame) return false;
  const condition = newCondition(type, value, reason, message, nowMs);
  if (old) status.conditions[index] = condition;
  else status.conditions.push(condition);
  return true;
}

function newCondition(
  type: string,
  status: 'True' | 'False',
  reason: string,
  message: string,
  nowMs: number,
): IJobCondition {
  const time = formatTime(nowMs);
  const condition: IJobCondition = { type, status, lastProbeTime: time, lastTransitionTime: time };
  if (reason) condition.reason = reason;
  if (message) condition.message = message;
  return condition;
}
