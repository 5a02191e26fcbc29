import { describe, expect, test } from 'vitest';
import type { ScenePod } from '../../scene/scene';
import { cellsOf } from './cells';
import { flightsBetween, unfoldings, type Standing } from './flight-plan';
import { Flights, flightFrame, leaveMs, moveMs, type Flight } from './flights';
import type { CanvasLayout } from './layout';
import type { PodPlace } from './pod-places';

const layout = {} as CanvasLayout;
const cell = (x: number): PodPlace => ({ x, y: 0, w: 22, h: 22, scale: 1, shape: 'cell' });
const tile = (x: number): PodPlace => ({ x, y: 0, w: 76, h: 34, scale: 1, shape: 'tile' });

function standing(places: Record<string, PodPlace>, uids: Record<string, string> = {}): Standing {
  const keys = Object.keys(places);
  const pod = (key: string) => ({ key, uid: uids[key] ?? key, look: 'running' }) as ScenePod;
  const pods = new Map(keys.map((key) => [key, pod(key)]));
  const byKey = new Map(Object.entries(places));
  const cells = cellsOf(new Map(), pods, byKey, new Set());
  return { layout, pods, places: byKey, cells };
}

const picture = () => 's';

const brief = (plan: Flight[]) => plan.map(({ key, kind, fromX, toX }) => [key, kind, fromX, toX]);

describe('flightsBetween', () => {
  const a0 = cell(0);
  const b0 = cell(50);

  test('tells moves, arrivals and departures apart', () => {
    const plan = flightsBetween(
      standing({ a: a0, b: b0, gone: cell(80) }),
      standing({ a: a0, b: cell(60), fresh: cell(90) }),
      0,
      picture,
    );
    expect(brief(plan)).toEqual([
      ['b', 'move', 50, 60],
      ['fresh', 'arrive', 90, 90],
      ['gone gone', 'leave', 80, 80],
    ]);
  });

  test('a pod made again under its name is another one', () => {
    const plan = flightsBetween(
      standing({ a: a0 }),
      standing({ a: cell(0) }, { a: 'second' }),
      0,
      picture,
    );
    expect(brief(plan)).toEqual([
      ['a', 'arrive', 0, 0],
      ['a a', 'leave', 0, 0],
    ]);
  });

  test('nothing flies when the picture was laid out anew or the detail changed', () => {
    const next = standing({ a: cell(70) });
    expect(
      flightsBetween(standing({ a: a0 }), { ...next, layout: {} as CanvasLayout }, 0, picture),
    ).toEqual([]);
    const zoomed = standing({ a: { ...cell(70), scale: 0.5 } });
    expect(flightsBetween(standing({ a: a0 }), zoomed, 0, picture)).toEqual([]);
  });

  test('a tile travels by itself', () => {
    expect(flightsBetween(standing({ a: tile(0) }), standing({ a: tile(90) }), 0, picture)).toEqual(
      [],
    );
  });

  test('a cell that becomes a tile unfolds from where it stood', () => {
    const next = standing({ a: tile(200), b: b0 });
    expect(unfoldings(standing({ a: a0, b: b0 }), next)).toEqual([
      { key: 'a', from: a0, to: next.places.get('a') },
    ]);
  });
});

describe('flightFrame', () => {
  const flight: Flight = {
    key: 'a',
    sprite: 's',
    size: 22,
    scale: 1,
    fromX: 0,
    fromY: 0,
    toX: 100,
    toY: 50,
    kind: 'move',
    startMs: 1_000,
  };
  const frame = (change: Partial<Flight>, at: number) =>
    flightFrame({ ...flight, ...change }, at, { x: 0, y: 0, alpha: 0, grow: 0 });

  test('goes from start to goal and is over then', () => {
    expect(frame({}, 1_000)).toMatchObject({ x: 0, y: 0, alpha: 1, grow: 1 });
    const half = frame({}, 1_000 + moveMs / 2)!;
    expect(half.x).toBeGreaterThan(50);
    expect(half.y).toBeCloseTo(half.x / 2);
    expect(frame({}, 1_000 + moveMs)).toBeNull();
  });

  test('one that arrives grows in, one that leaves fades sooner', () => {
    expect(frame({ kind: 'arrive' }, 1_000)).toMatchObject({ alpha: 0, grow: 0.8 });
    expect(frame({ kind: 'leave' }, 1_000)).toMatchObject({ alpha: 1, grow: 1 });
    expect(frame({ kind: 'leave' }, 1_000 + leaveMs)).toBeNull();
  });

  test('one that is sent on turns from where it is', () => {
    const flights = new Flights();
    flights.launch({ ...flight });
    const at = 1_000 + moveMs / 2;
    flights.launch({ ...flight, fromX: 100, fromY: 50, toX: 0, toY: 0, startMs: at });
    expect(flights.aloft.get('a')!.fromX).toBeCloseTo(frame({}, at)!.x);
  });

  test('those that landed are told together, once', () => {
    const flights = new Flights();
    let told = 0;
    flights.landed = () => told++;
    flights.launch({ ...flight });
    flights.launch({ ...flight, key: 'b' });
    flights.launch({ ...flight, key: 'c', kind: 'leave' });
    flights.settle(1_100);
    flights.settle(1_000 + moveMs);
    flights.settle(9_000);
    expect(told).toBe(1);
    expect(flights.aloft.size).toBe(0);
  });
});
