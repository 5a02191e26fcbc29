// Upstream: pkg/apis/apps/validation/validation.go, pkg/registry/apps/replicaset/strategy.go.
import { deepEqual } from '../../api/deep-equal';
import type { FieldErrors } from '../../api/field-errors';
import type { ReplicaSet } from '../../api/types';
import {
  goSelector,
  validateNonNegative,
  validateSelector,
  validateTemplate,
} from './template-validation';

export function validateReplicaSet({ spec }: ReplicaSet, errors: FieldErrors): void {
  validateNonNegative(spec.replicas, 'spec.replicas', errors);
  validateNonNegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
  const selector = validateSelector(spec.selector, 'ReplicaSet', errors);
  if (selector) validateTemplate(spec.template, selector, 'ReplicaSet', errors);
}

export function validateReplicaSetUpdate(
  next: ReplicaSet,
  old: ReplicaSet,
  errors: FieldErrors,
): void {
  if (!deepEqual(next.spec.selector, old.spec.selector)) {
    errors.invalid('spec.selector', goSelector(next.spec.selector), 'field is immutable');
  }
}
