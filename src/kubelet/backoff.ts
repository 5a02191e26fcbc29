// Waits that double with each failure, and start anew after a good while without one.
// Upstream: client-go/util/flowcontrol/backoff.go.

export interface Backoff {
  delayMs: number;
  /** When it was last raised. */
  updatedMs: number;
}

const FIRST_MS = 10_000;
const MAX_MS = 300_000;

/** The wait that counts for something that happened at `eventMs`; 0 when none does. */
export function currentDelayMs(backoff: Backoff | undefined, eventMs: number): number {
  return !backoff || isForgotten(backoff, eventMs) ? 0 : backoff.delayMs;
}

/** Raises the wait of `key` because of something that happened at `eventMs`. */
export function raiseBackoff(
  backoffs: Map<string, Backoff>,
  key: string,
  eventMs: number,
  nowMs: number,
): void {
  const known = backoffs.get(key);
  const isFirst = !known || isForgotten(known, eventMs);
  const delayMs = isFirst ? FIRST_MS : Math.min(known.delayMs * 2, MAX_MS);
  backoffs.set(key, { delayMs, updatedMs: nowMs });
}

function isForgotten(backoff: Backoff, eventMs: number): boolean {
  return eventMs - backoff.updatedMs > 2 * MAX_MS;
}
