// The text form of sets of completion indexes: '0,2-5,9', in increasing order.
// Upstream: validateIndexesFormat in pkg/apis/batch/validation/validation.go.
import { quote } from '../../api/field-errors';

/** First and last index, both included. */
export type IndexInterval = readonly [first: number, last: number];

/** Reads such a text strictly: the intervals, or what is wrong with the first that is wrong. */
export function parseIndexes(text: string, completions: number): IndexInterval[] | string {
  const intervals: IndexInterval[] = [];
  let last = -1;
  for (const part of text === '' ? [] : text.split(',')) {
    const interval = parseInterval(part, completions);
    if (typeof interval === 'string') return interval;
    if (last >= interval[0]) {
      return `non-increasing order, previous: ${last}, current: ${interval[0]}`;
    }
    intervals.push(interval);
    last = interval[1];
  }
  return intervals;
}

/** Number of indexes in intervals that do not overlap. */
export function countIndexes(intervals: readonly IndexInterval[]): number {
  return intervals.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** The first index that both texts name, if any; parts that cannot be read are passed over. */
export function overlapOf(one: string, other: string, completions: number): number | undefined {
  const mine = readable(one, completions);
  const theirs = readable(other, completions);
  for (const [first, last] of mine) {
    const shared = theirs.find((interval) => first <= interval[1] && interval[0] <= last);
    if (shared) return Math.max(first, shared[0]);
  }
  return undefined;
}

function readable(text: string, completions: number): IndexInterval[] {
  const parts = text === '' ? [] : text.split(',');
  return parts
    .map((part) => parseInterval(part, completions))
    .filter((interval) => typeof interval !== 'string');
}

function parseInterval(text: string, completions: number): IndexInterval | string {
  const limits = text.split('-');
  if (limits.length > 2) {
    return (
      `the fragment ${quote(text)} violates the requirement that an index interval can have ` +
      "at most two parts separated by '-'"
    );
  }
  const numbers: number[] = [];
  for (const limit of limits) {
    if (!/^[+-]?\d+$/.test(limit)) {
      return `cannot convert string to integer for index: ${quote(limit)}`;
    }
    if (Number(limit) >= completions) return `too large index: ${quote(limit)}`;
    numbers.push(Number(limit));
  }
  const [first, last = first] = numbers;
  if (limits.length > 1 && first >= last) {
    return `non-increasing order, previous: ${first}, current: ${last}`;
  }
  return [first, last];
}
