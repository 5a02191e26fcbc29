import { expect, test } from 'vitest';
import { formatTime } from '../../api/time';
import type { Pod } from '../../api/types';
import { NO_FAILURES, remainingMs, remainingMsOfIndex, withFinished } from './failure-backoff';

const START_MS = 1_767_225_600_000;

/** A pod that ended so many seconds after the start. */
function ended(second: number, annotations: Record<string, string> = {}): Pod {
  const finishedAt = formatTime(START_MS + second * 1000);
  const containerStatuses = [{ name: 'main', state: { terminated: { finishedAt } } }];
  return { metadata: { annotations }, spec: {}, status: { containerStatuses } } as never;
}

test.each([
  [1, 10],
  [2, 20],
  [3, 40],
  [6, 320],
  [7, 600],
  [100, 600],
])('after %d failures a Job waits %d seconds', (failures, seconds) => {
  const record = { failures, lastFailureMs: START_MS };
  expect(remainingMs(record, START_MS)).toBe(seconds * 1000);
  expect(remainingMs(record, START_MS + 4_000)).toBe((seconds - 4) * 1000);
  expect(remainingMs(record, START_MS + seconds * 1000)).toBe(0);
});

test('a success starts the count anew, with the failures after it', () => {
  const two = withFinished(NO_FAILURES, [], [ended(1), ended(2)]);
  expect(two).toEqual({ failures: 2, lastFailureMs: START_MS + 2_000 });
  expect(withFinished(two, [], [])).toBe(two);
  expect(withFinished(two, [ended(5)], [ended(4)])).toEqual(NO_FAILURES);
  expect(withFinished(two, [ended(5)], [ended(4), ended(6)])).toEqual({
    failures: 1,
    lastFailureMs: START_MS + 6_000,
  });
});

test('an index waits as long as its own failures ask, those ignored too', () => {
  const failed = ended(0, {
    'batch.kubernetes.io/job-index-failure-count': '1',
    'batch.kubernetes.io/job-index-ignored-failure-count': '1',
  });
  expect(remainingMsOfIndex(failed, START_MS)).toBe(40_000);
  expect(remainingMsOfIndex(undefined, START_MS)).toBe(0);
});
