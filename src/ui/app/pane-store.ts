// Which part of the page is in front where there is no room for all.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export type Pane = 'cluster' | 'editor' | 'events' | 'timeline';

export interface Panes {
  /** On a phone. */
  front: Pane;
  /** Whether the editor lies over the canvas: between 760 and 1199 pixels, and in a frame. */
  drawer: boolean;
  help: boolean;
  /** The clusters to choose from. */
  gallery: boolean;
  /** What the dock shows where there is no room for both. */
  dock: 'events' | 'story' | 'timeline';
}

export const panes = createStore<Panes>()(() => ({
  front: 'cluster',
  drawer: false,
  help: false,
  gallery: false,
  dock: 'events',
}));

/** Selects from which pane is in front. */
export function usePanes<T>(selector: (state: Panes) => T): T {
  return useStore(panes, selector);
}
