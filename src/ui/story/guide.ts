// What leads the person through the cluster: the story's panel, the walk behind a pod, the welcome.
// All of it is loaded when it is first needed.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export interface Guide {
  /** Where the whole story is shown; a frame in somebody's post has no room for it. */
  panel: 'none' | 'dock' | 'drawer';
  /** Whether its drawer is open. */
  story: boolean;
  welcome: boolean;
  /** Whether the walk waits for something to follow, or follows it. */
  walk: 'off' | 'waiting' | 'walking';
  /** Counts walks, so that one can follow another. */
  walks: number;
  /** What the walk is to follow: called once it listens. */
  begin: (() => void) | null;
}

export const guide = createStore<Guide>()(() => ({
  panel: 'none',
  story: false,
  welcome: false,
  walk: 'off',
  walks: 0,
  begin: null,
}));

/** Selects from what leads the person. */
export function useGuide<T>(selector: (state: Guide) => T): T {
  return useStore(guide, selector);
}

/** A walk behind the next pod that somebody makes, or behind what `begin` makes. */
export function walkBehind(begin: (() => void) | null = null): void {
  guide.setState(({ walks }) => ({ walk: 'waiting', walks: walks + 1, begin }));
}
