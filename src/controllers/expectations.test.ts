import { expect, test } from 'vitest';
import { VirtualClock } from '../sim/clock';
import { Expectations } from './expectations';

test('creations and deletions must all be seen', () => {
  const expectations = new Expectations(new VirtualClock(0));
  expect(expectations.areMet('a')).toBe(true);
  expectations.expect('a', 2, ['x']);
  expectations.creationObserved('a');
  expectations.deletionObserved('a', 'x');
  expect(expectations.areMet('a')).toBe(false);
  expectations.creationObserved('a');
  expect(expectations.areMet('a')).toBe(true);
});

test('the same deletion seen twice counts once', () => {
  const expectations = new Expectations(new VirtualClock(0));
  expectations.expectDeletions('a', ['x', 'y']);
  expectations.deletionObserved('a', 'x');
  expectations.deletionObserved('a', 'x');
  expect(expectations.areMet('a')).toBe(false);
});

test('after five minutes nothing is expected any more', () => {
  const clock = new VirtualClock(0);
  const expectations = new Expectations(clock);
  expectations.expectCreations('a', 1);
  clock.runFor(5 * 60_000);
  expect(expectations.areMet('a')).toBe(false);
  clock.runFor(1);
  expect(expectations.areMet('a')).toBe(true);
});
