// Lists, sets and optional values.
// Upstream: apiserver/pkg/cel/library/lists.go, cel-go ext/{sets,lists}.go, cel/library.go.
import { equals } from '../equality';
import type { DeclaredOverload, Library } from '../overload';
import {
  CelError,
  CelList,
  Duration,
  OptionalValue,
  Uint,
  isMapValue,
  type CelValue,
} from '../values';
import { compare } from './operators';

const ORDERED = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes'];
const SUMMED: Readonly<Record<string, CelValue>> = {
  int: 0n,
  uint: new Uint(0n),
  double: 0,
  duration: new Duration(0n),
};

/** The same for lists of each of the types. */
function ofEach(
  types: readonly string[],
  name: string,
  result: string,
  run: (list: CelList, type: string) => CelValue,
): DeclaredOverload[] {
  return types.map((type) => [
    `list_${type}_${name}`,
    `list<${type}>.() -> ${result === 'T' ? type : result}`,
    (list: CelList) => run(list, type),
  ]);
}

export const listLibrary: Library = {
  isSorted: ofEach(ORDERED, 'is_sorted', 'bool', ({ items }) =>
    items.every((item, index) => index === 0 || compare(items[index - 1], item) <= 0),
  ),
  sum: ofEach(Object.keys(SUMMED), 'sum', 'T', ({ items }, type) =>
    items.reduce((sum, item) => plus(sum, item), SUMMED[type]),
  ),
  min: ofEach(ORDERED, 'min', 'T', (list) => extreme(list, 'min', (order) => order < 0)),
  max: ofEach(ORDERED, 'max', 'T', (list) => extreme(list, 'max', (order) => order > 0)),
  indexOf: [
    [
      'list_a_index_of_int',
      'list<A>.(A) -> int',
      ({ items }: CelList, wanted: CelValue) =>
        BigInt(items.findIndex((item) => equals(item, wanted))),
    ],
  ],
  lastIndexOf: [
    [
      'list_a_last_index_of_int',
      'list<A>.(A) -> int',
      ({ items }: CelList, wanted: CelValue) =>
        BigInt(items.findLastIndex((item) => equals(item, wanted))),
    ],
  ],
  'sets.contains': [
    [
      'list_sets_contains_list',
      '(list<A>, list<A>) -> bool',
      (a: CelList, b: CelList) => b.items.every((item) => has(a, item)),
    ],
  ],
  'sets.equivalent': [
    [
      'list_sets_equivalent_list',
      '(list<A>, list<A>) -> bool',
      (a: CelList, b: CelList) =>
        a.items.every((item) => has(b, item)) && b.items.every((item) => has(a, item)),
    ],
  ],
  'sets.intersects': [
    [
      'list_sets_intersects_list',
      '(list<A>, list<A>) -> bool',
      (a: CelList, b: CelList) => a.items.some((item) => has(b, item)),
    ],
  ],
  slice: [['list_slice', 'list<T>.(int, int) -> list<T>', slice]],
  reverse: [
    [
      'list_reverse',
      'list<T>.() -> list<T>',
      ({ items }: CelList) => new CelList([...items].reverse()),
    ],
  ],
  distinct: [
    [
      'list_distinct',
      'list<T>.() -> list<T>',
      ({ items }: CelList) =>
        new CelList(
          items.filter((item, at) => items.findIndex((each) => equals(each, item)) === at),
        ),
    ],
  ],
  flatten: [
    ['list_flatten', 'list<list<T>>.() -> list<T>', (list: CelList) => flatten(list, 1n)],
    ['list_flatten_int', 'list<dyn>.(int) -> list<dyn>', flatten],
  ],
  sort: ofEach(ORDERED, 'sort', 'list<dyn>', ({ items }) => new CelList(items.toSorted(compare))),
  'lists.range': [
    [
      'lists_range',
      '(int) -> list<int>',
      (size: bigint) =>
        new CelList(Array.from({ length: Number(size) }, (_item, index) => BigInt(index))),
    ],
  ],
};

export const optionalLibrary: Library = {
  'optional.of': [
    ['optional_of', '(V) -> optional<V>', (value: CelValue) => new OptionalValue(value)],
  ],
  'optional.ofNonZeroValue': [
    [
      'optional_ofNonZeroValue',
      '(V) -> optional<V>',
      (value: CelValue) => (isZero(value) ? OptionalValue.none : new OptionalValue(value)),
    ],
  ],
  'optional.none': [['optional_none', '() -> optional<V>', () => OptionalValue.none]],
  'optional.unwrap': [['optional_unwrap', '(list<optional<V>>) -> list<V>', unwrap]],
  unwrapOpt: [['optional_unwrapOpt', 'list<optional<V>>.() -> list<V>', unwrap]],
  first: [['list_first', 'list<T>.() -> optional<T>', ({ items }: CelList) => itemAt(items, 0)]],
  last: [
    [
      'list_last',
      'list<T>.() -> optional<T>',
      ({ items }: CelList) => itemAt(items, items.length - 1),
    ],
  ],
  hasValue: [
    [
      'optional_hasValue',
      'optional<V>.() -> bool',
      ({ value }: OptionalValue) => value !== undefined,
    ],
  ],
  value: [['optional_value', 'optional<V>.() -> V', valueOf]],
  or: [
    [
      'optional_or_optional',
      'optional<V>.(optional<V>) -> optional<V>',
      (a: OptionalValue, b: OptionalValue) => (a.value === undefined ? b : a),
    ],
  ],
  orValue: [
    [
      'optional_orValue_value',
      'optional<V>.(V) -> V',
      ({ value }: OptionalValue, other: CelValue) => (value === undefined ? other : value),
    ],
  ],
};

function plus(a: CelValue, b: CelValue): CelValue {
  if (typeof a === 'bigint') {
    const sum = a + (b as bigint);
    if (sum >= 2n ** 63n || sum < -(2n ** 63n)) throw new CelError('integer overflow');
    return sum;
  }
  if (typeof a === 'number') return a + (b as number);
  if (a instanceof Uint) return new Uint(a.value + (b as Uint).value);
  return new Duration((a as Duration).nanos + (b as Duration).nanos);
}

function extreme({ items }: CelList, name: string, isBetter: (order: number) => boolean): CelValue {
  if (items.length === 0) throw new CelError(`${name} called on empty list`);
  return items.reduce((best, item) => (isBetter(compare(item, best)) ? item : best));
}

function has({ items }: CelList, wanted: CelValue): boolean {
  return items.some((item) => equals(item, wanted));
}

function slice({ items }: CelList, start: bigint, end: bigint): CelList {
  if (start < 0n || end < 0n) {
    throw new CelError(`cannot slice(${start}, ${end}), negative indexes not supported`);
  }
  if (start > end) {
    throw new CelError(
      `cannot slice(${start}, ${end}), start index must be less than or equal to end index`,
    );
  }
  if (end > BigInt(items.length)) {
    throw new CelError(`cannot slice(${start}, ${end}), list is length ${items.length}`);
  }
  return new CelList(items.slice(Number(start), Number(end)));
}

function flatten({ items }: CelList, depth: bigint): CelList {
  if (depth < 0n) throw new CelError('level must be non-negative');
  const flat = items.flatMap((item) => {
    if (!(item instanceof CelList) || depth === 0n) return [item];
    return flatten(item, depth - 1n).items;
  });
  return new CelList(flat);
}

function unwrap({ items }: CelList): CelList {
  const present = items.flatMap((item) => {
    const value = item instanceof OptionalValue ? item.value : item;
    return value === undefined ? [] : [value];
  });
  return new CelList(present);
}

function valueOf({ value }: OptionalValue): CelValue {
  if (value === undefined) throw new CelError('optional.none() dereference');
  return value;
}

function isZero(value: CelValue): boolean {
  if (value === null || value === false || value === '' || value === 0n || value === 0) return true;
  if (value instanceof Uint || value instanceof Duration)
    return ('value' in value ? value.value : value.nanos) === 0n;
  if (value instanceof CelList) return value.items.length === 0;
  return typeof value === 'object' && isMapValue(value) && value.size === 0;
}

function itemAt(items: readonly CelValue[], index: number): OptionalValue {
  return index in items ? new OptionalValue(items[index]) : OptionalValue.none;
}
