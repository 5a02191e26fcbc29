import { describe, expect, test } from 'vitest';
import { makeCurve, pointOn, straight, type OnCurve } from './curve';

const at = (curve: ReturnType<typeof makeCurve>, u: number): OnCurve =>
  pointOn(curve, u, { x: 0, y: 0, angle: 0 });

describe('a straight curve', () => {
  const line = makeCurve([10, 20], [straight([10, 20], [110, 20])]);

  test('is as long as the way', () => {
    expect(line.length).toBeCloseTo(100);
  });

  test.each([
    [0, 10],
    [0.25, 35],
    [0.5, 60],
    [1, 110],
    [-1, 10],
    [2, 110],
  ])('at %d of it x is %d', (u, x) => {
    expect(at(line, u).x).toBeCloseTo(x);
    expect(at(line, u).y).toBeCloseTo(20);
  });

  test('points along itself', () => {
    expect(at(line, 0.5).angle).toBeCloseTo(0);
    const down = makeCurve([0, 0], [straight([0, 0], [0, 50])]);
    expect(at(down, 0.5).angle).toBeCloseTo(Math.PI / 2);
  });
});

describe('a bent curve', () => {
  const bend = makeCurve(
    [0, 0],
    [
      [
        [0, 40],
        [100, -40 + 100],
        [100, 100],
      ],
      straight([100, 100], [100, 200]),
    ],
  );

  test('starts and ends where it says', () => {
    expect(at(bend, 0)).toMatchObject({ x: 0, y: 0 });
    expect(at(bend, 1).x).toBeCloseTo(100);
    expect(at(bend, 1).y).toBeCloseTo(200);
  });

  test('is travelled at an even pace', () => {
    const steps = Array.from({ length: 40 }, (_, i) => {
      const a = { ...at(bend, i / 40) };
      const b = { ...at(bend, (i + 1) / 40) };
      return Math.hypot(b.x - a.x, b.y - a.y);
    });
    const even = bend.length / 40;
    for (const step of steps) expect(Math.abs(step - even)).toBeLessThan(even * 0.1);
  });

  test('says itself as a path', () => {
    expect(bend.d).toMatch(/^M0 0C0 40 100 60 100 100C/);
  });

  test('a curve of no length stays where it is', () => {
    expect(at(makeCurve([5, 6], []), 0.5)).toMatchObject({ x: 5, y: 6 });
  });
});
