// Strings: the standard functions, the strings extension (version 2), regular expressions.
// Where the real one differs: patterns are RE2's, here they are those of the platform, unless they
// use what RE2 has not.
// Upstream: cel-go common/stdlib, ext/strings.go; apiserver/pkg/cel/library/regex.go.
import type { Library } from '../overload';
import { CelError, CelList, type CelValue } from '../values';
import { formatString } from './format-string';
import { compileRegexp, type Regexp } from '../regexp/regexp';
import { RegexpError } from '../regexp/regexp-syntax';

export const stringLibrary: Library = {
  contains: [
    [
      'contains_string',
      'string.(string) -> bool',
      (text: string, part: string) => text.includes(part),
    ],
  ],
  startsWith: [
    [
      'starts_with_string',
      'string.(string) -> bool',
      (text: string, part: string) => text.startsWith(part),
    ],
  ],
  endsWith: [
    [
      'ends_with_string',
      'string.(string) -> bool',
      (text: string, part: string) => text.endsWith(part),
    ],
  ],
  matches: [
    ['matches', '(string, string) -> bool', matches],
    ['matches_string', 'string.(string) -> bool', matches],
  ],
  find: [['string_find_string', 'string.(string) -> string', find]],
  findAll: [
    ['string_find_all_string', 'string.(string) -> list<string>', findAll],
    ['string_find_all_string_int', 'string.(string, int) -> list<string>', findAll],
  ],
  charAt: [['string_char_at_int', 'string.(int) -> string', charAt]],
  format: [['string_format', 'string.(list<dyn>) -> string', formatString]],
  indexOf: [
    ['string_index_of_string', 'string.(string) -> int', indexOf],
    ['string_index_of_string_int', 'string.(string, int) -> int', indexOf],
  ],
  lastIndexOf: [
    ['string_last_index_of_string', 'string.(string) -> int', lastIndexOf],
    ['string_last_index_of_string_int', 'string.(string, int) -> int', lastIndexOf],
  ],
  join: [
    ['list_join', 'list<string>.() -> string', join],
    ['list_join_string', 'list<string>.(string) -> string', join],
  ],
  lowerAscii: [
    [
      'string_lower_ascii',
      'string.() -> string',
      (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
    ],
  ],
  upperAscii: [
    [
      'string_upper_ascii',
      'string.() -> string',
      (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase()),
    ],
  ],
  replace: [
    ['string_replace_string_string', 'string.(string, string) -> string', replace],
    ['string_replace_string_string_int', 'string.(string, string, int) -> string', replace],
  ],
  split: [
    ['string_split_string', 'string.(string) -> list<string>', split],
    ['string_split_string_int', 'string.(string, int) -> list<string>', split],
  ],
  substring: [
    ['string_substring_int', 'string.(int) -> string', substring],
    ['string_substring_int_int', 'string.(int, int) -> string', substring],
  ],
  trim: [['string_trim', 'string.() -> string', (text: string) => text.replace(SPACE_AROUND, '')]],
  'strings.quote': [['strings_quote', '(string) -> string', quote]],
};

/** In code points. */
function lengthOf(text: string): number {
  return [...text].length;
}

/** What Go calls white space. */
const SPACE = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const SPACE_AROUND = new RegExp(`^${SPACE}|${SPACE}$`, 'g');

function matches(text: string, pattern: string): boolean {
  return regexp(pattern).test(text);
}

function find(text: string, pattern: string): string {
  const match = regexp(pattern).first(text);
  return match ? text.slice(match.start, match.end) : '';
}

function findAll(text: string, pattern: string, limit = -1n): CelList {
  const matches = regexp(pattern).all(text);
  const kept = limit < 0n ? matches : matches.slice(0, Number(limit));
  return new CelList(kept.map(({ start, end }) => text.slice(start, end)));
}

function regexp(pattern: string): Regexp {
  try {
    return compileRegexp(pattern);
  } catch (error) {
    throw error instanceof RegexpError ? new CelError(error.message) : error;
  }
}

function charAt(text: string, index: bigint): string {
  const characters = [...text];
  if (index === BigInt(characters.length)) return '';
  const found = index < 0n ? undefined : characters[Number(index)];
  if (found === undefined) throw new CelError(`index out of range: ${index}`);
  return found;
}

function indexOf(text: string, part: string, from = 0n): CelValue {
  const characters = [...text];
  if (from < 0n || (from > BigInt(characters.length) && part !== '')) {
    throw new CelError(`index out of range: ${from}`);
  }
  if (part === '') return from;
  const rest = characters.slice(Number(from)).join('');
  const at = rest.indexOf(part);
  return at < 0 ? -1n : from + BigInt(lengthOf(rest.slice(0, at)));
}

function lastIndexOf(text: string, part: string, from?: bigint): CelValue {
  const characters = [...text];
  const length = BigInt(characters.length);
  if (from !== undefined && (from < 0n || from >= length) && part !== '') {
    throw new CelError(`index out of range: ${from}`);
  }
  if (part === '') return from ?? length;
  const width = [...part].length;
  const head = from === undefined ? text : characters.slice(0, Number(from) + width).join('');
  const at = head.lastIndexOf(part);
  return at < 0 ? -1n : BigInt(lengthOf(head.slice(0, at)));
}

function join({ items }: CelList, separator = ''): string {
  const parts = items.map((item) => {
    if (typeof item !== 'string') throw new CelError('no such overload');
    return item;
  });
  return parts.join(separator);
}

function replace(text: string, old: string, next: string, limit = -1n): string {
  let count = limit < 0n ? Infinity : Number(limit);
  if (old === '') {
    const parts = [...text].map((letter) => (count-- > 0 ? next + letter : letter));
    return parts.join('') + (count > 0 ? next : '');
  }
  let result = '';
  let at = 0;
  for (let found = text.indexOf(old); found >= 0 && count-- > 0; found = text.indexOf(old, at)) {
    result += text.slice(at, found) + next;
    at = found + old.length;
  }
  return result + text.slice(at);
}

function split(text: string, separator: string, limit = -1n): CelList {
  if (limit === 0n) return new CelList([]);
  const parts = separator === '' ? [...text] : text.split(separator);
  const max = Number(limit);
  if (limit < 0n || parts.length <= max) return new CelList(parts);
  return new CelList([...parts.slice(0, max - 1), parts.slice(max - 1).join(separator)]);
}

function substring(text: string, start: bigint, end?: bigint): string {
  const characters = [...text];
  const length = BigInt(characters.length);
  const stop = end ?? length;
  if (start < 0n || start > length) throw new CelError(`index out of range: ${start}`);
  if (stop < 0n || stop > length) throw new CelError(`index out of range: ${stop}`);
  if (start > stop) throw new CelError(`invalid substring range. start: ${start}, end: ${stop}`);
  return characters.slice(Number(start), Number(stop)).join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

function quote(text: string): string {
  return `"${[...text].map((letter) => ESCAPES[letter] ?? letter).join('')}"`;
}
