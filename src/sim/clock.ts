// The virtual clock: a binary heap of timers on virtual milliseconds.
// Invariants: timers fire in order of (time, sequence), so equal times keep the order in which they
// were set; `nowMs` never runs backwards; a callback runs to its end before the next one starts.
// Where the real one differs: there is no wall clock behind it. The host moves it.
import { assert } from './assert';

/** A pending callback. Opaque to callers: keep it only to cancel it. */
export interface Timer {
  callback: (() => void) | null;
  readonly owner: TimerOwner | undefined;
}

/** Whose timer it is; when it is no longer alive, the timer runs out without a call. */
export interface TimerOwner {
  readonly isAlive: boolean;
}

export class VirtualClock {
  /** Milliseconds since the Unix epoch, virtual. */
  nowMs: number;
  /** When this clock started, milliseconds since the Unix epoch. */
  readonly startMs: number;
  /** Latency that the running callback has used up so far; see `charge`. */
  chargedMs = 0;
  /**
   * The heap: times, sequences and timers by place. Three arrays, because a large cluster has more
   * timers than the processor's cache has room for, and to compare two is to read their times.
   */
  private readonly times: number[] = [];
  private readonly sequences: number[] = [];
  private readonly timers: Timer[] = [];
  private nextSequence = 0;
  private cancelled = 0;

  constructor(startMs: number) {
    this.nowMs = startMs;
    this.startMs = startMs;
  }

  get elapsedMs(): number {
    return this.nowMs - this.startMs;
  }

  /** The time at which the running activity stands: now, plus the latency it has been charged. */
  get activityMs(): number {
    return this.nowMs + this.chargedMs;
  }

  /** Charges latency to the running activity: its later acts happen later, though it runs on. */
  charge(ms: number): void {
    this.chargedMs += ms;
  }

  /** Runs `callback` after `delayMs` of virtual time, counted from the running activity's time. */
  after(delayMs: number, callback: () => void, owner?: TimerOwner): Timer {
    return this.at(this.activityMs + delayMs, callback, owner);
  }

  /** Runs `callback` at `atMs`, or as soon as possible when that has passed. */
  at(atMs: number, callback: () => void, owner?: TimerOwner): Timer {
    assert(!Number.isNaN(atMs), 'a timer has a time');
    const timer: Timer = { callback, owner };
    this.push(Math.max(atMs, this.nowMs), this.nextSequence++, timer);
    return timer;
  }

  cancel(timer: Timer | undefined): void {
    if (!timer?.callback) return;
    timer.callback = null;
    this.cancelled++;
    if (this.cancelled > 1024 && this.cancelled * 2 > this.timers.length) this.sweep();
  }

  /** When the next timer fires, or undefined when nothing is pending. */
  nextAtMs(): number | undefined {
    while (this.timers.length > 0 && this.timers[0].callback === null) {
      this.pop();
      this.cancelled--;
    }
    return this.timers.length > 0 ? this.times[0] : undefined;
  }

  /** Fires the next timer. False when nothing is pending. */
  step(): boolean {
    const atMs = this.nextAtMs();
    if (atMs === undefined) return false;
    assert(atMs >= this.nowMs, 'the clock never runs backwards');
    const timer = this.pop();
    this.nowMs = atMs;
    this.chargedMs = 0;
    const { owner } = timer;
    const callback = timer.callback!;
    timer.callback = null;
    if (owner === undefined || owner.isAlive) callback();
    this.chargedMs = 0;
    return true;
  }

  /** Fires every timer up to and including `untilMs`, then stands at `untilMs`. */
  runUntil(untilMs: number): void {
    for (let at = this.nextAtMs(); at !== undefined && at <= untilMs; at = this.nextAtMs()) {
      this.step();
    }
    if (untilMs > this.nowMs) this.nowMs = untilMs;
  }

  runFor(ms: number): void {
    this.runUntil(this.nowMs + ms);
  }

  private sweep(): void {
    const { times, sequences, timers } = this;
    const [oldTimes, oldSequences, oldTimers] = [[...times], [...sequences], [...timers]];
    times.length = sequences.length = timers.length = 0;
    this.cancelled = 0;
    oldTimers.forEach((timer, index) => {
      if (timer.callback !== null) this.push(oldTimes[index], oldSequences[index], timer);
    });
  }

  // What follows handles plain numbers in place: calls would make an object of each time.

  private push(atMs: number, sequence: number, timer: Timer): void {
    const { times, sequences, timers } = this;
    let index = timers.length;
    times.push(atMs);
    sequences.push(sequence);
    timers.push(timer);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const parentMs = times[parent];
      if (parentMs < atMs || (parentMs === atMs && sequences[parent] < sequence)) break;
      times[index] = parentMs;
      sequences[index] = sequences[parent];
      timers[index] = timers[parent];
      index = parent;
    }
    times[index] = atMs;
    sequences[index] = sequence;
    timers[index] = timer;
  }

  /** Takes the first timer out. */
  private pop(): Timer {
    const { times, sequences, timers } = this;
    const top = timers[0];
    const atMs = times.pop()!;
    const sequence = sequences.pop()!;
    const timer = timers.pop()!;
    const { length } = timers;
    if (length === 0) return top;
    let index = 0;
    for (let child = 1; child < length; child = 2 * index + 1) {
      let childMs = times[child];
      if (child + 1 < length) {
        const otherMs = times[child + 1];
        const isTie = otherMs === childMs && sequences[child + 1] < sequences[child];
        if (otherMs < childMs || isTie) {
          child++;
          childMs = otherMs;
        }
      }
      if (childMs > atMs || (childMs === atMs && sequences[child] > sequence)) break;
      times[index] = childMs;
      sequences[index] = sequences[child];
      timers[index] = timers[child];
      index = child;
    }
    times[index] = atMs;
    sequences[index] = sequence;
    timers[index] = timer;
    return top;
  }
}
