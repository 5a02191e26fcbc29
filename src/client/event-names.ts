// Names of Events, as every recorder makes them: the object's name and the time in nanoseconds.
import { oneText } from '../api/one-text';
import type { RandomStream } from '../sim/rng';

/** Between two Events of the same millisecond. */
const MAX_STEP_NS = 8000;
const NS_PER_MS = 1_000_000;
const LOW_LIMIT = 0x1000000;

export class EventNames {
  /** Time of the newest name, and its nanoseconds in two parts: the low one has six hex digits. */
  private namedMs = 0;
  private high = 0;
  private highText = '';
  private low = 0;

  constructor(private readonly random: RandomStream) {}

  /**
   * The object's name and sixteen hex digits: the time in nanoseconds, later for each Event of the
   * same millisecond.
   */
  of(objectName: string, nowMs: number): string {
    const step = this.random.below(MAX_STEP_NS);
    if (nowMs !== this.namedMs) {
      this.namedMs = nowMs;
      const highMs = Math.floor(nowMs / LOW_LIMIT);
      this.low = (nowMs - highMs * LOW_LIMIT) * NS_PER_MS;
      const carry = Math.floor(this.low / LOW_LIMIT);
      this.low = Math.floor(this.low - carry * LOW_LIMIT);
      this.setHigh(highMs * NS_PER_MS + carry);
    }
    this.low += step + 1;
    if (this.low >= LOW_LIMIT) {
      this.low -= LOW_LIMIT;
      this.setHigh(this.high + 1);
    }
    return oneText(objectName, '.', this.highText, this.low.toString(16).padStart(6, '0'));
  }

  private setHigh(high: number): void {
    this.high = high;
    this.highText = high.toString(16).padStart(10, '0');
  }
}
