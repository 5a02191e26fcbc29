// Regular expressions as Go has them: the leftmost match, the first alternative before the second,
// found in time linear in the text, whatever the expression, since all ways are tried side by side.
// Upstream: Go's regexp (the machine of Rob Pike).
import { parseRegexp, RegexpError, type Assertion, type RegexpNode } from './regexp-syntax';

export interface Match {
  /** In UTF-16 units, as those of strings. */
  readonly start: number;
  readonly end: number;
}

type Step =
  | { readonly kind: 'character'; readonly test: (code: number) => boolean }
  | { readonly kind: 'assertion'; readonly what: Assertion }
  | { readonly kind: 'fork'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'match' };

/** The threads at one place of the text, the preferred first, each step once. */
interface Threads {
  readonly steps: number[];
  readonly starts: number[];
  readonly seen: Uint32Array;
  generation: number;
}

export class Regexp {
  private readonly program: Step[] = [];
  private readonly lists: readonly [Threads, Threads];
  private readonly isAnchored: boolean;

  /** Throws RegexpError. */
  constructor(pattern: string) {
    const tree = parseRegexp(pattern);
    this.compile(tree);
    this.program.push({ kind: 'match' });
    const [first] = this.program;
    this.isAnchored = first.kind === 'assertion' && first.what === 'textStart';
    this.lists = [this.threads(), this.threads()];
  }

  test(text: string): boolean {
    return this.run(text, 0, true) !== undefined;
  }

  /** The first match at or after a place. */
  first(text: string, from = 0): Match | undefined {
    return this.run(text, from, false);
  }

  /** All matches, none within another, and no empty one right after another. */
  all(text: string): Match[] {
    const found: Match[] = [];
    let previousEnd = -1;
    for (let from = 0; from <= text.length;) {
      const match = this.first(text, from);
      if (!match) break;
      const isEmpty = match.start === match.end;
      if (!isEmpty || match.start !== previousEnd) found.push(match);
      previousEnd = match.end;
      from = isEmpty ? match.end + widthAt(text, match.end) : match.end;
    }
    return found;
  }

  private run(text: string, from: number, isAny: boolean): Match | undefined {
    let [now, next] = this.lists;
    now.steps.length = now.starts.length = 0;
    let best: Match | undefined;
    for (let at = from; ;) {
      if (!best && (!this.isAnchored || at === 0)) {
        if (now.steps.length === 0) now.generation++;
        this.add(now, 0, at, text, at);
      }
      if (now.steps.length === 0 && (best || this.isAnchored)) return best;
      const width = widthAt(text, at);
      const code = at < text.length ? text.codePointAt(at)! : -1;
      next.steps.length = next.starts.length = 0;
      next.generation++;
      for (const [index, address] of now.steps.entries()) {
        const step = this.program[address];
        if (step.kind === 'match') {
          best = { start: now.starts[index], end: at };
          if (isAny) return best;
          break;
        }
        if (step.kind === 'character' && code >= 0 && step.test(code)) {
          this.add(next, address + 1, now.starts[index], text, at + width);
        }
      }
      if (at >= text.length) return best;
      at += width;
      [now, next] = [next, now];
    }
  }

  /** Adds a thread and follows it up to a step that takes a character. */
  private add(threads: Threads, address: number, start: number, text: string, at: number): void {
    const open = [address];
    while (open.length > 0) {
      const current = open.pop()!;
      if (threads.seen[current] === threads.generation) continue;
      threads.seen[current] = threads.generation;
      const step = this.program[current];
      switch (step.kind) {
        case 'fork':
          open.push(step.second, step.first);
          break;
        case 'jump':
          open.push(step.to);
          break;
        case 'assertion':
          if (holds(step.what, text, at)) open.push(current + 1);
          break;
        default:
          threads.steps.push(current);
          threads.starts.push(start);
      }
    }
  }

  private compile(node: RegexpNode): void {
    const { program } = this;
    switch (node.kind) {
      case 'character':
      case 'assertion':
        program.push(node);
        return;
      case 'all':
        for (const each of node.of) this.compile(each);
        return;
      case 'any':
        return this.alternatives(node.of);
      case 'repeat': {
        const { of, min, max, isGreedy } = node;
        for (let count = 0; count < min - (max === Infinity ? 1 : 0); count++) this.compile(of);
        if (max !== Infinity) return this.optional(of, max - min, isGreedy);
        // As one or more, perhaps none, so that a part that matches nothing comes out right.
        const skip = min === 0 ? this.fork() : undefined;
        const start = program.length;
        this.compile(of);
        const again = this.fork();
        this.aim(again, start, program.length, isGreedy);
        if (skip !== undefined) this.aim(skip, skip + 1, program.length, isGreedy);
      }
    }
  }

  private optional(of: RegexpNode, count: number, isGreedy: boolean): void {
    const skips: number[] = [];
    for (let index = 0; index < count; index++) {
      skips.push(this.fork());
      this.compile(of);
    }
    for (const skip of skips) this.aim(skip, skip + 1, this.program.length, isGreedy);
  }

  private alternatives(of: readonly RegexpNode[]): void {
    const jumps: { kind: 'jump'; to: number }[] = [];
    for (const [index, each] of of.entries()) {
      const fork = index < of.length - 1 ? this.fork() : undefined;
      this.compile(each);
      if (fork === undefined) continue;
      const jump = { kind: 'jump' as const, to: 0 };
      this.program.push(jump);
      jumps.push(jump);
      this.aim(fork, fork + 1, this.program.length, true);
    }
    for (const jump of jumps) jump.to = this.program.length;
  }

  private fork(): number {
    return this.program.push({ kind: 'fork', first: 0, second: 0 }) - 1;
  }

  private aim(fork: number, into: number, past: number, isGreedy: boolean): void {
    const step = this.program[fork] as { first: number; second: number };
    [step.first, step.second] = isGreedy ? [into, past] : [past, into];
  }

  private threads(): Threads {
    const seen = new Uint32Array(this.program.length);
    return { steps: [], starts: [], seen, generation: 0 };
  }
}

const KEPT = 256;
const known = new Map<string, Regexp>();

/** The expression of a pattern, compiled once. Throws RegexpError. */
export function compileRegexp(pattern: string): Regexp {
  const before = known.get(pattern);
  if (before) return before;
  const compiled = new Regexp(pattern);
  if (known.size >= KEPT) known.clear();
  known.set(pattern, compiled);
  return compiled;
}

/** Why a pattern is none, in Go's words; undefined when it is one. */
export function regexpProblem(pattern: string): string | undefined {
  try {
    compileRegexp(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof RegexpError) return error.message;
    throw error;
  }
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function holds(what: Assertion, text: string, at: number): boolean {
  switch (what) {
    case 'textStart':
      return at === 0;
    case 'textEnd':
      return at === text.length;
    case 'lineStart':
      return at === 0 || text[at - 1] === '\n';
    case 'lineEnd':
      return at === text.length || text[at] === '\n';
    default: {
      const isBoundary = isWord(text[at - 1]) !== isWord(text[at]);
      return isBoundary === (what === 'wordBoundary');
    }
  }
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character);
}
