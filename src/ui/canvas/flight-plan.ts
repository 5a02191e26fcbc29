// Which cells fly between two pictures of the same layout: those that moved, those that came, those
// that went.
import type { ScenePod } from '../../scene/scene';
import type { Flight } from './flights';
import type { CanvasLayout } from './layout';
import type { PodPlace } from './pod-places';
import { spriteName } from './pod-sprite';

export interface Standing {
  layout: CanvasLayout;
  pods: ReadonlyMap<string, ScenePod>;
  places: ReadonlyMap<string, PodPlace>;
}

/** The flights from one standing to the next; none when the whole picture was laid out anew. */
export function flightsBetween(last: Standing, next: Standing, startMs: number): Flight[] {
  if (last.layout !== next.layout || last.places === next.places) return [];
  const plan: Flight[] = [];
  for (const [key, place] of next.places) {
    const pod = next.pods.get(key);
    if (!pod || place.shape === 'tile') continue;
    const before = last.pods.get(key)?.uid === pod.uid ? last.places.get(key) : undefined;
    if (before === place) continue;
    if (before && before.scale !== place.scale) continue;
    plan.push(flightOf(pod, before ?? place, place, before ? 'move' : 'arrive', startMs));
  }
  for (const [key, place] of last.places) {
    const pod = last.pods.get(key);
    if (!pod || place.shape === 'tile' || next.pods.get(key)?.uid === pod.uid) continue;
    plan.push(flightOf(pod, place, place, 'leave', startMs));
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
  pod: ScenePod,
  from: PodPlace,
  to: PodPlace,
  kind: Flight['kind'],
  startMs: number,
): Flight {
  const { look } = pod;
  const hue = pod.owner?.hue ?? 6;
  const current = pod.owner?.current ?? true;
  return {
    key: kind === 'leave' ? `${pod.key} ${pod.uid}` : pod.key,
    sprite: spriteName({ look, hue, current, size: to.w, fill: 0 }),
    size: to.w,
    scale: to.scale,
    fromX: from.x,
    fromY: from.y,
    toX: to.x,
    toY: to.y,
    kind,
    startMs,
  };
}
