import { describe, expect, it } from 'vitest';
import { mergeDiff } from './merge-diff';

describe('mergeDiff', () => {
  it.each([
    [{ a: 1 }, { a: 1 }, undefined],
    [{ a: 1 }, { a: 2 }, { a: 2 }],
    [{ a: 1, b: 2 }, { b: 2 }, { a: null }],
    [{}, { a: { b: 1 } }, { a: { b: 1 } }],
    [{ a: { b: 1, c: 2 } }, { a: { b: 3, c: 2 } }, { a: { b: 3 } }],
    [{ a: { b: 1 } }, { a: {} }, { a: { b: null } }],
    [{ a: [1, 2] }, { a: [1, 3] }, { a: [1, 3] }],
    [{ a: [1] }, { a: [1] }, undefined],
    [{ a: { b: 1 } }, { a: 'text' }, { a: 'text' }],
  ])('from %j to %j is %j', (from, to, patch) => {
    expect(mergeDiff(from, to)).toEqual(patch);
  });
});
