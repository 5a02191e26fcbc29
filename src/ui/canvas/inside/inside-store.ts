// What the insides are drawn from: the pods of the nodes in view and the probes that failed, by
// list and watch while somebody is near enough to see them.
import { create } from 'zustand';
import { objectKey } from '../../../api/object';
import type { Pod } from '../../../api/types';
import type { Box } from '../layout';
import type { PodPlace } from '../pod-places';
import type { Unhealthy } from './unhealthy';

interface Seen {
  /** Names of the nodes in view, '' for the tray: pods of others need not be drawn from near. */
  inView: ReadonlySet<string>;
  /** World pixels that are in view, and some around them; null before anything was looked at. */
  view: Box | null;
  /**
   * Pods by 'namespace/name' (a large cluster's picture has no whole uids), by the name of their
   * node; '' for those without one.
   */
  byNode: ReadonlyMap<string, ReadonlyMap<string, Pod>>;
  unhealthy: readonly Unhealthy[];
}

export const useSeen = create<Seen>(() => ({
  inView: new Set(),
  view: null,
  byNode: new Map(),
  unhealthy: [],
}));

/** Whether a pod at a place is in view, or will be when the picture is pushed a little. */
export function isSeen({ inView, view }: Seen, node: string, place: PodPlace): boolean {
  if (!inView.has(node)) return false;
  if (!view) return true;
  const { x, y, w, h, scale, spare = 0 } = place;
  const isBeside = x > view.x + view.w || x + w * scale < view.x;
  return !isBeside && y <= view.y + view.h && y + (h + spare) * scale >= view.y;
}

/** Tells the pods of a node; undefined once nobody watches them any more. */
export function see(node: string, pods: Iterable<Pod> | undefined): void {
  useSeen.setState(({ byNode }) => {
    const next = new Map(byNode);
    if (pods) next.set(node, new Map([...pods].map((pod) => [objectKey(pod), pod])));
    else next.delete(node);
    return { byNode: next };
  });
}
