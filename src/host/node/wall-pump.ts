// Moves a cluster's clock after the wall clock, times a speed. Invariants: one turn never takes
// much longer than its budget, so that requests are answered; what was too much for the budget is
// let go, not owed, and the virtual clock then lags behind the wall's.
import type { VirtualClock } from '../../sim/clock';
import type { Trace } from '../../sim/trace';

const TURN_BUDGET_MS = 20;
/** Between two turns when nothing comes from outside. */
const PERIOD_MS = 10;
/** Events between two looks at the wall clock. */
const STEPS_A_LOOK = 32;
const STEPS_MAX_PER_STEP = 100_000;

const never = (): boolean => false;

export class WallPump {
  private timer: NodeJS.Timeout | undefined;
  private lastWallMs: number;
  private targetMs: number;
  private paused = false;
  private warpToMs: number | undefined;
  private hasArrived = never;

  constructor(
    private readonly clock: VirtualClock,
    private currentSpeed: number,
    /** Milliseconds that only grow, as performance.now. */
    private readonly wallMs: () => number,
    /** Called after every turn. */
    private readonly afterTurn: () => void,
  ) {
    this.lastWallMs = wallMs();
    this.targetMs = clock.nowMs;
  }

  get speed(): number {
    return this.currentSpeed;
  }

  get isPaused(): boolean {
    return this.paused;
  }

  /** True while it runs flat out to a moment. */
  get isWarping(): boolean {
    return this.warpToMs !== undefined;
  }

  setSpeed(speed: number): void {
    this.turn();
    this.currentSpeed = speed;
  }

  setPaused(paused: boolean): void {
    this.turn();
    this.paused = paused;
    if (paused) this.endWarp();
  }

  /** Runs as fast as it can to a moment of virtual time, or until `hasArrived` says so. */
  warp(toMs: number, hasArrived: () => boolean = never): void {
    this.warpToMs = toMs;
    this.hasArrived = hasArrived;
  }

  /** Runs until something happens that leaves a record, and stays paused. */
  step(trace: Trace): void {
    this.stepTo(() => {
      const before = trace.lastId;
      for (let step = 0; step < STEPS_MAX_PER_STEP && trace.lastId === before; step++) {
        this.clock.step();
      }
      this.clock.runUntil(this.clock.nowMs);
    });
  }

  /** Lets `move` take the clock on, and stays paused where that leaves it. */
  stepTo(move: () => void): void {
    this.setPaused(true);
    move();
    this.targetMs = this.clock.nowMs;
  }

  start(): void {
    this.lastWallMs = this.wallMs();
    this.targetMs = this.clock.nowMs;
    this.timer = setInterval(() => this.turn(), PERIOD_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Brings the virtual clock up to the wall's; a request does so before it is answered. */
  turn(): void {
    const wallMs = this.wallMs();
    const { warpToMs } = this;
    if (warpToMs !== undefined) this.targetMs = warpToMs;
    else if (!this.paused) this.targetMs += (wallMs - this.lastWallMs) * this.currentSpeed;
    this.lastWallMs = wallMs;
    if (!this.runUntil(this.targetMs, wallMs + TURN_BUDGET_MS)) this.targetMs = this.clock.nowMs;
    if (warpToMs === undefined) return this.afterTurn();
    if (this.clock.nowMs >= warpToMs || this.hasArrived()) this.endWarp();
    this.afterTurn();
  }

  private endWarp(): void {
    this.warpToMs = undefined;
    this.hasArrived = never;
  }

  /** True when it got there in time. */
  private runUntil(untilMs: number, endWallMs: number): boolean {
    const { clock } = this;
    for (;;) {
      for (let step = 0; step < STEPS_A_LOOK; step++) {
        const nextMs = clock.nextAtMs();
        if (nextMs === undefined || nextMs > untilMs) {
          clock.runUntil(untilMs);
          return true;
        }
        clock.step();
        if (this.hasArrived()) return false;
      }
      if (this.wallMs() >= endWallMs) return false;
    }
  }
}
