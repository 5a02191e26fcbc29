// Arithmetic, comparison and conversion. Overflow and division by zero are errors, as in the real
// one. Upstream: cel-go common/stdlib, common/types/{int,uint,double}.go.
import { elementKey, equals, numeric } from '../equality';
import type { DeclaredOverload, Library } from '../overload';
import { checkedDuration, checkedTime } from '../time-values';
import { encodeUtf8 } from '../utf8';
import {
  CelError,
  CelList,
  CelMap,
  Duration,
  OptionalValue,
  Timestamp,
  Uint,
  isMapValue,
  keyText,
  type CelValue,
  type MapValue,
} from '../values';

type Ints = (a: bigint, b: bigint) => bigint;

const INT_MIN = -(2n ** 63n);
const INT_MAX = 2n ** 63n - 1n;
const UINT_MAX = 2n ** 64n - 1n;

function isKeyOf(key: CelValue, map: MapValue): boolean {
  return map.has?.(key) ?? map.get(key) !== undefined;
}

function int(value: bigint): bigint {
  if (value < INT_MIN || value > INT_MAX) throw new CelError('integer overflow');
  return value;
}

function uint(value: bigint): Uint {
  if (value < 0n || value > UINT_MAX) throw new CelError('unsigned integer overflow');
  return new Uint(value);
}

const ints = (operate: Ints) => (a: bigint, b: bigint) => int(operate(a, b));
const uints = (operate: Ints) => (a: Uint, b: Uint) => uint(operate(a.value, b.value));

function divide(a: bigint, b: bigint): bigint {
  if (b === 0n) throw new CelError('division by zero');
  return a / b;
}

function modulo(a: bigint, b: bigint): bigint {
  if (b === 0n) throw new CelError('modulus by zero');
  return a % b;
}

function arithmetic(name: string, operate: Ints, doubles?: (a: number, b: number) => number) {
  const overloads: DeclaredOverload[] = [
    [`${name}_int64`, '(int, int) -> int', ints(operate)],
    [`${name}_uint64`, '(uint, uint) -> uint', uints(operate)],
  ];
  if (doubles) overloads.push([`${name}_double`, '(double, double) -> double', doubles]);
  return overloads;
}

export const arithmeticLibrary: Library = {
  '_+_': [
    ...arithmetic(
      'add',
      (a, b) => a + b,
      (a, b) => a + b,
    ),
    ['add_string', '(string, string) -> string', (a: string, b: string) => a + b],
    ['add_bytes', '(bytes, bytes) -> bytes', concatBytes],
    ['add_list', '(list<A>, list<A>) -> list<A>', addLists],
    ['add_timestamp_duration', '(timestamp, duration) -> timestamp', addTime],
    [
      'add_duration_timestamp',
      '(duration, timestamp) -> timestamp',
      (a: Duration, b: Timestamp) => addTime(b, a),
    ],
    [
      'add_duration_duration',
      '(duration, duration) -> duration',
      (a: Duration, b: Duration) => checkedDuration(a.nanos + b.nanos),
    ],
  ],
  '_-_': [
    ...arithmetic(
      'subtract',
      (a, b) => a - b,
      (a, b) => a - b,
    ),
    [
      'subtract_timestamp_timestamp',
      '(timestamp, timestamp) -> duration',
      (a: Timestamp, b: Timestamp) => checkedDuration(a.nanos - b.nanos),
    ],
    [
      'subtract_timestamp_duration',
      '(timestamp, duration) -> timestamp',
      (a: Timestamp, b: Duration) => checkedTime(a.nanos - b.nanos),
    ],
    [
      'subtract_duration_duration',
      '(duration, duration) -> duration',
      (a: Duration, b: Duration) => checkedDuration(a.nanos - b.nanos),
    ],
  ],
  '_*_': arithmetic(
    'multiply',
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  '_/_': arithmetic('divide', divide, (a, b) => a / b),
  '_%_': arithmetic('modulo', modulo),
  '-_': [
    ['negate_int64', '(int) -> int', (a: bigint) => int(-a)],
    ['negate_double', '(double) -> double', (a: number) => -a],
  ],
  '!_': [['logical_not', '(bool) -> bool', (a: boolean) => !a]],
  // Those that do not need all their arguments are the evaluator's; here is what they look like.
  '_&&_': [['logical_and', '(bool, bool) -> bool', never]],
  '_||_': [['logical_or', '(bool, bool) -> bool', never]],
  '_?_:_': [['conditional', '(bool, A, A) -> A', never]],
  '@not_strictly_false': [['not_strictly_false', '(bool) -> bool', never]],
  '_==_': [['equals', '(A, A) -> bool', equals]],
  '_!=_': [['not_equals', '(A, A) -> bool', (a: CelValue, b: CelValue) => !equals(a, b)]],
  '_<_': comparisons('less', (order) => order < 0),
  '_<=_': comparisons('less_equals', (order) => order <= 0),
  '_>_': comparisons('greater', (order) => order > 0),
  '_>=_': comparisons('greater_equals', (order) => order >= 0),
  '@in': [
    [
      'in_list',
      '(A, list<A>) -> bool',
      (a: CelValue, list: CelList) => list.items.some((item) => equals(a, item)),
    ],
    ['in_map', '(A, map<A, B>) -> bool', isKeyOf],
  ],
  '_[_]': [
    ['index_list', '(list<A>, int) -> A', indexList],
    ['index_map', '(map<A, B>, A) -> B', indexMap],
    ['optional_list_index_int', '(optional<list<V>>, int) -> optional<V>', indexOptional],
    ['optional_map_index_value', '(optional<map<K, V>>, K) -> optional<V>', indexOptional],
  ],
  '_[?_]': [
    ['list_optindex_optional_int', '(list<V>, int) -> optional<V>', never],
    ['optional_list_optindex_optional_int', '(optional<list<V>>, int) -> optional<V>', never],
    ['map_optindex_optional_value', '(map<K, V>, K) -> optional<V>', never],
    ['optional_map_optindex_optional_value', '(optional<map<K, V>>, K) -> optional<V>', never],
  ],
  'cel.@mapInsert': [
    ['@mapInsert_map_key_value', '(map<K, V>, K, V) -> map<K, V>', insertKey],
    ['@mapInsert_map_map', '(map<K, V>, map<K, V>) -> map<K, V>', insertAll],
  ],
};

function never(): CelValue {
  throw new CelError('no such overload');
}

function comparisons(name: string, holds: (order: number) => boolean): DeclaredOverload[] {
  const run = (a: CelValue, b: CelValue) => holds(compare(a, b));
  const same = ['bool', 'int64', 'uint64', 'double', 'string', 'bytes', 'timestamp', 'duration'];
  const overloads = same.map((type): DeclaredOverload => {
    const short = type.replace('64', '');
    return [`${name}_${type}`, `(${short}, ${short}) -> bool`, run];
  });
  const numbers = ['int64', 'uint64', 'double'];
  for (const a of numbers) {
    for (const b of numbers) {
      if (a === b) continue;
      const signature = `(${a.replace('64', '')}, ${b.replace('64', '')}) -> bool`;
      overloads.push([`${name}_${a}_${b}`, signature, run]);
    }
  }
  return overloads;
}

/** Negative, zero or positive; NaN compares as nothing does. */
export function compare(a: CelValue, b: CelValue): number {
  const [x, y] = [numeric(a), numeric(b)];
  if (x !== undefined && y !== undefined)
    return x < y ? -1 : x > y ? 1 : isOrdered(x, y) ? 0 : Number.NaN;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  const isTime =
    (a instanceof Timestamp && b instanceof Timestamp) ||
    (a instanceof Duration && b instanceof Duration);
  if (!isTime) throw new CelError('no such overload');
  const [first, second] = [(a as Duration).nanos, (b as Duration).nanos];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Nothing is before or after NaN, nor equal to it. */
function isOrdered(x: bigint | number, y: bigint | number): boolean {
  return !Number.isNaN(Number(x)) && !Number.isNaN(Number(y));
}

/** By code point, as Go compares bytes of UTF-8. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return compareBytes(encodeUtf8(a), encodeUtf8(b));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    if (a[at] !== b[at]) return a[at] - b[at];
  }
  return a.length - b.length;
}

function concatBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/** Sets take in what they have not; maps replace by key and append the rest. */
function addLists(a: CelList, b: CelList): CelList {
  if (a.listType === 'set') {
    const added = b.items.filter((item) => !a.items.some((other) => equals(item, other)));
    return new CelList([...a.items, ...added], 'set');
  }
  if (a.listType !== 'map') return new CelList([...a.items, ...b.items]);
  const keyOf = (item: CelValue): string => elementKey(item, a.mapKeys);
  const replacements = new Map(b.items.map((item) => [keyOf(item), item]));
  const kept = a.items.map((item) => replacements.get(keyOf(item)) ?? item);
  const known = new Set(a.items.map(keyOf));
  const added = b.items.filter((item) => !known.has(keyOf(item)));
  return new CelList([...kept, ...added], 'map', a.mapKeys);
}

function addTime(time: Timestamp, duration: Duration): Timestamp {
  return checkedTime(time.nanos + duration.nanos);
}

function indexList(list: CelList, index: bigint): CelValue {
  const item = list.items[Number(index)];
  if (item === undefined) throw new CelError(`index out of bounds: ${index}`);
  return item;
}

function indexMap(map: CelValue, key: CelValue): CelValue {
  const found = (map as MapValue).get(key);
  if (found === undefined) throw new CelError(`no such key: ${keyText(key)}`);
  return found;
}

function indexOptional({ value }: OptionalValue, key: CelValue): CelValue {
  if (value === undefined) return OptionalValue.none;
  const found =
    value instanceof CelList
      ? value.items[Number(numeric(key))]
      : isMapValue(value)
        ? value.get(key)
        : undefined;
  return found === undefined ? OptionalValue.none : new OptionalValue(found);
}

function insertKey(map: MapValue, key: CelValue, value: CelValue): CelMap {
  const next = copyOf(map);
  next.insert(key, value);
  return next;
}

function insertAll(map: MapValue, entries: MapValue): CelMap {
  const next = copyOf(map);
  for (const key of entries.keys()) next.insert(key, entries.get(key)!);
  return next;
}

function copyOf(map: MapValue): CelMap {
  const copy = new CelMap();
  for (const key of map.keys()) copy.insert(key, map.get(key)!);
  return copy;
}
