// The acts come after the first paint: what they are is not needed to draw the cluster.
import type * as All from './all';

export type Acts = typeof All;

let loading: Promise<Acts> | undefined;

/** The registry with all that shows it. */
export function loadActs(): Promise<Acts> {
  loading ??= import('./all');
  return loading;
}

/** Asks for them once the page has time. */
export function loadActsSoon(): void {
  const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1_500));
  idle(() => void loadActs(), { timeout: 4_000 });
}
