// Upstream: validateTopologySpreadConstraints in pkg/apis/core/validation/validation.go.
import { acceptOnce } from '../../accept-once';
import type { FieldErrors } from '../../../api/field-errors';
import { qualifiedName } from '../../../api/names';
import type { TopologySpreadConstraint } from '../../../api/types';
import { validateLabelSelector } from '../../label-selector-validation';

const ACTIONS = ['DoNotSchedule', 'ScheduleAnyway'];
const INCLUSIONS = ['Honor', 'Ignore'];
const NOT_POSITIVE = 'must be greater than zero';

export const validateSpreadConstraints = acceptOnce<TopologySpreadConstraint[]>(
  (constraints, path, errors) => {
    constraints.forEach((constraint, index) => {
      const at = `${path}[${index}]`;
      validateConstraint(constraint, at, errors);
      const { topologyKey, whenUnsatisfiable } = constraint;
      const isRepeated = constraints.slice(index + 1).some((other) => {
        return other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable;
      });
      if (isRepeated) {
        const pair = `{${topologyKey}, ${whenUnsatisfiable}}`;
        errors.duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, pair);
      }
      validateMinDomains(constraint, `${at}.minDomains`, errors);
      validateLabels(constraint, at, errors);
    });
  },
);

function validateConstraint(
  { maxSkew, topologyKey, whenUnsatisfiable }: TopologySpreadConstraint,
  path: string,
  errors: FieldErrors,
): void {
  if (!(maxSkew > 0)) errors.invalid(`${path}.maxSkew`, maxSkew ?? 0, NOT_POSITIVE);
  if (!topologyKey) errors.required(`${path}.topologyKey`, 'can not be empty');
  if (!ACTIONS.includes(whenUnsatisfiable)) {
    errors.notSupported(`${path}.whenUnsatisfiable`, whenUnsatisfiable ?? '', ACTIONS);
  }
}

function validateMinDomains(
  { minDomains, whenUnsatisfiable }: TopologySpreadConstraint,
  path: string,
  errors: FieldErrors,
): void {
  if (minDomains == null) return;
  if (minDomains <= 0) errors.invalid(path, minDomains, NOT_POSITIVE);
  if (whenUnsatisfiable !== 'DoNotSchedule') {
    const needs = 'can only use minDomains if whenUnsatisfiable=DoNotSchedule';
    errors.invalid(path, minDomains, `${needs}, not ${whenUnsatisfiable}`);
  }
}

function validateLabels(
  constraint: TopologySpreadConstraint,
  path: string,
  errors: FieldErrors,
): void {
  for (const field of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
    const policy = constraint[field];
    if (policy != null && !INCLUSIONS.includes(policy)) {
      errors.notSupported(`${path}.${field}`, policy, INCLUSIONS);
    }
  }
  const { matchLabelKeys = [], labelSelector } = constraint;
  if (matchLabelKeys.length > 0 && !labelSelector) {
    const why = 'must not be specified when labelSelector is not set';
    errors.forbidden(`${path}.matchLabelKeys`, why);
  }
  matchLabelKeys.forEach((key, index) => {
    errors.invalidEach(`${path}.matchLabelKeys[${index}]`, key, qualifiedName(key));
    if (labelSelector?.matchLabels?.[key] !== undefined) {
      const why = 'exists in both matchLabelKeys and labelSelector';
      errors.invalid(`${path}.matchLabelKeys[${index}]`, key, why);
    }
  });
  validateLabelSelector(labelSelector, `${path}.labelSelector`, errors);
}
