import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { paceReadouts } from './scene-readout';
import { createSceneStore } from './scene-store';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const select = (store: ReturnType<typeof createSceneStore>, name: string) =>
  store.getState().select({ kind: 'Pod', namespace: '', name });

test('the first change is told at once, those that follow soon together, none is lost', () => {
  const store = createSceneStore();
  const told: string[] = [];
  const stop = paceReadouts(store)(() => told.push(store.getState().selection!.name));
  select(store, 'a');
  select(store, 'b');
  select(store, 'c');
  expect(told).toEqual(['a']);
  vi.advanceTimersByTime(200);
  expect(told).toEqual(['a', 'c']);
  vi.advanceTimersByTime(1_000);
  select(store, 'd');
  stop();
  select(store, 'e');
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(['a', 'c', 'd']);
});
