// Gives every pod its place in the world: inside the tank of its node, in the control plane's row,
// or in the tray of the unscheduled. Pods of all nodes lie in one flat layer, so that a pod that is
// bound simply moves.
import { isControlPlane } from '../state/node-groups';
import type { SceneNode, ScenePod } from '../../scene/scene';
import type { Box, CanvasLayout, TankSize } from './layout';
import { assignSlots, slotGrid, type SlotClaim, type SlotGrid } from './tank-slots';

export interface PodPlace {
  /** World pixels. */
  x: number;
  y: number;
  /** Size in its own pixels, before `scale`. */
  w: number;
  h: number;
  scale: number;
  shape: SlotGrid['shape'];
  /** What is free below it, own pixels, for a pod that opens to grow into; absent for none. */
  spare?: number;
}

export interface Overflow {
  count: number;
  place: PodPlace;
}

export interface PodPlaces {
  places: ReadonlyMap<string, PodPlace>;
  /** Pods that found no place, by holder: a node's name, or '' for the tray. */
  overflow: ReadonlyMap<string, Overflow>;
}

export interface PlaceOptions {
  /** Own pixels a world pixel; above 1 when zoomed in, so that cells have room to become tiles. */
  step: number;
  /** False when the zoom is too far out for names. */
  tiles: boolean;
  /** Whether the zoom is so near that pods open. */
  open?: boolean;
}

interface Holder {
  name: string;
  area: Box;
  tiles: boolean;
}

/** Room above and below the pods of a tank. */
const insets: Record<TankSize, { top: number; bottom: number; side: number }> = {
  full: { top: 84, bottom: 29, side: 7 },
  mini: { top: 70, bottom: 12, side: 9 },
  short: { top: 43, bottom: 11, side: 8 },
  micro: { top: 20, bottom: 5, side: 5 },
};

/** The part of a tank in which pods lie. */
export function podArea(tank: Box, size: TankSize): Box {
  const { top, bottom, side } = insets[size];
  return { x: tank.x + side, y: tank.y + top, w: tank.w - 2 * side, h: tank.h - top - bottom };
}

/** Name of the node whose pods belong to the control plane's card: its first control plane. */
export function controlPlaneNode(nodes: ReadonlyMap<string, SceneNode>): string {
  for (const node of nodes.values()) {
    if (isControlPlane(node)) return node.name;
  }
  return '';
}

interface Fit {
  grid: SlotGrid;
  step: number;
}

/** Where pods stand, to be taken up again after a reload: by holder. */
export type KeptPlaces = readonly (readonly [holder: string, held: KeptHolder])[];

interface KeptHolder {
  frame: string;
  fit: Fit;
  slots: readonly (readonly [pod: string, slot: number])[];
}

interface HeldHolder {
  /** What the fit was made for; another area or detail makes it void. */
  frame: string;
  fit: Fit;
  slots: Map<string, number>;
}

/** Remembers grids and slots from one picture to the next, so that little moves. */
export class PodPlacer {
  private held = new Map<string, HeldHolder>();
  private last: ReadonlyMap<string, PodPlace> = new Map();

  constructor(kept: KeptPlaces = []) {
    for (const [name, { frame, fit, slots }] of kept) {
      this.held.set(name, { frame, fit, slots: new Map(slots) });
    }
  }

  kept(): KeptPlaces {
    return [...this.held].map(([name, { frame, fit, slots }]) => [
      name,
      { frame, fit, slots: [...slots] },
    ]);
  }

  place(
    layout: CanvasLayout,
    master: string,
    pods: ReadonlyMap<string, ScenePod>,
    options: PlaceOptions,
  ): PodPlaces {
    // Before the first pods are heard of there is nothing to place and nothing to forget.
    if (pods.size === 0) return { places: new Map(), overflow: new Map() };
    const groups = groupByHolder(pods);
    const places = new Map<string, PodPlace>();
    const overflow = new Map<string, Overflow>();
    const held = new Map<string, HeldHolder>();
    for (const holder of holders(layout, master, options)) {
      const group = groups.get(holder.name) ?? [];
      const { area } = holder;
      const frame = `${area.w} ${area.h} ${options.step} ${holder.tiles}`;
      const found = this.held.get(holder.name);
      // The tray is a queue: who waits closes up, unless hundreds would move for each that leaves.
      const keepsPlaces = holder.name !== '' || found?.fit.grid.shape !== 'tile';
      const before = keepsPlaces && found?.frame === frame ? found : undefined;
      const fit = steadyFit(before?.fit, bestFit(holder, group.length, options.step), group.length);
      const { grid, step } = fit;
      const slots = assignSlots(before?.fit === fit ? before.slots : new Map(), group, grid);
      held.set(holder.name, { frame, fit, slots });
      const taken = new Set(options.open && grid.shape === 'tile' ? slots.values() : []);
      for (const [key, slot] of slots) {
        const place = slotPlace(area, grid, slot, step);
        const spare = taken.size > 0 ? spareBelow(grid, slot, taken) : 0;
        places.set(key, this.reuse(key, spare > 0 ? { ...place, spare } : place));
      }
      const count = group.length - slots.size;
      if (count > 0) {
        const place = slotPlace(area, grid, grid.capacity - 1, step);
        overflow.set(holder.name, { count, place });
      }
    }
    this.held = held;
    this.last = places;
    return { places, overflow };
  }

  /** The place object that was handed out before, when it says the same. */
  private reuse(key: string, place: PodPlace): PodPlace {
    const before = this.last.get(key);
    return before && samePlace(before, place) ? before : place;
  }
}

/**
 * Steps between one and the one that the zoom allows: pods are drawn finer only where names ask for
 * it.
 */
const finerSteps = [1, 1.5, 2, 3];

/** A larger grid is taken only when it leaves this share of its places free. */
const spareShare = 0.25;

/** The fit that was held, unless it is too small or a better one would last. */
function steadyFit(held: Fit | undefined, best: Fit, count: number): Fit {
  if (!held || held.grid.capacity < count) return best;
  if (sameGrid(held, best)) return held;
  return count <= best.grid.capacity * (1 - spareShare) ? best : held;
}

function sameGrid(a: Fit, b: Fit): boolean {
  return a.step === b.step && a.grid.w === b.grid.w && a.grid.columns === b.grid.columns;
}

function bestFit({ area, tiles }: Holder, count: number, step: number): Fit {
  const gridAt = (k: number) => slotGrid(area.w * k, area.h * k, count, tiles);
  if (step > 1) {
    for (const finer of finerSteps) {
      if (finer > step) break;
      const grid = gridAt(finer);
      if (grid.shape === 'tile') return { grid, step: finer };
    }
  }
  return { grid: gridAt(step), step };
}

function holders(layout: CanvasLayout, master: string, options: PlaceOptions): Holder[] {
  const { tiles, step } = options;
  // On a phone and in the smallest tanks names would be cut; from near they are not.
  const areSmall = layout.kind === 'phone' || layout.tankSize === 'micro';
  const hasTiles = tiles && (!areSmall || step > 1);
  const list: Holder[] = [];
  for (const [name, tank] of layout.tanks) {
    list.push({
      name,
      area: podArea(tank, layout.tankSize),
      tiles: hasTiles,
    });
  }
  const row = layout.controlPlane.pods;
  // One that takes everybody's pods has them all in its tank.
  if (row && master && !layout.tanks.has(master)) {
    list.push({ name: master, area: row, tiles: false });
  }
  for (const [name, { pods }] of layout.masters) {
    if (pods && !layout.tanks.has(name)) list.push({ name, area: pods, tiles: false });
  }
  if (layout.tray) {
    const area = trayArea(layout.tray, layout.kind);
    list.push({ name: '', area, tiles: tiles && layout.kind === 'wide' });
  }
  return list;
}

/** The part of the tray beside or below its heading. */
export function trayArea(tray: Box, kind: CanvasLayout['kind']): Box {
  if (kind === 'wide') return { x: tray.x, y: tray.y + 18, w: tray.w, h: tray.h - 18 };
  const label = 116;
  const pad = kind === 'phone' ? 9 : 0;
  return { x: tray.x + label, y: tray.y + pad, w: tray.w - label - pad, h: tray.h - 2 * pad };
}

function groupByHolder(pods: ReadonlyMap<string, ScenePod>): Map<string, SlotClaim[]> {
  const groups = new Map<string, SlotClaim[]>();
  for (const pod of pods.values()) {
    const claim = { key: pod.key, system: pod.namespace === 'kube-system' };
    const group = groups.get(pod.node);
    if (group) group.push(claim);
    else groups.set(pod.node, [claim]);
  }
  return groups;
}

function slotPlace(area: Box, grid: SlotGrid, slot: number, step: number): PodPlace {
  const used = grid.columns * grid.stepX - (grid.stepX - grid.w);
  // Tiles are centred in their tank; cells start at its left edge, as text would.
  const lead = grid.shape === 'tile' ? Math.floor((area.w * step - used) / 2) : 0;
  const column = slot % grid.columns;
  const row = Math.floor(slot / grid.columns);
  return {
    x: area.x + (lead + column * grid.stepX) / step,
    y: area.y + (row * grid.stepY) / step,
    w: grid.w,
    h: grid.h,
    scale: 1 / step,
    shape: grid.shape,
  };
}

/** A pod grows over this many more places at most. */
const growsOver = 2;

function spareBelow(grid: SlotGrid, slot: number, taken: ReadonlySet<number>): number {
  let free = 0;
  while (free < growsOver) {
    const below = slot + (free + 1) * grid.columns;
    if (below >= grid.capacity || taken.has(below)) break;
    free++;
  }
  return free * grid.stepY;
}

function samePlace(a: PodPlace, b: PodPlace): boolean {
  const isThere = a.x === b.x && a.y === b.y && a.w === b.w && a.scale === b.scale;
  return isThere && a.shape === b.shape && a.spare === b.spare;
}
