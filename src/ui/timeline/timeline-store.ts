// What the engine told to draw as a timeline, by key. Each delta makes a new state; lanes that it
// does not mention keep their identity.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { thinned, type CountSample } from '../../scene/count-samples';
import type {
  NodeLane,
  PodLane,
  RolloutLane,
  TimelineDelta,
  TimelineMark,
} from '../../host/protocol';

export interface TimelineState {
  /** False until the first delta came. */
  told: boolean;
  /** True when there are more pods than have lanes. */
  isFull: boolean;
  /** The oldest moment that can be shown. */
  fromMs: number;
  /** False while the engine tells of more pods than there are to be lanes of. */
  hasPodLanes: boolean;
  pods: ReadonlyMap<string, PodLane>;
  rollouts: ReadonlyMap<string, RolloutLane>;
  nodes: ReadonlyMap<string, NodeLane>;
  /** How many pods looked how, in the order of their times. */
  counts: readonly CountSample[];
  /** In the order of their times. */
  marks: readonly TimelineMark[];
}

const MARKS_MAX = 5_000;
const SAMPLES_MAX = 4_000;
/** So many are left when there are more: thinning looks at all of them. */
const SAMPLES_LEFT = 3_000;

export const noTimeline: TimelineState = {
  told: false,
  isFull: false,
  fromMs: 0,
  hasPodLanes: true,
  pods: new Map(),
  rollouts: new Map(),
  nodes: new Map(),
  counts: [],
  marks: [],
};

export const timelineStore = createStore<TimelineState>()(() => noTimeline);

/** Selects from what is drawn as a timeline. */
export function useTimeline<T>(selector: (state: TimelineState) => T): T {
  return useStore(timelineStore, selector);
}

/** The timeline after a delta. */
export function nextTimeline(state: TimelineState, delta: TimelineDelta): TimelineState {
  const base = delta.reset ? noTimeline : state;
  const { fromMs } = delta;
  return {
    told: true,
    isFull: delta.isFull,
    hasPodLanes: delta.hasPodLanes,
    fromMs,
    pods: merged(base.pods, delta.pods, fromMs, ({ uid }) => uid),
    rollouts: merged(base.rollouts, delta.rollouts, fromMs, ({ uid }) => uid),
    nodes: merged(base.nodes, delta.nodes, fromMs, ({ name }) => name),
    counts: mergedCounts(base.counts, delta.counts, fromMs),
    marks: mergedMarks(base.marks, delta.marks, fromMs),
  };
}

/** Without lanes that ended before anything that can still be shown. */
function merged<T extends { endMs?: number }>(
  held: ReadonlyMap<string, T>,
  changed: readonly T[],
  fromMs: number,
  keyOf: (lane: T) => string,
): ReadonlyMap<string, T> {
  if (changed.length === 0) return held;
  const next = new Map(held);
  for (const lane of changed) next.set(keyOf(lane), lane);
  for (const [key, { endMs }] of next) {
    if (endMs !== undefined && endMs < fromMs) next.delete(key);
  }
  return next;
}

/** What was before the history begins is let go, but for the sample that holds where it does. */
function mergedCounts(
  held: readonly CountSample[],
  fresh: readonly CountSample[],
  fromMs: number,
): readonly CountSample[] {
  const [first] = fresh;
  if (!first) return held;
  const begin = held.findLastIndex(({ atMs }) => atMs <= fromMs);
  const isSameMoment = held.at(-1)?.atMs === first.atMs;
  const all = [...held.slice(Math.max(0, begin), isSameMoment ? -1 : undefined), ...fresh];
  return all.length > SAMPLES_MAX ? thinned(all, SAMPLES_LEFT) : all;
}

function mergedMarks(
  held: readonly TimelineMark[],
  fresh: readonly TimelineMark[],
  fromMs: number,
): readonly TimelineMark[] {
  if (fresh.length === 0) return held;
  const all = [...held, ...fresh].filter(({ atMs }) => atMs >= fromMs);
  all.sort((a, b) => a.atMs - b.atMs);
  return all.length > MARKS_MAX ? fewer(all) : all;
}

/** Warnings go first: there may be thousands of one kind. */
function fewer(marks: TimelineMark[]): TimelineMark[] {
  let surplus = marks.length - MARKS_MAX;
  const kept = marks.filter(({ kind }) => kind !== 'warning' || surplus-- <= 0);
  return kept.slice(-MARKS_MAX);
}
