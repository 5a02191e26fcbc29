// The patch of `kubectl apply` for built-in kinds: what changes or adds (live to wanted) together
// with what the person took away since the last apply (last applied to wanted). Lists with a merge
// key are patched item by item.
// Upstream: apimachinery/pkg/util/strategicpatch, CreateThreeWayMergePatch.
import { deepEqual } from '../../api/deep-equal';
import { isObject } from './json-value';
import type { JsonObject, JsonValue } from './json-value';
import { mergePatches } from './merge-patches';
import type { MergeField, MergeSchema } from './merge-schema';

/** The patch that brings `current` to `modified`, and drops what only `original` had. */
export function threeWayStrategicPatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  schema: MergeSchema,
): JsonObject {
  const changes = diffMaps(current, modified, schema, { deletions: false, changes: true });
  const deletions = diffMaps(original, modified, schema, { deletions: true, changes: false });
  return mergePatches(deletions, changes, schema);
}

interface DiffOptions {
  /** Note what is gone. */
  deletions: boolean;
  /** Note what is new or different. */
  changes: boolean;
  retainKeys?: boolean;
}

function diffMaps(
  from: JsonObject,
  to: JsonObject,
  schema: MergeSchema,
  options: DiffOptions,
): JsonObject {
  const patch: JsonObject = {};
  for (const [key, wanted] of Object.entries(to)) {
    if (key in from) {
      diffField(patch, key, from[key]!, wanted, schema.field(key), options);
    } else if (options.changes) {
      patch[key] = wanted;
    }
  }
  if (options.deletions) {
    for (const key of Object.keys(from)) if (!(key in to)) patch[key] = null;
  }
  if (options.retainKeys) retainKeys(patch, from, to);
  return patch;
}

/** One of several ways (a Deployment's strategy, a volume's source): the server drops the rest. */
function retainKeys(patch: JsonObject, from: JsonObject, to: JsonObject): void {
  const keep = Object.keys(to).filter((key) => to[key] !== null);
  const dropped = Object.keys(from).some((key) => !(key in to));
  if (keep.length > 0 && (Object.keys(patch).length > 0 || dropped)) {
    patch['$retainKeys'] = keep.sort();
  }
}

function diffField(
  patch: JsonObject,
  key: string,
  from: JsonValue,
  to: JsonValue,
  field: MergeField,
  options: DiffOptions,
): void {
  if (isObject(from) && isObject(to) && !field.replace) {
    const inner = { ...options, retainKeys: field.retainKeys };
    const nested = diffMaps(from, to, field.schema, inner);
    if (Object.keys(nested).length > 0) patch[key] = nested;
  } else if (Array.isArray(from) && Array.isArray(to) && field.merge) {
    diffLists(patch, key, from, to, field, options);
  } else if (options.changes && !deepEqual(from, to)) {
    patch[key] = to;
  }
}

function diffLists(
  patch: JsonObject,
  key: string,
  from: JsonValue[],
  to: JsonValue[],
  field: MergeField,
  options: DiffOptions,
): void {
  if (from.length === 0) {
    if (to.length > 0 && options.changes) patch[key] = to;
  } else if (field.mergeKey) {
    diffKeyedLists(patch, key, from as JsonObject[], to as JsonObject[], field, options);
  } else {
    diffSets(patch, key, from, to, options);
  }
}

function diffKeyedLists(
  patch: JsonObject,
  key: string,
  from: JsonObject[],
  to: JsonObject[],
  field: MergeField,
  options: DiffOptions,
): void {
  const by = field.mergeKey;
  const items: JsonValue[] = [];
  for (const wanted of to) {
    const had = from.find((item) => item[by] === wanted[by]);
    if (had) {
      const nested = diffMaps(had, wanted, field.schema, {
        ...options,
        retainKeys: field.retainKeys,
      });
      if (Object.keys(nested).length > 0) items.push({ ...nested, [by]: wanted[by]! });
    } else if (options.changes) {
      items.push(wanted);
    }
  }
  if (options.deletions) {
    for (const had of from) {
      const stays = to.some((item) => item[by] === had[by]);
      if (!stays) items.push({ $patch: 'delete', [by]: had[by]! });
    }
  }
  const reordered = options.changes && !sameOrder(from, to, by);
  if (items.length > 0) patch[key] = items;
  if (items.length > 0 || reordered) {
    patch[`$setElementOrder/${key}`] = to.map((item) => ({ [by]: item[by]! }));
  }
}

/** True when the items that both lists have stand in the same order, and the key sets are equal. */
function sameOrder(from: JsonObject[], to: JsonObject[], by: string): boolean {
  const common = from.filter((item) => to.some((other) => other[by] === item[by]));
  const shared = to.filter((item) => from.some((other) => other[by] === item[by]));
  return common.every((item, at) => item[by] === shared[at]?.[by]);
}

function diffSets(
  patch: JsonObject,
  key: string,
  from: JsonValue[],
  to: JsonValue[],
  options: DiffOptions,
): void {
  const added = options.changes ? to.filter((item) => !from.includes(item)) : [];
  const removed = options.deletions ? from.filter((item) => !to.includes(item)) : [];
  if (added.length > 0) patch[key] = added;
  if (removed.length > 0) patch[`$deleteFromPrimitiveList/${key}`] = removed;
  if (removed.length > 0 || (options.changes && !deepEqual(from, to))) {
    patch[`$setElementOrder/${key}`] = to;
  }
}
