// Which cells fly between two pictures of the same layout: those that moved, those that came, those
// that went.
import type { ScenePod } from '../../scene/scene';
import type { Cell } from './cells';
import type { Flight } from './flights';
import type { CanvasLayout } from './layout';
import type { PodPlace } from './pod-places';

export interface Standing {
  layout: CanvasLayout;
  pods: ReadonlyMap<string, ScenePod>;
  places: ReadonlyMap<string, PodPlace>;
  /** Of these pods and places those without a name. */
  cells: ReadonlyMap<string, Cell>;
}

/**
 * The flights from one standing to the next; none when the whole picture was laid out anew.
 * `pictureOf` names a cell's sprite.
 */
export function flightsBetween(
  last: Standing,
  next: Standing,
  startMs: number,
  pictureOf: (cell: Cell) => string,
): Flight[] {
  if (last.layout !== next.layout || last.places === next.places) return [];
  const plan: Flight[] = [];
  const add = (cell: Cell, from: PodPlace, kind: Flight['kind']) =>
    plan.push(flightOf(cell, from, kind, pictureOf(cell), startMs));
  for (const [key, cell] of next.cells) {
    const { pod, place } = cell;
    const before = last.pods.get(key)?.uid === pod.uid ? last.places.get(key) : undefined;
    if (before === place) continue;
    if (before && before.scale !== place.scale) continue;
    add(cell, before ?? place, before ? 'move' : 'arrive');
  }
  for (const [key, cell] of last.cells) {
    if (next.pods.get(key)?.uid !== cell.pod.uid) add(cell, cell.place, 'leave');
  }
  return plan;
}

/** A pod that was a cell and is a tile now: its element is a new one and travels by itself. */
export interface Unfolding {
  key: string;
  from: PodPlace;
  to: PodPlace;
}

/**
 * Pods that became tiles from one standing to the next, as when the tray's cells are bound to
 * nodes.
 */
export function unfoldings(last: Standing, next: Standing): Unfolding[] {
  if (last.layout !== next.layout || last.places === next.places) return [];
  const list: Unfolding[] = [];
  for (const [key, to] of next.places) {
    const from = last.places.get(key);
    if (to.shape !== 'tile' || !from || from.shape === 'tile') continue;
    if (last.pods.get(key)?.uid === next.pods.get(key)?.uid) list.push({ key, from, to });
  }
  return list;
}

function flightOf(
  { pod, place }: Cell,
  from: PodPlace,
  kind: Flight['kind'],
  sprite: string,
  startMs: number,
): Flight {
  return {
    key: kind === 'leave' ? `${pod.key} ${pod.uid}` : pod.key,
    sprite,
    size: place.w,
    scale: place.scale,
    fromX: from.x,
    fromY: from.y,
    toX: place.x,
    toY: place.y,
    kind,
    startMs,
  };
}
