import { expect, test } from 'vitest';
import { currentDelayMs, raiseBackoff, type Backoff } from './backoff';

test('the wait doubles from ten seconds to five minutes', () => {
  const backoffs = new Map<string, Backoff>();
  const delays = Array.from({ length: 7 }, (_none, index) => {
    raiseBackoff(backoffs, 'web', index * 1000, index * 1000);
    return currentDelayMs(backoffs.get('web'), index * 1000);
  });
  expect(delays).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
});

test('ten minutes without a failure are forgiven', () => {
  const backoffs = new Map([['web', { delayMs: 160_000, updatedMs: 0 }]]);
  expect(currentDelayMs(backoffs.get('web'), 600_000)).toBe(160_000);
  expect(currentDelayMs(backoffs.get('web'), 600_001)).toBe(0);
  raiseBackoff(backoffs, 'web', 600_001, 600_001);
  expect(backoffs.get('web')?.delayMs).toBe(10_000);
});

test('what never failed waits for nothing', () => {
  expect(currentDelayMs(undefined, 0)).toBe(0);
});
