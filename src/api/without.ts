/** A copy of an object that lacks these fields. */
export function without<T extends object>(object: T, ...fields: readonly string[]): T {
  const left = Object.entries(object).filter(([field]) => !fields.includes(field));
  return Object.fromEntries(left) as T;
}
