// Upstream: pkg/apis/apps/validation/validation.go, pkg/registry/apps/deployment/strategy.go.
import { deepEqual } from '../../api/deep-equal';
import type { FieldErrors } from '../../api/field-errors';
import type { Deployment } from '../../api/types';
import { validateCounts } from './status-validation';
import { numberIn, validateAtMostAll, validateCountOrPercent } from './rolling-update-validation';
import {
  goSelector,
  validateNonNegative,
  validateSelector,
  validateTemplate,
} from './template-validation';

type Strategy = NonNullable<Deployment['spec']['strategy']>;

const STRATEGIES = ['Recreate', 'RollingUpdate'];

export function validateDeployment({ spec }: Deployment, errors: FieldErrors): void {
  validateNonNegative(spec.replicas, 'spec.replicas', errors);
  const selector = validateSelector(spec.selector, 'deployment', errors);
  if (selector) validateTemplate(spec.template, selector, 'deployment', errors);
  validateStrategy(spec.strategy ?? {}, errors);
  validateNonNegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
  validateNonNegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit', errors);
  const deadline = spec.progressDeadlineSeconds;
  if (deadline == null) return;
  validateNonNegative(deadline, 'spec.progressDeadlineSeconds', errors);
  if (deadline <= (spec.minReadySeconds ?? 0)) {
    errors.invalid(
      'spec.progressDeadlineSeconds',
      deadline,
      'must be greater than minReadySeconds',
    );
  }
}

const COUNTS = [
  'observedGeneration',
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
  'unavailableReplicas',
  'collisionCount',
];
const BOUNDS = [
  ['updatedReplicas', 'replicas'],
  ['readyReplicas', 'replicas'],
  ['availableReplicas', 'replicas'],
  ['availableReplicas', 'readyReplicas'],
] as const;

export function validateDeploymentStatus({ status }: Deployment, errors: FieldErrors): void {
  validateCounts(status, COUNTS, BOUNDS, errors);
}

export function validateDeploymentUpdate(
  next: Deployment,
  old: Deployment,
  errors: FieldErrors,
): void {
  if (!deepEqual(next.spec.selector, old.spec.selector)) {
    errors.invalid('spec.selector', goSelector(next.spec.selector), 'field is immutable');
  }
}

function validateStrategy(strategy: Strategy, errors: FieldErrors): void {
  const path = 'spec.strategy';
  const { type, rollingUpdate } = strategy;
  if (type === 'Recreate') {
    if (rollingUpdate) {
      errors.forbidden(
        `${path}.rollingUpdate`,
        "may not be specified when strategy `type` is 'Recreate'",
      );
    }
  } else if (type !== 'RollingUpdate') errors.notSupported(path, goStrategy(strategy), STRATEGIES);
  else if (!rollingUpdate) {
    errors.required(`${path}.rollingUpdate`, 'this should be defaulted and never be nil');
  } else {
    const { maxUnavailable, maxSurge } = rollingUpdate;
    validateCountOrPercent(maxUnavailable, `${path}.rollingUpdate.maxUnavailable`, errors);
    validateCountOrPercent(maxSurge, `${path}.rollingUpdate.maxSurge`, errors);
    if (numberIn(maxUnavailable) === 0 && numberIn(maxSurge) === 0) {
      const why = 'may not be 0 when `maxSurge` is 0';
      errors.invalid(`${path}.rollingUpdate.maxUnavailable`, maxUnavailable, why);
    }
    validateAtMostAll(maxUnavailable, `${path}.rollingUpdate.maxUnavailable`, errors);
  }
}

/** The server prints its internal type, whose fields are capitalised. */
function goStrategy({ type, rollingUpdate }: Strategy): object {
  return {
    Type: type,
    RollingUpdate: rollingUpdate
      ? { MaxUnavailable: rollingUpdate.maxUnavailable, MaxSurge: rollingUpdate.maxSurge }
      : null,
  };
}
