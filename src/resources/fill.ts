// Filling defaults without writing into what is shared.

/** The object with the fields it lacks; the very same object when it lacks none. */
export function fill<T extends object>(object: T, defaults: Partial<T>): T {
  let filled: T | undefined;
  for (const key in defaults) {
    if (object[key] !== undefined && object[key] !== null) continue;
    filled ??= Object.assign({}, object);
    filled[key] = defaults[key] as T[typeof key];
  }
  return filled ?? object;
}

/** The object with one field replaced; the very same object when the value is what it has. */
export function replace<T extends object, K extends keyof T>(object: T, key: K, value: T[K]): T {
  return object[key] === value ? object : Object.assign({}, object, { [key]: value });
}

/** The list with each item passed through; the very same list when no item changed. */
export function mapShared<T>(list: T[], change: (item: T) => T): T[] {
  let changed: T[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const item = change(list[index]);
    if (item === list[index]) continue;
    changed ??= [...list];
    changed[index] = item;
  }
  return changed ?? list;
}

/**
 * Does a kind's work on a frozen part once only: pods of one template bring the same containers
 * again and again. What is not frozen may still change, so it is worked on each time.
 */
export function once<T extends object>(change: (value: T) => T): (value: T) => T {
  const known = new WeakMap<T, T>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const result = change(value);
    if (Object.isFrozen(value)) known.set(value, result);
    return result;
  };
}
