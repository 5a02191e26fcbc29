/**
 * Freezes an object and all that hangs on it. Stops at what is frozen: that was shared from before.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) freezeInto(value);
  return value;
}

function freezeInto(value: object): void {
  Object.freeze(value);
  if (Array.isArray(value)) {
    for (const item of value) deepFreeze(item);
    return;
  }
  for (const key in value) deepFreeze((value as Record<string, unknown>)[key]);
}
