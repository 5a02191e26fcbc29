import { expect, test } from 'vitest';
import { scaledValue } from './int-or-string';

test.each([
  [3, 10, 'up', 3],
  ['25%', 10, 'up', 3],
  ['25%', 10, 'down', 2],
  ['100%', 7, 'up', 7],
  ['0%', 7, 'up', 0],
  [undefined, 7, 'up', 0],
  ['many', 7, 'up', 0],
] as const)('%s of %i rounded %s is %i', (value, total, rounding, expected) => {
  expect(scaledValue(value, total, rounding)).toBe(expected);
});
