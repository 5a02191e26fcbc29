// Transitions of a Job's status, which other controllers than the built-in one may write
// (spec.managedBy). What was wrong before and has not changed is let through.
// Upstream: validateJobStatus in pkg/apis/batch/validation/validation.go,
// getStatusValidationOptions in pkg/registry/batch/job/strategy.go.
import type { Job, JobStatus } from '../../api/extension-types';
import { deepEqual } from '../../api/deep-equal';
import type { FieldErrors } from '../../api/field-errors';
import { parseTime } from '../../api/time';
import { validateNonNegative } from '../apps/template-validation';
import { overlapOf, parseIndexes } from './index-format';
import { isConditionTrue, isJobFinished } from '../../api/job-conditions';
import { invalidStruct } from './job-policy-validation';

const COUNTS = ['active', 'succeeded', 'failed', 'ready', 'terminating'] as const;
const TERMINAL = ['Failed', 'Complete', 'FailureTarget'];
const CONDITIONS = 'status.conditions';

export function validateJobStatus(job: Job, old: Job, errors: FieldErrors): void {
  for (const field of COUNTS) validateNonNegative(job.status[field], `status.${field}`, errors);
  validateUncounted(job.status, errors);
  const change = new Change(job, old);
  validateConditions(change, errors);
  validateTimes(change, errors);
  validateFinished(change, errors);
  validateIndexes(change, errors);
  validateCounters(change, errors);
}

/** Two versions of a Job, and what differs between them. */
class Change {
  readonly next: JobStatus;
  readonly before: JobStatus;

  constructor(
    readonly job: Job,
    old: Job,
  ) {
    this.next = job.status;
    this.before = old.status;
  }

  is(type: string): boolean {
    return isConditionTrue(this.next, type);
  }

  was(type: string): boolean {
    return isConditionTrue(this.before, type);
  }

  turned(...types: string[]): boolean {
    return types.some((type) => this.is(type) !== this.was(type));
  }

  changed(...fields: (keyof JobStatus)[]): boolean {
    return fields.some(
      (field) => !deepEqual(this.next[field] ?? undefined, this.before[field] ?? undefined),
    );
  }
}

function validateUncounted({ uncountedTerminatedPods }: JobStatus, errors: FieldErrors): void {
  const seen = new Set<string>();
  for (const list of ['succeeded', 'failed'] as const) {
    uncountedTerminatedPods?.[list]?.forEach((uid, index) => {
      const path = `status.uncountedTerminatedPods.${list}[${index}]`;
      if (uid === '') errors.invalid(path, uid, 'must not be empty');
      else if (seen.has(uid)) errors.duplicate(path, uid);
      seen.add(uid);
    });
  }
}

function validateConditions(change: Change, errors: FieldErrors): void {
  const refuse = (isWrong: boolean, why: string): void => {
    if (isWrong) invalidStruct(errors, CONDITIONS, why);
  };
  const both = (one: string, other: string, when: boolean, why: string): void =>
    refuse(when && change.is(one) && change.is(other), why);
  both(
    'Complete',
    'Failed',
    change.turned('Complete', 'Failed'),
    'cannot set Complete=True and Failed=true conditions',
  );
  both(
    'Complete',
    'FailureTarget',
    change.turned('Complete', 'FailureTarget'),
    'cannot set Complete=True and FailureTarget=true conditions',
  );
  refuse(
    change.turned('Failed', 'FailureTarget') && change.is('Failed') && !change.is('FailureTarget'),
    'cannot set Failed=True condition without the FailureTarget=true condition',
  );
  const isUnannounced = change.is('Complete') && !change.is('SuccessCriteriaMet');
  refuse(
    change.turned('Complete', 'SuccessCriteriaMet') && isUnannounced,
    'cannot set Complete=True condition without the SuccessCriteriaMet=true condition',
  );
  const met = 'SuccessCriteriaMet';
  both(met, 'Failed', true, 'cannot set SuccessCriteriaMet=True and Failed=true conditions');
  both(
    met,
    'FailureTarget',
    true,
    'cannot set SuccessCriteriaMet=True and FailureTarget=true conditions',
  );
  refuse(
    change.job.spec.successPolicy != null && isUnannounced,
    'cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True',
  );
  for (const type of TERMINAL) {
    const why = `cannot disable the terminal ${type}=True condition`;
    refuse(change.was(type) && !change.is(type), why);
  }
  const isLost = change.was(met) && !change.is(met);
  refuse(isLost, 'cannot disable the SuccessCriteriaMet=True condition');
  refuse(
    change.was('Complete') && !change.was(met) && change.is(met),
    'cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions',
  );
}

function validateTimes(change: Change, errors: FieldErrors): void {
  const { next, before, job } = change;
  const path = 'status.completionTime';
  const { startTime, completionTime } = next;
  if (change.turned('Complete') || change.changed('completionTime')) {
    if (completionTime != null && !change.is('Complete')) {
      const why = 'cannot set completionTime when there is no Complete=True condition';
      errors.invalid(path, completionTime, why);
    }
    if (completionTime == null && change.is('Complete')) {
      errors.required(path, 'completionTime is required for Complete jobs');
    }
  }
  const isOutOfOrder =
    startTime != null && completionTime != null && parseTime(completionTime) < parseTime(startTime);
  if (isOutOfOrder && change.changed('startTime', 'completionTime')) {
    errors.invalid(path, completionTime, 'completionTime cannot be set before startTime');
  }
  const isMutated = completionTime != null && before.completionTime != null;
  if (isMutated && change.changed('completionTime')) {
    errors.invalid(path, completionTime, 'completionTime cannot be mutated');
  }
  const isRestarted = before.startTime != null && change.changed('startTime');
  if (isRestarted && !job.spec.suspend && !change.was('Suspended')) {
    errors.required('status.startTime', 'startTime cannot be removed for unsuspended job');
  }
}

function validateFinished(change: Change, errors: FieldErrors): void {
  const { next } = change;
  const isFinished = isJobFinished(next);
  const turned = isFinished !== isJobFinished(change.before);
  if (isFinished && (turned || change.changed('active')) && next.active! > 0) {
    errors.invalid('status.active', next.active, 'active>0 is invalid for finished job');
  }
  if (isFinished && (turned || change.changed('startTime')) && next.startTime == null) {
    errors.required('status.startTime', 'startTime is required for finished job');
  }
  const { succeeded = [], failed = [] } = next.uncountedTerminatedPods ?? {};
  if (isFinished && (turned || change.changed('uncountedTerminatedPods'))) {
    if (succeeded.length + failed.length > 0) {
      const shown = {
        Succeeded: succeeded.length > 0 ? succeeded : null,
        Failed: failed.length > 0 ? failed : null,
      };
      const why = 'uncountedTerminatedPods needs to be empty for finished job';
      errors.invalid('status.uncountedTerminatedPods', shown, why);
    }
  }
  if (isFinished && (turned || change.changed('terminating')) && next.terminating! > 0) {
    const why = 'terminating>0 is invalid for finished job';
    errors.invalid('status.terminating', next.terminating, why);
  }
}

function validateIndexes(change: Change, errors: FieldErrors): void {
  const { completions, completionMode, backoffLimitPerIndex } = change.job.spec;
  const { completedIndexes = '', failedIndexes } = change.next;
  const refuse = (field: string, shown: unknown, why: string): void =>
    errors.invalid(`status.${field}`, shown, why);
  const parsed = (field: string, text: string): void => {
    const indexes = completions == null ? [] : parseIndexes(text, completions);
    if (typeof indexes === 'string') refuse(field, text, `error parsing ${field}: ${indexes}`);
  };
  if (change.changed('completedIndexes')) {
    parsed('completedIndexes', completedIndexes);
    if (completedIndexes !== '' && completionMode !== 'Indexed') {
      const why = 'cannot set non-empty completedIndexes when non-indexed completion mode';
      refuse('completedIndexes', completedIndexes, why);
    }
  }
  if (change.changed('failedIndexes') && failedIndexes != null) {
    if (backoffLimitPerIndex == null) {
      const why = 'cannot set non-null failedIndexes when backoffLimitPerIndex is null';
      refuse('failedIndexes', failedIndexes, why);
    } else parsed('failedIndexes', failedIndexes);
  }
  if (!change.changed('failedIndexes', 'completedIndexes')) return;
  const overlap = overlapOf(completedIndexes, failedIndexes ?? '', completions ?? 0);
  if (overlap === undefined) return;
  const why = `failedIndexes and completedIndexes overlap at index: ${overlap}`;
  refuse('failedIndexes', failedIndexes, why);
}

function validateCounters(change: Change, errors: FieldErrors): void {
  const { next, before, job } = change;
  const { completions, parallelism, completionMode } = job.spec;
  const { ready = 0, active = 0, failed = 0, succeeded = 0 } = next;
  if (change.changed('ready', 'active') && ready > active) {
    errors.invalid('status.ready', ready, 'cannot set more ready pods than active');
  }
  if (failed < (before.failed ?? 0)) {
    errors.invalid('status.failed', failed, 'cannot decrease the failed counter');
  }
  // Such Jobs may shrink, and what had succeeded beyond counts no longer.
  const isElastic = completionMode === 'Indexed' && completions === parallelism;
  if (!isElastic && succeeded < (before.succeeded ?? 0)) {
    errors.invalid('status.succeeded', succeeded, 'cannot decrease the succeeded counter');
  }
}
