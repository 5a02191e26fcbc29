// Pruning: fields that the schema does not name are dropped, and told. What stays is shared.
// Upstream: apiextensions-apiserver/pkg/apiserver/schema/pruning.
import { childPath, fieldSchema, isJson, type Json, type JsonSchema } from './json-schema';

const META: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** The value without what its schema does not know; paths of that are added to `dropped`. */
export function prune(
  value: unknown,
  schema: JsonSchema,
  isRoot: boolean,
  dropped: string[] = [],
  path = '',
): unknown {
  if (Array.isArray(value)) return pruneList(value, schema, dropped, path);
  return isJson(value) ? pruneObject(value, schema, isRoot, dropped, path) : value;
}

function pruneObject(
  object: Json,
  schema: JsonSchema,
  isRoot: boolean,
  dropped: string[],
  path: string,
): Json {
  const isResource = isRoot || schema['x-kubernetes-embedded-resource'] === true;
  const keepsUnknown =
    schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true;
  let pruned: Record<string, unknown> | undefined;
  for (const name of Object.keys(object)) {
    if (isResource && META.has(name)) continue;
    const field = fieldSchema(schema, name);
    const at = childPath(path, name);
    if (field) {
      const next = prune(object[name], field, false, dropped, at);
      if (next !== object[name]) set((pruned ??= { ...object }), name, next);
    } else if (!keepsUnknown) {
      dropped.push(at);
      delete (pruned ??= { ...object })[name];
    }
  }
  return pruned ?? object;
}

function pruneList(
  list: readonly unknown[],
  schema: JsonSchema,
  dropped: string[],
  path: string,
): readonly unknown[] {
  const { items } = schema;
  if (!items) return list;
  const pruned = list.map((item, index) => prune(item, items, false, dropped, `${path}[${index}]`));
  return pruned.every((item, index) => item === list[index]) ? list : pruned;
}

/** Sets an own member, whatever its name. */
export function set(object: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
