import { describe, expect, it } from 'vitest';
import { packPods } from '../../../scene/packed-pods';
import type { SceneNode, ScenePod } from '../../../scene/scene';
import { Crowd } from '../../state/crowd';
import { cellGrid, blockHead, blockPad } from './cell-grid';
import { crowdDetail } from './crowd-detail';
import { CrowdFigures } from './crowd-figures';
import { layoutCrowd, nodeAt, nodeBox, nodeSize, rackAt, zoneHead } from './crowd-layout';
import { hotSpotAt } from './hot-spot';
import { boxOf, itemsOf, stepIn } from './tree-keys';

const frame = { width: 860, height: 440 };

function nodesOf(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const zone = 'abc'[index % 3]!;
    const number = Math.floor(index / 3);
    const rack = `${zone}-${String(Math.floor(number / 12) + 1).padStart(2, '0')}`;
    return { name: `node-${zone}-${number + 1}`, zone: `zone-${zone}`, rack };
  });
}

describe.each([61, 100, 500, 5_000])('the layout of %i nodes', (count) => {
  const layout = layoutCrowd(nodesOf(count), frame);

  it('fits its frame, headings and all', () => {
    expect(layout.width * layout.zoom).toBeLessThanOrEqual(frame.width + 1);
    expect(layout.height * layout.zoom).toBeLessThanOrEqual(frame.height + 1);
    expect(layout.zones.every(({ box }) => box.y * layout.zoom >= zoneHead - 0.01)).toBe(true);
  });

  it('has each node once, in its rack, and no two at one place', () => {
    expect(new Set(layout.names).size).toBe(count);
    const seen = new Set<string>();
    layout.names.forEach((name, place) => {
      const { x, y } = nodeBox(layout, place);
      seen.add(`${x} ${y}`);
      expect(nodeAt(layout, x + nodeSize.w / 2, y + nodeSize.h / 2)).toBe(place);
      const rack = rackAt(layout, x + 1, y + 1)!;
      expect(rack.name.startsWith(name.split('-')[1]!)).toBe(true);
    });
    expect(seen.size).toBe(count);
  });
});

it('nodes that tell of no rack stand in lots of twelve', () => {
  const nodes = Array.from({ length: 70 }, (_, at) => ({ name: `n${at}`, zone: '', rack: '' }));
  const layout = layoutCrowd(nodes, frame);
  expect(layout.racks.map(({ nodes: all }) => all.length)).toEqual([12, 12, 12, 12, 12, 10]);
  expect(layout.names.slice(0, 3)).toEqual(['n0', 'n1', 'n2']);
});

describe('the detail of a large picture', () => {
  it.each([
    [0.02, 5_000, { racks: 1, blocks: 0, cells: 0, tanks: 0 }],
    [0.02, 500, { racks: 0, blocks: 1, cells: 0, tanks: 0 }],
    [0.2, 5_000, { racks: 0, blocks: 1, cells: 0, tanks: 0 }],
    [0.5, 500, { racks: 0, blocks: 0, cells: 1, tanks: 0 }],
    [1, 500, { racks: 0, blocks: 0, cells: 0, tanks: 1 }],
  ])('at zoom %d of %i nodes is %j', (zoom, count, detail) => {
    expect(crowdDetail(zoom, nodeSize.w * zoom, count)).toEqual(detail);
  });

  it('never jumps: all shares add up to one, and change little from zoom to zoom', () => {
    let last = crowdDetail(0.01, nodeSize.w * 0.01, 5_000);
    for (let zoom = 0.01; zoom < 1.2; zoom *= 1.005) {
      const detail = crowdDetail(zoom, nodeSize.w * zoom, 5_000);
      const { racks, blocks, cells, tanks } = detail;
      expect(racks + blocks + cells + tanks).toBeGreaterThan(0.999);
      for (const key of ['racks', 'blocks', 'cells', 'tanks'] as const) {
        expect(Math.abs(detail[key] - last[key])).toBeLessThan(0.1);
      }
      last = detail;
    }
  });
});

it.each([0, 1, 30, 36, 37, 110, 250])('%i cells stay within their block', (count) => {
  const { columns, edge, step } = cellGrid(count);
  const rows = Math.ceil(count / columns);
  expect(blockPad + (columns - 1) * step + edge).toBeLessThanOrEqual(1 - blockPad + 1e-9);
  expect(blockHead + Math.max(0, rows - 1) * step + edge).toBeLessThanOrEqual(1 - blockPad + 0.2);
});

function pod(node: string, name: string, look: ScenePod['look'] = 'running'): ScenePod {
  return {
    key: `shop/${name}`,
    uid: '0a1b2c3d',
    namespace: 'shop',
    name,
    title: [name, ''],
    node,
    look,
    ready: 1,
    total: 1,
    containers: [],
    restarts: 0,
    createdMs: 0,
    mirror: false,
  };
}

function node(name: string, more: Partial<SceneNode> = {}): SceneNode {
  const share = { requested: 2, allocatable: 4 };
  return {
    name,
    registered: true,
    ready: 'Ready',
    power: 'On',
    network: 'Connected',
    cpu: share,
    memory: share,
    cordoned: false,
    heartbeatMs: 0,
    ...more,
  } as SceneNode;
}

describe('figures', () => {
  const layout = layoutCrowd(nodesOf(61), frame);
  const nodes = new Map(layout.names.map((name) => [name, node(name)]));

  it('tell the gravest look of a rack, its heat and what of it is silent', () => {
    const crowd = new Crowd();
    const [first, second] = [layout.names[0]!, layout.names[1]!];
    crowd.take(
      packPods([pod(first, 'a'), pod(first, 'b', 'creating'), pod(second, 'c', 'failed')]),
      [],
    );
    const figures = new CrowdFigures();
    expect(figures.update(layout, nodes, crowd)).toBe(true);
    expect(figures.ofRack([0, 1], 'cpu')).toEqual({
      heat: 0.5,
      silent: 0,
      worst: 'failed',
      troubled: 2,
    });
    const dark = new Map(nodes).set(first, node(first, { ready: 'Unknown' }));
    expect(figures.update(layout, dark, crowd)).toBe(true);
    expect(figures.ofRack([0, 1], 'memory').silent).toBe(1);
  });

  it('do not ask for a painting because of a heartbeat', () => {
    const figures = new CrowdFigures();
    const crowd = new Crowd();
    figures.update(layout, nodes, crowd);
    const name = layout.names[3]!;
    const heard = new Map(nodes).set(name, node(name, { heartbeatMs: 9 }));
    expect(figures.update(layout, heard, crowd)).toBe(false);
    const cordoned = new Map(heard).set(name, node(name, { cordoned: true }));
    expect(figures.update(layout, cordoned, crowd)).toBe(true);
  });
});

it('what is under the pointer is the pod where cells can be aimed at, else the node or its rack', () => {
  const layout = layoutCrowd(nodesOf(61), frame);
  const crowd = new Crowd();
  const name = layout.names[0]!;
  crowd.take(packPods(Array.from({ length: 8 }, (_, at) => pod(name, `p${at}`))), []);
  const { x, y } = nodeBox(layout, 0);
  const { edge, step } = cellGrid(8);
  const px = x + (blockPad + step + edge / 2) * nodeSize.w;
  const py = y + blockHead * nodeSize.h + (edge / 2) * nodeSize.w;
  const none = new Set<number>();
  expect(hotSpotAt(layout, crowd, 0.2, px, py, none)).toMatchObject({ place: 0, row: 1 });
  expect(hotSpotAt(layout, crowd, 0.02, px, py, none)).toMatchObject({ place: 0, row: -1 });
  expect(hotSpotAt(layout, crowd, 0.2, x - 5, y - 5, none)).toMatchObject({ place: -1, rack: 0 });
  expect(hotSpotAt(layout, crowd, 0.2, x - 50, y - 50, none)).toBeNull();
  expect(hotSpotAt(layout, crowd, 1, px, py, new Set([0]))).toBeNull();
});

describe('the tree of a large picture', () => {
  const layout = layoutCrowd(nodesOf(500), frame);
  const ids = (zone: number, rack: number) => itemsOf(layout, zone, rack).map(({ id }) => id);

  it('has only what the open path leads to', () => {
    expect(ids(-1, -1)).toEqual(['z0', 'z1', 'z2']);
    expect(ids(1, -1)).toHaveLength(3 + layout.zones[1]!.racks.length);
    const [rack] = layout.zones[1]!.racks;
    expect(ids(1, rack!)).toHaveLength(3 + layout.zones[1]!.racks.length + 12);
  });

  it.each([
    ['ArrowDown', 'z1', 'z2'],
    ['ArrowUp', 'z1', 'z0'],
    ['ArrowRight', 'z1', 'r14'],
    ['ArrowLeft', 'r14', 'z1'],
    ['End', 'r14', 'r27'],
    ['Enter', 'z1', undefined],
  ])('%s goes from %s to %s', (key, from, to) => {
    const items = itemsOf(layout, 1, -1);
    const at = items.findIndex(({ id }) => id === from);
    expect(stepIn(items, at, key)?.id).toBe(to);
  });

  it('lays each item over what it stands for', () => {
    expect(boxOf(layout, 'n3')).toEqual(nodeBox(layout, 3));
    expect(boxOf(layout, 'r1')).toBe(layout.racks[1]!.box);
  });
});
