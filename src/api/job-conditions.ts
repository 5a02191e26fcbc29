import type { JobStatus } from './extension-types';

/** Whether the Job's status has that condition with status True. */
export function isConditionTrue({ conditions }: JobStatus, type: string): boolean {
  return conditions?.some((each) => each.type === type && each.status === 'True') ?? false;
}

/** Complete or Failed: nothing of the Job changes any more. */
export function isJobFinished(status: JobStatus): boolean {
  return isConditionTrue(status, 'Complete') || isConditionTrue(status, 'Failed');
}
