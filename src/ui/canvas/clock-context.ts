// One slow tick for everything on the canvas that shows an age: four times a second, only while
// somebody looks.
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { VirtualNow } from './virtual-now';

const tickMs = 250;

/** Lends the virtual clock to what is drawn inside. */
export const ClockContext = createContext<VirtualNow | null>(null);

/** The virtual clock of the canvas. */
export function useVirtualNow(): VirtualNow {
  const clock = useContext(ClockContext);
  if (!clock) throw new Error('useVirtualNow needs a ClockContext above it');
  return clock;
}

/**
 * A value computed from virtual time; renders again only when a tick changes it. `lagMs` is how far
 * the scene may be behind that time, see VirtualNow.
 */
export function useTick<T extends string | number | boolean>(
  compute: (nowMs: number, lagMs: number) => T,
): T {
  const clock = useVirtualNow();
  return useSyncExternalStore(onTick, () => compute(clock.at(performance.now()), clock.lagMs()));
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Calls with every tick; returns how to stop. */
export function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  if (document.hidden) return;
  for (const listener of listeners) listener();
}
