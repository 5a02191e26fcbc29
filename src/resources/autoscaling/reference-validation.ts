// References to objects of any group. Upstream: ValidateCrossVersionObjectReference in
// pkg/apis/autoscaling/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import { pathSegment } from '../../api/names';

/** Kind and name of an object of any group. */
export function validateReference(
  reference: { kind?: string; name?: string } | undefined,
  path: string,
  errors: FieldErrors,
): void {
  for (const field of ['kind', 'name'] as const) {
    const value = reference?.[field];
    if (!value) errors.required(`${path}.${field}`);
    else errors.invalidEach(`${path}.${field}`, value, pathSegment(value));
  }
}
