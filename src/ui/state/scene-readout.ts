// Figures of the scene for people to read: counts, depths, rates. They change with every delta, but
// a figure that changes more than a few times a second is not read, only laid out and painted. They
// are told together, with the delta that is due, so that the frames between them have nothing to
// do.
import { useSyncExternalStore } from 'react';
import { sceneStore, type SceneState, type SceneStore } from './scene-store';

/** How often figures are told, wall ms. */
const readoutPaceMs = 160;

/** Calls at the first change of a store and then at most every pace, the last change included. */
export function paceReadouts(store: SceneStore): (listener: () => void) => () => void {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let toldMs = -Infinity;
  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    toldMs = performance.now();
    for (const listener of listeners) listener();
  };
  store.subscribe(() => {
    const restMs = readoutPaceMs - (performance.now() - toldMs);
    if (restMs <= 0) tell();
    else timer ??= setTimeout(tell, restMs);
  });
  return (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
}

const onReadout = paceReadouts(sceneStore);

/** Selects a figure from the page's scene; renders again at a pace that can be read. */
export function useReadout<T>(selector: (state: SceneState) => T): T {
  return useSyncExternalStore(onReadout, () => selector(sceneStore.getState()));
}
