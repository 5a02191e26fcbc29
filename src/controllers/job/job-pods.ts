// What the Job controller reads off its pods.
// Upstream: pkg/controller/job/{indexed_job_utils,backoff_utils,tracking_utils}.go.
import type { Job } from '../../api/extension-types';
import { parseTime } from '../../api/time';
import type { Pod } from '../../api/types';
import { podCondition } from '../pod-status';

export const JOB_TRACKING = 'batch.kubernetes.io/job-tracking';
export const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';
export const FAILURE_COUNT = 'batch.kubernetes.io/job-index-failure-count';
export const IGNORED_FAILURE_COUNT = 'batch.kubernetes.io/job-index-ignored-failure-count';

/** True until the pod has been counted: the finalizer keeps it from going before that. */
export function isTracked({ metadata }: Pod): boolean {
  return metadata.finalizers?.includes(JOB_TRACKING) ?? false;
}

export function isIndexed({ spec }: Job): boolean {
  return spec.completionMode === 'Indexed';
}

export function hasLimitPerIndex({ spec }: Job): boolean {
  return spec.backoffLimitPerIndex != null;
}

/** Whether a pod that is still terminating has no replacement yet. */
export function replacesOnlyFailed({ spec }: Job): boolean {
  return spec.podReplacementPolicy === 'Failed' || spec.podFailurePolicy != null;
}

/** Failed, or on its way out without having succeeded, unless the Job waits for the outcome. */
export function isPodFailed(pod: Pod, job: Job): boolean {
  if (pod.status.phase === 'Failed') return true;
  if (replacesOnlyFailed(job)) return false;
  return pod.metadata.deletionTimestamp !== undefined && pod.status.phase !== 'Succeeded';
}

/** -1 when the pod has none. */
export function completionIndex({ metadata }: Pod): number {
  const text = metadata.annotations?.[COMPLETION_INDEX];
  return text !== undefined && /^\+?\d+$/.test(text) ? Number(text) : -1;
}

/** Whether the pod has an index of the Job's, which shrinking may have left behind. */
export function hasValidIndex(pod: Pod, { spec }: Job): boolean {
  const index = completionIndex(pod);
  return index >= 0 && index < spec.completions!;
}

/** Failures of the index before this pod, without those that the policy ignores. */
export function failureCount(pod: Pod): number {
  return countIn(pod, FAILURE_COUNT);
}

export function ignoredFailureCount(pod: Pod): number {
  return countIn(pod, IGNORED_FAILURE_COUNT);
}

function countIn({ metadata }: Pod, annotation: string): number {
  const text = metadata.annotations?.[annotation] ?? '';
  const count = /^\+?\d+$/.test(text) ? Number(text) : 0;
  return count <= 2147483647 ? count : 0;
}

/** When the pod ended, as far as can be told, in ms. */
export function finishedMs(pod: Pod): number {
  const { metadata, status } = pod;
  const ends = status.containerStatuses?.map(({ state }) => state?.terminated?.finishedAt) ?? [];
  if (ends.length > 0 && ends.every(Boolean))
    return Math.max(...ends.map((end) => parseTime(end!)));
  const ready = podCondition(pod, 'Ready');
  if (ready?.status === 'False' && ready.lastTransitionTime) {
    return parseTime(ready.lastTransitionTime);
  }
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, creationTimestamp } = metadata;
  return deletionTimestamp
    ? parseTime(deletionTimestamp) - deletionGracePeriodSeconds * 1000
    : parseTime(creationTimestamp);
}
