import { expect, test } from 'vitest';
import { durationText } from './duration-text';

test.each([
  [0, '0s'],
  [480, '480ms'],
  [1000, '1s'],
  [2345, '2.345s'],
  [63_200, '1m3.2s'],
  [3_600_000, '1h0m0s'],
])('%d ms is %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
