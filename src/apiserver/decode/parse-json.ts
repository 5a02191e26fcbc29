// A JSON parser of our own, because the API server reports duplicate keys, which JSON.parse hides,
// and words syntax errors as Go does.
// Upstream: sigs.k8s.io/json, encoding/json's scanner.
import { setMember, type JsonObject } from '../patch/json-value';

export interface ParsedJson {
  readonly value: unknown;
  /** The keys that an object had more than once, each time again; the last value stands. */
  readonly duplicates: ReadonlyMap<object, readonly string[]>;
}

export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
}

/** Throws JsonSyntaxError with the message of Go's decoder. */
export function parseJson(text: string): ParsedJson {
  return new Parser(text).document();
}

const MAX_DEPTH = 10_000;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const LITERALS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class Parser {
  private at = 0;
  private depth = 0;
  private readonly duplicates = new Map<object, string[]>();

  constructor(private readonly text: string) {}

  document(): ParsedJson {
    const value = this.value('looking for beginning of value');
    this.skipSpace();
    if (this.at < this.text.length) this.unexpected('after top-level value');
    return { value, duplicates: this.duplicates };
  }

  private value(context: string): unknown {
    this.skipSpace();
    const char = this.text[this.at];
    if (char === '{' || char === '[') {
      if (++this.depth > MAX_DEPTH) throw new JsonSyntaxError('exceeded max depth');
      const value = char === '{' ? this.object() : this.list();
      this.depth--;
      return value;
    }
    if (char === '"') return this.string();
    if (char === '-' || isDigit(char)) return this.number();
    for (const [word, value] of LITERALS) {
      if (char === word[0]) return this.literal(word, value);
    }
    return this.unexpected(context);
  }

  private object(): JsonObject {
    const object: JsonObject = {};
    this.at++;
    this.skipSpace();
    if (this.text[this.at] === '}') {
      this.at++;
      return object;
    }
    for (;;) {
      this.skipSpace();
      if (this.text[this.at] !== '"') this.unexpected('looking for beginning of object key string');
      const key = this.string();
      this.skipSpace();
      if (this.text[this.at] !== ':') this.unexpected('after object key');
      this.at++;
      if (Object.hasOwn(object, key)) this.noteDuplicate(object, key);
      setMember(object, key, this.value('looking for beginning of value'));
      this.skipSpace();
      const next = this.text[this.at];
      if (next !== ',' && next !== '}') this.unexpected('after object key:value pair');
      this.at++;
      if (next === '}') return object;
    }
  }

  private list(): unknown[] {
    const list: unknown[] = [];
    this.at++;
    this.skipSpace();
    if (this.text[this.at] === ']') {
      this.at++;
      return list;
    }
    for (;;) {
      list.push(this.value('looking for beginning of value'));
      this.skipSpace();
      const next = this.text[this.at];
      if (next !== ',' && next !== ']') this.unexpected('after array element');
      this.at++;
      if (next === ']') return list;
    }
  }

  private string(): string {
    let result = '';
    let start = ++this.at;
    for (;;) {
      const char = this.text[this.at];
      if (char === '"') {
        result += this.text.slice(start, this.at++);
        return result;
      }
      if (char === undefined || char < ' ') this.unexpected('in string literal');
      if (char === '\\') {
        result += this.text.slice(start, this.at++) + this.escape();
        start = this.at;
      } else {
        this.at++;
      }
    }
  }

  private escape(): string {
    const char = this.text[this.at];
    if (char !== 'u') {
      const plain = char === undefined ? undefined : ESCAPES[char];
      if (plain === undefined) return this.unexpected('in string escape code');
      this.at++;
      return plain;
    }
    this.at++;
    const start = this.at;
    while (this.at < start + 4) {
      if (!/[0-9a-fA-F]/.test(this.text[this.at] ?? '')) {
        this.unexpected('in \\u hexadecimal character escape');
      }
      this.at++;
    }
    return String.fromCharCode(Number.parseInt(this.text.slice(start, this.at), 16));
  }

  private number(): number {
    const start = this.at;
    if (this.text[this.at] === '-') this.at++;
    if (this.text[this.at] === '0') this.at++;
    else this.digits('in numeric literal');
    if (this.text[this.at] === '.') {
      this.at++;
      this.digits('after decimal point in numeric literal');
    }
    if (this.text[this.at] === 'e' || this.text[this.at] === 'E') {
      this.at++;
      if (this.text[this.at] === '+' || this.text[this.at] === '-') this.at++;
      this.digits('in exponent of numeric literal');
    }
    return Number(this.text.slice(start, this.at));
  }

  private digits(context: string): void {
    if (!isDigit(this.text[this.at])) this.unexpected(context);
    while (isDigit(this.text[this.at])) this.at++;
  }

  private literal(word: string, value: unknown): unknown {
    for (const char of word) {
      if (this.text[this.at] !== char) {
        this.unexpected(`in literal ${word} (expecting ${quoteCharacter(char)})`);
      }
      this.at++;
    }
    return value;
  }

  private noteDuplicate(object: JsonObject, key: string): void {
    const keys = this.duplicates.get(object);
    if (keys) keys.push(key);
    else this.duplicates.set(object, [key]);
  }

  private skipSpace(): void {
    for (;;) {
      const char = this.text[this.at];
      if (char !== ' ' && char !== '\n' && char !== '\t' && char !== '\r') return;
      this.at++;
    }
  }

  private unexpected(context: string): never {
    const char = this.text[this.at];
    if (char === undefined) throw new JsonSyntaxError('unexpected end of JSON input');
    throw new JsonSyntaxError(`invalid character ${quoteCharacter(char)} ${context}`);
  }
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}

function quoteCharacter(char: string): string {
  if (char === "'") return "'\\''";
  if (char === '"') return `'"'`;
  if (char >= '\u007f' && char <= '\u00a0') {
    return `'\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}'`;
  }
  return `'${JSON.stringify(char).slice(1, -1)}'`;
}
