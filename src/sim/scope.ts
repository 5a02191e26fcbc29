// The life of a program: every timer and subscription it starts hangs on its scope, so that
// stopping or crashing it at any moment leaves nothing behind.
import type { Timer, VirtualClock } from './clock';

export class Scope {
  private alive = true;
  private readonly endings: (() => void)[] = [];

  constructor(readonly clock: VirtualClock) {}

  get isAlive(): boolean {
    return this.alive;
  }

  /** As VirtualClock.after, but does not fire once the scope has stopped. */
  after(delayMs: number, callback: () => void): Timer {
    return this.clock.after(delayMs, callback, this);
  }

  /** Runs `callback` every `periodMs`, the first time after `firstMs`. */
  every(periodMs: number, callback: () => void, firstMs = periodMs): void {
    const tick = (): void => {
      this.after(periodMs, tick);
      callback();
    };
    this.after(firstMs, tick);
  }

  onStop(ending: () => void): void {
    this.endings.push(ending);
  }

  /** Runs the endings, last first. Stopping twice does nothing. */
  stop(): void {
    if (!this.alive) return;
    this.alive = false;
    for (let ending = this.endings.pop(); ending; ending = this.endings.pop()) ending();
  }

  /** A scope that stops with this one, or before. */
  child(): Scope {
    const child = new Scope(this.clock);
    this.onStop(() => child.stop());
    return child;
  }
}
