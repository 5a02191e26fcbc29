// How long a DaemonSet waits before it replaces a pod that failed again on the same node: nothing
// at first, then from a second up to a quarter of an hour. Upstream:
// client-go/util/flowcontrol/backoff.go.
import type { VirtualClock } from '../../sim/clock';

const FIRST_MS = 1_000;
const LONGEST_MS = 15 * 60_000;

interface Backoff {
  delayMs: number;
  sinceMs: number;
}

export class FailedPodBackoff {
  private readonly byKey = new Map<string, Backoff>();

  constructor(private readonly clock: VirtualClock) {}

  /** Milliseconds still to wait; 0 means go ahead, and lengthens the next wait. */
  delayMs(key: string): number {
    const { nowMs } = this.clock;
    const known = this.byKey.get(key);
    if (known && nowMs - known.sinceMs < known.delayMs) {
      return known.delayMs - (nowMs - known.sinceMs);
    }
    const isForgiven = !known || nowMs - known.sinceMs > 2 * LONGEST_MS;
    const delayMs = isForgiven ? FIRST_MS : Math.min(known.delayMs * 2, LONGEST_MS);
    this.byKey.set(key, { delayMs, sinceMs: nowMs });
    return 0;
  }
}
