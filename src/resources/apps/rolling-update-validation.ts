// Counts and percentages of rolling updates. Upstream: pkg/apis/apps/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import type { IntOrString } from '../../api/int-or-string';
import { percent } from '../../api/names';

/** A whole number from 0, or a percentage. */
export function validateCountOrPercent(
  value: IntOrString | undefined,
  path: string,
  errors: FieldErrors,
): void {
  if (typeof value === 'number') {
    if (value < 0) errors.invalid(path, value, 'must be greater than or equal to 0');
  } else if (value !== undefined) errors.invalidEach(path, value, percent(value));
}

export function validateAtMostAll(
  value: IntOrString | undefined,
  path: string,
  errors: FieldErrors,
): void {
  if (percentNumber(value) > 100) errors.invalid(path, value, 'must not be greater than 100%');
}

/** The number in a count or a percentage, whichever it is. */
export function numberIn(value: IntOrString | undefined): number {
  return typeof value === 'number' ? value : percentNumber(value);
}

function percentNumber(value: IntOrString | undefined): number {
  if (typeof value !== 'string' || percent(value).length > 0) return 0;
  return Number(value.slice(0, -1));
}
