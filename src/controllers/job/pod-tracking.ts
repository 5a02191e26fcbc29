// Counts pods that have ended: first by uid in the status, then their finalizer goes, then by
// number. So none is forgotten or counted twice, whenever the controller stops.
// Upstream: trackJobStatusAndRemoveFinalizers in pkg/controller/job/job_controller.go.
import { jobs } from '../../api/extension-refs';
import type { Job } from '../../api/extension-types';
import { pods as podsRef } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import { formatTime } from '../../api/time';
import type { Pod } from '../../api/types';
import type { Client } from '../../client/client';
import { judgeFailure } from './failure-policy';
import { countIndexes, formatIndexes, hasIndex, withIndexes } from './index-intervals';
import {
  completionIndex,
  hasLimitPerIndex,
  hasValidIndex,
  isIndexed,
  isPodFailed,
  isTracked,
  JOB_TRACKING,
} from './job-pods';
import { announce, setCondition, writtenStatus } from './job-status';
import type { JobSync } from './job-sync';

/** The status must stay of a reasonable size. */
const UNCOUNTED_MAX = 500;

/** Takes the tracking finalizer off a pod. Throws NotFound when the pod is gone. */
export function untrack(client: Client, pod: Pod): void {
  if (!isTracked(pod)) return;
  const { namespace = '', name } = pod.metadata;
  const metadata = { '$deleteFromPrimitiveList/finalizers': [JOB_TRACKING] };
  client.patch(podsRef, namespace, name, { metadata });
}

/** Writes what the look at a Job has found, and its end when it has come to it. */
export function countPods(sync: JobSync): void {
  const { status, memory, key, job } = sync;
  const { active, ready, terminating } = job.status;
  let isDirty =
    sync.isDirty ||
    (active ?? 0) !== sync.active ||
    ready !== sync.ready ||
    terminating !== sync.terminating;
  status.active = sync.active;
  status.ready = sync.ready;
  status.terminating = sync.terminating;
  const tracked = new Set<string>();
  for (const pod of sync.pods) {
    if (isTracked(pod) && !sync.counted.has(pod.metadata.uid)) tracked.add(pod.metadata.uid);
  }
  isDirty = sumUp(sync, tracked) || isDirty;
  const ending = gatherEnded(sync);
  isDirty ||= ending.isDirty;
  if (isIndexed(job)) isDirty = setIndexes(sync, ending.indexes) || isDirty;
  if (sync.outcome && !sync.outcome.isAnnounced) {
    announce(status, sync.outcome, sync.nowMs);
    isDirty = true;
  }
  let current = job;
  if (isDirty) {
    current = write(sync, current);
    memory.setFailures(key, sync.failures);
  }
  const failure = untrackAll(sync, ending.pods, tracked);
  const isSummed = sumUp(sync, tracked);
  if (failure !== undefined) {
    if (isSummed) write(sync, current);
    throw failure;
  }
  const isFinished = !ending.isCut && finish(sync);
  if (isSummed || isFinished) write(sync, current);
  if (isFinished) recordEnd(sync);
}

function write({ context, status }: JobSync, job: Job): Job {
  return context.client.updateStatus(jobs, { ...job, status: writtenStatus(status) });
}

/** Pods whose finalizer is gone are counted by number; true when there were any. */
function sumUp({ status }: JobSync, tracked: ReadonlySet<string>): boolean {
  let isChanged = false;
  for (const list of ['succeeded', 'failed'] as const) {
    const uids = status.uncountedTerminatedPods[list];
    const left = uids.filter((uid) => tracked.has(uid));
    if (left.length === uids.length) continue;
    status[list] += uids.length - left.length;
    status.uncountedTerminatedPods[list] = left;
    isChanged = true;
  }
  return isChanged;
}

interface Ending {
  /** Pods whose finalizer may go. */
  pods: Pod[];
  /** Indexes that have succeeded. */
  indexes: number[];
  isDirty: boolean;
  /** True when there are more pods than can be counted at a time. */
  isCut: boolean;
}

function gatherEnded(sync: JobSync): Ending {
  const { job, status } = sync;
  const ending: Ending = { pods: [], indexes: [], isDirty: false, isCut: false };
  const { succeeded, failed } = status.uncountedTerminatedPods;
  const known = { succeeded: new Set(succeeded), failed: new Set(failed) };
  const inOrder = isIndexed(job)
    ? [...sync.pods].sort((a, b) => completionIndex(a) - completionIndex(b))
    : sync.pods;
  for (const pod of inOrder) {
    const { uid } = pod.metadata;
    if (!isTracked(pod) || sync.counted.has(uid) || !mayGo(sync, pod)) continue;
    ending.pods.push(pod);
    if (pod.status.phase === 'Succeeded' && !known.failed.has(uid)) {
      ending.isDirty = addSucceeded(sync, pod, ending, known.succeeded) || ending.isDirty;
    } else if (isPodFailed(pod, job) || sync.outcome?.type === 'Failed') {
      const isValid = !isIndexed(job) || hasValidIndex(pod, job);
      if (!known.failed.has(uid) && isValid && judgeFailure(job, pod).counts) {
        failed.push(uid);
        ending.isDirty = true;
      }
    }
    if (ending.indexes.length + succeeded.length + failed.length < UNCOUNTED_MAX) continue;
    ending.isCut = true;
    break;
  }
  return ending;
}

function addSucceeded(
  { job, status, succeededBefore }: JobSync,
  pod: Pod,
  ending: Ending,
  known: ReadonlySet<string>,
): boolean {
  if (isIndexed(job)) {
    const index = completionIndex(pod);
    if (!hasValidIndex(pod, job) || hasIndex(succeededBefore, index)) return false;
    ending.indexes.push(index);
    return true;
  }
  if (known.has(pod.metadata.uid)) return false;
  status.uncountedTerminatedPods.succeeded.push(pod.metadata.uid);
  return true;
}

/** A failed pod of an index waits for its replacement, which takes its count over. */
function mayGo({ job, outcome, lastFailed }: JobSync, pod: Pod): boolean {
  if (job.metadata.deletionTimestamp || outcome || pod.status.phase === 'Succeeded') return true;
  if (!isPodFailed(pod, job)) return false;
  return !hasLimitPerIndex(job) || lastFailed.get(completionIndex(pod)) !== pod;
}

function setIndexes(sync: JobSync, indexes: readonly number[]): boolean {
  const { status, job } = sync;
  sync.succeededIndexes = withIndexes(sync.succeededIndexes, indexes);
  const completed = formatIndexes(sync.succeededIndexes);
  const failed = sync.failedIndexes && formatIndexes(sync.failedIndexes);
  status.succeeded = countIndexes(sync.succeededIndexes);
  status.completedIndexes = completed;
  if (failed !== undefined) status.failedIndexes = failed;
  return completed !== (job.status.completedIndexes ?? '') || failed !== job.status.failedIndexes;
}

/** Returns the first failure; pods that still have their finalizer stay in `tracked`. */
function untrackAll(sync: JobSync, ended: readonly Pod[], tracked: Set<string>): unknown {
  const { context, memory, key } = sync;
  let failure: unknown;
  for (const pod of ended) {
    const { uid } = pod.metadata;
    memory.expectCounted(key, uid);
    try {
      untrack(context.client, pod);
      tracked.delete(uid);
    } catch (error) {
      memory.countedObserved(key, uid);
      if (isNotFound(error)) tracked.delete(uid);
      else failure ??= error;
    }
  }
  return failure;
}

/** Sets the condition that ends the Job, unless pods are uncounted or still terminating. */
function finish({ outcome, status, terminating, nowMs }: JobSync): boolean {
  const { succeeded, failed } = status.uncountedTerminatedPods;
  if (!outcome || succeeded.length + failed.length > 0 || terminating > 0) return false;
  setCondition(status, outcome.type, 'True', outcome.reason, outcome.message, nowMs);
  if (outcome.type === 'Complete') status.completionTime = formatTime(nowMs);
  return true;
}

function recordEnd({ context, job, outcome, status, spec }: JobSync): void {
  const { recorder } = context;
  if (outcome!.type === 'Failed') {
    recorder.event(job, 'Warning', outcome!.reason, outcome!.message);
    return;
  }
  if (spec.completions != null && status.succeeded > spec.completions) {
    const message = 'Too many succeeded pods running after completion count reached';
    recorder.event(job, 'Warning', 'TooManySucceededPods', message);
  }
  recorder.event(job, 'Normal', 'Completed', 'Job completed');
}
