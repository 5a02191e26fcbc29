// What happened between two moments, in numbers: for one who ran the clock so fast that nobody
// could look.
import { jobs } from '../../api/extension-refs';
import { events, nodes, pods } from '../../api/resource-ref';
import type { Event, Node, Pod } from '../../api/types';
import type { Job } from '../../api/extension-types';
import { readinessOf } from '../../scene/node-view';
import type { LogEntry } from '../../cluster/past/recorder';
import type { SkippedCount } from '../protocol';
import { progressOf, ROLLED_OUT } from './rollout-lanes';
import { isEviction, isReady, restartsOf } from './warp-watch';

export type SkippedCounts = Partial<Record<SkippedCount, number>>;

/** Sums up entries; what did not happen is left out. */
export function sumUp(entries: readonly LogEntry[]): SkippedCounts {
  const counts: SkippedCounts = {};
  const add = (what: SkippedCount, count = 1): void => {
    if (count > 0) counts[what] = (counts[what] ?? 0) + count;
  };
  for (const entry of entries) {
    const { name } = entry.table;
    if (name === pods.key) countPod(entry, add);
    else if (name === nodes.key) countNode(entry, add);
    else if (name === jobs.key) countJob(entry, add);
    else if (name === events.key) {
      if (entry.type !== 'DELETED' && (entry.object as Event).type === 'Warning') add('warnings');
    } else if (ROLLED_OUT.includes(name)) countRollout(entry, add);
  }
  return counts;
}

type Add = (what: SkippedCount, count?: number) => void;

function countPod(entry: LogEntry, add: Add): void {
  const { type } = entry;
  const [pod, previous] = [entry.object as Pod, entry.previous as Pod | undefined];
  if (type === 'ADDED') add('podsCreated');
  if (type === 'DELETED') return add('podsDeleted');
  if (isEviction(entry)) add('podsEvicted');
  if (!previous) return;
  if (isReady(pod) && !isReady(previous)) add('podsReady');
  if (pod.status.phase === 'Failed' && previous.status.phase !== 'Failed') add('podsFailed');
  add('restarts', restartsOf(pod) - restartsOf(previous));
}

function countNode({ type, object, previous }: LogEntry, add: Add): void {
  const isNow = type !== 'DELETED' && readinessOf(object as Node) === 'Ready';
  const was = previous !== undefined && readinessOf(previous as Node) === 'Ready';
  if (was && !isNow) add('nodesLost');
  if (!was && isNow) add('nodesReady');
}

function countJob({ type, object, previous }: LogEntry, add: Add): void {
  const isDone = (job: Job | undefined): boolean =>
    job?.status?.conditions?.some((each) => each.type === 'Complete' && each.status === 'True') ??
    false;
  if (type === 'MODIFIED' && isDone(object as Job) && !isDone(previous as Job)) add('jobsDone');
}

function countRollout({ table, type, object, previous }: LogEntry, add: Add): void {
  if (type !== 'MODIFIED') return;
  const isDone = progressOf(table.name, object).state === 'done';
  if (isDone && progressOf(table.name, previous!).state !== 'done') add('rolloutsDone');
}
