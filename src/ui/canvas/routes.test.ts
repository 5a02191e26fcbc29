import { describe, expect, test } from 'vitest';
import type { Curve } from './curve';
import { layoutCanvas, type Box } from './layout';
import { layoutRoutes } from './routes';

const layoutOf = (nodes: number, width = 892, height = 628, compact = false) =>
  layoutCanvas({
    width,
    height,
    compact,
    tanks: Array.from({ length: nodes }, (_, i) => `n${i + 1}`),
    unscheduled: 0,
    services: 2,
  });

const startOf = ({ xs, ys }: Curve) => [xs[0]!, ys[0]!] as const;
const endOf = ({ xs, ys }: Curve) => [xs.at(-1)!, ys.at(-1)!] as const;
const within = (box: Box, [x, y]: readonly [number, number]) =>
  x >= box.x - 1 && x <= box.x + box.w + 1 && y >= box.y - 1 && y <= box.y + box.h + 1;

describe('layoutRoutes', () => {
  const shapes = [
    [4, 892, 628, false],
    [10, 892, 628, false],
    [40, 892, 628, false],
    [4, 760, 372, true],
    [6, 390, 736, true],
    [1, 320, 360, true],
  ] as const;

  test.each(shapes)('%d nodes on %d x %d: every place has a wire', (n, w, h, compact) => {
    const routes = layoutRoutes(layoutOf(n, w, h, compact));
    expect(routes.size).toBe(4 + n);
    for (const curve of routes.values()) expect(curve.length).toBeGreaterThan(4);
  });

  test.each(shapes)(
    '%d nodes on %d x %d: wires run from the server to the rims',
    (n, w, h, compact) => {
      const layout = layoutOf(n, w, h, compact);
      const routes = layoutRoutes(layout);
      for (const [name, tank] of layout.tanks) {
        const curve = routes.get(`node:${name}`)!;
        const [x, y] = endOf(curve);
        expect(x).toBeCloseTo(tank.x + tank.w / 2);
        expect(tank.y - y).toBe(layout.tankSize === 'micro' ? 0 : 10);
        expect(within(layout.controlPlane.card, startOf(curve))).toBe(true);
      }
    },
  );

  test('the wires inside the control plane touch both their boxes', () => {
    const layout = layoutOf(4);
    const routes = layoutRoutes(layout);
    const { apiserver, etcd, scheduler, controllers } = layout.controlPlane;
    for (const [place, box] of [
      ['etcd', etcd],
      ['kube-scheduler', scheduler],
      ['kube-controller-manager', controllers],
    ] as const) {
      const curve = routes.get(place)!;
      expect(within(apiserver, startOf(curve))).toBe(true);
      expect(within(box, endOf(curve))).toBe(true);
    }
  });

  test('the person’s wire ends at their card, or beyond the edge where they have none', () => {
    const desk = layoutOf(4);
    expect(within(desk.you!, endOf(layoutRoutes(desk).get('you')!))).toBe(true);
    const embed = layoutOf(4, 760, 372, true);
    expect(endOf(layoutRoutes(embed).get('you')!)[1]).toBe(0);
  });

  test('a wire to a lower row passes no tank of the rows above it', () => {
    const layout = layoutOf(10);
    const routes = layoutRoutes(layout);
    for (const [name, own] of layout.tanks) {
      const { xs, ys } = routes.get(`node:${name}`)!;
      for (const tank of layout.tanks.values()) {
        if (tank === own) continue;
        const crossing = xs.filter(
          (x, i) =>
            x > tank.x && x < tank.x + tank.w && ys[i]! > tank.y && ys[i]! < tank.y + tank.h,
        );
        expect(crossing).toEqual([]);
      }
    }
  });
});
