// Decides when the cluster is written down: soon after the person changed something, every few
// seconds while it lives, and when the page is left. A cluster that takes long to save or much room
// is saved less often, so that saving stays under a thirtieth of the page's time and the disk has
// little to do; what the person changes is written down soon all the same.

const PERIOD_MS = 3_000;
const SOON_MS = 250;
const COST_FACTOR = 30;
/** So many are written in a second at the most, on average. */
const BYTES_A_SECOND = 200_000;

export interface AutosaveDeps {
  /** Saves; answers what it cost the main thread, and how much was written. */
  save(): Promise<{ costMs: number; bytes?: number }>;
  nowMs(): number;
  setTimer(run: () => void, ms: number): unknown;
  clearTimer(timer: unknown): void;
}

export class Autosave {
  private timer: unknown;
  private dueMs = Infinity;
  private lastMs = -Infinity;
  private waitMs = PERIOD_MS;
  private saving = false;
  /** What was asked for while a save was under way. */
  private again: 'no' | 'later' | 'soon' = 'no';
  private stopped = false;

  constructor(private readonly deps: AutosaveDeps) {}

  /** The cluster lived on. */
  changed(): void {
    const nowMs = this.deps.nowMs();
    this.plan(Math.max(nowMs, this.lastMs + this.waitMs), 'later');
  }

  /** The person did something that must not be lost. */
  touched(): void {
    this.plan(this.deps.nowMs() + SOON_MS, 'soon');
  }

  /** The page is being left. */
  now(): void {
    this.plan(this.deps.nowMs(), 'soon');
  }

  stop(): void {
    this.stopped = true;
    this.deps.clearTimer(this.timer);
  }

  private plan(atMs: number, when: 'later' | 'soon'): void {
    if (this.stopped) return;
    if (this.saving) {
      if (this.again !== 'soon') this.again = when;
      return;
    }
    if (atMs >= this.dueMs) return;
    this.deps.clearTimer(this.timer);
    this.dueMs = atMs;
    const waitMs = atMs - this.deps.nowMs();
    if (waitMs <= 0) void this.run();
    else this.timer = this.deps.setTimer(() => void this.run(), waitMs);
  }

  private async run(): Promise<void> {
    this.dueMs = Infinity;
    this.saving = true;
    this.again = 'no';
    try {
      const { costMs, bytes = 0 } = await this.deps.save();
      const writtenMs = (bytes / BYTES_A_SECOND) * 1_000;
      this.waitMs = Math.max(PERIOD_MS, costMs * COST_FACTOR, writtenMs);
    } catch {
      // The engine is gone, or the disk is full: the next change tries again.
    }
    this.saving = false;
    this.lastMs = this.deps.nowMs();
    this.goOn();
  }

  private goOn(): void {
    if (this.again === 'soon') this.touched();
    else if (this.again === 'later') this.changed();
  }
}
