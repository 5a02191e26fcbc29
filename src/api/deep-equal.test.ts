import { expect, it } from 'vitest';
import { deepEqual } from './deep-equal';

it.each([
  [1, 1, true],
  [1, '1', false],
  [null, undefined, false],
  [{ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, true],
  [{ a: 1 }, { a: 1, b: null }, false],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [{ a: [{}] }, { a: [{ x: 1 }] }, false],
])('%j and %j: %s', (a, b, equal) => {
  expect(deepEqual(a, b)).toBe(equal);
  expect(deepEqual(b, a)).toBe(equal);
});
