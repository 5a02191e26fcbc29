import { afterEach, describe, expect, test } from 'vitest';
import type { ClockState } from '../../host/protocol';
import type { SceneNode } from '../../scene/scene';
import { canvasUi, detailAt } from './canvas-ui';
import { aimBeside, dropHand, handDrop, pickUp, putBack } from './hand';
import { arrowDirection, nearestStop } from './spatial-focus';
import { spotlightCss } from './spotlight';
import { VirtualNow } from './virtual-now';

describe('nearestStop', () => {
  const box = (x: number, y: number, w = 20, h = 20) => ({
    left: x,
    top: y,
    right: x + w,
    bottom: y + h,
  });
  const grid = [box(0, 0), box(30, 0), box(60, 0), box(0, 30), box(30, 30), box(90, 34)];

  test.each([
    ['right', 0, 1],
    ['down', 0, 3],
    ['left', 2, 1],
    ['up', 4, 1],
    ['right', 4, 5],
    ['left', 0, -1],
    ['up', 1, -1],
  ] as const)('%s of %d is %d', (direction, from, to) => {
    expect(nearestStop(grid[from]!, grid, direction)).toBe(to);
  });

  test('keeps to its row while it can', () => {
    const near = [box(100, 0), box(40, 40)];
    expect(nearestStop(box(0, 0), near, 'right')).toBe(0);
  });

  test('only arrows point', () => {
    expect(['ArrowUp', 'ArrowLeft', 'Enter'].map(arrowDirection)).toEqual(['up', 'left', null]);
  });
});

describe('spotlightCss', () => {
  const none = { selection: null, narrated: null, owner: null, inHand: null };
  const web = { kind: 'Pod', namespace: 'default', name: 'web-1' };

  test('nothing stands out at rest', () => {
    expect(spotlightCss(none)).toBe('');
  });

  test('the selection has a thicker ring than what is narrated', () => {
    const css = spotlightCss({ ...none, narrated: web, selection: web });
    expect(css.split('\n').map((rule) => /outline:calc\(([\d.]+px)/.exec(rule)?.[1])).toEqual([
      '1.5px',
      '2.5px',
    ]);
    expect(css).toContain('[data-kind="Pod"][data-namespace="default"][data-name="web-1"]');
  });

  test('hover dims what has another owner', () => {
    expect(spotlightCss({ ...none, owner: 'default/Deployment/web' })).toContain(
      '.pod-tile:not([data-owner="default/Deployment/web"]){opacity:.45}',
    );
  });

  test('a name cannot break out of its selector', () => {
    const css = spotlightCss({ ...none, inHand: 'a"]{}\\' });
    expect(css).not.toContain('a"]');
    expect(css).toContain('a\\22 ]{}\\5c ');
  });
});

describe('detailAt', () => {
  test.each([
    [0.2, 0.3, false],
    [0.5, 0.5, false],
    [0.79, 0.7, false],
    [0.8, 1, true],
    [1.15, 1, true],
    [2, 2, true],
    [4, 3, true],
  ])('zoom %d: step %d, tiles %s', (zoom, step, tiles) => {
    expect(detailAt(zoom)).toMatchObject({ step, tiles });
  });

  test.each([
    [1, 0],
    [1.59, 0],
    [1.6, 1.6],
    [1.78, 1.6],
    [1.8, 1.79],
    [4, 3.96],
  ])('zoom %d: the inside of pods in pixels of 1/%d', (zoom, inside) => {
    expect(detailAt(zoom).inside).toBeCloseTo(inside, 2);
  });
});

describe('the hand', () => {
  const node = { name: 'n1', machine: 'n1', power: 'On', network: 'Connected' } as SceneNode;
  afterEach(() => {
    putBack();
    handDrop.on = () => {};
  });

  test('keys pick a node up, choose a target, and drop it there', () => {
    const dropped: string[] = [];
    handDrop.on = (name, act) => dropped.push(`${name} ${act}`);
    pickUp(node);
    expect(canvasUi.getState().hand).toEqual({ node: 'n1', by: 'keys', target: 'powerOff' });
    aimBeside(node, -1);
    expect(canvasUi.getState().hand?.target).toBe('cutCable');
    aimBeside(node, -1);
    expect(canvasUi.getState().hand?.target).toBe('fillDisk');
    aimBeside(node, -1);
    expect(canvasUi.getState().hand?.target).toBe('powerOff');
    dropHand();
    expect(dropped).toEqual(['n1 powerOff']);
    expect(canvasUi.getState().hand).toBeNull();
  });

  test('put back, nothing happens', () => {
    const dropped: string[] = [];
    handDrop.on = (name) => dropped.push(name);
    pickUp(node);
    putBack();
    dropHand();
    expect(dropped).toEqual([]);
  });

  test('a node without a machine cannot be picked up', () => {
    pickUp({ ...node, machine: '' });
    expect(canvasUi.getState().hand).toBeNull();
  });
});

describe('VirtualNow', () => {
  function clock(state: Partial<ClockState>) {
    let told: ClockState = {
      nowMs: 10_000,
      startMs: 0,
      speed: 1,
      paused: false,
      actualSpeed: 1,
      ...state,
    };
    const tell = (news: Partial<ClockState>) => {
      told = { ...told, ...news };
    };
    return { tell, now: new VirtualNow(() => told) };
  }

  test('runs on between two tellings, at the speed of the clock', () => {
    const { now } = clock({ speed: 10, actualSpeed: 10 });
    expect(now.at(0)).toBe(10_000);
    expect(now.at(50)).toBe(10_500);
  });

  test('at the speed that is reached, where that is less', () => {
    const { now } = clock({ speed: 100, actualSpeed: 20 });
    now.at(0);
    expect([now.at(100), now.speed()]).toEqual([12_000, 20]);
  });

  test('at high speed the picture lags by much virtual time', () => {
    expect(clock({}).now.lagMs()).toBe(0);
    expect(clock({ speed: 100, actualSpeed: 100 }).now.lagMs()).toBe(20_000);
  });

  test('stands while paused', () => {
    const { now } = clock({ paused: true });
    expect([now.at(0), now.at(900)]).toEqual([10_000, 10_000]);
  });

  test('does not run far ahead of an engine that is silent', () => {
    const { now } = clock({});
    now.at(0);
    expect(now.at(60_000)).toBe(11_000);
  });

  test('never runs backwards by jitter, but follows a restore', () => {
    const { now, tell } = clock({});
    now.at(0);
    expect(now.at(300)).toBe(10_300);
    tell({ nowMs: 10_200 });
    expect(now.at(301)).toBe(10_300);
    tell({ nowMs: 2_000 });
    expect(now.at(302)).toBe(2_000);
  });

  test('shows where the engine stands once it has paused, and the smallest step from there', () => {
    const { now, tell } = clock({});
    now.at(0);
    expect(now.at(90)).toBe(10_090);
    tell({ paused: true });
    expect(now.at(91)).toBe(10_090);
    tell({ paused: true, nowMs: 10_064 });
    expect(now.at(92)).toBe(10_064);
    tell({ nowMs: 10_065 });
    expect(now.at(93)).toBe(10_065);
  });
});
