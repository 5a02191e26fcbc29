// Cuts a stream of text chunks into lines and hands them on in small slices of time, so that a
// burst of watch events never blocks the page.

/** How long one slice may take before the page gets its turn. */
const SLICE_MS = 4;

export interface Pacing {
  /** Runs a slice in a task of its own. */
  later(run: () => void): void;
  nowMs(): number;
}

const pagePacing: Pacing = {
  later: (run) => setTimeout(run, 0),
  nowMs: () => performance.now(),
};

export class LineFeed {
  private rest = '';
  private lines: string[] = [];
  private next = 0;
  private waiting = false;
  private ended = false;

  constructor(
    private readonly onLine: (line: string) => void,
    /** After the last line, once `end` was called. */
    private readonly onEnd: () => void,
    private readonly pacing: Pacing = pagePacing,
  ) {}

  push(chunk: string): void {
    const parts = (this.rest + chunk).split('\n');
    this.rest = parts.pop()!;
    for (const part of parts) if (part !== '') this.lines.push(part);
    this.work();
  }

  end(): void {
    if (this.rest !== '') this.lines.push(this.rest);
    this.rest = '';
    this.ended = true;
    this.work();
  }

  /** Drops what is left; nothing is handed on any more. */
  drop(): void {
    this.lines = [];
    this.next = 0;
    this.ended = false;
  }

  private work(): void {
    if (this.waiting) return;
    const untilMs = this.pacing.nowMs() + SLICE_MS;
    while (this.next < this.lines.length) {
      if (this.pacing.nowMs() >= untilMs) {
        this.waiting = true;
        this.pacing.later(() => {
          this.waiting = false;
          this.work();
        });
        return;
      }
      this.onLine(this.lines[this.next++]!);
    }
    this.lines = [];
    this.next = 0;
    if (this.ended) {
      this.ended = false;
      this.onEnd();
    }
  }
}
