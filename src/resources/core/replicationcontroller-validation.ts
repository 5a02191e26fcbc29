// Upstream: ValidateReplicationController in pkg/apis/core/validation/validation.go.
import type { ReplicationController } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { hasLabels, type Labels } from '../../api/label-selector';
import type { PodTemplateSpec } from '../../api/types';
import { validateNonNegative, validateTemplate } from '../apps/template-validation';

export function validateReplicationController(
  { spec }: ReplicationController,
  errors: FieldErrors,
): void {
  validateNonNegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
  const wanted = spec.selector ?? {};
  const selector = {
    isEmpty: Object.keys(wanted).length === 0,
    matches: (labels: Labels | undefined) => hasLabels(labels, wanted),
  };
  if (selector.isEmpty) errors.required('spec.selector');
  validateNonNegative(spec.replicas, 'spec.replicas', errors);
  const template = spec.template as PodTemplateSpec | undefined;
  validateTemplate(template, selector, 'ReplicationController', errors);
}
