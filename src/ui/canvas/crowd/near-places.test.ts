import { expect, it } from 'vitest';
import { NearPlaces } from './near-places';

function stepsTo(near: NearPlaces, wanted: readonly number[]): number {
  let steps = 0;
  while (near.step(wanted, false)) steps++;
  return steps;
}

it('one tank comes a frame, the nearest first', () => {
  const near = new NearPlaces();
  near.step([7, 3, 5], false);
  expect(near.standing).toEqual([7]);
  near.step([7, 3, 5], false);
  expect(near.standing).toEqual([7, 3]);
  expect(stepsTo(near, [7, 3, 5])).toBe(1);
});

it('three go a frame while others come', () => {
  const near = new NearPlaces();
  stepsTo(near, [1, 2, 3, 4, 5]);
  near.step([9], false);
  expect(near.standing).toEqual([4, 5, 9]);
  near.step([9], false);
  expect(near.standing).toEqual([9]);
});

it('while the picture grows or shrinks those that stand stay, and none comes', () => {
  const near = new NearPlaces();
  stepsTo(near, [1, 2]);
  const before = near.standing;
  expect(near.step([2, 3], true)).toBe(false);
  expect(near.standing).toBe(before);
});

it('they go at once when the picture is too far for tanks', () => {
  const near = new NearPlaces();
  stepsTo(near, [1, 2]);
  expect(near.step([], true)).toBe(true);
  expect(near.standing).toEqual([]);
});
