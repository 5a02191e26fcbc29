// The escapes of string and bytes literals. Upstream: cel-go parser/unescape.go.
import { encodeUtf8 } from './utf8';

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '`': '`',
  '?': '?',
};
const HEX = '[0-9a-fA-F]';
const ESCAPE = new RegExp(
  String.raw`\\(?:([abfnrtv\\'"\u0060?])|[xX](${HEX}{2})|([0-3][0-7]{2})|` +
    String.raw`u(${HEX}{4})|U(${HEX}{8})|([^]?))`,
  'g',
);

/** The text of a string literal's body. Throws on an escape that does not exist. */
export function unescapeString(body: string): string {
  return body.replace(
    ESCAPE,
    (_all, simple?: string, hex?: string, octal?: string, u?: string, wide?: string) => {
      if (simple !== undefined) return SIMPLE[simple];
      const code = octal === undefined ? hexCode(hex ?? u ?? wide) : Number.parseInt(octal, 8);
      if (Number.isNaN(code)) throw new Error('unable to unescape string');
      if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
        throw new Error('unable to unescape string: invalid unicode code point');
      }
      return String.fromCodePoint(code);
    },
  );
}

/** The bytes of a bytes literal's body, where \x and octal escapes are single bytes. */
export function unescapeBytes(body: string, isRaw: boolean): Uint8Array {
  if (isRaw) return encodeUtf8(body);
  const bytes: number[] = [];
  let at = 0;
  for (const match of body.matchAll(ESCAPE)) {
    bytes.push(...encodeUtf8(body.slice(at, match.index)));
    const [all, simple, hex, octal] = match;
    if (simple !== undefined) bytes.push(SIMPLE[simple].charCodeAt(0));
    else if (hex !== undefined) bytes.push(hexCode(hex));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff);
    else throw new Error('unable to unescape string');
    at = match.index + all.length;
  }
  bytes.push(...encodeUtf8(body.slice(at)));
  return Uint8Array.from(bytes);
}

function hexCode(digits: string | undefined): number {
  return digits === undefined ? Number.NaN : Number.parseInt(digits, 16);
}
