import { describe, expect, test } from 'vitest';
import { layoutCanvas, layoutKind, tankGrid, type Box, type LayoutInput } from './layout';

const names = (n: number) => Array.from({ length: n }, (_, i) => `n${i + 1}`);

function input(width: number, height: number, nodes: number, more: Partial<LayoutInput> = {}) {
  return {
    width,
    height,
    compact: false,
    tanks: names(nodes),
    unscheduled: 0,
    services: 2,
    ...more,
  };
}

const overlaps = (a: Box, b: Box) =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const inside = ({ x, y, w, h }: Box, world: { width: number; height: number }) =>
  w > 0 && h > 0 && x >= 0 && y >= 0 && x + w <= world.width + 1 && y + h <= world.height + 1;

describe('layoutKind', () => {
  test.each([
    [390, false, 'phone'],
    [390, true, 'phone'],
    [760, true, 'embed'],
    [700, false, 'embed'],
    [720, false, 'wide'],
    [892, false, 'wide'],
    [892, true, 'embed'],
  ])('%d wide, compact %s: %s', (width, compact, kind) => {
    expect(layoutKind(width, compact)).toBe(kind);
  });
});

describe('layoutCanvas', () => {
  const sizes = [
    [892, 628, false],
    [1190, 808, false],
    [1600, 1100, false],
    [744, 528, false],
    [720, 480, false],
    [760, 372, true],
    [600, 500, true],
    [390, 736, true],
    [320, 360, true],
  ] as const;
  const counts = [1, 2, 3, 4, 5, 7, 10, 16, 25, 40];

  test.each(sizes)('%d x %d: nothing overlaps, nothing leaves the world', (w, h, compact) => {
    for (const n of counts) {
      const layout = layoutCanvas(input(w, h, n, { compact, unscheduled: 3 }));
      const { controlPlane } = layout;
      const boxes = [controlPlane.card, ...layout.tanks.values()];
      if (layout.you) boxes.push(layout.you);
      if (layout.tray) boxes.push(layout.tray);
      if (layout.services) boxes.push(layout.services);
      expect(layout.tanks.size).toBe(n);
      const outside = boxes.filter((box) => !inside(box, layout));
      const clashes = boxes.filter((box, i) => boxes.slice(i + 1).some((it) => overlaps(box, it)));
      expect({ n, outside, clashes }).toEqual({ n, outside: [], clashes: [] });
    }
  });

  test.each(sizes)('%d x %d: the parts of the control plane lie in its card', (w, h, compact) => {
    const { card, pods, ...parts } = layoutCanvas(input(w, h, 4, { compact })).controlPlane;
    const inner = [...Object.values(parts), ...(pods ? [pods] : [])];
    for (const [i, box] of inner.entries()) {
      expect(box.x >= card.x && box.x + box.w <= card.x + card.w).toBe(true);
      expect(box.y >= card.y && box.y + box.h <= card.y + card.h).toBe(true);
      for (const other of inner.slice(i + 1)) expect(overlaps(box, other)).toBe(false);
    }
  });

  test('four nodes at the desk stand in one row of full tanks at 100%', () => {
    const layout = layoutCanvas(input(892, 628, 4));
    expect([layout.tankSize, layout.columns, layout.rows, layout.zoom]).toEqual(['full', 4, 1, 1]);
    const tank = layout.tanks.get('n1')!;
    expect(tank).toEqual({ x: 158, y: 268, w: 171, h: 262 });
  });

  test('a large screen makes everything larger, within limits', () => {
    expect(layoutCanvas(input(1190, 808, 4)).zoom).toBe(1.15);
    expect(layoutCanvas(input(4000, 2600, 4)).zoom).toBe(1.35);
  });

  test('one node does not fill the whole width and stands in the middle', () => {
    const tank = layoutCanvas(input(892, 628, 1)).tanks.get('n1')!;
    expect(tank.w).toBe(380);
    expect(Math.abs(tank.x - 158 - (880 - tank.x - tank.w))).toBeLessThanOrEqual(1);
  });

  test('forty nodes fit the desk', () => {
    const layout = layoutCanvas(input(892, 628, 40));
    expect(layout.tankSize).toBe('micro');
    expect(layout.zoom).toBeGreaterThanOrEqual(0.8);
  });

  test('a phone has two columns and grows downwards', () => {
    const layout = layoutCanvas(input(390, 736, 12, { compact: true, services: 4 }));
    expect([layout.kind, layout.columns, layout.rows, layout.zoom]).toEqual(['phone', 2, 6, 1]);
    expect(layout.height).toBeGreaterThan(736);
  });

  test.each([4, 8])('the lowest frame shows all %d tanks above the narration', (count) => {
    const layout = layoutCanvas(input(320, 272, count, { compact: true, services: 0 }));
    expect(layout.tankSize).toBe('micro');
    const { card } = layout.controlPlane;
    for (const { y, h } of layout.tanks.values()) {
      expect(y).toBeGreaterThan(card.y + card.h);
      expect(y + h).toBeLessThanOrEqual(272 - 40);
    }
    expect(layout.height).toBe(272);
  });

  test.each([
    [390, 736],
    [760, 460],
  ])('at %d x %d the control plane’s own pods are in its card', (width, height) => {
    const { card, pods } = layoutCanvas(input(width, height, 4, { compact: true })).controlPlane;
    expect(pods!.y + pods!.h).toBeLessThan(card.y + card.h);
    expect(pods!.x + pods!.w).toBeLessThan(card.x + card.w);
  });

  test('in a low embed the tanks have the room of the control plane’s own pods', () => {
    const layout = layoutCanvas(input(760, 372, 4, { compact: true }));
    expect([layout.controlPlane.pods, layout.tankSize]).toEqual([null, 'mini']);
  });

  test('beside low tanks the Services begin above them', () => {
    const { services, tray, tanks } = layoutCanvas(input(795, 448, 4));
    expect(services!.y).toBeLessThan(tanks.get('n1')!.y);
    expect(tray!.y + tray!.h).toBeLessThan(services!.y);
  });

  test('a phone has a tray only while pods wait', () => {
    expect(layoutCanvas(input(390, 736, 4, { compact: true })).tray).toBeNull();
    expect(layoutCanvas(input(390, 736, 4, { compact: true, unscheduled: 1 })).tray).not.toBeNull();
  });
});

describe('tankGrid', () => {
  test.each([
    [720, 262, 4, { tankSize: 'full', columns: 4, rows: 1 }],
    [720, 262, 10, { tankSize: 'short', columns: 5, rows: 2 }],
    [1020, 500, 10, { tankSize: 'full', columns: 5, rows: 2 }],
    [736, 134, 4, { tankSize: 'mini', columns: 4, rows: 1 }],
    [720, 262, 0, { tankSize: 'full', columns: 1, rows: 1 }],
  ])('an area of %d x %d for %d nodes', (w, h, count, grid) => {
    expect(tankGrid({ x: 0, y: 0, w, h }, count)).toEqual(grid);
  });
});
