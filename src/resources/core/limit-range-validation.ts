// What a LimitRange must be. Upstream: ValidateLimitRange in
// pkg/apis/core/validation/validation.go.
import type { ILimitRangeItem } from 'kubernetes-models/v1/LimitRangeItem';
import type { LimitRange } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { qualifiedName } from '../../api/names';
import { canonicalQuantity, parseQuantity, quantityError } from '../../api/quantity';
import type { Amounts } from '../../api/resource-amounts';
import { validateContainerResourceName, isOvercommittable } from './pod/resource-validation';

const STANDARD_TYPES = new Set(['Pod', 'Container', 'PersistentVolumeClaim']);

export function validateLimitRange({ spec }: LimitRange, errors: FieldErrors): void {
  const seen = new Set<string>();
  (spec.limits ?? []).forEach((limit, index) => {
    const path = `spec.limits[${index}]`;
    validateType(limit.type ?? '', `${path}.type`, errors);
    if (seen.has(limit.type)) errors.duplicate(`${path}.type`, limit.type);
    seen.add(limit.type);
    validateNames(limit, path, errors);
    if (!haveAmounts(limit)) return;
    validateRelations(limit, path, errors);
  });
}

function validateType(type: string, path: string, errors: FieldErrors): void {
  const problems = qualifiedName(type);
  errors.invalidEach(path, type, problems);
  if (problems.length > 0 || type.includes('/') || STANDARD_TYPES.has(type)) return;
  errors.invalid(path, type, 'must be a standard limit type or fully qualified');
}

function validateNames(limit: ILimitRangeItem, path: string, errors: FieldErrors): void {
  const check = (part: 'max' | 'min' | 'default' | 'defaultRequest' | 'maxLimitRequestRatio') => {
    const amounts = (limit[part] ?? {}) as Amounts;
    for (const name of Object.keys(amounts).sort()) {
      const at = `${path}.${part}[${name}]`;
      if (limit.type === 'Pod' || limit.type === 'Container') {
        validateContainerResourceName(name, at, errors);
      } else errors.invalidEach(at, name, qualifiedName(name));
      const problem = quantityError(amounts[name]);
      if (problem !== undefined) errors.invalid(at, amounts[name], problem);
    }
  };
  check('max');
  check('min');
  if (limit.type === 'Pod') {
    const why = "may not be specified when `type` is 'Pod'";
    if (size(limit.default) > 0) errors.forbidden(`${path}.default`, why);
    if (size(limit.defaultRequest) > 0) errors.forbidden(`${path}.defaultRequest`, why);
  } else {
    check('default');
    check('defaultRequest');
  }
  if (limit.type === 'PersistentVolumeClaim') {
    if (limit.min?.storage === undefined && limit.max?.storage === undefined) {
      errors.required(
        `${path}.limits`,
        'either minimum or maximum storage value is required, but neither was provided',
      );
    }
  }
  check('maxLimitRequestRatio');
}

function validateRelations(limit: ILimitRangeItem, path: string, errors: FieldErrors): void {
  const parts = [
    limit.max,
    limit.min,
    ...(limit.type === 'Pod' ? [] : [limit.default, limit.defaultRequest]),
    limit.maxLimitRequestRatio,
  ];
  const names = new Set(parts.flatMap((part) => Object.keys(part ?? {})));
  for (const name of [...names].sort()) validateRelation(limit, name, path, errors);
}

function validateRelation(
  limit: ILimitRangeItem,
  name: string,
  path: string,
  errors: FieldErrors,
): void {
  const [min, max, standard, request, ratio] = [
    limit.min,
    limit.max,
    limit.default,
    limit.defaultRequest,
    limit.maxLimitRequestRatio,
  ].map((part) => textOf(part, name));
  const order = (
    lower: string | undefined,
    higher: string | undefined,
    part: string,
    shown: string | undefined,
    words: (lower: string, higher: string) => string,
  ): void => {
    if (lower === undefined || higher === undefined) return;
    if (parseQuantity(lower) <= parseQuantity(higher)) return;
    errors.invalid(`${path}.${part}[${name}]`, shown, words(lower, higher));
  };
  order(min, max, 'min', min, (a, b) => `min value ${a} is greater than max value ${b}`);
  order(min, request, 'defaultRequest', request, (a, b) => {
    return `min value ${a} is greater than default request value ${b}`;
  });
  order(request, max, 'defaultRequest', request, (a, b) => {
    return `default request value ${a} is greater than max value ${b}`;
  });
  order(request, standard, 'defaultRequest', request, (a, b) => {
    return `default request value ${a} is greater than default limit value ${b}`;
  });
  order(min, standard, 'default', min, (a, b) => {
    return `min value ${a} is greater than default value ${b}`;
  });
  order(standard, max, 'default', max, (a, b) => {
    return `default value ${a} is greater than max value ${b}`;
  });
  validateRatio(ratio, min, max, `${path}.maxLimitRequestRatio[${name}]`, errors);
  if (!isOvercommittable(name) && standard !== undefined && request !== undefined) {
    if (parseQuantity(standard) !== parseQuantity(request)) {
      const values = `default value ${standard} must equal to defaultRequest value ${request}`;
      const why = `${values} in ${name}`;
      errors.invalid(`${path}.defaultRequest[${name}]`, request, why);
    }
  }
}

function validateRatio(
  ratio: string | undefined,
  min: string | undefined,
  max: string | undefined,
  path: string,
  errors: FieldErrors,
): void {
  if (ratio === undefined) return;
  if (parseQuantity(ratio) < 1) errors.invalid(path, ratio, `ratio ${ratio} is less than 1`);
  if (min === undefined || max === undefined) return;
  const limit = parseQuantity(max) / parseQuantity(min);
  if (parseQuantity(ratio) <= limit) return;
  errors.invalid(path, ratio, `ratio ${ratio} is greater than max/min = ${limit.toFixed(6)}`);
}

function haveAmounts(limit: ILimitRangeItem): boolean {
  const parts = [limit.max, limit.min, limit.default, limit.defaultRequest];
  return [...parts, limit.maxLimitRequestRatio].every((part) =>
    Object.values((part ?? {}) as Amounts).every((each) => quantityError(each) === undefined),
  );
}

function textOf(amounts: object | undefined, name: string): string | undefined {
  const quantity = ((amounts ?? {}) as Amounts)[name];
  return quantity === undefined ? undefined : canonicalQuantity(quantity);
}

function size(amounts: object | undefined): number {
  return Object.keys(amounts ?? {}).length;
}
