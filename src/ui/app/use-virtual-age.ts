// Virtual time for words that age: twice a second is enough for them.
import { useSyncExternalStore } from 'react';
import { engineStore } from '../state/engine-store';

const TICK_MS = 500;

/** The engine's virtual time, in whole seconds; renders again when a second has passed. */
export function useVirtualSecond(): number {
  return useSyncExternalStore(subscribe, () => {
    return Math.floor(engineStore.getState().clock.nowMs / 1_000) * 1_000;
  });
}

function subscribe(onTick: () => void): () => void {
  const timer = setInterval(() => document.hidden || onTick(), TICK_MS);
  return () => clearInterval(timer);
}
