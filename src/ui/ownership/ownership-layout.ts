// Where everything stands in the ownership view: a band below the other, in each the workloads from
// above, beside them their revisions, beside these their pods; what selects, serves or feeds the
// pods to the right, as near to them as there is room. World pixels; no lines cross a card.
import type { Pod } from '../../api/types';
import type { Band } from './bands';
import { COLUMNS, relatedKind } from './related-kinds';
import type { Column } from './related-kinds';
import { POD_GROUP } from './relations';
import type { GraphNode, Relation } from './relations';
import { olderRevisions, revisionsFirst } from './revisions';
import { byNumber } from '../state/by-number';

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface PlacedCard extends Box {
  node: GraphNode;
  /** Whether what it owns is folded away; undefined for what owns nothing that stands here. */
  folded?: boolean;
  /** Of a Deployment's newest revision: how many older ones are folded away, and whose they are. */
  older?: { count: number; of: string };
}

export interface PlacedPod extends Box {
  pod: Pod;
}

export interface PlacedGroup extends Box {
  node: GraphNode;
  shape: 'tile' | 'cell';
  pods: PlacedPod[];
  /** Pods that there is no room for. */
  more: number;
}

export interface PlacedEdge {
  from: string;
  to: string;
  relation: Relation;
  /** For an SVG path; the arrow's head is at its end. */
  d: string;
}

export interface PlacedBand extends Box {
  key: string;
  namespace: string;
  name: string;
}

export interface OwnershipLayout {
  bands: PlacedBand[];
  columns: { column: Column; x: number; w: number }[];
  cards: PlacedCard[];
  groups: PlacedGroup[];
  edges: PlacedEdge[];
  width: number;
  height: number;
}

const CARD = { w: 148, h: 44 };
const TILE = { w: 104, h: 34 };
const CELL = { w: 22, h: 22 };
const GAP = 6;
const ROW_GAP = 10;
const COLUMN_GAP = 26;
/** Between a card and what hangs beneath it. */
const HANG_GAP = 16;
const PAD = 8;
const BAND_PAD = 14;
const BAND_HEAD = 26;
const BAND_GAP = 16;
const TILES_MAX = 24;
const CELLS_A_ROW = 16;
const CELLS_MAX = 320;
/** Above the bands stand the names of the columns. */
const TOP = 28;

export interface Folds {
  /** Keys of cards whose dependents are folded away. */
  folded: ReadonlySet<string>;
  /** Keys of Deployments whose older revisions are unfolded. */
  withOlder: ReadonlySet<string>;
}

/** Lays the bands out one below the other. */
export function layoutOwnership(bands: readonly Band[], folds: Folds): OwnershipLayout {
  const drafts = bands.map((band) => new BandDraft(band, folds));
  const columns = columnsOf(drafts);
  const at = new Map(columns.map(({ column, x }) => [column, x]));
  const last = columns.at(-1);
  const width = last ? last.x + last.w + BAND_PAD : 0;
  const layout: OwnershipLayout = {
    bands: [],
    columns,
    cards: [],
    groups: [],
    edges: [],
    width,
    height: TOP,
  };
  for (const draft of drafts) {
    const y = layout.height;
    draft.place(at, y + BAND_HEAD);
    const h = draft.height + BAND_HEAD + BAND_PAD;
    const { key, namespace, name } = draft.band;
    layout.bands.push({ key, namespace, name, x: 0, y, w: width, h });
    layout.cards.push(...draft.cards);
    layout.groups.push(...draft.groups);
    layout.edges.push(...draft.edges());
    layout.height = y + h + BAND_GAP;
  }
  return layout;
}

/** Only columns in which something stands, each as wide as its widest. */
function columnsOf(drafts: readonly BandDraft[]): OwnershipLayout['columns'] {
  const widths = new Map<Column, number>();
  for (const draft of drafts) {
    for (const { column, w } of draft.items()) {
      widths.set(column, Math.max(widths.get(column) ?? 0, w));
    }
  }
  let x = BAND_PAD;
  return COLUMNS.filter((column) => widths.has(column)).map((column) => {
    const w = widths.get(column)!;
    const placed = { column, x, w };
    x += w + COLUMN_GAP;
    return placed;
  });
}

interface Item {
  column: Column;
  w: number;
  h: number;
  node: GraphNode;
  box: PlacedCard | PlacedGroup;
}

class BandDraft {
  height = 0;
  readonly cards: PlacedCard[] = [];
  readonly groups: PlacedGroup[] = [];
  private readonly byKey = new Map<string, Item>();
  private readonly owned = new Map<string, GraphNode[]>();
  private readonly hidden = new Set<string>();
  /** By the key of a card, what hangs beneath it; and all that hangs. */
  private readonly hanging = new Map<string, Item[]>();
  private readonly hung = new Set<Item>();

  constructor(
    readonly band: Band,
    private readonly folds: Folds,
  ) {
    const nodes = new Map(band.nodes.map((node) => [node.key, node]));
    for (const { from, to, relation } of band.edges) {
      if (relation !== 'owns') continue;
      const held = this.owned.get(from);
      if (held) held.push(nodes.get(to)!);
      else this.owned.set(from, [nodes.get(to)!]);
    }
    this.hideFolded();
    for (const node of band.nodes) if (!this.hidden.has(node.key)) this.take(node);
    this.tellOlder();
    this.hang();
  }

  items(): Iterable<Item> {
    return this.byKey.values();
  }

  place(at: ReadonlyMap<Column, number>, top: number): void {
    const bottoms = new Map<Column, number>();
    const put = (item: Item, y: number): number => {
      item.box.x = at.get(item.column)!;
      item.box.y = y;
      let bottom = y + item.h + (isTelling(item.box) ? OLDER_H : 0);
      this.height = Math.max(this.height, bottom - top);
      for (const below of this.hanging.get(item.node.key) ?? []) {
        bottom = put(below, bottom + HANG_GAP) - ROW_GAP;
      }
      bottoms.set(item.column, bottom + ROW_GAP);
      return bottom + ROW_GAP;
    };
    let y = top;
    for (const root of this.roots()) y = this.placeTree(root, y, put);
    for (const column of ['around', 'beyond'] as const) {
      for (const [item, nearY] of this.beside(column, top)) {
        put(item, Math.max(nearY, bottoms.get(column) ?? top));
      }
    }
    for (const { box } of this.groupItems()) movePods(box as PlacedGroup);
  }

  edges(): PlacedEdge[] {
    const placed: PlacedEdge[] = [];
    for (const edge of this.band.edges) {
      const [from, to] = [this.byKey.get(edge.from), this.byKey.get(edge.to)];
      if (from && to) placed.push({ ...edge, d: pathOf(from.box, to.box) });
    }
    return placed;
  }

  /** Folded cards hide what they own, and what that owns; older revisions hide by themselves. */
  private hideFolded(): void {
    const hide = (nodes: readonly GraphNode[]): void => {
      for (const { key } of nodes) {
        this.hidden.add(key);
        hide(this.owned.get(key) ?? []);
      }
    };
    for (const [key, nodes] of this.owned) {
      if (this.folds.folded.has(key)) hide(nodes);
      else if (!this.folds.withOlder.has(key)) hide(olderRevisions(nodes, this.owned));
    }
  }

  private take(node: GraphNode): void {
    const isGroup = node.kind === POD_GROUP;
    const box = isGroup ? groupOf(node) : this.cardOf(node);
    if (isGroup) this.groups.push(box as PlacedGroup);
    else this.cards.push(box as PlacedCard);
    const column = isGroup ? 'pods' : relatedKind(node.kind)!.column;
    this.byKey.set(node.key, { column, w: box.w, h: box.h, node, box });
  }

  private cardOf(node: GraphNode): PlacedCard {
    const card: PlacedCard = { node, x: 0, y: 0, ...CARD };
    const owned = this.owned.get(node.key) ?? [];
    const { column } = relatedKind(node.kind)!;
    if (column !== 'workloads' && column !== 'revisions') return card;
    if (owned.length > 0) card.folded = this.folds.folded.has(node.key);
    return card;
  }

  /** The newest revision tells of the older ones that are folded away behind it. */
  private tellOlder(): void {
    for (const [of, owned] of this.owned) {
      const older = olderRevisions(owned, this.owned);
      const newest = this.byKey.get(owned.toSorted(revisionsFirst)[0]!.key);
      if (older.length === 0 || !newest) continue;
      (newest.box as PlacedCard).older = { count: older.length, of };
    }
  }

  /** An autoscaler hangs beneath what it scales, an EndpointSlice beneath its Service. */
  private hang(): void {
    for (const { from, to, relation } of this.band.edges) {
      const [one, other] = [this.byKey.get(from), this.byKey.get(to)];
      if (!one || !other) continue;
      if (relation === 'scales') this.hangBeneath(other, one);
      else if (other.node.kind === 'EndpointSlice') this.hangBeneath(one, other);
    }
  }

  private hangBeneath(card: Item, item: Item): void {
    const held = this.hanging.get(card.node.key);
    if (held) held.push(item);
    else this.hanging.set(card.node.key, [item]);
    this.hung.add(item);
  }

  /** Workloads, and of revisions and pods those that nothing here owns. */
  private roots(): Item[] {
    const ownedKeys = new Set([...this.owned.values()].flat().map(({ key }) => key));
    const columns = new Set<Column>(['workloads', 'revisions', 'pods']);
    return [...this.byKey.values()]
      .filter((item) => columns.has(item.column) && !this.hung.has(item))
      .filter(({ node }) => !ownedKeys.has(node.key))
      .sort((a, b) => byNumber(a.node.name, b.node.name));
  }

  /** Places an item and, to its right, what it owns; returns where the next may stand. */
  private placeTree(item: Item, y: number, put: (item: Item, y: number) => number): number {
    const bottom = put(item, y);
    let next = y;
    for (const child of (this.owned.get(item.node.key) ?? []).toSorted(revisionsFirst)) {
      const owned = this.byKey.get(child.key);
      if (owned) next = this.placeTree(owned, next, put);
    }
    return Math.max(next, bottom);
  }

  /** What stands beside the trees, each with the height at which it would like to. */
  private beside(column: Column, top: number): [Item, number][] {
    const near = (item: Item): number => {
      let y = Infinity;
      for (const { from, to } of this.band.edges) {
        const other = from === item.node.key ? to : to === item.node.key ? from : undefined;
        const box = other === undefined ? undefined : this.byKey.get(other)?.box;
        if (box && box.y > 0) y = Math.min(y, box.y);
      }
      return y === Infinity ? top : y;
    };
    const rank = ({ node }: Item) => RIGHT_ORDER.indexOf(node.kind);
    return [...this.byKey.values()]
      .filter((item) => item.column === column && !this.hung.has(item))
      .map((item): [Item, number] => [item, near(item)])
      .sort(
        ([a, ay], [b, by]) => ay - by || rank(a) - rank(b) || byNumber(a.node.name, b.node.name),
      );
  }

  private *groupItems(): Iterable<Item> {
    for (const item of this.byKey.values()) if (item.column === 'pods') yield item;
  }
}

const RIGHT_ORDER = [
  'Service',
  'PodDisruptionBudget',
  'NetworkPolicy',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
  'Ingress',
  'EndpointSlice',
  'PersistentVolume',
];

/** Room for the line about older revisions. */
const OLDER_H = 14;

function isTelling(box: PlacedCard | PlacedGroup): boolean {
  return 'older' in box && box.older !== undefined;
}

function groupOf(node: GraphNode): PlacedGroup {
  const pods = node.pods!;
  const shape = pods.length <= TILES_MAX ? 'tile' : 'cell';
  const size = shape === 'tile' ? TILE : CELL;
  const shown = pods.slice(0, CELLS_MAX);
  const wide = shape === 'cell' ? CELLS_A_ROW : tilesARow(shown.length);
  const columns = Math.min(wide, shown.length);
  const rows = Math.ceil(shown.length / columns);
  const more = pods.length - shown.length;
  const placed = shown.map((pod, i) => ({
    pod,
    x: PAD + (i % columns) * (size.w + GAP),
    y: PAD + Math.floor(i / columns) * (size.h + GAP),
    ...size,
  }));
  const w = columns * (size.w + GAP) - GAP + 2 * PAD;
  const h = rows * (size.h + GAP) - GAP + 2 * PAD + (more > 0 ? 20 : 0);
  return { node, shape, pods: placed, more, x: 0, y: 0, w, h: Math.max(h, CARD.h) };
}

/** Wide enough not to be a tower, narrow enough to leave room for what stands beside. */
function tilesARow(count: number): number {
  return count <= 6 ? 2 : count <= 12 ? 3 : 4;
}

/** Pods were placed within their group; now the group has its place. */
function movePods(group: PlacedGroup): void {
  for (const pod of group.pods) {
    pod.x += group.x;
    pod.y += group.y;
  }
}

/**
 * From the side of one box to the facing side of the other, at the height of the smaller; straight
 * up or down within a column.
 */
function pathOf(from: Box, to: Box): string {
  if (from.x === to.x && from.w === to.w) {
    const x = from.x + 24;
    return from.y > to.y ? `M${x} ${from.y}V${to.y + to.h}` : `M${x} ${from.y + from.h}V${to.y}`;
  }
  const leftwards = from.x > to.x;
  const x1 = leftwards ? from.x : from.x + from.w;
  const x2 = leftwards ? to.x + to.w : to.x;
  const y1 = anchor(from, to);
  const y2 = anchor(to, from);
  const bend = Math.max(20, Math.abs(x2 - x1) / 2) * (leftwards ? -1 : 1);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function anchor(box: Box, other: Box): number {
  const low = box.y + CARD.h / 2;
  const high = Math.max(low, box.y + box.h - CARD.h / 2);
  return Math.max(low, Math.min(high, other.y + Math.min(other.h, CARD.h) / 2));
}
