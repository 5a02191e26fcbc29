// The virtual clock: a binary heap of timers on virtual milliseconds.
// Invariants: timers fire in order of (time, sequence), so equal times keep the order in which they
// were set; `nowMs` never runs backwards; a callback runs to its end before the next one starts.
// Where the real one differs: there is no wall clock behind it. The host moves it.
import { assert } from './assert';

/** A pending callback. Opaque to callers: keep it only to cancel it. */
export interface Timer {
  atMs: number;
  sequence: number;
  callback: (() => void) | null;
}

export class VirtualClock {
  /** Milliseconds since the Unix epoch, virtual. */
  nowMs: number;
  /** When this clock started, milliseconds since the Unix epoch. */
  readonly startMs: number;
  /** Latency that the running callback has used up so far; see `charge`. */
  chargedMs = 0;
  private readonly heap: Timer[] = [];
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
  after(delayMs: number, callback: () => void): Timer {
    return this.at(this.activityMs + delayMs, callback);
  }

  /** Runs `callback` at `atMs`, or as soon as possible when that has passed. */
  at(atMs: number, callback: () => void): Timer {
    assert(!Number.isNaN(atMs), 'a timer has a time');
    const timer = { atMs: Math.max(atMs, this.nowMs), sequence: this.nextSequence++, callback };
    this.heap.push(timer);
    this.siftUp(this.heap.length - 1);
    return timer;
  }

  cancel(timer: Timer | undefined): void {
    if (!timer?.callback) return;
    timer.callback = null;
    this.cancelled++;
    if (this.cancelled > 1024 && this.cancelled * 2 > this.heap.length) this.sweep();
  }

  /** When the next timer fires, or undefined when nothing is pending. */
  nextAtMs(): number | undefined {
    while (this.heap.length > 0 && this.heap[0].callback === null) {
      this.pop();
      this.cancelled--;
    }
    return this.heap[0]?.atMs;
  }

  /** Fires the next timer. False when nothing is pending. */
  step(): boolean {
    if (this.nextAtMs() === undefined) return false;
    const timer = this.pop();
    assert(timer.atMs >= this.nowMs, 'the clock never runs backwards');
    this.nowMs = timer.atMs;
    this.chargedMs = 0;
    const callback = timer.callback!;
    timer.callback = null;
    callback();
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
    const live = this.heap.filter((timer) => timer.callback !== null);
    this.heap.length = 0;
    this.cancelled = 0;
    for (const timer of live) {
      this.heap.push(timer);
      this.siftUp(this.heap.length - 1);
    }
  }

  private pop(): Timer {
    const heap = this.heap;
    const top = heap[0];
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      this.siftDown();
    }
    return top;
  }

  private siftUp(start: number): void {
    const heap = this.heap;
    const timer = heap[start];
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(timer, heap[parent])) break;
      heap[index] = heap[parent];
      index = parent;
    }
    heap[index] = timer;
  }

  private siftDown(): void {
    const heap = this.heap;
    const timer = heap[0];
    const length = heap.length;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= length) break;
      if (child + 1 < length && isBefore(heap[child + 1], heap[child])) child++;
      if (!isBefore(heap[child], timer)) break;
      heap[index] = heap[child];
      index = child;
    }
    heap[index] = timer;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}
