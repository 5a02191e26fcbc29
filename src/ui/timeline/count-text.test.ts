import { afterEach, expect, it, vi } from 'vitest';
import { countText } from './count-text';
import { numberText } from './number-text';

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['en', ['500', '1K', '12K', '150K'], '3,107'],
  ['zh-Hant', ['500', '1000', '1.2萬', '15萬'], '3,107'],
  ['zh-Hans', ['500', '1000', '1.2万', '15万'], '3,107'],
])('numbers are written as in %s', (lang, short, long) => {
  vi.stubGlobal('document', { documentElement: { lang } });
  expect([500, 1_000, 12_000, 150_000].map((count) => numberText(count, true))).toEqual(short);
  expect(numberText(3_107)).toBe(long);
});

it.each([
  [
    { areas: [0, 340, 0, 0, 98, 0, 0], running: 2_000, all: 3_107 },
    '340 pending, 98 unknown, 3,107 Pods in all',
  ],
  [{ areas: [0, 0, 0, 0, 0, 0, 0], running: 3_107, all: 3_200 }, 'All 3,107 Pods run'],
  [{ areas: [0, 0, 0, 0, 0, 0, 0], running: 0, all: 0 }, 'There are no Pods.'],
])('%j is said as: %s', (counts, text) => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  expect(countText(counts)).toBe(text);
});
