// The moment that is shown and the newest one, a few times a second.
import { useSyncExternalStore } from 'react';
import { engineStore } from '../state/engine-store';

export interface PageTime {
  startMs: number;
  /** The moment that the page shows. */
  shownMs: number;
  /** The newest moment, where the cluster stands. */
  nowMs: number;
  isPast: boolean;
}

const PERIOD_MS = 250;
let held: PageTime | undefined;

/** Renders again when the page shows another moment: at once in the past, else now and then. */
export function usePageTime(): PageTime {
  return useSyncExternalStore(subscribe, read);
}

function read(): PageTime {
  const { nowMs, startMs, past } = engineStore.getState().clock;
  const next = { startMs, shownMs: nowMs, nowMs: past?.nowMs ?? nowMs, isPast: past !== undefined };
  const isSame =
    held?.shownMs === next.shownMs && held.nowMs === next.nowMs && held.startMs === startMs;
  if (!isSame || held!.isPast !== next.isPast) held = next;
  return held!;
}

function subscribe(tell: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = engineStore.subscribe(({ clock }, before) => {
    if (clock === before.clock || document.hidden) return;
    if (clock.past ?? before.clock.past) return tell();
    timer ??= setTimeout(() => {
      timer = undefined;
      tell();
    }, PERIOD_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
