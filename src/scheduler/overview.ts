// The scheduler at one moment, for people who look: who waits where, and what came of the last
// cycles. Made when somebody asks.
import { objectKey } from '../api/object';
import type { QueuedPod } from './queued-pod';
import type { SchedulingQueue } from './queue';
import type { ReportBook } from './report-book';

/** A queue's longest list; who stands behind is counted only. */
const LISTED_MAX = 100;
const RECENT_MAX = 50;

export interface WaitingPod {
  /** 'namespace/name'. */
  pod: string;
  priority: number;
  /** Cycles so far. */
  attempts: number;
  /** When it came to this queue, virtual ms. */
  sinceMs: number;
  /** When its backoff ends, virtual ms; 0 outside the backoff queue. */
  untilMs: number;
  /** Plugins for whose sake it waits. */
  rejectedBy: string[];
  /** The plugin that does not let it into the queue, '' for none. */
  gatedBy: string;
}

export interface WaitingQueue {
  count: number;
  /** The first to be tried first. */
  pods: WaitingPod[];
}

export interface SchedulerOverview {
  active: WaitingQueue;
  backoff: WaitingQueue;
  unschedulable: WaitingQueue;
  /** The newest cycles first. */
  recent: { pod: string; atMs: number; attempts: number; node: string; message: string }[];
}

export function overviewOf(queue: SchedulingQueue, reports: ReportBook): SchedulerOverview {
  const parts = { active: [], backoff: [], unschedulable: [] } as Record<Part, QueuedPod[]>;
  for (const queued of queue.all()) {
    if (queued.queue)
      parts[queued.queue === 'errorBackoff' ? 'backoff' : queued.queue].push(queued);
  }
  const byUrgency = (a: QueuedPod, b: QueuedPod) =>
    b.priority - a.priority || a.timestampMs - b.timestampMs || a.sequence - b.sequence;
  const bySoonest = (a: QueuedPod, b: QueuedPod) => a.backoffUntilMs - b.backoffUntilMs;
  return {
    active: listed(parts.active.sort(byUrgency)),
    backoff: listed(parts.backoff.sort(bySoonest)),
    unschedulable: listed(parts.unschedulable.sort(byUrgency)),
    recent: reports.recent(RECENT_MAX).map(({ pod, atMs, attempts, node, message }) => {
      return { pod, atMs, attempts, node, message };
    }),
  };
}

type Part = 'active' | 'backoff' | 'unschedulable';

function listed(waiting: readonly QueuedPod[]): WaitingQueue {
  return { count: waiting.length, pods: waiting.slice(0, LISTED_MAX).map(viewOf) };
}

function viewOf(queued: QueuedPod): WaitingPod {
  const isBackingOff = queued.queue !== 'active' && queued.queue !== 'unschedulable';
  return {
    pod: objectKey(queued.pod),
    priority: queued.priority,
    attempts: queued.attempts,
    sinceMs: queued.timestampMs,
    untilMs: isBackingOff ? queued.backoffUntilMs : 0,
    rejectedBy: [...queued.rejectedBy],
    gatedBy: queued.gatedBy,
  };
}
