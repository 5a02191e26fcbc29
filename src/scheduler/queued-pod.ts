// A pod that waits for a node, with what the queue must remember of it.
// Upstream: pkg/scheduler/framework/types.go (QueuedPodInfo).
import type { Pod } from '../api/types';
import type { HeapItem } from './heap';
import type { PodShape } from './pod-shape';

export type QueueName = 'active' | 'backoff' | 'errorBackoff' | 'unschedulable';

export class QueuedPod implements HeapItem {
  heapIndex = -1;
  /** Undefined while it is being scheduled. */
  queue: QueueName | undefined;
  /** Cycles that tried to find a node for it. */
  attempts = 0;
  /** Cycles in which plugins rejected it: what its backoff grows with. */
  rejections = 0;
  /** Errors in a row. */
  errors = 0;
  /** Plugins that rejected it in its last cycle. */
  rejectedBy: ReadonlySet<string> = NOBODY;
  /** Plugin that keeps it out of the queue, '' for none. */
  gatedBy = '';
  backoffUntilMs = 0;
  readonly priority: number;

  constructor(
    public pod: Pod,
    public shape: PodShape,
    /** When it came to the queue, the last time. */
    public timestampMs: number,
    /** Order among those that came at the same time. */
    public sequence: number,
  ) {
    this.priority = pod.spec.priority ?? 0;
  }

  get uid(): string {
    return this.pod.metadata.uid;
  }
}

const NOBODY: ReadonlySet<string> = new Set();
