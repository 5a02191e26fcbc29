import { expect, it } from 'vitest';
import { VirtualClock } from '../../sim/clock';
import { WallPump } from './wall-pump';

/** A clock with an event every millisecond, each of which takes so much wall time. */
function busy(speed: number, eventMs: number) {
  const clock = new VirtualClock(1000);
  const wall = { nowMs: 0, turns: 0 };
  const happen = (): void => {
    wall.nowMs += eventMs;
    clock.after(1, happen);
  };
  clock.after(1, happen);
  const pump = new WallPump(
    clock,
    speed,
    () => wall.nowMs,
    () => wall.turns++,
  );
  return { clock, wall, pump };
}

it.each([
  [1, 1500],
  [10, 6000],
  [0.5, 1250],
  [0, 1000],
])('follows the wall at %s times its speed', (speed, expectedMs) => {
  const { clock, wall, pump } = busy(speed, 0);
  wall.nowMs = 500;
  pump.turn();
  expect([clock.nowMs, wall.turns]).toEqual([expectedMs, 1]);
});

it('stands at the wall time where nothing happens', () => {
  const clock = new VirtualClock(0);
  const wall = { nowMs: 0 };
  const pump = new WallPump(
    clock,
    1,
    () => wall.nowMs,
    () => {},
  );
  wall.nowMs = 123.5;
  pump.turn();
  expect(clock.nowMs).toBe(123.5);
});

it('runs ahead until it has arrived, and then after the wall again', () => {
  const { clock, wall, pump } = busy(1, 0);
  pump.warp(1e9, () => clock.nowMs >= 1_500);
  expect(pump.isWarping).toBe(true);
  for (let turn = 0; turn < 3; turn++) pump.turn();
  expect([clock.nowMs, pump.isWarping]).toEqual([1_500, false]);
  wall.nowMs = 10;
  pump.turn();
  expect(clock.nowMs).toBe(1_510);
});

it('stays where a move has taken the clock', () => {
  const { clock, wall, pump } = busy(1, 0);
  pump.stepTo(() => clock.runUntil(1_007));
  wall.nowMs = 500;
  pump.turn();
  expect([clock.nowMs, pump.isPaused]).toEqual([1_007, true]);
});

it('gives up what it cannot reach in time, and goes on from there', () => {
  const { clock, wall, pump } = busy(100, 1);
  wall.nowMs = 100;
  pump.turn();
  expect(clock.nowMs).toBeLessThan(1000 + 100);
  const reachedMs = clock.nowMs;
  const spentMs = wall.nowMs - 100;
  expect(spentMs).toBeLessThan(60);
  pump.turn();
  expect(clock.nowMs - reachedMs).toBeLessThan(100);
});
