// The engine tells its clock from time to time; between two tellings the picture runs it on, so
// that ages and particles move evenly. While it runs it never goes backwards, except when the
// engine says a much earlier time (a restore).
import type { ClockState } from '../../host/protocol';

/** A jump back of more than this is a restore, not jitter. */
const restoreMs = 5_000;
/** Wall time from an event in the engine to the picture, when there is much to do. */
const sceneLagMs = 200;
/** How far the picture may run ahead of the last telling, in wall time. */
const aheadMaxMs = 1_000;

export class VirtualNow {
  private heard: ClockState | null = null;
  private heardWallMs = 0;
  private lastMs = 0;

  constructor(private readonly clock: () => ClockState) {}

  /** Virtual time at a wall time, both ms; one telling of the clock runs on at its speed. */
  at(wallMs: number): number {
    const state = this.clock();
    const before = this.heard;
    if (state !== before) {
      this.heard = state;
      this.heardWallMs = wallMs;
    }
    if (state.paused) return this.standing(state, before);
    const elapsed = Math.min(aheadMaxMs, wallMs - this.heardWallMs);
    const now = state.nowMs + Math.max(0, elapsed) * this.speed();
    if (now < this.lastMs && this.lastMs - now < restoreMs * Math.max(1, this.speed())) {
      return this.lastMs;
    }
    this.lastMs = now;
    return now;
  }

  /**
   * A clock that stands is shown as it stands, else a step could be too short to be seen. Only what
   * the page itself says of a pause, ahead of the engine, leaves the time where the picture had it.
   */
  private standing(state: ClockState, before: ClockState | null): number {
    const isAsked = before !== null && !before.paused && before.nowMs === state.nowMs;
    if (state !== before && !isAsked) this.lastMs = state.nowMs;
    return this.lastMs;
  }

  /** Virtual ms a wall ms, as it really runs; 1 at least for a stopped measurement. */
  speed(): number {
    const state = this.clock();
    const speed = Math.min(state.speed, state.actualSpeed || state.speed);
    return speed > 0 ? speed : 1;
  }

  /** How much virtual time may pass before what happened is drawn; nothing at everyday speeds. */
  lagMs(): number {
    const speed = this.speed();
    return speed > 2 ? speed * sceneLagMs : 0;
  }

  paused(): boolean {
    return this.clock().paused;
  }
}
