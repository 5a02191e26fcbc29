// Where the nodes of a large cluster stand: in racks, these in zones, so that the whole fills its
// frame. Pure. Sizes are world pixels; what keeps its size on the screen (headings, gaps between
// zones) is asked for in screen pixels and takes more of a world that is scaled down.
import type { Selection } from '../../state/scene-store';
import type { Box } from '../layout';

export interface PlacedNode {
  name: string;
  zone: string;
  /** '' where the machines do not say. */
  rack: string;
}

export interface CrowdRack {
  /** 'a-07'; '' for nodes that tell of no rack. */
  name: string;
  zone: number;
  box: Box;
  /** Places in `names`. */
  nodes: number[];
}

export interface CrowdZone {
  name: string;
  /** Of all its racks. */
  box: Box;
  racks: number[];
}

export interface CrowdLayout {
  /** Zoom at which the whole world fits the frame. */
  zoom: number;
  width: number;
  height: number;
  /** Left and upper edge of each node, by its place in `names`. */
  x: Float32Array;
  y: Float32Array;
  names: readonly string[];
  /** Place of each name. */
  index: ReadonlyMap<string, number>;
  zones: readonly CrowdZone[];
  racks: readonly CrowdRack[];
}

/** A node's tank, and the gap to the next. */
export const nodeSize = { w: 410, h: 400, gap: 26 } as const;
const rackPad = 20;
const rackGap = 34;
/** Screen pixels. */
export const zoneHead = 26;
const zoneGap = 16;
/** A rack without a name holds so many at most. */
const namelessMax = 12;

interface Shape {
  rackColumns: number;
  racksAcross: number;
  zonesAcross: number;
  zoom: number;
}

export interface Frame {
  width: number;
  height: number;
}

/** Lays the nodes out for a frame of that many screen pixels. */
export function layoutCrowd(nodes: readonly PlacedNode[], frame: Frame): CrowdLayout {
  const groups = grouped(nodes);
  const perRack = Math.max(1, ...groups.flatMap(({ racks }) => racks.map((it) => it.nodes.length)));
  const racksMost = Math.max(1, ...groups.map(({ racks }) => racks.length));
  const shape = bestShape(groups.length, racksMost, perRack, frame);
  return placed(groups, shape, perRack, racksMost);
}

interface Group {
  zone: string;
  racks: { name: string; nodes: PlacedNode[] }[];
}

/** Zones and racks in the order of their names, n2 before n10. */
function grouped(nodes: readonly PlacedNode[]): Group[] {
  const zones = new Map<string, Map<string, PlacedNode[]>>();
  for (const node of [...nodes].sort((a, b) => byNumber(a.name, b.name))) {
    const racks = valueIn(zones, node.zone, () => new Map<string, PlacedNode[]>());
    valueIn(racks, node.rack, () => []).push(node);
  }
  return [...zones]
    .sort(([a], [b]) => byNumber(a, b))
    .map(([zone, racks]) => ({
      zone,
      racks: [...racks]
        .sort(([a], [b]) => byNumber(a, b))
        .flatMap(([name, all]) => parts(name, all)),
    }));
}

const collator = new Intl.Collator('en', { numeric: true });

function byNumber(a: string, b: string): number {
  return collator.compare(a, b);
}

function parts(name: string, nodes: PlacedNode[]): Group['racks'] {
  if (name !== '') return [{ name, nodes }];
  const racks: Group['racks'] = [];
  for (let at = 0; at < nodes.length; at += namelessMax) {
    racks.push({ name, nodes: nodes.slice(at, at + namelessMax) });
  }
  return racks;
}

function valueIn<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** The shape that leaves nodes the largest. */
function bestShape(zones: number, racks: number, perRack: number, frame: Frame): Shape {
  let best: Shape = { rackColumns: 1, racksAcross: 1, zonesAcross: 1, zoom: 0 };
  for (let zonesAcross = 1; zonesAcross <= Math.max(1, zones); zonesAcross++) {
    const zonesDown = Math.ceil(Math.max(1, zones) / zonesAcross);
    const width = (frame.width - (zonesAcross - 1) * zoneGap) / zonesAcross;
    const height = (frame.height - (zonesDown - 1) * zoneGap) / zonesDown - zoneHead;
    for (let rackColumns = 1; rackColumns <= perRack; rackColumns++) {
      // A rack of eleven in five columns would leave holes that look like losses.
      if (perRack % rackColumns !== 0 && rackColumns !== perRack) continue;
      const rack = rackSize(rackColumns, perRack);
      for (let racksAcross = 1; racksAcross <= racks; racksAcross++) {
        const w = racksAcross * (rack.w + rackGap) - rackGap;
        const h = Math.ceil(racks / racksAcross) * (rack.h + rackGap) - rackGap;
        const zoom = Math.min(width / w, height / h, 1);
        if (zoom > best.zoom) best = { rackColumns, racksAcross, zonesAcross, zoom };
      }
    }
  }
  return best;
}

function rackSize(columns: number, perRack: number): { w: number; h: number } {
  const { w, h, gap } = nodeSize;
  const rows = Math.ceil(perRack / columns);
  return {
    w: columns * (w + gap) - gap + 2 * rackPad,
    h: rows * (h + gap) - gap + 2 * rackPad,
  };
}

function placed(groups: Group[], shape: Shape, perRack: number, racksMost: number): CrowdLayout {
  const { rackColumns, racksAcross, zonesAcross, zoom } = shape;
  const rack = rackSize(rackColumns, perRack);
  const head = zoneHead / zoom;
  const between = zoneGap / zoom;
  const zoneW = racksAcross * (rack.w + rackGap) - rackGap;
  const zoneH = Math.ceil(racksMost / racksAcross) * (rack.h + rackGap) - rackGap;
  const count = groups.reduce(
    (sum, { racks }) => sum + racks.reduce((all, { nodes }) => all + nodes.length, 0),
    0,
  );
  const x = new Float32Array(count);
  const y = new Float32Array(count);
  const names: string[] = [];
  const index = new Map<string, number>();
  const racks: CrowdRack[] = [];
  const zones = groups.map((group, zone): CrowdZone => {
    const left = (zone % zonesAcross) * (zoneW + between);
    const top = Math.floor(zone / zonesAcross) * (zoneH + head + between) + head;
    const first = racks.length;
    group.racks.forEach(({ name, nodes }, at) => {
      const box = {
        x: left + (at % racksAcross) * (rack.w + rackGap),
        y: top + Math.floor(at / racksAcross) * (rack.h + rackGap),
        w: rack.w,
        h: rackSize(rackColumns, nodes.length).h,
      };
      const places = nodes.map(({ name: node }, slot) => {
        const place = names.push(node) - 1;
        index.set(node, place);
        x[place] = box.x + rackPad + (slot % rackColumns) * (nodeSize.w + nodeSize.gap);
        y[place] = box.y + rackPad + Math.floor(slot / rackColumns) * (nodeSize.h + nodeSize.gap);
        return place;
      });
      racks.push({ name, zone, box, nodes: places });
    });
    const own = Array.from({ length: racks.length - first }, (_, at) => first + at);
    return { name: group.zone, box: { x: left, y: top, w: zoneW, h: zoneH }, racks: own };
  });
  const zonesDown = Math.ceil(groups.length / zonesAcross);
  return {
    zoom,
    width: zonesAcross * (zoneW + between) - between,
    height: zonesDown * (zoneH + head + between) - between,
    x,
    y,
    names,
    index,
    zones,
    racks,
  };
}

/** The rack at a point of the world; undefined between racks. */
export function rackAt(layout: CrowdLayout, x: number, y: number): CrowdRack | undefined {
  return layout.racks.find(({ box }) => isIn(box, x, y));
}

/** Place of the node at a point of the world; -1 between nodes. */
export function nodeAt(layout: CrowdLayout, x: number, y: number): number {
  for (const place of rackAt(layout, x, y)?.nodes ?? []) {
    if (isIn(nodeBox(layout, place), x, y)) return place;
  }
  return -1;
}

export function nodeBox(layout: CrowdLayout, place: number): Box {
  return { x: layout.x[place]!, y: layout.y[place]!, w: nodeSize.w, h: nodeSize.h };
}

function isIn({ x, y, w, h }: Box, px: number, py: number): boolean {
  return px >= x && px < x + w && py >= y && py < y + h;
}

/** Where a zone, a rack or the whole stands; undefined for what is no such, or is not there. */
export function groupBox(
  { zones, racks, width, height }: CrowdLayout,
  { kind, namespace, name }: Selection,
): Box | undefined {
  switch (kind) {
    case 'Canvas':
      return { x: 0, y: 0, w: width, h: height };
    case 'Zone':
      return zones.find((zone) => zone.name === name)?.box;
    case 'Rack':
      return racks.find((rack) => rack.name === name && zones[rack.zone]?.name === namespace)?.box;
    default:
      return undefined;
  }
}
