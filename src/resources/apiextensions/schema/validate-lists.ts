// Lists of type set and map must not hold an item twice.
// Upstream: apiextensions-apiserver/pkg/apiserver/schema/listtype.
import type { FieldErrors } from '../../../api/field-errors';
import { childPath, fieldSchema, isJson, sortedKeys, type JsonSchema } from './json-schema';
import { itemKey } from './validate-value';

/** Adds an error for each item that another is already. */
export function validateLists(
  value: unknown,
  schema: JsonSchema,
  errors: FieldErrors,
  path = '',
): void {
  if (Array.isArray(value)) {
    duplicates(value, schema, errors, path);
    const { items } = schema;
    if (!items) return;
    for (const [index, item] of value.entries()) {
      validateLists(item, items, errors, `${path}[${index}]`);
    }
  } else if (isJson(value)) {
    for (const name of sortedKeys(value)) {
      const own = fieldSchema(schema, name);
      if (!own) continue;
      const isDeclared = schema.properties && Object.hasOwn(schema.properties, name);
      const at = isDeclared ? childPath(path, name) : `${path}[${name}]`;
      validateLists(value[name], own, errors, at);
    }
  }
}

function duplicates(
  list: readonly unknown[],
  schema: JsonSchema,
  errors: FieldErrors,
  path: string,
): void {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'set' && type !== 'map') return;
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const seen = new Set<string>();
  const told = new Set<string>();
  for (const [index, item] of list.entries()) {
    if (type === 'map' && !isJson(item)) continue;
    const key = type === 'set' ? canonical(item) : itemKey(item, keys);
    if (seen.has(key) && !told.has(key)) {
      errors.duplicate(`${path}[${index}]`, type === 'set' ? item : keysOf(item, keys));
      told.add(key);
    }
    seen.add(key);
  }
}

function keysOf(item: unknown, keys: readonly string[]): object {
  const present = keys.filter((key) => isJson(item) && Object.hasOwn(item, key));
  return Object.fromEntries(present.map((key) => [key, (item as Record<string, unknown>)[key]]));
}

/** Equal for values that are equal, whatever the order of their members. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    isJson(each) ? Object.fromEntries(sortedKeys(each).map((name) => [name, each[name]])) : each,
  );
}
