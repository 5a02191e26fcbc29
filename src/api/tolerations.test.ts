import type { Taint, Toleration } from './types';
import { expect, test } from 'vitest';
import { findUntoleratedTaint, toleratesTaint } from './tolerations';

const taint: Taint = { key: 'disk', value: 'ssd', effect: 'NoSchedule' };

test.each([
  ['the same key, value and effect', { key: 'disk', value: 'ssd', effect: 'NoSchedule' }, true],
  ['another value', { key: 'disk', value: 'hdd', effect: 'NoSchedule' }, false],
  ['another effect', { key: 'disk', value: 'ssd', effect: 'NoExecute' }, false],
  ['no effect covers all effects', { key: 'disk', value: 'ssd' }, true],
  ['Exists covers every value', { key: 'disk', operator: 'Exists' }, true],
  ['Exists without a key covers everything', { operator: 'Exists' }, true],
  ['an operator that does not exist', { key: 'disk', operator: 'Near', value: 'ssd' }, false],
])('%s', (_name, toleration, expected) => {
  expect(toleratesTaint(toleration as Toleration, taint)).toBe(expected);
});

test('the first taint of the effects asked for that nothing covers is found', () => {
  const taints = [taint, { key: 'gone', effect: 'NoExecute' }, { key: 'soft', effect: 'Prefer' }];
  expect(findUntoleratedTaint(taints as Taint[], [], ['NoExecute'])).toBe(taints[1]);
  expect(findUntoleratedTaint(taints as Taint[], undefined, ['NoExecute', 'NoSchedule'])).toBe(
    taint,
  );
  expect(
    findUntoleratedTaint(taints as Taint[], [{ operator: 'Exists' }], ['NoExecute']),
  ).toBeUndefined();
  expect(findUntoleratedTaint(undefined, [], ['NoExecute'])).toBeUndefined();
});
