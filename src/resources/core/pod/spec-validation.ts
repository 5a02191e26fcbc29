import type { FieldErrors } from '../../../api/field-errors';
import type { PodSpec } from '../../../api/types';

export function validatePodSpec(spec: PodSpec, path: string, errors: FieldErrors): void {
  if (!spec.containers?.length) errors.required(`${path}.containers`);
}
