// What the person sees of a large cluster right now: by what heat is told, what the filters let
// through, what is under the pointer. Nothing here is cluster state.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Box } from '../layout';
import type { HeatBy } from './crowd-figures';

/** The one thing under the pointer that has an element: the rest is painted. */
export interface HotSpot {
  /** Place of the node; -1 for a rack. */
  place: number;
  /** Index of the rack, where it is the rack that is meant. */
  rack?: number;
  /** Row of the pod; -1 for the node itself. */
  row: number;
  /** World pixels. */
  box: Box;
}

export interface CrowdUi {
  heatBy: HeatBy;
  hot: HotSpot | null;
  /** Places of the nodes that stand as whole tanks; the rest is painted, however near. */
  standing: ReadonlySet<number>;
  /** The zone and rack that are open in the tree; '' for none. */
  zone: number;
  rack: number;
}

export const crowdUi = createStore<CrowdUi>()(() => ({
  heatBy: 'cpu',
  hot: null,
  standing: new Set(),
  zone: -1,
  rack: -1,
}));

export function useCrowdUi<T>(selector: (ui: CrowdUi) => T): T {
  return useStore(crowdUi, selector);
}
