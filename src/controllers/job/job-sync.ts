// One look at one Job: how far it has come, which pods it needs or has too many of, whether it has
// ended. Invariants: every pod is counted once, in the status, before its finalizer goes; a Job is
// finished only when no pod is uncounted or still terminating.
// Upstream: syncJob in pkg/controller/job/job_controller.go.
import type { Job } from '../../api/extension-types';
import { formatTime, parseTime } from '../../api/time';
import type { Pod } from '../../api/types';
import type { ControllerContext } from '../controller';
import { deletePod } from '../pod-control';
import { isPodActive, isPodReady, isPodTerminating } from '../pod-status';
import { withFinished, type FailureRecord } from './failure-backoff';
import { judgeFailure } from './failure-policy';
import { countIndexes, NO_INDEXES, parseIndexes, withIndexes } from './index-intervals';
import type { Intervals } from './index-intervals';
import type { JobMemory } from './job-memory';
import {
  completionIndex,
  failureCount,
  finishedMs,
  hasLimitPerIndex,
  hasValidIndex,
  ignoredFailureCount,
  isIndexed,
  isPodFailed,
  isTracked,
} from './job-pods';
import {
  announcedOutcome,
  setCondition,
  workingStatus,
  type Outcome,
  type WorkingStatus,
} from './job-status';
import { managePods } from './pod-management';
import { countPods } from './pod-tracking';
import { hasIndex } from './index-intervals';
import { metSuccessRule } from './success-policy';

/** Brings a Job that has not finished one step further. Throws what the server threw. */
export function syncJob(
  context: ControllerContext,
  memory: JobMemory,
  key: string,
  job: Job,
  pods: readonly Pod[],
): void {
  const sync = new JobSync(context, memory, key, job, pods);
  sync.decide();
  const failure = sync.act();
  countPods(sync);
  if (failure !== undefined) throw failure;
}

export class JobSync {
  readonly status: WorkingStatus;
  readonly activePods: readonly Pod[];
  readonly nowMs: number;
  /** Pods whose finalizer was removed, which the cache does not show yet. */
  readonly counted: ReadonlySet<string>;
  readonly failures: FailureRecord;
  /** Successes and failures with those that this look found. */
  succeeded: number;
  readonly failed: number;
  active: number;
  ready: number;
  terminating: number;
  outcome: Outcome | undefined;
  succeededBefore: Intervals = NO_INDEXES;
  succeededIndexes: Intervals = NO_INDEXES;
  failedIndexes: Intervals | undefined;
  /** By index: the last failed pod, which stays until its replacement has taken its count over. */
  readonly lastFailed = new Map<number, Pod>();
  /** True when the status differs in more than what counting the pods brings. */
  isDirty = false;

  constructor(
    readonly context: ControllerContext,
    readonly memory: JobMemory,
    readonly key: string,
    readonly job: Job,
    readonly pods: readonly Pod[],
  ) {
    this.nowMs = context.sim.clock.activityMs;
    this.status = workingStatus(job);
    this.counted = memory.countedPods(key);
    this.activePods = pods.filter(isPodActive);
    this.active = this.activePods.length;
    this.ready = this.activePods.filter(isPodReady).length;
    this.terminating = pods.filter(isPodTerminating).length;
    const { succeeded, failed } = this.status.uncountedTerminatedPods;
    const fresh = pods.filter((pod) => this.isFresh(pod));
    const newSucceeded = fresh.filter(
      ({ metadata, status }) => status.phase === 'Succeeded' && !succeeded.includes(metadata.uid),
    );
    const newFailed = fresh.filter(
      (pod) => isPodFailed(pod, job) && !failed.includes(pod.metadata.uid),
    );
    const counting = newFailed.filter((pod) => judgeFailure(job, pod).counts);
    this.succeeded = this.status.succeeded + newSucceeded.length + succeeded.length;
    this.failed = this.status.failed + counting.length + failed.length;
    this.failures = withFinished(memory.failuresOf(key), newSucceeded, newFailed);
  }

  get spec(): Job['spec'] {
    return this.job.spec;
  }

  /** Tracked, not counted yet and, of an Indexed Job, with an index that is one. */
  isFresh(pod: Pod): boolean {
    if (!isTracked(pod) || this.counted.has(pod.metadata.uid)) return false;
    return !isIndexed(this.job) || hasValidIndex(pod, this.job);
  }

  /** Whether the Job has come to its end, and how. */
  decide(): void {
    const { spec, status } = this;
    if (status.startTime == null && !spec.suspend) status.startTime = formatTime(this.nowMs);
    this.outcome = announcedOutcome(status) ?? this.policyFailure() ?? this.limitFailure();
    if (!isIndexed(this.job)) return;
    this.countIndexes();
    const message = this.outcome ? undefined : metSuccessRule(this.job, this.succeededIndexes);
    if (message) this.outcome = ended('Complete', 'SuccessPolicy', message);
  }

  /** Deletes, creates or leaves pods; returns the first failure. */
  act(): unknown {
    const { spec, memory, key, job } = this;
    const isSettled = memory.expectations.areMet(key);
    if (this.outcome) return this.deleteActive(isSettled);
    const isManaged = isSettled && !job.metadata.deletionTimestamp;
    const failure = isManaged ? managePods(this) : undefined;
    const isComplete =
      spec.completions == null ? this.succeeded > 0 : this.succeeded >= spec.completions;
    if (isComplete && this.active === 0) {
      const message = 'Reached expected number of succeeded pods';
      this.outcome = ended('Complete', 'CompletionsReached', message);
    } else if (isManaged) this.setSuspended();
    return failure;
  }

  private policyFailure(): Outcome | undefined {
    if (!this.spec.podFailurePolicy) return undefined;
    for (const pod of this.pods) {
      const failure = isPodFailed(pod, this.job) && judgeFailure(this.job, pod).failure;
      if (failure) return ended('Failed', 'PodFailurePolicy', failure);
    }
    return undefined;
  }

  private limitFailure(): Outcome | undefined {
    const { spec, status } = this;
    if (this.failed > spec.backoffLimit! || this.exceedsRestarts()) {
      const message = 'Job has reached the specified backoff limit';
      return ended('Failed', 'BackoffLimitExceeded', message);
    }
    if (spec.activeDeadlineSeconds == null || spec.suspend) return undefined;
    const leftMs = parseTime(status.startTime!) + spec.activeDeadlineSeconds * 1000 - this.nowMs;
    if (leftMs <= 0) {
      const message = 'Job was active longer than specified deadline';
      return ended('Failed', 'DeadlineExceeded', message);
    }
    this.context.enqueueAfter(this.key, leftMs);
    return undefined;
  }

  /** Containers that restart in place count as failures, while their pods live. */
  private exceedsRestarts(): boolean {
    const { backoffLimit, template } = this.spec;
    if (template.spec?.restartPolicy !== 'OnFailure') return false;
    let restarts = 0;
    for (const { status } of this.pods) {
      if (status.phase !== 'Running' && status.phase !== 'Pending') continue;
      for (const each of status.initContainerStatuses ?? []) restarts += each.restartCount;
      for (const each of status.containerStatuses ?? []) restarts += each.restartCount;
    }
    return backoffLimit === 0 ? restarts > 0 : restarts >= backoffLimit!;
  }

  private countIndexes(): void {
    const { job, spec, status } = this;
    const completions = spec.completions!;
    const done = this.pods.filter(
      (pod) => pod.status.phase === 'Succeeded' && isTracked(pod) && hasValidIndex(pod, job),
    );
    this.succeededBefore = parseIndexes(status.completedIndexes, completions);
    this.succeededIndexes = withIndexes(this.succeededBefore, done.map(completionIndex));
    this.succeeded = countIndexes(this.succeededIndexes);
    if (!hasLimitPerIndex(job)) return;
    const lost = this.pods.filter(
      (pod) => isTracked(pod) && hasValidIndex(pod, job) && this.failsIndex(pod),
    );
    const failedBefore = parseIndexes(status.failedIndexes, completions);
    this.failedIndexes = withIndexes(failedBefore, lost.map(completionIndex));
    this.outcome ??= this.indexFailure(countIndexes(this.failedIndexes), completions);
    this.keepLastFailed();
  }

  private failsIndex(pod: Pod): boolean {
    if (!isPodFailed(pod, this.job)) return false;
    const { failsIndex, counts } = judgeFailure(this.job, pod);
    return failsIndex || (counts && failureCount(pod) >= this.spec.backoffLimitPerIndex!);
  }

  private indexFailure(failed: number, completions: number): Outcome | undefined {
    const { maxFailedIndexes } = this.spec;
    if (maxFailedIndexes != null && failed > maxFailedIndexes) {
      const message = 'Job has exceeded the specified maximal number of failed indexes';
      return ended('Failed', 'MaxFailedIndexesExceeded', message);
    }
    if (failed === 0 || failed + this.succeeded < completions) return undefined;
    return ended('Failed', 'FailedIndexes', 'Job has failed indexes');
  }

  private keepLastFailed(): void {
    const activeIndexes = new Set(this.activePods.map(completionIndex));
    for (const pod of this.pods) {
      const index = completionIndex(pod);
      const isOpen =
        this.isFresh(pod) &&
        isPodFailed(pod, this.job) &&
        !hasIndex(this.succeededIndexes, index) &&
        !hasIndex(this.failedIndexes!, index) &&
        !activeIndexes.has(index);
      const last = this.lastFailed.get(index);
      if (isOpen && (!last || isLater(pod, last))) this.lastFailed.set(index, pod);
    }
  }

  private deleteActive(isSettled: boolean): unknown {
    let failure: unknown;
    let deleted = 0;
    for (const pod of this.activePods) {
      try {
        deletePod(this.context, this.job, pod);
        deleted++;
      } catch (error) {
        failure ??= error;
      }
      if (isPodReady(pod)) this.ready--;
    }
    // There may be pods that still have to be deleted, or are not in the cache yet.
    if (deleted !== this.active || !isSettled) this.outcome = undefined;
    this.active -= deleted;
    this.terminating += deleted;
    return failure;
  }

  private setSuspended(): void {
    const { spec, status, nowMs, context, job } = this;
    if (spec.suspend) {
      if (setCondition(status, 'Suspended', 'True', 'JobSuspended', 'Job suspended', nowMs)) {
        this.isDirty = true;
        context.recorder.event(job, 'Normal', 'Suspended', 'Job suspended');
      }
      if (status.startTime == null) return;
      // The deadline counts from when the Job goes on.
      delete status.startTime;
      this.isDirty = true;
    } else if (setCondition(status, 'Suspended', 'False', 'JobResumed', 'Job resumed', nowMs)) {
      this.isDirty = true;
      context.recorder.event(job, 'Normal', 'Resumed', 'Job resumed');
      status.startTime = formatTime(nowMs);
    }
  }
}

function ended(type: Outcome['type'], reason: string, message: string): Outcome {
  return { type, reason, message, isAnnounced: false };
}

/** Whether a failed pod of an index came after another one. */
function isLater(pod: Pod, other: Pod): boolean {
  const count = (each: Pod): number => failureCount(each) + ignoredFailureCount(each);
  return count(other) <= count(pod) && finishedMs(pod) >= finishedMs(other);
}
