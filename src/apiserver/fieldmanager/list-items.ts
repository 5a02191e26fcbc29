// How the items of a list that is merged item by item are told apart.
// Upstream: sigs.k8s.io/structured-merge-diff typed/helpers.go.
import { isObject, type JsonObject } from '../patch/json-value';
import { keyElement, valueElement } from './path-element';
import type { ListShape, Shape } from './shape';

/** An item without what identifies it. The message is that of the real server. */
export class ItemError extends Error {
  override readonly name = 'ItemError';
}

/** The path element of an item. Throws ItemError. */
export function itemElement(item: unknown, { keys, keyDefaults }: ListShape): string {
  if (keys.length === 0) return setElement(item);
  if (item === null) throw new ItemError('associative list with keys may not have a null element');
  if (!isObject(item)) {
    throw new ItemError('associative list with keys may not have non-map elements');
  }
  const fields: JsonObject = {};
  let found = 0;
  for (const key of keys) {
    const value = item[key] ?? keyDefaults[key];
    if (value === undefined) continue;
    fields[key] = value;
    found++;
  }
  if (found > 0) return keyElement(fields);
  const names = keys.map((key) => JSON.stringify(key)).join(' ');
  throw new ItemError(
    `associative list with keys has an element that omits all key fields [${names}] ` +
      "(and doesn't have default values for any key fields)",
  );
}

function setElement(item: unknown): string {
  if (item === null) {
    throw new ItemError("associative list without keys has an element that's an explicit null");
  }
  if (Array.isArray(item)) {
    throw new ItemError('not supported: associative list with lists as elements');
  }
  if (isObject(item)) {
    throw new ItemError("associative list without keys has an element that's a map type");
  }
  return valueElement(item);
}

/** Which of several kinds a shape takes for a value; null takes the first that there is. */
export function kindOf(shape: Shape, value: unknown): 'map' | 'scalar' | 'list' {
  if (value !== undefined && value !== null) {
    if (Array.isArray(value)) {
      if (shape.list) return 'list';
    } else if (typeof value === 'object') {
      if (shape.map) return 'map';
    } else if (shape.scalar) return 'scalar';
  }
  return shape.map ? 'map' : shape.scalar ? 'scalar' : 'list';
}

/** Null and what is no list count as none. */
export function itemsOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
}

/** Null and what is no map count as none. */
export function membersOf(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

/** True of no map, and of one without members. */
export function isEmptyMap(map: JsonObject | undefined): boolean {
  for (const name in map) if (map[name] !== undefined) return false;
  return true;
}

/** Items by their path element; those that have none are left out. */
export function groupItems(items: readonly unknown[], shape: ListShape): Map<string, unknown[]> {
  const groups = new Map<string, unknown[]>();
  for (const item of items) {
    try {
      const element = itemElement(item, shape);
      const group = groups.get(element);
      if (group) group.push(item);
      else groups.set(element, [item]);
    } catch (error) {
      if (!(error instanceof ItemError)) throw error;
    }
  }
  return groups;
}
