import { describe, expect, test } from 'vitest';
import { assignSlots, slotGrid, type SlotClaim } from './tank-slots';

const own = (...keys: string[]): SlotClaim[] => keys.map((key) => ({ key, system: false }));
const system = (...keys: string[]): SlotClaim[] => keys.map((key) => ({ key, system: true }));

describe('slotGrid', () => {
  test('the tank of the desk holds eight tiles in two columns', () => {
    const grid = slotGrid(157, 149, 6, true);
    expect(grid).toMatchObject({ shape: 'tile', columns: 2, rows: 4, capacity: 8 });
    expect(grid.w).toBeGreaterThanOrEqual(74);
  });

  test('tiles are wide while there is room for all', () => {
    expect(slotGrid(240, 149, 6, true)).toMatchObject({ shape: 'tile', columns: 2, w: 118 });
    expect(slotGrid(240, 149, 11, true)).toMatchObject({ shape: 'tile', columns: 3, w: 77 });
  });

  test.each([
    [8, 'tile', 76],
    [9, 'cell', 26],
    [26, 'cell', 22],
    [40, 'cell', 18],
    [60, 'cell', 14],
    [110, 'dot', 10],
    [300, 'dot', 7],
  ])('%d pods in it are drawn as %s of %d px', (count, shape, w) => {
    expect(slotGrid(157, 149, count, true)).toMatchObject({ shape, w });
  });

  test('no tiles when the zoom is too far out', () => {
    expect(slotGrid(157, 149, 2, false).shape).toBe('cell');
  });

  test('a cell is never higher than its area', () => {
    expect(slotGrid(126, 22, 3, false)).toMatchObject({ w: 22, rows: 1 });
  });

  test('an area too small for anything still has a slot', () => {
    expect(slotGrid(3, 3, 5, true).capacity).toBe(1);
  });
});

describe('assignSlots', () => {
  const grid = { columns: 2, rows: 4, capacity: 8 };

  test('the person’s pods fill from the top, those of the system from the floor', () => {
    const slots = assignSlots(new Map(), [...system('s1', 's2', 's3'), ...own('a', 'b')], grid);
    expect(Object.fromEntries(slots)).toEqual({ s1: 6, s2: 7, s3: 4, a: 0, b: 1 });
  });

  test('a pod that stays keeps its slot when another leaves, and the next takes the hole', () => {
    const first = assignSlots(new Map(), own('a', 'b', 'c'), grid);
    const second = assignSlots(first, own('b', 'c'), grid);
    expect(Object.fromEntries(second)).toEqual({ b: 1, c: 2 });
    const third = assignSlots(second, own('b', 'c', 'd'), grid);
    expect(third.get('d')).toBe(0);
  });

  test('when not all fit, the last slot stays free for the count', () => {
    const slots = assignSlots(new Map(), own(...'abcdefghij'), grid);
    expect(slots.size).toBe(7);
    expect([...slots.values()]).not.toContain(7);
  });

  test('both kinds meet in the middle without sharing a slot', () => {
    const claims = [...own(...'abcde'), ...system('x', 'y', 'z')];
    const slots = assignSlots(new Map(), claims, grid);
    expect(new Set(slots.values()).size).toBe(8);
  });

  test('a held slot that no longer exists is given up', () => {
    const slots = assignSlots(new Map([['a', 30]]), own('a'), grid);
    expect(slots.get('a')).toBe(0);
  });
});
