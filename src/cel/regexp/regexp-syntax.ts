// From the text of a regular expression to its tree, with Go's rules of what is one and its words
// for what is none: no look-around, no references back, flags anywhere, counts up to 1000.
// Upstream: Go's regexp/syntax, github.com/google/re2/wiki/Syntax.
import {
  anyOf,
  not,
  ofFlags,
  perlClass,
  posixClass,
  range,
  unicodeClass,
  type CharacterTest,
} from './character-tests';

export type RegexpNode =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'assertion'; readonly what: Assertion }
  | { readonly kind: 'all' | 'any'; readonly of: readonly RegexpNode[] }
  | Repetition;

export interface Repetition {
  readonly kind: 'repeat';
  readonly of: RegexpNode;
  readonly min: number;
  readonly max: number;
  readonly isGreedy: boolean;
}

export type Assertion =
  | 'textStart'
  | 'textEnd'
  | 'lineStart'
  | 'lineEnd'
  | 'wordBoundary'
  | 'noWordBoundary';

/** Why a text is no regular expression. */
export class RegexpError extends Error {
  constructor(what: string, where: string) {
    super(`error parsing regexp: ${what}: \`${where}\``);
  }
}

const COUNT_MAX = 1000;
const DEPTH_MAX = 1000;

/** Throws RegexpError. */
export function parseRegexp(text: string): RegexpNode {
  return new RegexpParser(text).whole();
}

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
  readonly ungreedy: boolean;
}

interface Group {
  readonly flags: Flags;
  readonly alternatives: RegexpNode[];
  items: RegexpNode[];
}

const NO_FLAGS: Flags = { ignoreCase: false, multiLine: false, dotAll: false, ungreedy: false };
const FLAG_LETTERS: Readonly<Record<string, keyof Flags>> = {
  i: 'ignoreCase',
  m: 'multiLine',
  s: 'dotAll',
  U: 'ungreedy',
};
const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  A: 'textStart',
  z: 'textEnd',
  b: 'wordBoundary',
  B: 'noWordBoundary',
};
const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

class RegexpParser {
  private at = 0;
  private flags = NO_FLAGS;
  private readonly groups: Group[] = [];
  private group: Group = { flags: NO_FLAGS, alternatives: [], items: [] };
  /** Where the repetition began that has just been read. */
  private repeatedAt = -1;

  constructor(private readonly text: string) {}

  whole(): RegexpNode {
    while (this.at < this.text.length) {
      const start = this.at;
      const isRepetition = this.item();
      this.repeatedAt = isRepetition ? (this.repeatedAt < 0 ? start : this.repeatedAt) : -1;
    }
    if (this.groups.length > 0) throw new RegexpError('missing closing )', this.text);
    return closed(this.group);
  }

  /** Whether it was a repetition of the item before. */
  private item(): boolean {
    switch (this.text[this.at]) {
      case '(':
        this.open();
        return false;
      case ')':
        this.close();
        return false;
      case '|':
        this.at++;
        this.group.alternatives.push({ kind: 'all', of: this.group.items });
        this.group.items = [];
        return false;
      case '^':
        this.assert(this.flags.multiLine ? 'lineStart' : 'textStart', 1);
        return false;
      case '$':
        this.assert(this.flags.multiLine ? 'lineEnd' : 'textEnd', 1);
        return false;
      case '.':
        this.at++;
        this.add(this.flags.dotAll ? () => true : (code) => code !== 10);
        return false;
      case '[':
        this.add(this.characterClass());
        return false;
      case '*':
        return this.repeat(0, Infinity, this.at + 1);
      case '+':
        return this.repeat(1, Infinity, this.at + 1);
      case '?':
        return this.repeat(0, 1, this.at + 1);
      case '{':
        return this.counted();
      case '\\':
        this.escaped();
        return false;
      default:
        this.literal(this.code());
        return false;
    }
  }

  private open(): void {
    if (this.text.startsWith('(?', this.at)) return this.perlGroup();
    this.at++;
    this.push(this.flags);
  }

  private push(flags: Flags): void {
    if (this.groups.length >= DEPTH_MAX) {
      throw new RegexpError('expression nests too deeply', this.text);
    }
    this.groups.push(this.group);
    this.group = { flags: this.flags, alternatives: [], items: [] };
    this.flags = flags;
  }

  private close(): void {
    const outer = this.groups.pop();
    if (!outer) throw new RegexpError('unexpected )', this.text);
    this.at++;
    outer.items.push(closed(this.group));
    this.flags = this.group.flags;
    this.group = outer;
  }

  private perlGroup(): void {
    const start = this.at;
    const name = /\(\?P?</y;
    name.lastIndex = start;
    if (name.test(this.text) && name.lastIndex < this.text.length) {
      const end = this.text.indexOf('>', start);
      if (end < 0) throw new RegexpError('invalid named capture', this.text.slice(start));
      if (!/^\w+$/.test(this.text.slice(name.lastIndex, end))) {
        throw new RegexpError('invalid named capture', this.text.slice(start, end + 1));
      }
      this.at = end + 1;
      return this.push(this.flags);
    }
    this.flagGroup(start);
  }

  /** `(?flags)` for the rest of the group, `(?flags:...)` for what is within. */
  private flagGroup(start: number): void {
    const flags = { ...this.flags };
    let isOn = true;
    let hasFlag = true;
    for (this.at += 2; this.at < this.text.length;) {
      const letter = this.text[this.at];
      this.at += String.fromCodePoint(this.text.codePointAt(this.at)!).length;
      if (Object.hasOwn(FLAG_LETTERS, letter)) {
        flags[FLAG_LETTERS[letter]] = isOn;
        hasFlag = true;
      } else if (letter === '-' && isOn) {
        isOn = false;
        hasFlag = false;
      } else if ((letter === ':' || letter === ')') && hasFlag) {
        if (letter === ':') this.push(flags);
        else this.flags = flags;
        return;
      } else break;
    }
    const bad = this.text.slice(start, this.at);
    throw new RegexpError('invalid or unsupported Perl syntax', bad);
  }

  private counted(): boolean {
    const count = /\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/y;
    count.lastIndex = this.at;
    const match = count.exec(this.text);
    if (!match) {
      this.literal(this.code());
      return false;
    }
    const [all, from, comma, to] = match;
    const min = Number(from);
    const max = to !== undefined ? Number(to) : comma ? Infinity : min;
    const isTooMuch = min > COUNT_MAX || (max > COUNT_MAX && max !== Infinity);
    if (isTooMuch || min > max) throw new RegexpError('invalid repeat count', all);
    return this.repeat(min, max, count.lastIndex);
  }

  private repeat(min: number, max: number, after: number): boolean {
    const isLazy = this.text[after] === '?';
    const end = isLazy ? after + 1 : after;
    if (this.repeatedAt >= 0) {
      const stacked = this.text.slice(this.repeatedAt, end);
      throw new RegexpError('invalid nested repetition operator', stacked);
    }
    const operator = this.text.slice(this.at, end);
    const of = this.group.items.pop();
    if (!of) throw new RegexpError('missing argument to repetition operator', operator);
    const isGreedy = isLazy === this.flags.ungreedy;
    const repetition: Repetition = { kind: 'repeat', of, min, max, isGreedy };
    if ((min >= 2 || (max >= 2 && max !== Infinity)) && copies(repetition) > COUNT_MAX) {
      throw new RegexpError('invalid repeat count', operator);
    }
    this.group.items.push(repetition);
    this.at = end;
    return true;
  }

  private escaped(): void {
    const letter = this.text[this.at + 1] ?? '';
    if (Object.hasOwn(ASSERTIONS, letter)) return this.assert(ASSERTIONS[letter], 2);
    if (letter === 'C') throw new RegexpError('invalid escape sequence', '\\C');
    if (letter === 'Q') return this.quoted();
    const known = this.escapedClass();
    if (known) this.add(known);
    else this.literal(this.escapedCode());
  }

  private quoted(): void {
    const start = this.at + 2;
    const end = this.text.indexOf('\\E', start);
    const text = end < 0 ? this.text.slice(start) : this.text.slice(start, end);
    for (const character of text) this.literal(character.codePointAt(0)!);
    this.at = end < 0 ? this.text.length : end + 2;
  }

  private characterClass(): CharacterTest {
    const start = this.at++;
    const isNegated = this.text[this.at] === '^';
    if (isNegated) this.at++;
    const tests: CharacterTest[] = [];
    do tests.push(this.classItem(start));
    while (this.text[this.at] !== ']');
    this.at++;
    const test = anyOf(tests);
    return isNegated ? not(test) : test;
  }

  private classItem(start: number): CharacterTest {
    const posix = this.text.startsWith('[:', this.at) ? this.text.indexOf(':]', this.at + 2) : -1;
    if (posix >= 0) {
      const name = this.text.slice(this.at, posix + 2);
      const test = posixClass(name);
      if (!test) throw new RegexpError('invalid character class range', name);
      this.at = posix + 2;
      return ofFlags(test, this.flags.ignoreCase);
    }
    const known = this.escapedClass();
    if (known) return known;
    const from = this.at;
    const low = this.classCode(start);
    let high = low;
    if (this.text[this.at] === '-' && (this.text[this.at + 1] ?? ']') !== ']') {
      this.at++;
      high = this.classCode(start);
      if (high < low) {
        const bad = this.text.slice(from, this.at);
        throw new RegexpError('invalid character class range', bad);
      }
    }
    return ofFlags(range(low, high), this.flags.ignoreCase);
  }

  private classCode(start: number): number {
    if (this.at >= this.text.length) {
      throw new RegexpError('missing closing ]', this.text.slice(start));
    }
    return this.text[this.at] === '\\' ? this.escapedCode() : this.code();
  }

  /** `\d`, `\pL`, `\p{Greek}` and the like; undefined when something else stands here. */
  private escapedClass(): CharacterTest | undefined {
    const perl = this.text[this.at] === '\\' ? this.text[this.at + 1] : undefined;
    if (perl === undefined) return undefined;
    if (perl !== 'p' && perl !== 'P') {
      const test = perlClass(perl);
      if (test) this.at += 2;
      return test && ofFlags(test, this.flags.ignoreCase);
    }
    const shape = /\\[pP](?:\{(\^?)([^}]*)\}|([^{]))/uy;
    shape.lastIndex = this.at;
    const match = shape.exec(this.text);
    const [all, caret = '', long, short] = match ?? [this.text.slice(this.at)];
    const test = match && unicodeClass(long ?? short);
    if (!test) throw new RegexpError('invalid character class range', all);
    this.at += all.length;
    const folded = ofFlags(test, this.flags.ignoreCase);
    return (perl === 'P') !== (caret !== '') ? not(folded) : folded;
  }

  private escapedCode(): number {
    const start = this.at++;
    if (this.at >= this.text.length) {
      throw new RegexpError('trailing backslash at end of expression', '');
    }
    const number = /x\{([\da-fA-F]+)\}|x([\da-fA-F]{2})|([1-7][0-7]{1,2}|0[0-7]{0,2})/y;
    number.lastIndex = this.at;
    const match = number.exec(this.text);
    if (match) {
      const [all, wide, hex, octal] = match;
      const code = octal ? Number.parseInt(octal, 8) : Number.parseInt(wide ?? hex, 16);
      if (code <= 0x10ffff) {
        this.at += all.length;
        return code;
      }
    }
    const letter = String.fromCodePoint(this.code());
    if (Object.hasOwn(CONTROLS, letter)) return CONTROLS[letter];
    if (letter < '\x80' && !/[0-9A-Za-z]/.test(letter)) return letter.codePointAt(0)!;
    if (letter === 'x') this.at += brokenHexLength(this.text.slice(this.at));
    throw new RegexpError('invalid escape sequence', this.text.slice(start, this.at));
  }

  private assert(what: Assertion, length: number): void {
    this.at += length;
    this.group.items.push({ kind: 'assertion', what });
  }

  private literal(code: number): void {
    this.add(ofFlags(range(code, code), this.flags.ignoreCase));
  }

  private add(test: CharacterTest): void {
    this.group.items.push({ kind: 'character', test });
  }

  private code(): number {
    const code = this.text.codePointAt(this.at)!;
    this.at += code > 0xffff ? 2 : 1;
    return code;
  }
}

/** How far `\x` is read before it turns out to be none. */
function brokenHexLength(rest: string): number {
  const [all] = /^(?:\{[\da-fA-F]*[^]?|[\da-fA-F]?[^]?)/u.exec(rest)!;
  return all.length;
}

function closed({ alternatives, items }: Group): RegexpNode {
  const last: RegexpNode = { kind: 'all', of: items };
  return alternatives.length === 0 ? last : { kind: 'any', of: [...alternatives, last] };
}

/** How often the innermost counted repetition is written out. */
function copies(node: RegexpNode): number {
  switch (node.kind) {
    case 'character':
    case 'assertion':
      return 1;
    case 'repeat': {
      const count = node.max === Infinity ? node.min : node.max;
      return Math.max(1, count) * copies(node.of);
    }
    default:
      return Math.max(1, ...node.of.map(copies));
  }
}
