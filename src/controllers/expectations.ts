// What a controller has asked for and its cache has not shown yet. Until a key's expectations are
// met (or five minutes have passed) it must not create or delete again, or it would do so twice.
// Upstream: pkg/controller/controller_utils.go, UIDTrackingControllerExpectations.
import type { VirtualClock } from '../sim/clock';

const EXPECTATIONS_TIMEOUT_MS = 5 * 60_000;

interface Expected {
  atMs: number;
  creations: number;
  /** Uids of the objects whose deletion has not been seen. */
  deletions: Set<string> | undefined;
}

export class Expectations {
  private readonly byKey = new Map<string, Expected>();

  constructor(private readonly clock: VirtualClock) {}

  expectCreations(key: string, count: number): void {
    this.expect(key, count, []);
  }

  expectDeletions(key: string, uids: readonly string[]): void {
    this.expect(key, 0, uids);
  }

  /** Replaces what was expected before. */
  expect(key: string, creations: number, uids: readonly string[]): void {
    const deletions = uids.length > 0 ? new Set(uids) : undefined;
    this.byKey.set(key, { atMs: this.clock.nowMs, creations, deletions });
  }

  creationObserved(key: string, count = 1): void {
    const expected = this.byKey.get(key);
    if (expected) expected.creations -= count;
  }

  deletionObserved(key: string, uid: string): void {
    this.byKey.get(key)?.deletions?.delete(uid);
  }

  areMet(key: string): boolean {
    const expected = this.byKey.get(key);
    if (!expected) return true;
    if (expected.creations <= 0 && !expected.deletions?.size) return true;
    return this.clock.nowMs - expected.atMs > EXPECTATIONS_TIMEOUT_MS;
  }

  forget(key: string): void {
    this.byKey.delete(key);
  }
}
