import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { canvasUi, followDetail } from './canvas-ui';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
  canvasUi.setState(canvasUi.getInitialState());
});

const shown = () => {
  const { step, tiles, inside } = canvasUi.getState();
  return { step, tiles, inside };
};

test('pods open once the zoom has come to rest, not on the way there', () => {
  followDetail(1.8);
  vi.advanceTimersByTime(100);
  followDetail(2.7);
  vi.advanceTimersByTime(100);
  expect(shown()).toEqual({ step: 3, tiles: true, inside: 0 });
  vi.advanceTimersByTime(100);
  expect(shown().inside).toBeCloseTo(1.6 * 1.12 ** 4);
});

test('whoever only passes by sees none open', () => {
  followDetail(2);
  vi.advanceTimersByTime(100);
  followDetail(1);
  vi.advanceTimersByTime(1_000);
  expect(shown()).toEqual({ step: 1, tiles: true, inside: 0 });
});
