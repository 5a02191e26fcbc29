// Creates and deletes pods of a Job that goes on.
// Upstream: manageJob in pkg/controller/job/job_controller.go.
import { jobs } from '../../api/extension-refs';
import { isNotFound } from '../../api/status-error';
import type { Pod, PodSpec, PodTemplateSpec } from '../../api/types';
import { controllerReference } from '../owners';
import { BURST, createPod, deletePod, isNamespaceTerminating, slowStart } from '../pod-control';
import { isPodReady, isPodTerminating } from '../pod-status';
import { judgeFailure } from './failure-policy';
import { remainingMs, remainingMsOfIndex } from './failure-backoff';
import { firstFree, merge, NO_INDEXES, withIndexes } from './index-intervals';
import {
  COMPLETION_INDEX,
  completionIndex,
  FAILURE_COUNT,
  failureCount,
  hasLimitPerIndex,
  IGNORED_FAILURE_COUNT,
  ignoredFailureCount,
  isIndexed,
  JOB_TRACKING,
  replacesOnlyFailed,
} from './job-pods';
import type { JobSync } from './job-sync';
import { untrack } from './pod-tracking';
import { podsToRemove } from './removal-order';

/** What pod events are gathered for before a Job is looked at again. */
export const BATCH_MS = 1000;

const GENERATE_NAME_MAX = 58;
const INDEX_VARIABLE = 'JOB_COMPLETION_INDEX';

/** Returns the first failure. */
export function managePods(sync: JobSync): unknown {
  const { job, spec, active } = sync;
  if (spec.suspend) return remove(sync, podsToRemove(job, sync.activePods, active));
  const wanted = wantedActive(sync);
  const doomed = podsToRemove(job, sync.activePods, Math.max(0, active - wanted));
  // Either pods are deleted or created, and deleting comes first.
  if (doomed.length > 0) return remove(sync, doomed.slice(0, BURST));
  const terminating = replacesOnlyFailed(job) ? sync.terminating : 0;
  const missing = wanted - terminating - active;
  return missing > 0 ? create(sync, missing) : undefined;
}

function wantedActive({ spec, succeeded, active }: JobSync): number {
  const { completions, parallelism = 0 } = spec;
  // Once a pod of a work queue has succeeded, the others finish and no more are started.
  if (completions == null) return succeeded > 0 ? active : parallelism;
  return Math.max(0, Math.min(completions - succeeded, parallelism));
}

function remove(sync: JobSync, doomed: readonly Pod[]): unknown {
  const { context, memory, key, job } = sync;
  if (doomed.length === 0) return undefined;
  memory.expectations.expectDeletions(
    key,
    doomed.map(({ metadata }) => metadata.uid),
  );
  let failure: unknown;
  for (const pod of doomed) {
    try {
      untrack(context.client, pod);
      deletePod(context, job, pod);
      sync.active--;
      sync.terminating++;
    } catch (error) {
      memory.expectations.deletionObserved(key, pod.metadata.uid);
      if (isNotFound(error)) sync.active--;
      else failure ??= error;
    }
    if (isPodReady(pod)) sync.ready--;
  }
  return failure;
}

function create(sync: JobSync, missing: number): unknown {
  const { context, memory, key, job, nowMs } = sync;
  const waitMs = hasLimitPerIndex(job) ? 0 : remainingMs(sync.failures, nowMs);
  if (waitMs > 0) {
    context.enqueueAfter(key, Math.max(BATCH_MS, waitMs));
    return undefined;
  }
  let count = Math.min(missing, BURST);
  let indexes: readonly number[] = [];
  if (isIndexed(job)) {
    indexes = dueIndexes(sync, count);
    count = indexes.length;
  }
  if (count === 0) return undefined;
  memory.expectations.expectCreations(key, count);
  const owners = [controllerReference(job, jobs)];
  const template = trackedTemplate(sync);
  const { successes, error } = slowStart(count, (place) => {
    const { generateName, ...own } = templateFor(sync, template, indexes[place]);
    try {
      createPod(context, job, owners, own, own.spec as PodSpec, generateName);
    } catch (error) {
      // Any further creation in this namespace would fail too: nothing is left to do.
      if (!isNamespaceTerminating(error)) throw error;
    }
  });
  if (successes < count) memory.expectations.creationObserved(key, count - successes);
  sync.active += successes;
  return error;
}

/** Indexes that a pod may be made for now; those that failed wait their time. */
function dueIndexes(sync: JobSync, count: number): number[] {
  const { job, nowMs, context, key } = sync;
  const free = pendingIndexes(sync, count);
  if (!hasLimitPerIndex(job)) return free;
  const waits = free.map((index) => remainingMsOfIndex(sync.lastFailed.get(index), nowMs));
  const due = free.filter((_index, place) => waits[place] === 0);
  if (due.length === 0 && free.length > 0) {
    context.enqueueAfter(key, Math.max(BATCH_MS, Math.min(...waits)));
  }
  return due;
}

function pendingIndexes(sync: JobSync, count: number): number[] {
  const { job, pods, activePods } = sync;
  const held = replacesOnlyFailed(job) ? pods.filter(isPodTerminating) : [];
  const indexes = [...activePods, ...held].map(completionIndex).filter((index) => index >= 0);
  const taken = merge(
    withIndexes(sync.succeededIndexes, indexes),
    sync.failedIndexes ?? NO_INDEXES,
  );
  return firstFree(taken, count, job.spec.completions!);
}

/** The Job's template with the finalizer and, of an Indexed Job, the variable of the index. */
function trackedTemplate({ job, spec }: JobSync): PodTemplateSpec {
  const template = spec.template as PodTemplateSpec;
  const finalizers = template.metadata?.finalizers ?? [];
  const metadata = { ...template.metadata, finalizers: [...finalizers, JOB_TRACKING] };
  if (!isIndexed(job)) return { ...template, metadata };
  const podSpec = template.spec as PodSpec;
  const { initContainers } = podSpec;
  const indexed: PodSpec = { ...podSpec, containers: podSpec.containers.map(withVariable) };
  if (initContainers) indexed.initContainers = initContainers.map(withVariable);
  return { ...template, metadata, spec: indexed };
}

function withVariable<T extends { env?: { name: string }[] }>(container: T): T {
  if (container.env?.some(({ name }) => name === INDEX_VARIABLE)) return container;
  const fieldRef = { fieldPath: `metadata.labels['${COMPLETION_INDEX}']` };
  const variable = { name: INDEX_VARIABLE, valueFrom: { fieldRef } };
  return { ...container, env: [...(container.env ?? []), variable] };
}

type OwnTemplate = PodTemplateSpec & { generateName?: string };

function templateFor(
  sync: JobSync,
  template: PodTemplateSpec,
  index: number | undefined,
): OwnTemplate {
  if (index === undefined) return template;
  const { name } = sync.job.metadata;
  const { labels, annotations } = template.metadata ?? {};
  const metadata = {
    ...template.metadata,
    labels: { ...labels, [COMPLETION_INDEX]: String(index) },
    annotations: {
      ...annotations,
      [COMPLETION_INDEX]: String(index),
      ...failureCounts(sync, index),
    },
  };
  const spec = { ...template.spec, hostname: `${name}-${index}` } as PodSpec;
  return { ...template, metadata, spec, generateName: generatedPrefix(name, index) };
}

/** The index stays readable when the name is too long. */
function generatedPrefix(name: string, index: number): string {
  const suffix = `-${index}-`;
  return name.slice(0, GENERATE_NAME_MAX - suffix.length) + suffix;
}

/** How often pods of the index have failed before, for a Job that limits that. */
function failureCounts({ job, lastFailed }: JobSync, index: number): Record<string, string> {
  if (!hasLimitPerIndex(job)) return {};
  const last = lastFailed.get(index);
  if (!last) return { [FAILURE_COUNT]: '0' };
  const { counts } = judgeFailure(job, last);
  const failures = failureCount(last) + (counts ? 1 : 0);
  const ignored = ignoredFailureCount(last) + (counts ? 0 : 1);
  return {
    [FAILURE_COUNT]: String(failures),
    ...(ignored > 0 && { [IGNORED_FAILURE_COUNT]: String(ignored) }),
  };
}
