import { describe, expect, test } from 'vitest';
import type { SceneNode, ScenePod } from '../../scene/scene';
import { layoutCanvas, type Box } from './layout';
import {
  PodPlacer,
  controlPlaneNode,
  podArea,
  trayArea,
  type KeptPlaces,
  type PodPlace,
} from './pod-places';

const layout = layoutCanvas({
  width: 892,
  height: 628,
  compact: false,
  tanks: ['n1', 'n2', 'n3', 'n4'],
  unscheduled: 0,
  services: 2,
});
const near = { step: 1, tiles: true };

function pods(...list: [name: string, node: string][]): Map<string, ScenePod> {
  return new Map(
    list.map(([name, node]) => {
      const namespace = name.startsWith('kube') ? 'kube-system' : 'default';
      const key = `${namespace}/${name}`;
      return [key, { key, uid: name, namespace, name, node } as ScenePod];
    }),
  );
}

const many = (n: number, node: string) =>
  pods(...Array.from({ length: n }, (_, i): [string, string] => [`p${i}`, node]));

const lies = (place: PodPlace, area: Box) =>
  place.x >= area.x - 0.5 &&
  place.y >= area.y - 0.5 &&
  place.x + place.w * place.scale <= area.x + area.w + 0.5 &&
  place.y + place.h * place.scale <= area.y + area.h + 0.5;

describe('PodPlacer', () => {
  test('a pod lies in the tank of its node, an unbound one in the tray', () => {
    const { places } = new PodPlacer().place(layout, 'm1', pods(['a', 'n2'], ['b', '']), near);
    expect(lies(places.get('default/a')!, podArea(layout.tanks.get('n2')!, 'full'))).toBe(true);
    expect(lies(places.get('default/b')!, trayArea(layout.tray!, 'wide'))).toBe(true);
  });

  test('the control plane’s own pods lie as cells in its card', () => {
    const { places } = new PodPlacer().place(layout, 'm1', pods(['kube-apiserver-m1', 'm1']), near);
    const place = places.get('kube-system/kube-apiserver-m1')!;
    expect(place.shape).toBe('cell');
    expect(lies(place, layout.controlPlane.pods!)).toBe(true);
  });

  test('after a reload pods stand where they stood, whatever the order they come in', () => {
    const before = new PodPlacer();
    const first = before.place(layout, 'm1', pods(['a', 'n1'], ['b', 'n1'], ['c', 'n1']), near);
    const kept = JSON.parse(JSON.stringify(before.kept())) as KeptPlaces;
    const after = new PodPlacer(kept);
    after.place(layout, 'm1', new Map(), near);
    const second = after.place(layout, 'm1', pods(['c', 'n1'], ['b', 'n1'], ['a', 'n1']), near);
    for (const [key, place] of first.places) expect(second.places.get(key)).toEqual(place);
  });

  test('hundreds that wait keep their places while others leave', () => {
    const placer = new PodPlacer();
    const first = placer.place(layout, 'm1', many(200, ''), near);
    const left = new Map([...many(200, '')].slice(5));
    const second = placer.place(layout, 'm1', left, near);
    for (const [key, place] of second.places) expect(place).toBe(first.places.get(key));
  });

  test('a pod on a node that is not drawn has no place', () => {
    const { places } = new PodPlacer().place(layout, 'm1', pods(['a', 'gone']), near);
    expect(places.size).toBe(0);
  });

  test.each([1, 4, 8, 9, 30, 110])('%d pods in a tank do not overlap', (n) => {
    const { places } = new PodPlacer().place(layout, 'm1', many(n, 'n1'), near);
    const seen = new Set([...places.values()].map(({ x, y }) => `${x} ${y}`));
    expect(places.size).toBe(n);
    expect(seen.size).toBe(n);
    const area = podArea(layout.tanks.get('n1')!, 'full');
    for (const place of places.values()) expect(lies(place, area)).toBe(true);
  });

  test('what finds no place is counted', () => {
    const { places, overflow } = new PodPlacer().place(layout, 'm1', many(900, 'n1'), near);
    expect(places.size + overflow.get('n1')!.count).toBe(900);
    expect(overflow.get('n1')!.count).toBeGreaterThan(0);
  });

  test('places keep their identity when nothing about them changed', () => {
    const placer = new PodPlacer();
    const first = placer.place(layout, 'm1', pods(['a', 'n1'], ['b', 'n1']), near).places;
    const second = placer.place(layout, 'm1', pods(['b', 'n1'], ['c', 'n1']), near).places;
    expect(second.get('default/b')).toBe(first.get('default/b'));
    expect(second.get('default/c')).toEqual(first.get('default/a'));
  });

  test('cells become tiles again only when there is room to spare', () => {
    const placer = new PodPlacer();
    const shape = (n: number) =>
      placer.place(layout, 'm1', many(n, 'n1'), near).places.get('default/p0')!.shape;
    expect([8, 9, 8, 7, 6].map(shape)).toEqual(['tile', 'cell', 'cell', 'cell', 'tile']);
  });

  test('zoomed in, a crowded tank has room for names, a quiet one stays as it is', () => {
    const both = new Map([...many(20, 'n1'), ...pods(['q', 'n2'])]);
    const { places } = new PodPlacer().place(layout, 'm1', both, { step: 2, tiles: true });
    expect(places.get('default/p0')).toMatchObject({ shape: 'tile', scale: 1 / 2 });
    expect(places.get('default/q')).toMatchObject({ shape: 'tile', scale: 1 });
  });

  test('a pod that opens has the free places below it to grow into, and moves nobody', () => {
    const all = pods(['a', 'n1'], ['b', 'n1'], ['c', 'n1'], ['kube-proxy', 'n1']);
    const placer = new PodPlacer();
    const closed = placer.place(layout, 'm1', all, near).places;
    const open = placer.place(layout, 'm1', all, { ...near, open: true }).places;
    for (const [key, { x, y, w, h }] of closed) expect(open.get(key)).toMatchObject({ x, y, w, h });
    const bottom = ({ y, h, spare = 0 }: PodPlace) => y + h + spare;
    const at = (name: string) => open.get(`default/${name}`)!;
    expect(at('a').spare ?? 0).toBe(0);
    expect(at('b').spare).toBeGreaterThan(0);
    expect(bottom(at('c'))).toBeLessThan(open.get('kube-system/kube-proxy')!.y);
    const area = podArea(layout.tanks.get('n1')!, layout.tankSize);
    for (const place of open.values()) expect(bottom(place)).toBeLessThanOrEqual(area.y + area.h);
  });

  test('on a phone there are names from near only', () => {
    const phone = layoutCanvas({
      width: 390,
      height: 736,
      compact: true,
      tanks: ['n1', 'n2'],
      unscheduled: 0,
      services: 0,
    });
    const shapeAt = (step: number) =>
      new PodPlacer()
        .place(phone, 'm1', pods(['a', 'n1']), { step, tiles: true })
        .places.get('default/a')!.shape;
    expect([1, 1.5].map(shapeAt)).toEqual(['cell', 'tile']);
  });

  test('from afar there are no names', () => {
    const { places } = new PodPlacer().place(layout, 'm1', pods(['a', 'n1']), {
      step: 0.7,
      tiles: false,
    });
    expect(places.get('default/a')).toMatchObject({ shape: 'cell', scale: 1 / 0.7 });
  });
});

describe('controlPlaneNode', () => {
  test('is the first node with that role', () => {
    const node = (name: string, roles: string[]) => [name, { name, roles } as SceneNode] as const;
    const nodes = new Map([
      node('n1', []),
      node('m1', ['control-plane']),
      node('m2', ['control-plane']),
    ]);
    expect(controlPlaneNode(nodes)).toBe('m1');
    expect(controlPlaneNode(new Map())).toBe('');
  });
});
