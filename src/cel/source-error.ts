// Errors of an expression's text, shown as the real compiler shows them: place, message, the line
// and a caret below it. Upstream: cel-go common/{error,errors}.go.

export interface CompileError {
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Collects the errors of one source. */
export class SourceErrors {
  readonly errors: CompileError[] = [];
  private readonly lines: string[];
  private readonly lineStarts: number[] = [];

  constructor(source: string) {
    this.lines = source.split('\n');
    let start = 0;
    for (const line of this.lines) {
      this.lineStarts.push(start);
      start += [...line].length + 1;
    }
  }

  add(offset: number, message: string): void {
    let line = 0;
    while (line + 1 < this.lineStarts.length && this.lineStarts[line + 1] <= offset) line++;
    this.errors.push({ message, line: line + 1, column: offset - this.lineStarts[line] + 1 });
  }

  get isEmpty(): boolean {
    return this.errors.length === 0;
  }

  /** All of them, by place in the source. */
  text(): string {
    const sorted = this.errors.toSorted((a, b) => a.line - b.line || a.column - b.column);
    const shown = sorted.slice(0, ERRORS_MAX).map((error) => this.show(error));
    const more = sorted.length - ERRORS_MAX;
    if (more > 0) shown.push(`${more} more errors were truncated`);
    return shown.join('\n');
  }

  private show({ message, line, column }: CompileError): string {
    const source = (this.lines[line - 1] ?? '').replaceAll('\t', ' ');
    const before = [...source].slice(0, column - 1);
    const dots = before.map((character) => (isWide(character) ? '．' : '.')).join('');
    const padded = dots.padEnd(dots.length + Math.max(0, column - 1 - before.length), '.');
    const caret = isWide([...source][column - 1] ?? '') ? '＾' : '^';
    return `ERROR: <input>:${line}:${column}: ${message}\n | ${source}\n | ${padded}${caret}`;
  }
}

const ERRORS_MAX = 100;

function isWide(character: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(character);
}
