// What the chart of counts shows: which looks are not well, how many pods had them when, and the
// round numbers beside it.
import type { CountSample } from '../../scene/count-samples';
import { POD_LOOKS } from '../../scene/packed-pods';
import type { PodLook } from '../../scene/scene';
import { toPx, type TimeScale } from './time-scale';

/** From the ground up: what passes by itself first, what needs somebody last. */
export const AREAS = [
  'creating',
  'pending',
  'notReady',
  'terminating',
  'unknown',
  'crashLoop',
  'failed',
] as const satisfies readonly PodLook[];

export type AreaLook = (typeof AREAS)[number];

const places = AREAS.map((look) => POD_LOOKS.indexOf(look));
const runningPlace = POD_LOOKS.indexOf('running');

export interface Counts {
  /** Pods of each of `AREAS`. */
  areas: number[];
  running: number;
  /** Pods of every look. */
  all: number;
}

/**
 * How many pods there were of what at a moment, before the first sample as at it; undefined while
 * nothing is known.
 */
export function countsAt(samples: readonly CountSample[], atMs: number): Counts | undefined {
  const sample = samples[Math.max(0, indexAt(samples, atMs))];
  if (!sample) return undefined;
  const all = sample.counts.reduce((sum, count) => sum + count, 0);
  return { areas: areasOf(sample), running: sample.counts[runningPlace]!, all };
}

/** A stretch of pixels on which the counts are the same. */
export interface AreaStep {
  left: number;
  right: number;
  /** Pods of each of `AREAS` and of those below it. */
  tops: readonly number[];
}

/**
 * The steps of a scale up to the pixel `end`, oldest first. Of what changes within one pixel the
 * most is shown, so that nothing is too short to be seen.
 */
export function stepsOf(
  samples: readonly CountSample[],
  scale: TimeScale,
  end: number,
): AreaStep[] {
  const steps: AreaStep[] = [];
  for (let at = Math.max(0, indexAt(samples, scale.fromMs)); at < samples.length; at++) {
    const left = Math.max(0, Math.floor(toPx(scale, samples[at]!.atMs)));
    if (left >= end) break;
    take(steps, left, topsOf(samples[at]!));
  }
  steps.forEach((step, index) => (step.right = Math.min(end, steps[index + 1]?.left ?? end)));
  return steps.filter(({ left, right }) => right > left);
}

function take(steps: AreaStep[], left: number, tops: readonly number[]): void {
  const last = steps.at(-1);
  if (!last || left > last.left) {
    steps.push({ left, right: left, tops });
    return;
  }
  // The pixel shows what was the most in it; what it ends with goes on from the next.
  const isMore = (step: AreaStep) => tops.at(-1)! >= heightOf(step);
  if (left < last.left) {
    const peak = steps.at(-2)!;
    if (isMore(peak)) peak.tops = tops;
    last.tops = tops;
  } else if (isMore(last)) last.tops = tops;
  else steps.push({ left: left + 1, right: left + 1, tops });
}

/** Which of `AREAS` there are at all. */
export function areasIn(steps: readonly AreaStep[]): AreaLook[] {
  return AREAS.filter((_, index) => steps.some((step) => hasArea(step, index)));
}

/** Whether there are any pods of that one of `AREAS`. */
export function hasArea({ tops }: AreaStep, index: number): boolean {
  return tops[index]! > (tops[index - 1] ?? 0);
}

/** All pods that are not well. */
function heightOf({ tops }: AreaStep): number {
  return tops.at(-1)!;
}

/** The most pods that are not well at once. */
export function mostOf(steps: readonly AreaStep[]): number {
  return steps.reduce((most, step) => Math.max(most, heightOf(step)), 0);
}

/** Round numbers for an axis up to at least `most`, at most `count` of them above 0. */
export function roundNumbers(most: number, count: number): number[] {
  const wanted = Math.max(1, most) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const steps = [1, 2, 2.5, 4, 5, 10].map((factor) => factor * power);
  const step = steps.find((each) => each >= wanted && Number.isInteger(each)) ?? 1;
  return Array.from({ length: Math.ceil(Math.max(1, most) / step) + 1 }, (_, at) => at * step);
}

/** Pods that are not well. */
export function sum(areas: readonly number[]): number {
  return areas.reduce((all, count) => all + count, 0);
}

function topsOf({ counts }: CountSample): number[] {
  let all = 0;
  return places.map((place) => (all += counts[place]!));
}

function areasOf({ counts }: CountSample): number[] {
  return places.map((place) => counts[place]!);
}

/** The newest sample until then; -1 where there is none. */
function indexAt(samples: readonly CountSample[], atMs: number): number {
  let [low, high] = [0, samples.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (samples[middle]!.atMs <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
