// What a call costs at run time. Upstream: cel-go interpreter/runtimecost.go,
// apiserver/pkg/cel/library/cost.go.
import { CelList, OpaqueValue, isMapValue, isStructValue, type CelValue } from './values';

const STRING_TRAVERSAL = 0.1;
const REGEX_LENGTH = 0.25;

type Cost = (values: readonly CelValue[], result: CelValue) => number;

const traverseFirst: Cost = ([first]) => strings(sizeOf(first));
const traverseFirstTwice: Cost = ([first]) => strings(2 * sizeOf(first));
const everyElement: Cost = ([first]) => traversal(first);

const BY_NAME: Readonly<Record<string, Cost>> = {
  check: () => 350_000,
  isSorted: everyElement,
  sum: everyElement,
  max: everyElement,
  min: everyElement,
  indexOf: everyElement,
  lastIndexOf: everyElement,
  url: traverseFirst,
  lowerAscii: traverseFirst,
  upperAscii: traverseFirst,
  substring: traverseFirst,
  trim: traverseFirst,
  replace: traverseFirstTwice,
  split: traverseFirstTwice,
  join: (_values, result) => strings(2 * sizeOf(result)),
  find: ([text, pattern]) => regexCost(text, pattern),
  findAll: ([text, pattern]) => regexCost(text, pattern),
  matches: ([text, pattern]) => regexCost(text, pattern),
  cidr: traverseFirst,
  ip: traverseFirst,
  isIP: traverseFirst,
  isCIDR: traverseFirst,
  quantity: traverseFirst,
  isQuantity: traverseFirst,
  semver: traverseFirst,
  isSemver: traverseFirst,
  validate: ([, text]) => strings(sizeOf(text)),
  '@in': ([, list]) => (list instanceof CelList ? sizeOf(list) : 1),
  startsWith: ([, part]) => strings(sizeOf(part)),
  endsWith: ([, part]) => strings(sizeOf(part)),
  contains: ([text, part]) => strings(sizeOf(text)) * strings(sizeOf(part)),
};

const COMPARISONS: ReadonlySet<string> = new Set(['_==_', '_!=_', '_<_', '_<=_', '_>_', '_>=_']);

/** In units of cost, for a call of the overload with these values. */
export function callCost(
  name: string,
  overloadId: string,
  values: readonly CelValue[],
  result: CelValue,
): number {
  if (Object.hasOwn(BY_NAME, name)) return BY_NAME[name](values, result);
  if (COMPARISONS.has(name)) return strings(Math.min(sizeOf(values[0]), sizeOf(values[1])));
  if (overloadId === 'add_string' || overloadId === 'add_bytes') {
    return strings(sizeOf(values[0]) + sizeOf(values[1]));
  }
  return 1;
}

function strings(size: number): number {
  return Math.ceil(size * STRING_TRAVERSAL);
}

function regexCost(text: CelValue, pattern: CelValue): number {
  return strings(1 + sizeOf(text)) * Math.ceil(sizeOf(pattern) * REGEX_LENGTH);
}

function sizeOf(value: CelValue): number {
  if (typeof value === 'string') return [...value].length;
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof CelList) return value.items.length;
  if (value !== null && isMapValue(value)) return value.size;
  return 1;
}

/** The cost of reading a value as a tree. */
function traversal(value: CelValue): number {
  if (typeof value === 'string' || value instanceof Uint8Array) {
    return Math.floor(sizeOf(value) * STRING_TRAVERSAL);
  }
  if (value instanceof CelList) {
    return value.items.reduce<number>((sum, item) => sum + traversal(item), 0);
  }
  if (value === null || value instanceof OpaqueValue) return 1;
  if (isMapValue(value)) {
    return value
      .keys()
      .reduce<number>((sum, key) => sum + traversal(key) + traversal(value.get(key)!), 0);
  }
  if (!isStructValue(value)) return 1;
  return value.fields().reduce((sum, field) => sum + traversal(value.get(field)!), 0);
}
