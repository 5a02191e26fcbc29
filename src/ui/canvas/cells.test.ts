import { describe, expect, test } from 'vitest';
import type { ScenePod } from '../../scene/scene';
import { cellBox, cellsOf, CellShaper, spriteOf } from './cells';
import type { PodPlace } from './pod-places';

const place = (x: number, shape: PodPlace['shape'] = 'cell'): PodPlace => ({
  x,
  y: 10,
  w: 18,
  h: 18,
  scale: 1,
  shape,
});

const pod = (key: string, change: Partial<ScenePod> = {}) =>
  ({ key, uid: key, node: 'n1', look: 'running', ...change }) as ScenePod;

const byKey = (...pods: ScenePod[]) => new Map(pods.map((it) => [it.key, it]));
const none = new Set<string>();

describe('CellShaper', () => {
  const a = pod('a');
  const b = pod('b', { node: 'n2' });
  const places = new Map([
    ['a', place(0)],
    ['b', place(30)],
  ]);

  test('pods without a name are cells, by node', () => {
    const withTile = new Map([...places, ['c', place(60, 'tile')] as const]);
    const { all, byNode } = new CellShaper().shape(byKey(a, b, pod('c')), withTile, none);
    expect([...all.keys()]).toEqual(['a', 'b']);
    expect([...byNode].map(([node, cells]) => [node, cells.map((it) => it.pod.key)])).toEqual([
      ['n1', ['a']],
      ['n2', ['b']],
    ]);
  });

  test('what did not change is the same object, group by group', () => {
    const shaper = new CellShaper();
    const first = shaper.shape(byKey(a, b), places, none);
    const second = shaper.shape(byKey(a, { ...b, look: 'terminating' }), places, none);
    expect(second.all.get('a')).toBe(first.all.get('a'));
    expect(second.byNode.get('n1')).toBe(first.byNode.get('n1'));
    expect(second.byNode.get('n2')).not.toBe(first.byNode.get('n2'));
    expect(second.all.get('b')!.look).toBe('terminating');
  });

  test('a cell of a node that is silent shows what is remembered', () => {
    const shaper = new CellShaper();
    const first = shaper.shape(byKey(a), places, none);
    const second = shaper.shape(byKey(a), places, new Set(['n1']));
    expect([first.all.get('a')!.look, second.all.get('a')!.look]).toEqual(['running', 'unknown']);
  });
});

describe('spriteOf', () => {
  const sprite = (change: Partial<ScenePod>, nowMs: number) => {
    const cells = cellsOf(new Map(), byKey(pod('a', change)), new Map([['a', place(0)]]), none);
    return spriteOf(cells.get('a')!, nowMs);
  };

  test.each([
    [1_000, 0],
    [1_499, 1],
    [2_000, 4],
  ])('at %d ms a pull fills it in quarters: %d', (nowMs, fill) => {
    const pulls = { look: 'creating', pull: { startMs: 1_000, endMs: 2_000 } } as const;
    expect(sprite(pulls as Partial<ScenePod>, nowMs)).toMatchObject({ look: 'creating', fill });
  });

  test('what no longer pulls is not filled', () => {
    const done = { look: 'running', pull: { startMs: 0, endMs: 9 } };
    expect(sprite(done as Partial<ScenePod>, 5)).toEqual({
      look: 'running',
      hue: 6,
      current: true,
      size: 18,
      fill: 0,
    });
  });
});

describe('cellBox', () => {
  test.each([
    [[0, 0, 1], 1, { left: 3, top: 10, size: 18 }],
    [[0.4, 0, 1], 2, { left: 7, top: 20, size: 36 }],
    [[-10, 5, 0.5], 1, { left: -8, top: 10, size: 9 }],
  ] as const)('view %j at density %d is on whole pixels', (transform, density, box) => {
    expect(cellBox(place(3), transform, density)).toEqual(box);
  });
});
