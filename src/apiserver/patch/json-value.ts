// What all patches share: plain JSON values, compared and pruned without copying what stays the
// same.

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deep equality of JSON values; the order of keys does not matter. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && equalLists(a, b);
  if (Array.isArray(b)) return false;
  return equalObjects(a as JsonObject, b as JsonObject);
}

function equalLists(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    if (!equalJson(a[index], b[index])) return false;
  }
  return true;
}

function equalObjects(a: JsonObject, b: JsonObject): boolean {
  let count = 0;
  for (const key in a) {
    count++;
    if (!Object.hasOwn(b, key) || !equalJson(a[key], b[key])) return false;
  }
  for (const _ in b) count--;
  return count === 0;
}

/** The value without null members of objects; the value itself when it has none. */
export function withoutNulls(value: unknown): unknown {
  if (!isObject(value)) return value;
  let result = value;
  for (const key in value) {
    const old = value[key];
    const pruned = old === null ? undefined : withoutNulls(old);
    if (pruned === old) continue;
    if (result === value) result = { ...value };
    if (pruned === undefined) delete result[key];
    else setMember(result, key, pruned);
  }
  return result;
}

/** Sets a member also when its name is that of a magic property. */
export function setMember(object: JsonObject, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else
    Object.defineProperty(object, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}
