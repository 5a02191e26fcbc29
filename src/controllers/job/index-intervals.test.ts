import { describe, expect, it } from 'vitest';
import {
  countIndexes,
  countShared,
  firstFree,
  formatIndexes,
  hasIndex,
  merge,
  parseIndexes,
  withIndexes,
} from './index-intervals';

describe('a set of indexes', () => {
  it.each([
    ['', 10, '', 0],
    ['0', 10, '0', 1],
    ['0-2', 10, '0-2', 3],
    ['3,4', 10, '3,4', 2],
    ['3,4,5', 10, '3-5', 3],
    ['0,2-4,9', 10, '0,2-4,9', 5],
    ['0,2-9', 5, '0,2-4', 4],
    ['7-9', 5, '', 0],
    ['a,1', 5, '1', 1],
  ])('written %j of %d reads as %j', (text, completions, written, count) => {
    const intervals = parseIndexes(text, completions);
    expect(formatIndexes(intervals)).toBe(written);
    expect(countIndexes(intervals)).toBe(count);
  });

  it.each([
    ['0-2', '1-5', '0-5', 2],
    ['0,4', '2', '0,2,4', 0],
    ['0,2', '1,3', '0-3', 0],
    ['', '1', '1', 0],
    ['1-9', '3-4', '1-9', 2],
  ])('%j and %j make %j', (left, right, both, shared) => {
    const [one, other] = [parseIndexes(left, 10), parseIndexes(right, 10)];
    expect(formatIndexes(merge(one, other))).toBe(both);
    expect(formatIndexes(merge(other, one))).toBe(both);
    expect(countShared(one, other)).toBe(shared);
  });

  it.each([
    ['', 2, 5, [0, 1]],
    ['0-2', 2, 5, [3, 4]],
    ['1,3', 3, 5, [0, 2, 4]],
    ['0-4', 3, 5, []],
    ['7', 10, 3, [0, 1, 2]],
  ])('%j leaves of %d wanted below %d the indexes %j', (taken, count, completions, free) => {
    expect(firstFree(parseIndexes(taken, 10), count, completions)).toEqual(free);
  });

  it('takes more in, in any order and twice', () => {
    const intervals = withIndexes(parseIndexes('4', 10), [7, 5, 3, 5]);
    expect(formatIndexes(intervals)).toBe('3-5,7');
    expect([2, 3, 5, 6, 7, 8].map((index) => hasIndex(intervals, index))).toEqual([
      false,
      true,
      true,
      false,
      true,
      false,
    ]);
  });
});
