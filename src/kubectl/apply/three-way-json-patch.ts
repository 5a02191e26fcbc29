// The patch of `kubectl apply` for kinds without a schema: a JSON merge patch (RFC 7386), in which
// lists are replaced whole.
// Upstream: apimachinery/pkg/util/jsonmergepatch.
import { deepEqual } from '../../api/deep-equal';
import { isObject } from './json-value';
import type { JsonObject, JsonValue } from './json-value';

/** The patch that brings `current` to `modified`, and drops what only `original` had. */
export function threeWayJsonPatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
): JsonObject {
  return joined(deletions(original, modified), changes(current, modified));
}

function changes(from: JsonObject, to: JsonObject): JsonObject {
  const patch: JsonObject = {};
  for (const [key, wanted] of Object.entries(to)) {
    const had = from[key];
    if (isObject(had) && isObject(wanted)) {
      const nested = changes(had, wanted);
      if (Object.keys(nested).length > 0) patch[key] = nested;
    } else if (wanted !== null && (had === undefined || !deepEqual(had, wanted))) {
      patch[key] = wanted;
    }
  }
  return patch;
}

function deletions(from: JsonObject, to: JsonObject): JsonObject {
  const patch: JsonObject = {};
  for (const [key, had] of Object.entries(from)) {
    const wanted = to[key];
    if (wanted === undefined || wanted === null) {
      patch[key] = null;
    } else if (isObject(had) && isObject(wanted)) {
      const nested = deletions(had, wanted);
      if (Object.keys(nested).length > 0) patch[key] = nested;
    }
  }
  return patch;
}

function joined(first: JsonObject, second: JsonObject): JsonObject {
  const result: JsonObject = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const had: JsonValue | undefined = result[key];
    result[key] = isObject(had) && isObject(value) ? joined(had, value) : value;
  }
  return result;
}
