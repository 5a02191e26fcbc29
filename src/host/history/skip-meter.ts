// Sums up what went by too fast to be seen: a warp, or a while at a high speed.
import type { ClockCommand, HistoryHost } from '../history-room';
import type { WarpTarget } from '../protocol';
import type { Recorder } from '../../cluster/past/recorder';
import { sumUp } from './skipped';

/** From this speed on nobody can follow. */
const FAST = 50;
/** Less virtual time than this is worth no word. */
const SPAN_MIN_MS = 5_000;

export class SkipMeter {
  private from: { at: number; atMs: number } | undefined;

  constructor(
    private readonly host: Pick<HistoryHost, 'running' | 'speed' | 'isPaused' | 'post'>,
  ) {}

  /** Another course: nothing has been skipped on it. */
  reset(): void {
    this.from = undefined;
  }

  begin(recorder: Recorder): void {
    this.from ??= { at: recorder.end, atMs: this.host.running.clock.nowMs };
  }

  /** Says what has been skipped since the beginning, and what was looked for and has not come. */
  end(recorder: Recorder, missed?: WarpTarget): void {
    const { from, host } = this;
    this.from = undefined;
    if (!from) return;
    const toMs = host.running.clock.nowMs;
    const first = Math.max(from.at, recorder.first);
    const counts = sumUp(recorder.entries.slice(first - recorder.first));
    const isNothing = Object.keys(counts).length === 0;
    if (isNothing && !missed && toMs - from.atMs < SPAN_MIN_MS) return;
    host.post({
      type: 'skipped',
      report: { fromMs: from.atMs, toMs, counts, ...(missed && { missed }) },
    });
    if (host.speed >= FAST && !host.isPaused) this.begin(recorder);
  }

  /** A clock command may begin or end a time at which nobody can follow. */
  command(command: ClockCommand, recorder: Recorder): void {
    switch (command.command) {
      case 'speed':
        if (command.speed >= FAST) this.begin(recorder);
        else this.end(recorder);
        break;
      case 'pause':
        this.end(recorder);
        break;
      case 'resume':
        if (this.host.speed >= FAST) this.begin(recorder);
        break;
      case 'warp':
        this.begin(recorder);
        break;
      case 'step':
      case 'hop':
      case 'warpTo':
        break;
    }
  }
}
