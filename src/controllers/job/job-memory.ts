// What the Job controller knows of its Jobs beyond its caches, by Job key; lost when it restarts.
import type { VirtualClock } from '../../sim/clock';
import { Expectations } from '../expectations';
import { NO_FAILURES, type FailureRecord } from './failure-backoff';

export class JobMemory {
  readonly expectations: Expectations;
  private readonly counted = new Map<string, Set<string>>();
  private readonly failures = new Map<string, FailureRecord>();

  constructor(clock: VirtualClock) {
    this.expectations = new Expectations(clock);
  }

  /** Uids of pods whose finalizer was removed, until the cache shows it. */
  countedPods(key: string): ReadonlySet<string> {
    return this.counted.get(key) ?? NONE;
  }

  expectCounted(key: string, uid: string): void {
    const uids = this.counted.get(key);
    if (uids) uids.add(uid);
    else this.counted.set(key, new Set([uid]));
  }

  countedObserved(key: string, uid: string): void {
    const uids = this.counted.get(key);
    if (uids?.delete(uid) && uids.size === 0) this.counted.delete(key);
  }

  failuresOf(key: string): FailureRecord {
    return this.failures.get(key) ?? NO_FAILURES;
  }

  setFailures(key: string, record: FailureRecord): void {
    if (record === NO_FAILURES) this.failures.delete(key);
    else this.failures.set(key, record);
  }

  forget(key: string): void {
    this.expectations.forget(key);
    this.counted.delete(key);
    this.failures.delete(key);
  }
}

const NONE: ReadonlySet<string> = new Set<string>();
