// What is known of one DaemonSet, node by node, so that a reconcile looks only at nodes where
// something has changed. Invariant: `counts` is the sum of what each node in `nodes` contributes.
// Where the real one differs: it looks at every node and every pod in every reconcile.
import type { DaemonSet, Pod, Toleration } from '../../api/types';
import { parseTime } from '../../api/time';
import { isPodAvailable, isPodReady, podReadySinceMs } from '../pod-status';
import { daemonTolerations, type Placement } from './node-placement';

/** What a node contributes to each count of the status: 0 or 1. */
export interface DaemonCounts {
  desired: number;
  current: number;
  ready: number;
  available: number;
  /** As available, by a pod that is not about to go. */
  serving: number;
  updated: number;
  misscheduled: number;
}

const NOTHING: DaemonCounts = Object.freeze({
  desired: 0,
  current: 0,
  ready: 0,
  available: 0,
  serving: 0,
  updated: 0,
  misscheduled: 0,
});

export class DaemonTally {
  readonly generation: string;
  readonly tolerations: Toleration[];
  readonly counts: DaemonCounts = { ...NOTHING };
  /** Nodes to be looked at in the next reconcile. */
  readonly dirty = new Set<string>();
  /** Nodes with a pod of an older template. */
  readonly outdated = new Set<string>();
  /** Nodes whose pod is ready but not for long enough, to when it will be, ms. */
  readonly soon = new Map<string, number>();
  private readonly nodes = new Map<string, DaemonCounts>();

  constructor(
    readonly daemonSet: DaemonSet,
    /** Pods by node, oldest first; shared by the tallies of one DaemonSet's successive versions. */
    readonly pods: Map<string, Pod[]>,
    /** The controller-revision-hash of its template. */
    readonly hash: string,
  ) {
    this.generation =
      daemonSet.metadata.annotations?.['deprecated.daemonset.template.generation'] ?? '';
    this.tolerations = daemonTolerations(daemonSet);
  }

  isUpdated({ metadata: { labels } }: Pod): boolean {
    return (
      labels?.['controller-revision-hash'] === this.hash ||
      (this.generation !== '' && labels?.['pod-template-generation'] === this.generation)
    );
  }

  /** Counts a node anew; an absent placement means that the node is gone. */
  count(nodeName: string, placement: Placement | undefined, nowMs: number): void {
    const pods = this.pods.get(nodeName) ?? [];
    const counted = placement ? this.contribution(pods, placement, nowMs) : NOTHING;
    const old = this.nodes.get(nodeName) ?? NOTHING;
    for (const name of COUNT_NAMES) this.counts[name] += counted[name] - old[name];
    if (placement) this.nodes.set(nodeName, counted);
    else this.nodes.delete(nodeName);
    const isOutdated = pods.some((pod) => isStanding(pod) && !this.isUpdated(pod));
    if (isOutdated) this.outdated.add(nodeName);
    else this.outdated.delete(nodeName);
    this.noteSoon(nodeName, pods, nowMs);
  }

  isAvailable(pod: Pod, nowMs: number): boolean {
    return isPodAvailable(pod, this.daemonSet.spec.minReadySeconds ?? 0, nowMs);
  }

  /**
   * Puts nodes whose pod has become available by now among the dirty; returns the next such time.
   */
  wakeAvailable(nowMs: number): number | undefined {
    let nextMs: number | undefined;
    for (const [nodeName, atMs] of this.soon) {
      if (atMs <= nowMs) this.dirty.add(nodeName);
      else nextMs = Math.min(nextMs ?? atMs, atMs);
    }
    return nextMs;
  }

  private contribution(pods: readonly Pod[], placement: Placement, nowMs: number): DaemonCounts {
    const oldest = pods[0];
    if (!placement.shouldRun) return oldest ? { ...NOTHING, misscheduled: 1 } : NOTHING;
    if (!oldest) return { ...NOTHING, desired: 1 };
    return {
      desired: 1,
      current: 1,
      ready: isPodReady(oldest) ? 1 : 0,
      available: this.isAvailable(oldest, nowMs) ? 1 : 0,
      serving: pods.some((pod) => isStanding(pod) && this.isAvailable(pod, nowMs)) ? 1 : 0,
      updated: this.isUpdated(oldest) ? 1 : 0,
      misscheduled: 0,
    };
  }

  private noteSoon(nodeName: string, pods: readonly Pod[], nowMs: number): void {
    const waitMs = (this.daemonSet.spec.minReadySeconds ?? 0) * 1000;
    this.soon.delete(nodeName);
    if (waitMs === 0) return;
    for (const pod of pods) {
      const sinceMs = podReadySinceMs(pod);
      if (sinceMs !== undefined && sinceMs + waitMs > nowMs)
        this.soon.set(nodeName, sinceMs + waitMs);
    }
  }
}

function isStanding({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp === undefined;
}

const COUNT_NAMES = Object.keys(NOTHING) as (keyof DaemonCounts)[];

/** The oldest first, scheduled ones before all others: the one that counts. */
export function byScheduledAndAge(left: Pod, right: Pod): number {
  const isBound = (pod: Pod): number => (pod.spec.nodeName ? 0 : 1);
  return (
    isBound(left) - isBound(right) ||
    parseTime(left.metadata.creationTimestamp) - parseTime(right.metadata.creationTimestamp) ||
    (left.metadata.name < right.metadata.name ? -1 : 1)
  );
}
