// Pod failure policies and success policies of Jobs.
// Upstream: pkg/apis/batch/validation/validation.go.
import type { IPodFailurePolicyOnExitCodesRequirement } from 'kubernetes-models/batch/v1/PodFailurePolicyOnExitCodesRequirement';
import type { IPodFailurePolicyOnPodConditionsPattern } from 'kubernetes-models/batch/v1/PodFailurePolicyOnPodConditionsPattern';
import type { IPodFailurePolicyRule } from 'kubernetes-models/batch/v1/PodFailurePolicyRule';
import type { ISuccessPolicyRule } from 'kubernetes-models/batch/v1/SuccessPolicyRule';
import type { JobSpec } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { qualifiedName } from '../../api/names';
import { validateNonNegative } from '../apps/template-validation';
import { countIndexes, parseIndexes } from './index-format';

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];
const FAILURE_RULES_MAX = 20;
const EXIT_CODES_MAX = 255;
const PATTERNS_MAX = 20;
const SUCCESS_RULES_MAX = 20;
const SUCCEEDED_INDEXES_MAX_BYTES = 65536;

/** An error about a struct, whose value would say nothing. */
export function invalidStruct(errors: FieldErrors, path: string, detail: string): void {
  errors.add('FieldValueInvalid', path, `Invalid value: ${detail}`);
}

export function validateFailurePolicy(spec: JobSpec, path: string, errors: FieldErrors): void {
  // A policy may be written without any.
  const rules: readonly IPodFailurePolicyRule[] = spec.podFailurePolicy!.rules ?? [];
  if (rules.length > FAILURE_RULES_MAX) {
    errors.tooMany(`${path}.rules`, rules.length, FAILURE_RULES_MAX);
  }
  const { containers = [], initContainers = [] } = spec.template?.spec ?? {};
  const names = new Set([...containers, ...initContainers].map(({ name }) => name));
  rules.forEach((rule, index) => {
    validateFailureRule(spec, rule, `${path}.rules[${index}]`, names, errors);
  });
}

function validateFailureRule(
  spec: JobSpec,
  rule: IPodFailurePolicyRule,
  path: string,
  containers: ReadonlySet<string>,
  errors: FieldErrors,
): void {
  const { action, onExitCodes, onPodConditions = [] } = rule;
  requireOneOf(action, ACTIONS, `${path}.action`, errors);
  if (action === 'FailIndex' && spec.backoffLimitPerIndex == null) {
    errors.invalid(`${path}.action`, action, 'requires the backoffLimitPerIndex to be set');
  }
  if (onExitCodes) validateExitCodes(onExitCodes, `${path}.onExitCodes`, containers, errors);
  validatePatterns(onPodConditions, `${path}.onPodConditions`, errors);
  const both = 'specifying both OnExitCodes and OnPodConditions is not supported';
  const none = 'specifying one of OnExitCodes and OnPodConditions is required';
  if (onExitCodes && onPodConditions.length > 0) invalidStruct(errors, path, both);
  if (!onExitCodes && onPodConditions.length === 0) invalidStruct(errors, path, none);
}

function requireOneOf(
  value: string | undefined,
  supported: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  if (!value) {
    const list = supported.map((choice) => `"${choice}"`).join(' ');
    errors.required(path, `valid values: [${list}]`);
  } else if (!supported.includes(value)) errors.notSupported(path, value, supported);
}

function validatePatterns(
  patterns: readonly IPodFailurePolicyOnPodConditionsPattern[],
  path: string,
  errors: FieldErrors,
): void {
  if (patterns.length > PATTERNS_MAX) errors.tooMany(path, patterns.length, PATTERNS_MAX);
  patterns.forEach(({ type, status }, index) => {
    errors.invalidEach(`${path}[${index}].type`, type ?? '', qualifiedName(type ?? ''));
    requireOneOf(status, STATUSES, `${path}[${index}].status`, errors);
  });
}

function validateExitCodes(
  requirement: IPodFailurePolicyOnExitCodesRequirement,
  path: string,
  containers: ReadonlySet<string>,
  errors: FieldErrors,
): void {
  const { operator, containerName } = requirement;
  const values = requirement.values ?? [];
  requireOneOf(operator, OPERATORS, `${path}.operator`, errors);
  if (containerName != null && !containers.has(containerName)) {
    const why = 'must be one of the container or initContainer names in the pod template';
    errors.invalid(`${path}.containerName`, containerName, why);
  }
  const at = `${path}.values`;
  if (values.length === 0)
    errors.invalid(at, requirement.values ?? null, 'at least one value is required');
  else if (values.length > EXIT_CODES_MAX) errors.tooMany(at, values.length, EXIT_CODES_MAX);
  values.forEach((value, index) => {
    if (operator === 'In' && value === 0) {
      errors.invalid(`${at}[${index}]`, value, 'must not be 0 for the In operator');
    }
    if (values.indexOf(value) < index) errors.duplicate(`${at}[${index}]`, value);
  });
  const isOrdered = values.every((value, index) => index === 0 || values[index - 1] <= value);
  if (!isOrdered) errors.invalid(at, values, 'must be ordered');
}

export function validateSuccessPolicy(spec: JobSpec, path: string, errors: FieldErrors): void {
  const rules = spec.successPolicy!.rules ?? [];
  if (rules.length === 0) {
    const why = 'at least one rules must be specified when the successPolicy is specified';
    errors.required(`${path}.rules`, why);
  }
  if (rules.length > SUCCESS_RULES_MAX) {
    errors.tooMany(`${path}.rules`, rules.length, SUCCESS_RULES_MAX);
  }
  rules.forEach((rule, index) => {
    validateSuccessRule(rule, spec.completions ?? 0, `${path}.rules[${index}]`, errors);
  });
}

function validateSuccessRule(
  { succeededCount, succeededIndexes }: ISuccessPolicyRule,
  completions: number,
  path: string,
  errors: FieldErrors,
): void {
  if (succeededCount == null && succeededIndexes == null) {
    errors.required(path, 'at least one of succeededCount or succeededIndexes must be specified');
  }
  let total = 0;
  if (succeededIndexes != null) {
    const at = `${path}.succeededIndexes`;
    if (succeededIndexes.length > SUCCEEDED_INDEXES_MAX_BYTES) {
      errors.tooLong(at, SUCCEEDED_INDEXES_MAX_BYTES);
    }
    const indexes = parseIndexes(succeededIndexes, completions);
    if (typeof indexes === 'string') {
      errors.invalid(at, succeededIndexes, `error parsing succeededIndexes: ${indexes}`);
    } else total = countIndexes(indexes);
  }
  if (succeededCount == null) return;
  const at = `${path}.succeededCount`;
  validateNonNegative(succeededCount, at, errors);
  if (succeededCount > completions) {
    const limit = `${completions} (the number of specified completions)`;
    const why = `must be less than or equal to ${limit}`;
    errors.invalid(at, succeededCount, why);
  }
  if (succeededIndexes != null && succeededCount > total) {
    const what = 'the number of indexes in the specified succeededIndexes field';
    errors.invalid(at, succeededCount, `must be less than or equal to ${total} (${what})`);
  }
}
