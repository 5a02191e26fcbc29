// Requests and limits. Upstream: validateResourceRequirements, ValidateResourceQuantityValue in
// pkg/apis/core/validation/validation.go, pkg/apis/core/helper/helpers.go.
import { acceptOnce } from '../../accept-once';
import type { FieldErrors } from '../../../api/field-errors';
import { qualifiedName } from '../../../api/names';
import { canonicalQuantity, milliValue, parseQuantity, quantityError } from '../../../api/quantity';
import { COMPUTE, COUNTED, QUOTA_RESOURCES } from '../../../api/resource-names';
import type { ResourceRequirements } from '../../../api/types';

const HUGE_PAGES = 'hugepages-';
const STANDARD = new Set([...QUOTA_RESOURCES, 'storage']);
const FOR_CONTAINERS = new Set<string>(COMPUTE);

type Quantities = Record<string, string | number>;

/** A container's requests must not exceed its limits; huge pages and devices must equal them. */
export const validateContainerResources = acceptOnce<ResourceRequirements>(validateResources);

export function validateResources(
  { limits = {}, requests = {} }: ResourceRequirements,
  path: string,
  errors: FieldErrors,
): void {
  for (const name of Object.keys(limits).sort()) {
    validateAmount(name, limits[name], `${path}.limits[${name}]`, errors);
  }
  for (const name of Object.keys(requests).sort()) {
    validateAmount(name, requests[name], `${path}.requests[${name}]`, errors);
    compareToLimit(name, requests[name], limits, path, errors);
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  const hasHugePages = names.some((name) => name.startsWith(HUGE_PAGES));
  if (hasHugePages && !names.includes('cpu') && !names.includes('memory')) {
    errors.forbidden(path, 'HugePages require cpu or memory');
  }
}

/** Not below zero, and whole where halves make no sense. */
export function validateQuantityValue(
  name: string,
  quantity: string | number,
  path: string,
  errors: FieldErrors,
): boolean {
  const problem = quantityError(quantity);
  if (problem !== undefined) {
    errors.invalid(path, quantity, problem);
    return false;
  }
  const text = canonicalQuantity(quantity);
  if (parseQuantity(quantity) < 0) {
    errors.invalid(path, text, 'must be greater than or equal to 0');
  }
  const isWhole = COUNTED.has(name) || isExtended(name);
  if (isWhole && milliValue(quantity) % 1000 !== 0)
    errors.invalid(path, text, 'must be an integer');
  return true;
}

function validateAmount(
  name: string,
  quantity: string | number,
  path: string,
  errors: FieldErrors,
): void {
  validateContainerResourceName(name, path, errors);
  if (!validateQuantityValue(name, quantity, path, errors)) return;
  if (name.startsWith(HUGE_PAGES) && !isMultiple(quantity, name.slice(HUGE_PAGES.length))) {
    const text = canonicalQuantity(quantity);
    errors.invalid(path, text, `${text} is not positive integer multiple of ${name}`);
  }
}

/** A resource that containers may ask for. */
export function validateContainerResourceName(
  name: string,
  path: string,
  errors: FieldErrors,
): void {
  const problems = qualifiedName(name);
  errors.invalidEach(path, name, problems);
  const isHugePages = name.startsWith(HUGE_PAGES);
  if (!name.includes('/')) {
    if (problems.length === 0 && !STANDARD.has(name) && !isHugePages) {
      errors.invalid(path, name, 'must be a standard resource type or fully qualified');
    }
    if (!FOR_CONTAINERS.has(name) && !isHugePages) {
      errors.invalid(path, name, 'must be a standard resource for containers');
    }
  } else if (!isNative(name) && !isExtended(name)) {
    errors.invalid(path, name, "doesn't follow extended resource name standard");
  }
}

function compareToLimit(
  name: string,
  request: string | number,
  limits: Quantities,
  path: string,
  errors: FieldErrors,
): void {
  const limit = limits[name];
  const allowsOvercommit = isOvercommittable(name);
  if (limit === undefined) {
    if (allowsOvercommit) return;
    errors.required(`${path}.limits`, 'Limit must be set for non overcommitable resources');
    return;
  }
  if (quantityError(request) !== undefined || quantityError(limit) !== undefined) return;
  const excess = parseQuantity(request) - parseQuantity(limit);
  const wording = `${name} limit of ${canonicalQuantity(limit)}`;
  const text = canonicalQuantity(request);
  if (excess !== 0 && !allowsOvercommit) {
    errors.invalid(`${path}.requests`, text, `must be equal to ${wording}`);
  } else if (excess > 0) {
    errors.invalid(`${path}.requests`, text, `must be less than or equal to ${wording}`);
  }
}

/** True of what may be promised to more than can have it at once. */
export function isOvercommittable(name: string): boolean {
  return isNative(name) && !name.startsWith(HUGE_PAGES);
}

function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

function isExtended(name: string): boolean {
  return (
    !isNative(name) &&
    !name.startsWith('requests.') &&
    qualifiedName(`requests.${name}`).length === 0
  );
}

function isMultiple(quantity: string | number, pageSize: string): boolean {
  if (quantityError(pageSize) !== undefined) return false;
  const size = parseQuantity(pageSize);
  const amount = parseQuantity(quantity);
  return size > 0 && amount > 0 && amount % size === 0;
}
