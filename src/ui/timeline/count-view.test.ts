import { describe, expect, it, test } from 'vitest';
import type { CountSample } from '../../scene/count-samples';
import { POD_LOOKS } from '../../scene/packed-pods';
import { areasIn, countsAt, mostOf, roundNumbers, stepsOf, sum } from './count-view';

function at(atMs: number, counts: Partial<Record<(typeof POD_LOOKS)[number], number>>) {
  return { atMs, counts: POD_LOOKS.map((look) => counts[look] ?? 0) } satisfies CountSample;
}

const history = [
  at(0, { running: 10 }),
  at(1_000, { running: 7, pending: 2, creating: 1 }),
  at(4_000, { running: 4, unknown: 6, succeeded: 3 }),
];

test('the counts of a moment are those of the newest sample until then', () => {
  expect(countsAt([], 0)).toBeUndefined();
  expect(countsAt(history, -1)).toEqual(countsAt(history, 0));
  expect(countsAt(history, 3_999)).toEqual({ areas: [1, 2, 0, 0, 0, 0, 0], running: 7, all: 10 });
  expect(countsAt(history, 9_000)).toEqual({ areas: [0, 0, 0, 0, 6, 0, 0], running: 4, all: 13 });
});

describe('the steps of the chart', () => {
  const scale = { fromMs: 500, toMs: 5_500, widthPx: 50 };

  it('are as wide as each lasted, and end now', () => {
    const steps = stepsOf(history, scale, 45);
    expect(steps.map(({ left, right }) => [left, right])).toEqual([
      [0, 5],
      [5, 35],
      [35, 45],
    ]);
    expect(areasIn(steps)).toEqual(['creating', 'pending', 'unknown']);
    expect(mostOf(steps)).toBe(6);
  });

  it('show what was too short for a pixel', () => {
    const spike = [at(0, {}), at(2_010, { pending: 9 }), at(2_020, { pending: 4 }), at(2_030, {})];
    const steps = stepsOf(spike, { ...scale, fromMs: 0, toMs: 5_000 }, 50);
    expect(steps.map(({ left, right, tops }) => [left, right, tops.at(-1)])).toEqual([
      [0, 20, 0],
      [20, 21, 9],
      [21, 50, 0],
    ]);
  });

  it('are true in every pixel, whatever happened', () => {
    let state = 5;
    const dice = (sides: number) => (state = (state * 48_271) % 2_147_483_647) % sides;
    const samples: CountSample[] = [];
    for (let atMs = 0; atMs < 10_000; atMs += dice(120)) {
      samples.push(at(atMs, { pending: dice(50), failed: dice(9) }));
    }
    const wide = { fromMs: 1_000, toMs: 9_000, widthPx: 100 };
    const steps = stepsOf(samples, wide, 100);
    expect([steps[0]!.left, steps.at(-1)!.right]).toEqual([0, 100]);
    for (let px = 0; px < 100; px++) {
      const shown = steps.find(({ left, right }) => left <= px && px < right)!;
      const [fromMs, untilMs] = [1_000 + px * 80, 1_080 + px * 80];
      const within = samples.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs);
      const all = within.map(({ atMs }) => sum(countsAt(samples, atMs)!.areas));
      const before = sum(countsAt(samples, fromMs)!.areas);
      expect([...all, before]).toContain(shown.tops.at(-1));
      expect(shown.tops.at(-1)).toBeGreaterThanOrEqual(Math.max(0, ...all));
    }
  });
});

test.each([
  [0, 3, [0, 1]],
  [2, 3, [0, 1, 2]],
  [6, 3, [0, 2, 4, 6]],
  [7, 3, [0, 4, 8]],
  [480, 3, [0, 200, 400, 600]],
  [610, 3, [0, 250, 500, 750]],
  [3_107, 2, [0, 2_000, 4_000]],
  [150_000, 3, [0, 50_000, 100_000, 150_000]],
])('an axis up to %i has round numbers', (most, count, numbers) => {
  expect(roundNumbers(most, count)).toEqual(numbers);
});
