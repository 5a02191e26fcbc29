import { describe, expect, it, test } from 'vitest';
import { steady, ticksOf, toMs, toPx, windowOf } from './time-scale';

const MINUTE = 60_000;

test('moments and pixels go into one another', () => {
  const scale = { fromMs: 1_000, toMs: 3_000, widthPx: 200 };
  expect(toPx(scale, 2_000)).toBe(100);
  expect(toMs(scale, 50)).toBe(1_500);
  expect([toMs(scale, -9), toMs(scale, 999)]).toEqual([1_000, 3_000]);
});

describe('a steady scale', () => {
  const widthPx = 400;

  it.each([
    ['that moves', (passedMs: number) => ({ fromMs: 5_000 + passedMs, toMs: 125_000 + passedMs })],
    ['that grows', (passedMs: number) => ({ fromMs: 5_000, toMs: 125_000 + passedMs })],
  ])('%s is another once a pixel, and never far from the true one', (_, scaleAt) => {
    const seen = new Set<string>();
    for (let passedMs = 0; passedMs < 30_000; passedMs += 50) {
      const scale = { ...scaleAt(passedMs), widthPx };
      const shown = steady(scale);
      seen.add(JSON.stringify(shown));
      for (const atMs of [scale.fromMs, scale.toMs]) {
        expect(Math.abs(toPx(shown, atMs) - toPx(scale, atMs))).toBeLessThanOrEqual(1);
      }
    }
    // 30 s are 100 pixels of the 400.
    expect(seen.size).toBeGreaterThan(75);
    expect(seen.size).toBeLessThanOrEqual(201);
  });
});

test('an axis has round times since the start, far enough apart', () => {
  const scale = { fromMs: 7_300, toMs: 67_300, widthPx: 300 };
  expect(ticksOf(scale, 7_000, 60)).toEqual([27_000, 47_000, 67_000]);
});

describe('what the lanes show', () => {
  const history = { fromMs: 0, nowMs: 10 * MINUTE };

  it.each([
    ['now, at the end', 10 * MINUTE, 2 * MINUTE, [8, 10]],
    ['a moment near now, without moving', 9 * MINUTE, 2 * MINUTE, [8, 10]],
    ['an earlier moment in the middle', 5 * MINUTE, 2 * MINUTE, [4, 6]],
    ['the beginning', 0, 2 * MINUTE, [0, 2]],
    ['everything', 5 * MINUTE, 0, [0, 10]],
    ['all of a history that is shorter', 5 * MINUTE, 60 * MINUTE, [0, 10]],
  ])('is of %s', (_, shownMs, spanMs, minutes) => {
    const { fromMs, toMs: endMs } = windowOf(history, shownMs, spanMs);
    expect([fromMs / MINUTE, endMs / MINUTE]).toEqual(minutes);
  });
});
