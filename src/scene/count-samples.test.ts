import { expect, test } from 'vitest';
import { thinned, type CountSample } from './count-samples';

const at = (atMs: number, ...counts: number[]): CountSample => ({ atMs, counts });

test('a series that is short enough stays as it is', () => {
  const samples = [at(0, 1), at(5, 2)];
  expect(thinned(samples, 2)).toBe(samples);
});

test('what is to be seen least goes first', () => {
  const blip = at(60_001, 11);
  const rest = [at(0, 10), at(100, 500), at(60_000, 10), at(60_002, 10), at(90_000, 10)];
  expect(thinned([...rest.slice(0, 3), blip, ...rest.slice(3)], 5)).toEqual(rest);
});

test('of equal differences the older go first', () => {
  const samples = Array.from({ length: 100 }, (_, second) => at(second * 10_000, second % 2));
  const kept = thinned(samples, 50);
  expect(kept).toHaveLength(50);
  expect([kept[0], kept.at(-1)]).toEqual([samples[0], samples[99]]);
  const recent = kept.filter(({ atMs }) => atMs >= 500_000);
  expect(recent.length).toBeGreaterThan(25);
});

test('however many there were, what is left was so at its moment', () => {
  let state = 7;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const samples: CountSample[] = [];
  for (let step = 0, atMs = 0; step < 20_000; step++) {
    samples.push(at((atMs += random() * 500), Math.floor(random() * 9), Math.floor(random() * 3)));
  }
  const kept = thinned(samples, 1_000);
  expect(kept).toHaveLength(1_000);
  const all = new Set(samples);
  expect(kept.every((sample) => all.has(sample))).toBe(true);
  expect(kept.map(({ atMs }) => atMs)).toEqual(kept.map(({ atMs }) => atMs).sort((a, b) => a - b));
});
