// ASN.1 in DER: reading and writing the few values that certificates and requests are made of.
// Source: ITU-T X.690.
import { formatTime } from './time';

export type Bytes = Uint8Array;

/** One value: its tag, its content, and where it stood, header included. */
export interface Asn1Value {
  readonly tag: number;
  readonly content: Bytes;
  readonly whole: Bytes;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  ia5: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** What the bytes are not DER of; the words are those of Go's parser. */
export class Asn1Error extends Error {
  override readonly name = 'Asn1Error';
}

/** Reads the value that fills `bytes` whole. Throws Asn1Error. */
export function readValue(bytes: Bytes): Asn1Value {
  const [value, ...rest] = readValues(bytes, 2);
  if (!value) throw new Asn1Error('asn1: syntax error: sequence truncated');
  if (rest.length > 0) throw new Asn1Error('asn1: syntax error: trailing data');
  return value;
}

/** Reads all values that stand one after the other, or the first `max`. Throws Asn1Error. */
export function readValues(bytes: Bytes, max = Infinity): Asn1Value[] {
  const values: Asn1Value[] = [];
  let at = 0;
  while (at < bytes.length && values.length < max) {
    const { start, end } = readHeader(bytes, at);
    if (end > bytes.length) throw new Asn1Error('asn1: syntax error: data truncated');
    const whole = bytes.subarray(at, end);
    values.push({ tag: bytes[at], content: bytes.subarray(start, end), whole });
    at = end;
  }
  return values;
}

function readHeader(bytes: Bytes, at: number): { start: number; end: number } {
  const first = bytes[at + 1];
  if (first === undefined) throw new Asn1Error('asn1: syntax error: truncated tag or length');
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new Asn1Error('asn1: structure error: length too large');
  let length = 0;
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  return { start: at + 2 + count, end: at + 2 + count + length };
}

/** '1.2.840.10045.2.1'. */
export function oidText(content: Bytes): string {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of content) {
    number = number * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    numbers.push(number);
    number = 0;
  }
  const [head = 0, ...rest] = numbers;
  const first = Math.min(Math.floor(head / 40), 2);
  return [first, head - first * 40, ...rest].join('.');
}

/** The text of a string value, whatever its kind. */
export function stringOf({ content }: Asn1Value): string {
  return new TextDecoder().decode(content);
}

export function write(tag: number, ...parts: readonly Bytes[]): Bytes {
  const content = joined(parts);
  return joined([Uint8Array.of(tag), lengthBytes(content.length), content]);
}

export const writeSequence = (...parts: readonly Bytes[]): Bytes => write(TAG.sequence, ...parts);

export function writeOid(dotted: string): Bytes {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  return write(TAG.oid, Uint8Array.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A number that is not negative, from its bytes, the highest first. */
export function writeInteger(bytes: Bytes): Bytes {
  return write(TAG.integer, bytes[0] >= 0x80 ? joined([Uint8Array.of(0), bytes]) : bytes);
}

export function writeBits(bytes: Bytes, unused = 0): Bytes {
  return write(TAG.bits, Uint8Array.of(unused), bytes);
}

/** UTCTime until 2049 and GeneralizedTime after, as certificates demand. */
export function writeTime(ms: number): Bytes {
  const digits = formatTime(ms).replace(/[-:T]/g, '');
  const isLate = digits >= '2050';
  const text = isLate ? digits : digits.slice(2);
  return write(isLate ? TAG.generalizedTime : TAG.utcTime, ascii(text));
}

export function ascii(text: string): Bytes {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function joined(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function lengthBytes(length: number): Bytes {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  return Uint8Array.of(0x82, length >> 8, length & 0xff);
}

function base128(number: number): number[] {
  const digits = [number & 0x7f];
  for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) {
    digits.unshift((left & 0x7f) | 0x80);
  }
  return digits;
}
