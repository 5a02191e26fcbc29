// Carries what happens to pods into the cache (those with a node) and the queue (those without).
// Upstream: pkg/scheduler/eventhandlers.go.
import type { Pod } from '../api/types';
import type { InformerHandler } from '../client/informer';
import type { SchedulerCache } from './cache';
import { assignedPodChanges } from './cluster-event';
import type { SchedulingQueue } from './queue';

const OUR_NAME = 'default-scheduler';

export class PodEvents implements InformerHandler<Pod> {
  constructor(
    private readonly cache: SchedulerCache,
    private readonly queue: SchedulingQueue,
    /** Told of pods that no longer wait for a node. */
    private readonly left: (uid: string) => void,
  ) {}

  added(pod: Pod): void {
    if (isFinished(pod)) return;
    if (isAssigned(pod)) {
      this.cache.setPod(pod);
      this.queue.move({ kind: 'AssignedPodAdd', new: pod });
    } else if (isOurs(pod)) {
      this.queue.add(pod);
    }
  }

  updated(pod: Pod, old: Pod): void {
    if (isFinished(pod)) {
      if (!isFinished(old)) this.deleted(old);
    } else if (isFinished(old)) {
      this.added(pod);
    } else if (isAssigned(old)) {
      this.assignedUpdated(pod, old);
    } else if (isAssigned(pod)) {
      this.cache.setPod(pod);
      this.queue.delete(pod.metadata.uid);
      this.queue.move({ kind: 'AssignedPodAdd', new: pod });
    } else if (isOurs(old)) {
      this.pendingUpdated(pod, old);
    }
  }

  deleted(pod: Pod): void {
    const { uid } = pod.metadata;
    this.left(uid);
    this.queue.delete(uid);
    const wasPlaced = this.cache.pod(uid) !== undefined;
    this.cache.removePod(uid);
    if (wasPlaced) this.queue.move({ kind: 'AssignedPodDelete', old: pod });
    else if (pod.status.nominatedNodeName) this.nominationGone(pod);
  }

  private assignedUpdated(pod: Pod, old: Pod): void {
    this.cache.setPod(pod);
    if (!this.queue.hasUnschedulable()) return;
    for (const kind of assignedPodChanges(pod, old)) this.queue.move({ kind, old, new: pod });
  }

  private pendingUpdated(pod: Pod, old: Pod): void {
    const { uid, deletionTimestamp } = pod.metadata;
    if (this.cache.isAssumed(uid)) {
      if (deletionTimestamp === undefined) return;
      this.cache.removePod(uid);
      this.queue.move({ kind: 'AssignedPodDelete', old: pod });
      return;
    }
    this.queue.update(pod, old);
    const { nominatedNodeName } = old.status;
    if (nominatedNodeName && nominatedNodeName !== pod.status.nominatedNodeName) {
      this.nominationGone(old);
    }
  }

  /** Room was held for this pod; those that had to yield to it may use it. */
  private nominationGone(pod: Pod): void {
    const priority = pod.spec.priority ?? 0;
    const yielded = (queued: { priority: number }): boolean => queued.priority <= priority;
    this.queue.move({ kind: 'AssignedPodDelete', old: pod }, yielded);
  }
}

function isAssigned(pod: Pod): boolean {
  return !!pod.spec.nodeName;
}

/** A pod that has ended takes nothing from its node. */
function isFinished({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

function isOurs({ spec }: Pod): boolean {
  return (spec.schedulerName ?? OUR_NAME) === OUR_NAME;
}
