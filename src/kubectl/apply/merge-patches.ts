// Joins two strategic merge patches of the same object into one.
// Upstream: apimachinery/pkg/util/strategicpatch, mergeMap with MergeParallelList false.
import { isObject } from './json-value';
import type { JsonObject, JsonValue } from './json-value';
import type { MergeField, MergeSchema } from './merge-schema';

/** `second` wins where both speak; nulls (deletions) of `first` stay. Neither is written to. */
export function mergePatches(
  first: JsonObject,
  second: JsonObject,
  schema: MergeSchema,
): JsonObject {
  const merged: JsonObject = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const had = merged[key];
    merged[key] =
      had === undefined || key.startsWith('$') ? value : mergeValues(had, value, schema.field(key));
  }
  return merged;
}

function mergeValues(first: JsonValue, second: JsonValue, field: MergeField): JsonValue {
  if (isObject(first) && isObject(second) && !field.replace) {
    return mergePatches(first, second, field.schema);
  }
  if (Array.isArray(first) && Array.isArray(second) && field.merge) {
    return field.mergeKey
      ? mergeKeyed(first as JsonObject[], second as JsonObject[], field)
      : [...new Set([...first, ...second])];
  }
  return second;
}

/** Changes first, deletions after, as the server's own library orders them. */
function mergeKeyed(first: JsonObject[], second: JsonObject[], field: MergeField): JsonValue[] {
  const by = field.mergeKey;
  const rest = [...first];
  const merged = second.map((item) => {
    const at = rest.findIndex((other) => other[by] === item[by]);
    if (at < 0) return item;
    const [other] = rest.splice(at, 1);
    return mergePatches(other!, item, field.schema);
  });
  return [...merged, ...rest];
}
