// What a ResourceQuota must be.
// Upstream: ValidateResourceQuota in pkg/apis/core/validation/validation.go.
import type { ResourceQuota } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { qualifiedName } from '../../api/names';
import type { ScopeRequirement } from '../../api/quota/scopes';
import { QUOTA_COMPUTE, QUOTA_RESOURCES } from '../../api/resource-names';
import { validateQuantityValue } from './pod/resource-validation';

/** Scopes of pods; BestEffort ones can only be counted. */
const POD_SCOPES = new Set([
  'Terminating',
  'NotTerminating',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
]);
const SCOPES = new Set([...POD_SCOPES, 'BestEffort', 'VolumeAttributesClass']);
const WITHOUT_VALUES = new Set([
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'CrossNamespacePodAffinity',
]);
const OPPOSITES = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
];
const UNSUPPORTED = 'unsupported scope';
const NOT_FOR_RESOURCE = 'unsupported scope applied to resource';

export function validateResourceQuota({ spec }: ResourceQuota, errors: FieldErrors): void {
  const hard = (spec.hard ?? {}) as Record<string, string | number>;
  for (const name of Object.keys(hard).sort()) {
    validateName(name, `spec.hard[${name}]`, errors);
    validateQuantityValue(name, hard[name], `spec.hard[${name}]`, errors);
  }
  validateScopes(spec.scopes ?? [], Object.keys(hard), errors);
  const requirements = spec.scopeSelector?.matchExpressions ?? [];
  for (const requirement of requirements) validateRequirement(requirement, spec, errors);
  const names = requirements.map(({ scopeName }) => scopeName as string);
  if (isConflicting(names)) {
    errors.invalid('spec.scopeSelector.matchExpressions', names, 'conflicting scopes');
  }
}

/** The scopes of a quota never change. */
export function validateResourceQuotaUpdate(
  { spec }: ResourceQuota,
  old: ResourceQuota,
  errors: FieldErrors,
): void {
  const [after, before] = [spec.scopes ?? [], old.spec.scopes ?? []].map((scopes) =>
    [...new Set<string>(scopes)].sort().join(),
  );
  if (after !== before) errors.invalid('spec.scopes', spec.scopes ?? [], 'field is immutable');
}

export function validateResourceQuotaStatus({ status }: ResourceQuota, errors: FieldErrors): void {
  for (const part of ['hard', 'used'] as const) {
    const amounts = (status?.[part] ?? {}) as Record<string, string | number>;
    for (const name of Object.keys(amounts).sort()) {
      validateName(name, `status.${part}[${name}]`, errors);
      validateQuantityValue(name, amounts[name], `status.${part}[${name}]`, errors);
    }
  }
}

function validateName(name: string, path: string, errors: FieldErrors): void {
  const problems = qualifiedName(name);
  errors.invalidEach(path, name, problems);
  if (problems.length > 0 || name.includes('/') || isStandard(name)) return;
  errors.invalid(path, name, 'must be a standard resource for quota');
}

function isStandard(name: string): boolean {
  return QUOTA_RESOURCES.has(name) || /^(requests\.)?hugepages-/.test(name);
}

function validateScopes(
  scopes: readonly string[],
  resources: readonly string[],
  errors: FieldErrors,
): void {
  for (const scope of scopes) {
    if (!SCOPES.has(scope)) errors.invalid('spec.scopes', scopes, UNSUPPORTED);
    for (const name of resources) {
      if (isStandard(name) && !fits(scope, name)) {
        errors.invalid('spec.scopes', scopes, NOT_FOR_RESOURCE);
      }
    }
  }
  if (isConflicting(scopes)) errors.invalid('spec.scopes', scopes, 'conflicting scopes');
}

function validateRequirement(
  { scopeName, operator, values = [] }: ScopeRequirement,
  spec: ResourceQuota['spec'],
  errors: FieldErrors,
): void {
  const path = 'spec.scopeSelector.matchExpressions';
  const scope = scopeName as string;
  if (!SCOPES.has(scope)) errors.invalid(`${path}.scopeName`, scope, UNSUPPORTED);
  for (const name of Object.keys(spec.hard ?? {})) {
    if (isStandard(name) && !fits(scope, name)) {
      errors.invalid(path, spec.scopeSelector, NOT_FOR_RESOURCE);
    }
  }
  const operators = operator as string;
  if (WITHOUT_VALUES.has(scope) && operators !== 'Exists') {
    const why =
      "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, " +
      'ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ' +
      'ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity';
    errors.invalid(`${path}.operator`, operators, why);
  }
  if (operators === 'In' || operators === 'NotIn') {
    if (values.length > 0) return;
    const why = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
    errors.required(`${path}.values`, why);
  } else if (operators === 'Exists' || operators === 'DoesNotExist') {
    if (values.length === 0) return;
    const why = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
    errors.invalid(`${path}.values`, values, why);
  } else errors.invalid(`${path}.operator`, operators, 'not a valid selector operator');
}

function fits(scope: string, name: string): boolean {
  if (POD_SCOPES.has(scope)) return name === 'pods' || QUOTA_COMPUTE.has(name);
  if (scope === 'BestEffort') return name === 'pods';
  if (scope === 'VolumeAttributesClass') {
    return name === 'persistentvolumeclaims' || name === 'requests.storage';
  }
  return true;
}

function isConflicting(scopes: readonly string[]): boolean {
  return OPPOSITES.some((pair) => pair.every((scope) => scopes.includes(scope)));
}
