// A queue of keys to reconcile, with its contract in one word a property: stingy (a key waits at
// most once), fair (in order), sole (a key is never worked on twice at a time), patient (failures
// back off).
// Upstream: client-go/util/workqueue.
import type { Scope } from '../sim/scope';
import type { Simulation } from '../sim/simulation';

export interface WorkqueueOptions {
  /** How many keys may be in work at a time. */
  workers: number;
  /** Virtual time that one item takes besides its API calls. */
  itemMs: number;
  baseBackoffMs?: number;
  maxBackoffMs?: number;
}

/**
 * Reconciles one key. Returning a number asks to be called again after so many ms; throwing backs
 * off.
 */
export type Reconcile = (key: string) => number | void;

export class Workqueue {
  /** Keys that wait, each with the revision that first caused it. */
  private readonly waiting = new Map<string, number>();
  /** Keys in work. Invariant: a key is not started again before it has left. */
  private readonly working = new Set<string>();
  private readonly failures = new Map<string, number>();
  /** Keys with a timer to be added, with the earliest time. */
  private readonly later = new Map<string, number>();
  private idleWorkers: number;
  private paused = false;

  constructor(
    private readonly sim: Simulation,
    private readonly scope: Scope,
    private readonly options: WorkqueueOptions,
    private readonly reconcile: Reconcile,
    /** Told of what a reconcile threw, before it backs off. */
    private readonly onError: (key: string, error: unknown) => void,
  ) {
    this.idleWorkers = options.workers;
  }

  /** Keys that wait for a worker. */
  get depth(): number {
    return this.waiting.size;
  }

  get busy(): boolean {
    return this.working.size > 0;
  }

  add(key: string): void {
    if (this.waiting.has(key)) return;
    this.waiting.set(key, this.sim.cause);
    if (!this.working.has(key)) this.wake();
  }

  addAfter(key: string, delayMs: number): void {
    if (delayMs <= 0) {
      this.add(key);
      return;
    }
    const atMs = this.sim.clock.activityMs + delayMs;
    const known = this.later.get(key);
    if (known !== undefined && known <= atMs) return;
    this.later.set(key, atMs);
    this.scope.after(delayMs, () => {
      if (this.later.get(key) !== atMs) return;
      this.later.delete(key);
      this.add(key);
    });
  }

  /** Adds the key after its backoff, which doubles with each call until `forget`. */
  addRateLimited(key: string): void {
    const failures = this.failures.get(key) ?? 0;
    this.failures.set(key, failures + 1);
    const base = this.options.baseBackoffMs ?? 5;
    const max = this.options.maxBackoffMs ?? 1_000_000;
    this.addAfter(key, Math.min(base * 2 ** Math.min(failures, 30), max));
  }

  forget(key: string): void {
    if (this.failures.size > 0) this.failures.delete(key);
  }

  /** Failures in a row of this key. */
  failuresOf(key: string): number {
    return this.failures.get(key) ?? 0;
  }

  /** Keys wait while paused; what is in work goes on. */
  setPaused(paused: boolean): void {
    this.paused = paused;
    if (!paused) this.wake();
  }

  private wake(): void {
    if (this.idleWorkers === 0 || this.paused) return;
    this.idleWorkers--;
    this.scope.after(0, () => this.work());
  }

  private work(): void {
    const key = this.next();
    if (key === undefined || this.paused) {
      this.idleWorkers++;
      return;
    }
    const cause = this.waiting.get(key)!;
    this.waiting.delete(key);
    this.working.add(key);
    this.sim.cause = cause;
    this.run(key);
    this.sim.cause = 0;
    this.scope.after(this.options.itemMs, () => {
      this.working.delete(key);
      this.work();
    });
  }

  private run(key: string): void {
    try {
      const againMs = this.reconcile(key);
      this.forget(key);
      if (typeof againMs === 'number') this.addAfter(key, againMs);
    } catch (error) {
      this.onError(key, error);
      this.addRateLimited(key);
    }
  }

  private next(): string | undefined {
    for (const key of this.waiting.keys()) if (!this.working.has(key)) return key;
    return undefined;
  }
}
