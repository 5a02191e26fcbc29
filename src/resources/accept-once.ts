import type { FieldErrors } from '../api/field-errors';

export type Check<T> = (value: T, path: string, errors: FieldErrors) => void;

/**
 * A check that does not look again at a frozen part that it found in order: pods of one template
 * bring the same parts again and again. Only for checks that need nothing but the part itself.
 */
export function acceptOnce<T extends object>(check: Check<T>): Check<T> {
  const accepted = new WeakSet<T>();
  return (value, path, errors) => {
    if (accepted.has(value)) return;
    const before = errors.causes.length;
    check(value, path, errors);
    if (errors.causes.length === before && Object.isFrozen(value)) accepted.add(value);
  };
}
