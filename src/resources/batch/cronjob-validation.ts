// What a CronJob must be. Upstream: pkg/apis/batch/validation/validation.go.
import { CronSyntaxError, parseCronSchedule } from '../../api/cron-schedule';
import type { CronJob, CronJobSpec, JobSpec } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { findTimeZone } from '../../api/time-zone';
import { goSelector, validateNonNegative } from '../apps/template-validation';
import { validateTemplateSpec } from './job-validation';

const POLICIES = ['Allow', 'Forbid', 'Replace'];
/** A Job's name is that of its CronJob and eleven characters more. */
const NAME_MAX = 63 - 11;
const ZONE_PART = /^[A-Za-z.\-_0-9+]{1,14}$/;

export function validateNewCronJob({ metadata, spec }: CronJob, errors: FieldErrors): void {
  validateCronJob(spec, undefined, errors);
  if (metadata.name.length > NAME_MAX) {
    errors.invalid('metadata.name', metadata.name, `must be no more than ${NAME_MAX} characters`);
  }
}

export function validateCronJob(
  spec: CronJobSpec,
  old: CronJobSpec | undefined,
  errors: FieldErrors,
): void {
  if (!spec.schedule) errors.required('spec.schedule');
  else validateSchedule(spec, old?.schedule.includes('TZ') ?? false, errors);
  validateNonNegative(spec.startingDeadlineSeconds, 'spec.startingDeadlineSeconds', errors);
  if (!old || (spec.timeZone ?? undefined) !== (old.timeZone ?? undefined)) {
    validateTimeZone(spec.timeZone, errors);
  }
  const { concurrencyPolicy: policy = '' } = spec;
  if (!POLICIES.includes(policy)) errors.notSupported('spec.concurrencyPolicy', policy, POLICIES);
  validateJobTemplate(spec.jobTemplate.spec as JobSpec, errors);
  for (const field of ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit'] as const) {
    validateNonNegative(spec[field], `spec.${field}`, errors);
  }
}

function validateSchedule(
  { schedule, timeZone }: CronJobSpec,
  mayNameZone: boolean,
  errors: FieldErrors,
): void {
  const path = 'spec.schedule';
  try {
    parseCronSchedule(schedule);
  } catch (error) {
    if (!(error instanceof CronSyntaxError)) throw error;
    errors.invalid(path, schedule, error.message);
  }
  if (!schedule.includes('TZ')) return;
  if (!mayNameZone) {
    const why = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
    errors.invalid(path, schedule, why);
  } else if (timeZone != null) {
    const why = 'cannot use both timeZone field and TZ or CRON_TZ in schedule';
    errors.invalid(path, schedule, why);
  }
}

function validateTimeZone(timeZone: string | undefined | null, errors: FieldErrors): void {
  if (timeZone == null) return;
  const refuse = (why: string): void => errors.invalid('spec.timeZone', timeZone, why);
  if (timeZone === '') {
    refuse('timeZone must be nil or non-empty string');
    return;
  }
  const isStrange = timeZone
    .split('/')
    .some((part) => /^(?:\.\.?|-.*)$/.test(part) || !ZONE_PART.test(part));
  if (isStrange) {
    refuse(`unknown time zone ${timeZone}`);
    return;
  }
  if (timeZone.toLowerCase() === 'local') {
    const database = 'https://www.iana.org/time-zones';
    refuse(`timeZone must be an explicit time zone as defined in ${database}`);
    if (timeZone === 'Local') return;
  }
  if (!findTimeZone(timeZone)) refuse(`unknown time zone ${timeZone}`);
}

function validateJobTemplate(spec: JobSpec, errors: FieldErrors): void {
  const path = 'spec.jobTemplate.spec';
  validateTemplateSpec(spec, path, errors);
  if (spec.selector != null) {
    const why = '`selector` will be auto-generated';
    errors.invalid(`${path}.selector`, goSelector(spec.selector), why);
  }
  if (spec.manualSelector) {
    errors.notSupported(`${path}.manualSelector`, spec.manualSelector, ['nil', 'false']);
  }
}
