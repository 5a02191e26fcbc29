// The tokens of an expression. Upstream: cel-go parser/gen/CEL.g4.
import { unescapeBytes, unescapeString } from './string-literal';
import type { SourceErrors } from './source-error';
import { Uint, type CelValue } from './values';

export type TokenKind = 'ident' | 'quoted' | 'literal' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly offset: number;
  /** Spaces and comments before it. */
  readonly space: string;
  readonly value?: CelValue;
}

const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;
const SPACE = /[\t\n\f\r ]+|\/\/[^\n]*/y;
const NUMBER = /(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)/y;
const INTEGER = /(0x[0-9a-fA-F]+|\d+)([uU]?)/y;
const HEX = '[0-9a-fA-F]';
const HEX_ESCAPE = `[xX]${HEX}{2}|u${HEX}{4}|U${HEX}{8}`;
const ESCAPE = String.raw`\\(?:[abfnrtv"'\\?\u0060]|${HEX_ESCAPE}|[0-3][0-7]{2})`;
const QUOTED_TEXT = [
  String.raw`"""(?:[^\\]|${ESCAPE})*?"""`,
  String.raw`'''(?:[^\\]|${ESCAPE})*?'''`,
  String.raw`"(?:${ESCAPE}|[^\\"\n\r])*"`,
  String.raw`'(?:${ESCAPE}|[^\\'\n\r])*'`,
].join('|');
const TEXT = new RegExp(`([bB]?)(${QUOTED_TEXT})`, 'y');
const RAW_TEXT = /([bB]?)[rR]("""[^]*?"""|'''[^]*?'''|"[^"\n\r]*"|'[^'\n\r]*')/y;
/** As far as a text gets that does not end. */
const BROKEN_TEXT = new RegExp(
  String.raw`"(?:${ESCAPE}|[^\\"\n\r])*|'(?:${ESCAPE}|[^\\'\n\r])*`,
  'y',
);
const BROKEN_ESCAPE = new RegExp(
  String.raw`\\(?:[xX]${HEX}?|u${HEX}{0,3}|U${HEX}{0,7}|[0-3][0-7]?)?`,
  'y',
);
const IDENT = /[A-Za-z_][A-Za-z0-9_]*/y;
const QUOTED = /`[A-Za-z0-9_.\-/ ]+`/y;
const SYMBOL = /==|!=|<=|>=|&&|\|\||[.,?:[\]{}()<>+\-*/%!]/y;

/** All tokens, the end among them. What is none is an error, and skipped. */
export function tokenize(source: string, errors: SourceErrors): Token[] {
  return new Lexer(source, errors).tokens();
}

class Lexer {
  private at = 0;
  private readonly found: Token[] = [];
  /** How many code units before `at` are second halves of a code point. */
  private surplus = 0;
  private space = '';

  constructor(
    private readonly source: string,
    private readonly errors: SourceErrors,
  ) {}

  tokens(): Token[] {
    while (this.at < this.source.length) if (!this.skipSpace()) this.token();
    this.add('end', '<EOF>', this.at);
    return this.found;
  }

  private token(): void {
    const start = this.at;
    const raw = this.match(RAW_TEXT);
    if (raw) return this.text(raw[0], raw[2], raw[1] !== '', true, start);
    const text = this.match(TEXT);
    if (text) return this.text(text[0], text[2], Boolean(text[1]), false, start);
    const double = this.match(NUMBER);
    if (double) return this.literal(double[0], start, Number(double[0]));
    const integer = this.match(INTEGER);
    if (integer) return this.integer(integer[0], integer[1], integer[2] !== '', start);
    const ident = this.match(IDENT);
    if (ident) return this.add('ident', ident[0], start);
    const quoted = this.match(QUOTED);
    if (quoted) return this.add('quoted', quoted[0], start);
    const symbol = this.match(SYMBOL);
    if (symbol) return this.add('symbol', symbol[0], start);
    this.unknown(start);
  }

  private text(all: string, quoted: string, isBytes: boolean, isRaw: boolean, start: number): void {
    const width = quoted.startsWith('"""') || quoted.startsWith("'''") ? 3 : 1;
    const body = quoted.slice(width, -width);
    try {
      const value = isBytes ? unescapeBytes(body, isRaw) : isRaw ? body : unescapeString(body);
      this.literal(all, start, value);
    } catch (error) {
      this.errors.add(this.offset(start), `invalid string literal: ${(error as Error).message}`);
      this.literal(all, start, '');
    }
  }

  private integer(all: string, digits: string, isUint: boolean, start: number): void {
    const value = BigInt(digits);
    if (isUint) {
      if (value > UINT64_MAX) this.errors.add(this.offset(start), 'invalid uint literal');
      return this.literal(all, start, new Uint(value));
    }
    // The most negative integer has its sign in the literal, which the parser puts there.
    if (value > INT64_MAX + 1n) this.errors.add(this.offset(start), 'invalid int literal');
    this.literal(all, start, value);
  }

  private unknown(start: number): void {
    const character = String.fromCodePoint(this.source.codePointAt(start)!);
    const isQuote = character === '"' || character === "'";
    const length = isQuote ? this.brokenText(start) : this.badOperator(start, character);
    const text = this.source.slice(start, start + length);
    const what = `Syntax error: token recognition error at: '${escapeSpace(text)}'`;
    this.errors.add(this.offset(start), what);
    this.advance(length);
  }

  /** Up to the character that breaks it, which is lost with it. */
  private brokenText(start: number): number {
    let end = matchEnd(BROKEN_TEXT, this.source, start)!;
    end = matchEnd(BROKEN_ESCAPE, this.source, end) ?? end;
    const breaking = this.source.codePointAt(end);
    return end - start + (breaking === undefined ? 0 : String.fromCodePoint(breaking).length);
  }

  /** A single '=', '&' or '|' takes the next character with it, which could have completed it. */
  private badOperator(start: number, character: string): number {
    const isHalf = ['=', '&', '|'].includes(character) && start + 1 < this.source.length;
    return isHalf ? 2 : character.length;
  }

  private literal(text: string, start: number, value: CelValue): void {
    this.push({ kind: 'literal', text, offset: this.offset(start), space: this.space, value });
  }

  private add(kind: TokenKind, text: string, start: number): void {
    this.push({ kind, text, offset: this.offset(start), space: this.space });
  }

  private push(token: Token): void {
    this.found.push(token);
    this.space = '';
  }

  private offset(start: number): number {
    let surplus = this.surplus;
    for (let at = start; at < this.at; at++) if (isLow(this.source, at)) surplus--;
    return start - surplus;
  }

  private skipSpace(): boolean {
    const space = this.match(SPACE);
    if (space) this.space += space[0];
    return space !== null;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    if (match) this.advance(match[0].length);
    return match;
  }

  private advance(length: number): void {
    for (const end = this.at + length; this.at < end; this.at++) {
      if (isLow(this.source, this.at)) this.surplus++;
    }
  }
}

function matchEnd(pattern: RegExp, source: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(source) ? pattern.lastIndex : undefined;
}

/** As messages show a piece of an expression: on one line. */
export function escapeSpace(text: string): string {
  return text.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}

function isLow(source: string, at: number): boolean {
  const code = source.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
