// The cells that are to be seen: pods without room for a name, where they stand and what they look
// like. Their elements are there for the pointer, the keyboard and those who hear the page, and
// paint nothing; the pictures are drawn on one canvas (cell-painter.ts), since hundreds of painted
// elements cost each frame of a rollout half of its time.
import type { ScenePod } from '../../scene/scene';
import { ownerKey, pullShare } from './pod-marks';
import type { PodPlace } from './pod-places';
import type { SpriteKind } from './pod-sprite';
import { staleLook } from './silhouette';

export interface Cell {
  pod: ScenePod;
  place: PodPlace;
  /** Nothing is heard of its node: what it shows is remembered. */
  stale: boolean;
  look: ScenePod['look'];
  /** Of its topmost owner; siblings share it. */
  owner: string;
}

/** The cells of a standing by pod key; one that did not change is the same object as before. */
export function cellsOf(
  before: ReadonlyMap<string, Cell>,
  pods: ReadonlyMap<string, ScenePod>,
  places: ReadonlyMap<string, PodPlace>,
  stale: ReadonlySet<string>,
): ReadonlyMap<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const pod of pods.values()) {
    const place = places.get(pod.key);
    if (!place || place.shape === 'tile') continue;
    const held = before.get(pod.key);
    const isStale = stale.has(pod.node);
    const same = held?.pod === pod && held.place === place && held.stale === isStale;
    cells.set(pod.key, same ? held : makeCell(pod, place, isStale));
  }
  return cells;
}

function makeCell(pod: ScenePod, place: PodPlace, stale: boolean): Cell {
  const look = stale ? staleLook(pod.look) : pod.look;
  return { pod, place, stale, look, owner: ownerKey(pod) };
}

/** The cells of each node, '' for the unscheduled; a list in which nothing changed is the same. */
export function cellsByNode(
  before: ReadonlyMap<string, readonly Cell[]>,
  cells: ReadonlyMap<string, Cell>,
): ReadonlyMap<string, readonly Cell[]> {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells.values()) {
    const group = groups.get(cell.pod.node);
    if (group) group.push(cell);
    else groups.set(cell.pod.node, [cell]);
  }
  const kept = new Map<string, readonly Cell[]>();
  for (const [node, group] of groups) {
    const held = before.get(node);
    const same = held?.length === group.length && held.every((cell, i) => cell === group[i]);
    kept.set(node, same ? held : group);
  }
  return kept;
}

export interface ShapedCells {
  /** By pod key. */
  all: ReadonlyMap<string, Cell>;
  byNode: ReadonlyMap<string, readonly Cell[]>;
}

/** Remembers the cells from one picture to the next, so that what did not change is the same. */
export class CellShaper {
  private last: ShapedCells = { all: new Map(), byNode: new Map() };

  shape(
    pods: ReadonlyMap<string, ScenePod>,
    places: ReadonlyMap<string, PodPlace>,
    stale: ReadonlySet<string>,
  ): ShapedCells {
    const all = cellsOf(this.last.all, pods, places, stale);
    this.last = { all, byNode: cellsByNode(this.last.byNode, all) };
    return this.last;
  }
}

/** The picture of a cell at a virtual time; a pull fills it in quarters, as it is small. */
export function spriteOf({ pod, place, look }: Cell, nowMs: number): SpriteKind {
  const pulls = pod.pull && look === 'creating';
  return {
    look,
    hue: pod.owner?.hue ?? 6,
    current: pod.owner?.current ?? true,
    size: place.w,
    fill: pulls ? Math.floor(pullShare(pod.pull!, nowMs) * 4) : 0,
  };
}

type Transform = readonly [x: number, y: number, zoom: number];

/** Where a place is on the screen, on whole canvas pixels so that its lines are sharp. */
export function cellBox(
  place: PodPlace,
  [x, y, zoom]: Transform,
  density: number,
): { left: number; top: number; size: number } {
  return {
    left: Math.round((place.x * zoom + x) * density),
    top: Math.round((place.y * zoom + y) * density),
    size: Math.max(1, Math.round(place.w * place.scale * zoom * density)),
  };
}

/** Told by whoever lays pods out, heard by whoever draws them. */
class ShownCells {
  all: ReadonlyMap<string, Cell> = new Map();
  /** Called when other cells are shown, or ones that flew have landed. */
  changed: () => void = () => {};

  show(cells: ReadonlyMap<string, Cell>): void {
    if (cells === this.all) return;
    this.all = cells;
    this.changed();
  }
}

/** The cells of the page's canvas. */
export const shownCells = new ShownCells();
