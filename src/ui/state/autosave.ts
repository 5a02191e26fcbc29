// Decides when the cluster is written down: soon after the person changed something, every few
// seconds while it lives, and when the page is left. A cluster that takes long to save is saved
// less often, so that saving stays under a thirtieth of the page's time.

const PERIOD_MS = 3_000;
const SOON_MS = 250;
const COST_FACTOR = 30;

export interface AutosaveDeps {
  /** Saves; answers what it cost the main thread. */
  save(): Promise<{ costMs: number }>;
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
  private again = false;
  private stopped = false;

  constructor(private readonly deps: AutosaveDeps) {}

  /** The cluster lived on. */
  changed(): void {
    this.plan(Math.max(this.deps.nowMs(), this.lastMs + this.waitMs));
  }

  /** The person did something that must not be lost. */
  touched(): void {
    this.plan(this.deps.nowMs() + SOON_MS);
  }

  /** The page is being left. */
  now(): void {
    this.plan(this.deps.nowMs());
  }

  stop(): void {
    this.stopped = true;
    this.deps.clearTimer(this.timer);
  }

  private plan(atMs: number): void {
    if (this.stopped) return;
    if (this.saving) {
      this.again = true;
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
    this.again = false;
    try {
      const { costMs } = await this.deps.save();
      this.waitMs = Math.max(PERIOD_MS, costMs * COST_FACTOR);
    } catch {
      // The engine is gone, or the disk is full: the next change tries again.
    }
    this.saving = false;
    this.lastMs = this.deps.nowMs();
    if (this.again) this.changed();
  }
}
