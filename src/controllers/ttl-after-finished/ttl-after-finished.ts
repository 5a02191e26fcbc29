// Deletes Jobs some time after they have finished, with their pods first.
// Invariant: what is deleted is looked at on the server and not just in the cache, since the time
// that it is given may have been changed.
// Upstream: pkg/controller/ttlafterfinished.
import { jobs } from '../../api/extension-refs';
import type { Job } from '../../api/extension-types';
import { isJobFinished } from '../../api/job-conditions';
import { objectKey, splitKey } from '../../api/object';
import { isNotFound } from '../../api/status-error';
import { parseTime } from '../../api/time';
import type { Controller, ControllerContext } from '../controller';

export const ttlAfterFinishedController: Controller = {
  name: 'ttl-after-finished',
  eventSource: 'ttl-after-finished-controller',
  workers: 5,
  start(context) {
    const consider = (job: Job): void => {
      if (expiryMs(job) !== undefined) context.enqueue(objectKey(job));
    };
    const informer = context.watch(jobs, { added: consider, updated: consider });
    return { reconcile: (key) => reconcile(context, key, informer.get(key)) };
  },
};

function reconcile(
  context: ControllerContext,
  key: string,
  cached: Job | undefined,
): number | void {
  const { client, sim } = context;
  const waitMs = (cached && remainingMs(cached, sim.clock.activityMs)) ?? -1;
  if (waitMs !== 0) return waitMs > 0 ? waitMs : undefined;
  const { namespace, name } = splitKey(key);
  try {
    const fresh = client.get(jobs, namespace, name);
    const leftMs = remainingMs(fresh, sim.clock.activityMs);
    if (leftMs !== 0) return leftMs;
    const { uid } = fresh.metadata;
    const options = { propagationPolicy: 'Foreground', preconditions: { uid } } as const;
    client.delete(jobs, namespace, name, options);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return undefined;
}

/** 0 when the Job is due, undefined when it is to stay. */
function remainingMs(job: Job, nowMs: number): number | undefined {
  const atMs = expiryMs(job);
  return atMs === undefined ? undefined : Math.max(0, atMs - nowMs);
}

function expiryMs({ metadata, spec, status }: Job): number | undefined {
  const { ttlSecondsAfterFinished: seconds } = spec;
  if (seconds == null || metadata.deletionTimestamp || !isJobFinished(status)) return undefined;
  const finished = status.conditions!.find(
    ({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True',
  );
  return parseTime(finished!.lastTransitionTime ?? '') + seconds * 1000;
}
