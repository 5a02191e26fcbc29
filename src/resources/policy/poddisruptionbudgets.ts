// PodDisruptionBudgets. Upstream: pkg/registry/policy/poddisruptionbudget/strategy.go,
// pkg/apis/policy/validation/validation.go.
import { podDisruptionBudgets } from '../../api/extension-refs';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { validateAtMostAll, validateCountOrPercent } from '../apps/rolling-update-validation';
import { goSelector, validateNonNegative } from '../apps/template-validation';
import { ageColumn, column, nameColumn } from '../columns';
import { validateConditions } from '../condition-validation';
import type { ResourceDefinition } from '../definition';
import { validateLabelSelector } from '../label-selector-validation';

const UNHEALTHY_POLICIES = ['AlwaysAllow', 'IfHealthyBudget'];
const COUNTS = ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'] as const;
const NO_STATUS: PodDisruptionBudgetStatus = Object.freeze({
  disruptionsAllowed: 0,
  currentHealthy: 0,
  desiredHealthy: 0,
  expectedPods: 0,
});

export const podDisruptionBudgetDefinition: ResourceDefinition<PodDisruptionBudget> = {
  ref: podDisruptionBudgets,
  singular: 'poddisruptionbudget',
  listKind: 'PodDisruptionBudgetList',
  shortNames: ['pdb'],
  subresources: ['status'],
  hasGeneration: true,
  applyDefaults(budget) {
    budget.spec ??= {};
    return budget;
  },
  prepareForCreate(budget) {
    budget.status = NO_STATUS;
    return budget;
  },
  prepareForStatusUpdate(budget) {
    budget.status = { ...NO_STATUS, ...budget.status };
    return budget;
  },
  validate: validateBudget,
  validateStatusUpdate({ status }, _old, errors) {
    validateConditions(status.conditions, 'status.conditions', errors);
    for (const field of COUNTS) validateNonNegative(status[field], `status.${field}`, errors);
  },
  columns: [
    nameColumn,
    column(
      'Min Available',
      'string',
      'The minimum number of pods that must be available.',
      ({ spec }) => String(spec.minAvailable ?? 'N/A'),
    ),
    column(
      'Max Unavailable',
      'string',
      'The maximum number of pods that may be unavailable.',
      ({ spec }) => String(spec.maxUnavailable ?? 'N/A'),
    ),
    column(
      'Allowed Disruptions',
      'integer',
      'Calculated number of pods that may be disrupted at this time.',
      ({ status }) => status.disruptionsAllowed ?? 0,
    ),
    ageColumn,
  ],
};

function validateBudget({ spec }: PodDisruptionBudget, errors: FieldErrors): void {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec;
  if (minAvailable != null && maxUnavailable != null) {
    const shown = {
      MinAvailable: minAvailable,
      Selector: goSelector(selector) ?? null,
      MaxUnavailable: maxUnavailable,
      UnhealthyPodEvictionPolicy: policy ?? null,
    };
    errors.invalid('spec', shown, 'minAvailable and maxUnavailable cannot be both set');
  }
  for (const field of ['minAvailable', 'maxUnavailable'] as const) {
    const value = spec[field] ?? undefined;
    validateCountOrPercent(value, `spec.${field}`, errors);
    validateAtMostAll(value, `spec.${field}`, errors);
  }
  validateLabelSelector(selector, 'spec.selector', errors);
  if (policy != null && !UNHEALTHY_POLICIES.includes(policy)) {
    errors.notSupported('spec.unhealthyPodEvictionPolicy', policy, UNHEALTHY_POLICIES);
  }
}
