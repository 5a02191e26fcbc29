// Counts in the status of workloads. Upstream: pkg/apis/apps/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import { validateNonNegative } from './template-validation';

type Counts = Readonly<Record<string, number | undefined>>;

/** No count below zero, and none above the one that bounds it. */
export function validateCounts(
  status: object,
  fields: readonly string[],
  bounds: readonly (readonly [field: string, bound: string])[],
  errors: FieldErrors,
): void {
  const counts = status as Counts;
  for (const field of fields) validateNonNegative(counts[field], `status.${field}`, errors);
  for (const [field, bound] of bounds) {
    const value = counts[field] ?? 0;
    if (value <= (counts[bound] ?? 0)) continue;
    const name = bound === 'replicas' ? 'status.replicas' : bound;
    errors.invalid(`status.${field}`, value, `cannot be greater than ${name}`);
  }
}
