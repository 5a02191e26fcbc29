// Upstream: pkg/apis/autoscaling/validation/validation.go.
import type { HorizontalPodAutoscaler } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { parseQuantity, quantityError } from '../../api/quantity';
import { validateNonNegative } from '../apps/template-validation';
import { validateMetrics } from './metric-validation';
import { validateReference } from './reference-validation';

type Spec = HorizontalPodAutoscaler['spec'];
type ScalingRules = NonNullable<NonNullable<Spec['behavior']>['scaleUp']>;
type ScalingPolicy = NonNullable<ScalingRules['policies']>[number];

const MAX_PERIOD_SECONDS = 1800;
const MAX_STABILIZATION_SECONDS = 3600;
const SELECTIONS = ['Disabled', 'Max', 'Min'];
const POLICIES = ['Percent', 'Pods'];

export function validateAutoscaler(autoscaler: HorizontalPodAutoscaler, errors: FieldErrors): void {
  const spec: Partial<Spec> = autoscaler.spec;
  const { minReplicas, maxReplicas = 0 } = spec;
  if (minReplicas !== undefined && minReplicas < 1) {
    errors.invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1');
  }
  if (maxReplicas < 1) errors.invalid('spec.maxReplicas', maxReplicas, 'must be greater than 0');
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    const why = 'must be greater than or equal to `minReplicas`';
    errors.invalid('spec.maxReplicas', maxReplicas, why);
  }
  validateReference(spec.scaleTargetRef, 'spec.scaleTargetRef', errors);
  validateMetrics(spec.metrics ?? [], minReplicas, 'spec.metrics', errors);
  const { scaleUp, scaleDown } = spec.behavior ?? {};
  if (scaleUp) validateRules(scaleUp, 'spec.behavior.scaleUp', errors);
  if (scaleDown) validateRules(scaleDown, 'spec.behavior.scaleDown', errors);
}

export function validateAutoscalerStatus(
  { status }: HorizontalPodAutoscaler,
  errors: FieldErrors,
): void {
  validateNonNegative(status.currentReplicas, 'status.currentReplicas', errors);
  validateNonNegative(status.desiredReplicas, 'status.desiredReplicas', errors);
}

function validateRules(rules: ScalingRules, path: string, errors: FieldErrors): void {
  const { stabilizationWindowSeconds: window, selectPolicy, policies, tolerance } = rules;
  const at = `${path}.stabilizationWindowSeconds`;
  if (window !== undefined && window < 0) {
    errors.invalid(at, window, 'must be greater than or equal to zero');
  }
  if (window !== undefined && window > MAX_STABILIZATION_SECONDS) {
    errors.invalid(at, window, `must be less than or equal to ${MAX_STABILIZATION_SECONDS}`);
  }
  if (selectPolicy !== undefined && !SELECTIONS.includes(selectPolicy)) {
    errors.notSupported(`${path}.selectPolicy`, selectPolicy, SELECTIONS);
  }
  if (!policies?.length) errors.required(`${path}.policies`, 'must specify at least one Policy');
  policies?.forEach((policy, index) => {
    validatePolicy(policy, `${path}.policies[${index}]`, errors);
  });
  if (tolerance !== undefined && !quantityError(tolerance) && parseQuantity(tolerance) < 0) {
    errors.invalid(`${path}.tolerance`, tolerance, 'must be greater than or equal to 0');
  }
}

function validatePolicy(policy: Partial<ScalingPolicy>, path: string, errors: FieldErrors): void {
  const { type = '', value = 0, periodSeconds = 0 } = policy;
  if (!POLICIES.includes(type)) errors.notSupported(`${path}.type`, type, POLICIES);
  if (value <= 0) errors.invalid(`${path}.value`, value, 'must be greater than zero');
  const at = `${path}.periodSeconds`;
  if (periodSeconds <= 0) errors.invalid(at, periodSeconds, 'must be greater than zero');
  if (periodSeconds > MAX_PERIOD_SECONDS) {
    errors.invalid(at, periodSeconds, `must be less than or equal to ${MAX_PERIOD_SECONDS}`);
  }
}
