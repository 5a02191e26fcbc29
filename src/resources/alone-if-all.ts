import type { FieldErrors } from '../api/field-errors';

/** A list with '*' may hold nothing else; `what`: its members, as the error calls them. */
export function aloneIfAll(
  values: readonly string[],
  path: string,
  what: string,
  errors: FieldErrors,
): void {
  if (values.length < 2 || !values.includes('*')) return;
  errors.invalid(path, values, `if '*' is present, must not specify other ${what}`);
}
