// Conversions between types, sizes, and the parts of times.
// Upstream: cel-go common/stdlib/standard.go.
import type { DeclaredOverload, Library } from '../overload';
import {
  checkedTime,
  formatDuration,
  formatTimestamp,
  parseDuration,
  parseTimestamp,
  timeParts,
  type TimeParts,
} from '../time-values';
import { decodeUtf8, encodeUtf8 } from '../utf8';
import {
  CelError,
  Duration,
  TypeValue,
  Uint,
  runtimeType,
  type CelList,
  type CelValue,
  type MapValue,
  type Timestamp,
} from '../values';

const INT_MIN = -(2n ** 63n);
const INT_MAX = 2n ** 63n - 1n;
const UINT_MAX = 2n ** 64n - 1n;
const SECOND = 1_000_000_000n;
const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const identity = (value: CelValue): CelValue => value;

export const conversionLibrary: Library = {
  dyn: [['to_dyn', '(A) -> dyn', identity]],
  type: [['type', '(A) -> type<A>', (value: CelValue) => new TypeValue(runtimeType(value))]],
  bool: [
    ['bool_to_bool', '(bool) -> bool', identity],
    ['string_to_bool', '(string) -> bool', parseBool],
  ],
  int: [
    ['int64_to_int64', '(int) -> int', identity],
    ['double_to_int64', '(double) -> int', doubleToInt],
    ['string_to_int64', '(string) -> int', parseInt64],
    ['uint64_to_int64', '(uint) -> int', ({ value }: Uint) => inRange(value, INT_MIN, INT_MAX)],
    ['timestamp_to_int64', '(timestamp) -> int', ({ nanos }: Timestamp) => floorSeconds(nanos)],
  ],
  uint: [
    ['uint64_to_uint64', '(uint) -> uint', identity],
    ['double_to_uint64', '(double) -> uint', doubleToUint],
    ['int64_to_uint64', '(int) -> uint', (value: bigint) => new Uint(inRange(value, 0n, UINT_MAX))],
    ['string_to_uint64', '(string) -> uint', parseUint64],
  ],
  double: [
    ['double_to_double', '(double) -> double', identity],
    ['int64_to_double', '(int) -> double', Number],
    ['string_to_double', '(string) -> double', parseDouble],
    ['uint64_to_double', '(uint) -> double', ({ value }: Uint) => Number(value)],
  ],
  string: [
    ['string_to_string', '(string) -> string', identity],
    ['bool_to_string', '(bool) -> string', String],
    ['bytes_to_string', '(bytes) -> string', bytesToString],
    ['double_to_string', '(double) -> string', formatDouble],
    ['duration_to_string', '(duration) -> string', formatDuration],
    ['int64_to_string', '(int) -> string', String],
    ['timestamp_to_string', '(timestamp) -> string', formatTimestamp],
    ['uint64_to_string', '(uint) -> string', ({ value }: Uint) => String(value)],
  ],
  bytes: [
    ['bytes_to_bytes', '(bytes) -> bytes', identity],
    ['string_to_bytes', '(string) -> bytes', encodeUtf8],
  ],
  duration: [
    ['duration_to_duration', '(duration) -> duration', identity],
    ['int64_to_duration', '(int) -> duration', (seconds: bigint) => new Duration(seconds * SECOND)],
    ['string_to_duration', '(string) -> duration', toDuration],
  ],
  timestamp: [
    ['timestamp_to_timestamp', '(timestamp) -> timestamp', identity],
    [
      'int64_to_timestamp',
      '(int) -> timestamp',
      (seconds: bigint) => checkedTime(seconds * SECOND),
    ],
    ['string_to_timestamp', '(string) -> timestamp', toTimestamp],
  ],
  size: ['(T) -> int', 'T.() -> int'].flatMap((shape) => [
    sized('bytes', shape, (value: Uint8Array) => value.length),
    sized('list', shape.replace('T', 'list<A>'), (value: CelList) => value.items.length),
    sized('map', shape.replace('T', 'map<A, B>'), (value: MapValue) => value.size),
    sized('string', shape, (value: string) => [...value].length),
  ]),
  getFullYear: part(({ year }) => year),
  getMonth: part(({ month }) => month),
  getDayOfYear: part(({ dayOfYear }) => dayOfYear),
  getDayOfMonth: part(({ day }) => day - 1),
  getDate: part(({ day }) => day),
  getDayOfWeek: part(({ weekday }) => weekday),
  getHours: part(({ hours }) => hours, 3600n * SECOND),
  getMinutes: part(({ minutes }) => minutes, 60n * SECOND),
  getSeconds: part(({ seconds }) => seconds, SECOND),
  getMilliseconds: part(({ milliseconds }) => milliseconds, 1_000_000n),
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each takes its own type
type Measure = (value: any) => number;

function sized(type: string, shape: string, measure: Measure): DeclaredOverload {
  const signature = shape.replace('T', type);
  const id = signature.startsWith('(') ? `size_${type}` : `${type}_size`;
  return [id, signature, (value: CelValue) => BigInt(measure(value))];
}

/** A part of a time, in UTC or a zone; of a duration, how many of the unit are in it. */
function part(read: (parts: TimeParts) => number, unit?: bigint): DeclaredOverload[] {
  const ofTime = (time: Timestamp, zone = ''): bigint => BigInt(read(timeParts(time, zone)));
  const overloads: DeclaredOverload[] = [
    ['timestamp_part', 'timestamp.() -> int', ofTime],
    ['timestamp_part_with_tz', 'timestamp.(string) -> int', ofTime],
  ];
  if (unit === undefined) return overloads;
  const ofDuration = ({ nanos }: Duration): bigint => nanos / unit;
  return [...overloads, ['duration_part', 'duration.() -> int', ofDuration]];
}

function parseBool(text: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  throw new CelError(`type conversion error from 'string' to 'bool'`);
}

function inRange(value: bigint, min: bigint, max: bigint): bigint {
  if (value >= min && value <= max) return value;
  throw new CelError(min === 0n ? 'unsigned integer overflow' : 'integer overflow');
}

function doubleToInt(value: number): bigint {
  if (Number.isNaN(value) || Math.abs(value) >= 2 ** 63) throw new CelError('integer overflow');
  return BigInt(Math.trunc(value));
}

function doubleToUint(value: number): Uint {
  if (!(value >= 0 && value < 2 ** 64)) throw new CelError('unsigned integer overflow');
  return new Uint(BigInt(Math.trunc(value)));
}

function parseInt64(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) throw syntaxError('ParseInt', text);
  const value = BigInt(text.replace(/^\+/, ''));
  if (value < INT_MIN || value > INT_MAX) throw rangeError('ParseInt', text);
  return value;
}

function parseUint64(text: string): Uint {
  if (!/^\d+$/.test(text)) throw syntaxError('ParseUint', text);
  const value = BigInt(text);
  if (value > UINT_MAX) throw rangeError('ParseUint', text);
  return new Uint(value);
}

function parseDouble(text: string): number {
  if (FLOAT.test(text)) return Number(text);
  const word = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i.exec(text);
  if (!word) throw syntaxError('ParseFloat', text);
  if (!word[2]) return Number.NaN;
  return word[1] === '-' ? -Infinity : Infinity;
}

function syntaxError(parser: string, text: string): CelError {
  return new CelError(`strconv.${parser}: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function rangeError(parser: string, text: string): CelError {
  return new CelError(`strconv.${parser}: parsing ${JSON.stringify(text)}: value out of range`);
}

/** As Go's %g with the fewest digits. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent >= -5 && exponent < 21)
    return String(value).includes('e') ? plain(value) : String(value);
  const [digits, power] = value.toExponential().split('e');
  const sign = power[0] === '-' ? '-' : '+';
  return `${digits}e${sign}${power.replace(/^[+-]/, '').padStart(2, '0')}`;
}

function plain(value: number): string {
  return value.toFixed(20).replace(/\.?0+$/, '');
}

function floorSeconds(nanos: bigint): bigint {
  const rest = ((nanos % SECOND) + SECOND) % SECOND;
  return (nanos - rest) / SECOND;
}

function bytesToString(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new CelError('invalid UTF-8 in bytes, cannot convert to string');
  return text;
}

function toDuration(text: string): Duration {
  const duration = parseDuration(text);
  if (duration) return duration;
  throw new CelError(`time: invalid duration ${JSON.stringify(text)}`);
}

function toTimestamp(text: string): Timestamp {
  const time = parseTimestamp(text);
  if (time) return time;
  const layout = '"2006-01-02T15:04:05Z07:00"';
  const shown = JSON.stringify(text);
  throw new CelError(`parsing time ${shown} as ${layout}: cannot parse ${shown} as "2006"`);
}
