// JSON merge patch: RFC 7386. The target is never written to; the result shares what did not change
// and is the target itself when the patch changes nothing.
import { equalJson, isObject, setMember, withoutNulls, type JsonObject } from './json-value';

export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return equalJson(target, patch) ? target : patch;
  if (!isObject(target)) return withoutNulls(patch);
  let result: JsonObject = target;
  for (const key in patch) {
    const change = patch[key];
    const has = Object.hasOwn(target, key);
    if (change === null) {
      if (!has) continue;
      if (result === target) result = { ...target };
      delete result[key];
      continue;
    }
    const old = has ? target[key] : undefined;
    const merged = mergePatch(old, change);
    if (merged === old) continue;
    if (result === target) result = { ...target };
    setMember(result, key, merged);
  }
  return result;
}
