// What the insides are drawn from: the pods of the nodes in view and the probes that failed, by
// list and watch while somebody is near enough to see them.
import { create } from 'zustand';
import { objectKey } from '../../../api/object';
import type { Pod } from '../../../api/types';
import type { Unhealthy } from './unhealthy';

interface Seen {
  /** Names of the nodes in view, '' for the tray: pods of others need not be drawn from near. */
  inView: ReadonlySet<string>;
  /**
   * Pods by 'namespace/name' (a large cluster's picture has no whole uids), by the name of their
   * node; '' for those without one.
   */
  byNode: ReadonlyMap<string, ReadonlyMap<string, Pod>>;
  unhealthy: readonly Unhealthy[];
}

export const useSeen = create<Seen>(() => ({
  inView: new Set(),
  byNode: new Map(),
  unhealthy: [],
}));

/** Tells the pods of a node; undefined once nobody watches them any more. */
export function see(node: string, pods: Iterable<Pod> | undefined): void {
  useSeen.setState(({ byNode }) => {
    const next = new Map(byNode);
    if (pods) next.set(node, new Map([...pods].map((pod) => [objectKey(pod), pod])));
    else next.delete(node);
    return { byNode: next };
  });
}
