// Sets of completion indexes as ordered intervals, and their text form '0,2-5,9'.
// Upstream: orderedIntervals in pkg/controller/job/indexed_job_utils.go.

/** First and last index, both included. */
export type Interval = readonly [first: number, last: number];
export type Intervals = readonly Interval[];

export const NO_INDEXES: Intervals = Object.freeze([]);

/** Reads such a text; what cannot be read, or is no index below `completions`, is passed over. */
export function parseIndexes(text: string | undefined, completions: number): Intervals {
  if (!text) return NO_INDEXES;
  const intervals: Interval[] = [];
  for (const part of text.split(',')) {
    const [first, last = first] = part.split('-').map(Number);
    if (Number.isNaN(first) || Number.isNaN(last)) continue;
    if (first >= completions) break;
    intervals.push([first, Math.min(last, completions - 1)]);
  }
  return merge(NO_INDEXES, intervals);
}

export function formatIndexes(intervals: Intervals): string {
  return intervals
    .map(([first, last]) => {
      if (first === last) return String(first);
      return first + (last === first + 1 ? ',' : '-') + last;
    })
    .join(',');
}

/** The indexes of both, each of which is in order. */
export function merge(left: Intervals, right: Intervals): Intervals {
  if (right.length === 0) return left;
  const merged: [number, number][] = [];
  let [l, r] = [0, 0];
  while (l < left.length || r < right.length) {
    const takesLeft = r === right.length || (l < left.length && left[l][0] < right[r][0]);
    const [first, last] = takesLeft ? left[l++] : right[r++];
    const end = merged.at(-1);
    if (!end || first > end[1] + 1) merged.push([first, last]);
    else if (end[1] < last) end[1] = last;
  }
  return merged;
}

export function withIndexes(intervals: Intervals, indexes: Iterable<number>): Intervals {
  const sorted = [...new Set(indexes)].sort((a, b) => a - b);
  return merge(
    intervals,
    sorted.map((index) => [index, index] as const),
  );
}

export function countIndexes(intervals: Intervals): number {
  let count = 0;
  for (const [first, last] of intervals) count += last - first + 1;
  return count;
}

export function hasIndex(intervals: Intervals, index: number): boolean {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (intervals[middle][1] >= index) high = middle;
    else low = middle + 1;
  }
  return low < intervals.length && intervals[low][0] <= index;
}

/** How many indexes are in both. */
export function countShared(left: Intervals, right: Intervals): number {
  let shared = 0;
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    const overlap = Math.min(left[l][1], right[r][1]) - Math.max(left[l][0], right[r][0]) + 1;
    shared += Math.max(0, overlap);
    if (left[l][1] <= right[r][1]) l++;
    else r++;
  }
  return shared;
}

/** The first `count` indexes below `completions` that are not among `taken`. */
export function firstFree(taken: Intervals, count: number, completions: number): number[] {
  const free: number[] = [];
  let candidate = 0;
  for (const [first, last] of taken) {
    while (candidate < first && candidate < completions && free.length < count) {
      free.push(candidate++);
    }
    candidate = Math.max(candidate, last + 1);
  }
  while (candidate < completions && free.length < count) free.push(candidate++);
  return free;
}
