// When two values are equal: numbers across their types, lists and maps by their parts, schema
// lists of type set or map in any order.
// Upstream: cel-go common/types/*.go, apiserver/pkg/cel/common/values.go.
import {
  CelList,
  Duration,
  OpaqueValue,
  OptionalValue,
  Timestamp,
  TypeValue,
  Uint,
  isMapValue,
  isStructValue,
  typeNameOf,
  type CelValue,
} from './values';

export function equals(a: CelValue, b: CelValue): boolean {
  if (a === b) return true;
  const [x, y] = [numeric(a), numeric(b)];
  if (x !== undefined || y !== undefined) return isSameNumber(x, y);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Timestamp) return b instanceof Timestamp && a.nanos === b.nanos;
  if (a instanceof Duration) return b instanceof Duration && a.nanos === b.nanos;
  if (a instanceof CelList) return b instanceof CelList && equalLists(a, b);
  if (a instanceof Uint8Array) return b instanceof Uint8Array && equalBytes(a, b);
  if (a instanceof OpaqueValue) {
    return b instanceof OpaqueValue && a.typeName === b.typeName && a.equals(b);
  }
  if (a instanceof OptionalValue) {
    if (!(b instanceof OptionalValue)) return false;
    if (a.value === undefined || b.value === undefined) return a.value === b.value;
    return equals(a.value, b.value);
  }
  if (a instanceof TypeValue) {
    return b instanceof TypeValue && typeNameOf(a.type) === typeNameOf(b.type);
  }
  if (isStructValue(a)) return isStructValue(b) && equalFields(a.fields(), a, b);
  return equalMaps(a, b);
}

/** Two of one type, or an integer and a double of the same value. */
function isSameNumber(x: bigint | number | undefined, y: bigint | number | undefined): boolean {
  if (x === undefined || y === undefined) return false;
  return !(x < y) && !(x > y) && !Number.isNaN(Number(x)) && !Number.isNaN(Number(y));
}

/** Numbers of all types compare with `==` of the language, which is exact between these two. */
export function numeric(value: CelValue): bigint | number | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  return value instanceof Uint ? value.value : undefined;
}

/** The key of an element of a list of type map. */
export function elementKey(element: CelValue, keys: readonly string[]): string {
  const parts = keys.map((key) => {
    const value = isStructValue(element)
      ? element.get(key)
      : isMapValue(element)
        ? element.get(key)
        : undefined;
    return typeof value === 'bigint' ? Number(value) : (value ?? null);
  });
  return JSON.stringify(parts);
}

function equalLists(a: CelList, b: CelList): boolean {
  if (a.items.length !== b.items.length) return false;
  if (a.listType === 'set' || b.listType === 'set') {
    return a.items.every((item) => b.items.some((other) => equals(item, other)));
  }
  const keys = a.listType === 'map' ? a.mapKeys : b.listType === 'map' ? b.mapKeys : undefined;
  if (!keys) return a.items.every((item, index) => equals(item, b.items[index]));
  const others = new Map(b.items.map((item) => [elementKey(item, keys), item]));
  return a.items.every((item) => {
    const other = others.get(elementKey(item, keys));
    return other !== undefined && equals(item, other);
  });
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

interface Fields {
  fields(): string[];
  get(field: string): CelValue | undefined;
}

function equalFields(names: readonly string[], a: Fields, b: Fields): boolean {
  if (names.length !== b.fields().length) return false;
  return names.every((name) => {
    const other = b.get(name);
    return other !== undefined && equals(a.get(name)!, other);
  });
}

function equalMaps(a: CelValue, b: CelValue): boolean {
  if (!isMapValue(a) || !isMapValue(b) || a.size !== b.size) return false;
  return a.keys().every((key) => {
    const other = b.get(key);
    return other !== undefined && equals(a.get(key)!, other);
  });
}
