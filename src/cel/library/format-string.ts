// `'%s is %d'.format([...])`. Upstream: cel-go ext/formatting.go.
import { formatDuration, formatTimestamp } from '../time-values';
import { decodeUtf8, encodeUtf8 } from '../utf8';
import {
  CelError,
  CelList,
  Duration,
  Timestamp,
  TypeValue,
  Uint,
  isMapValue,
  runtimeTypeName,
  typeNameOf,
  type CelValue,
} from '../values';
import { formatDouble } from './conversions';

/** Throws CelError for clauses that do not exist or do not take their value. */
export function formatString(template: string, { items }: CelList): string {
  let index = 0;
  let result = '';
  for (let at = 0; at < template.length; at++) {
    if (template[at] !== '%') {
      result += template[at];
      continue;
    }
    if (template[at + 1] === '%') {
      result += '%';
      at++;
      continue;
    }
    const clause = /^(?:\.(\d+))?(.?)/s.exec(template.slice(at + 1))!;
    if (clause[2] === '') throw new CelError('unexpected end of string');
    if (index >= items.length) throw new CelError(`index ${index} out of range`);
    const precision = clause[1] === undefined ? 6 : Number(clause[1]);
    result += formatClause(clause[2], items[index++], precision);
    at += clause[0].length;
  }
  return result;
}

function formatClause(verb: string, value: CelValue, precision: number): string {
  switch (verb) {
    case 's':
      return textOf(value);
    case 'd':
      return integer(value, 'decimal');
    case 'f':
      return fixed(value, precision);
    case 'e':
      return scientific(value, precision);
    case 'b':
      if (typeof value === 'boolean') return value ? '1' : '0';
      return integer(value, 'binary', 2);
    case 'o':
      return integer(value, 'octal', 8);
    case 'x':
      return hexadecimal(value);
    case 'X':
      return hexadecimal(value).toUpperCase();
    default:
      throw new CelError(
        `could not parse formatting clause: unrecognized formatting clause "${verb}"`,
      );
  }
}

function textOf(value: CelValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return numberText(value);
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Uint8Array) return decodeUtf8(value) ?? '';
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof TypeValue) return typeNameOf(value.type);
  if (value instanceof CelList) return `[${value.items.map(textOf).join(', ')}]`;
  if (!isMapValue(value)) {
    const what = 'string clause can only be used on strings, bools, bytes, ints, doubles, maps, ';
    throw new CelError(
      `${what}lists, types, durations, and timestamps, was given ${runtimeTypeName(value)}`,
    );
  }
  const entries = value.keys().map((key) => [textOf(key), textOf(value.get(key)!)] as const);
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, each]) => `${key}: ${each}`).join(', ')}}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return formatDouble(value);
}

function integer(value: CelValue, what: string, radix = 10): string {
  if (typeof value === 'bigint') return value.toString(radix);
  if (value instanceof Uint) return value.value.toString(radix);
  if (radix === 10 && typeof value === 'number' && !Number.isFinite(value))
    return numberText(value);
  const kinds = what === 'binary' ? 'integers and bools' : 'integers';
  throw new CelError(
    `${what} clause can only be used on ${kinds}, was given ${runtimeTypeName(value)}`,
  );
}

function fixed(value: CelValue, precision: number): string {
  const number = numberOf(value, 'fixed-point');
  return Number.isFinite(number) ? number.toFixed(precision) : numberText(number);
}

function scientific(value: CelValue, precision: number): string {
  const number = numberOf(value, 'scientific');
  if (!Number.isFinite(number)) return numberText(number);
  return number.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2');
}

function numberOf(value: CelValue, what: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint) return Number(value.value);
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  throw new CelError(
    `${what} clause can only be used on doubles, was given ${runtimeTypeName(value)}`,
  );
}

function hexadecimal(value: CelValue): string {
  if (typeof value === 'bigint') return value.toString(16);
  if (value instanceof Uint) return value.value.toString(16);
  const bytes = typeof value === 'string' ? encodeUtf8(value) : value;
  if (bytes instanceof Uint8Array) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  const what = 'only integers, byte buffers, and strings can be formatted as hex';
  throw new CelError(`${what}, was given ${runtimeTypeName(value)}`);
}
