import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ClockCommand } from '../../state/engine';
import { PodWalk, walkStore } from './walk';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const hop = { kind: 'pulls', place: null, atMs: 0, words: [] } as never;

it('the clock runs faster the longer a hop takes, and at once when it is asked for again', () => {
  const speeds: (number | string)[] = [];
  const walk = new PodWalk({
    command: (message: ClockCommand) => {
      speeds.push(message.command === 'speed' ? message.speed : message.command);
    },
    warpTo: () => {},
  } as never);
  walkStore.setState({ hops: [hop], at: 0 });
  walk.next();
  expect(speeds.splice(0)).toEqual([0.25, 'resume']);
  vi.advanceTimersByTime(2_500);
  expect(speeds.splice(0)).toEqual([1]);
  walk.next();
  expect(speeds.splice(0)).toEqual([4, 'resume']);
  vi.advanceTimersByTime(6_000);
  expect(speeds.splice(0)).toEqual([10]);
  walk.next();
  walk.next();
  expect(speeds.splice(0)).toEqual([40, 'resume', 40, 'resume']);
  walk.end();
});
