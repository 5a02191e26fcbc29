// Fields that hold one of a few words.
import type { FieldErrors } from '../api/field-errors';

/** Reports a value, where there is one, that is none of the choices. */
export function oneOf(
  value: string | null | undefined,
  choices: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  if (value != null && !choices.includes(value)) errors.notSupported(path, value, choices);
}

/** As `oneOf`, but there must be a value. */
export function requiredOneOf(
  value: string | null | undefined,
  choices: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  if (!value) errors.required(path);
  else oneOf(value, choices, path, errors);
}
