// The requests for devices that claims and their templates make.
// Upstream: pkg/apis/resource/{v1/defaults.go,validation/validation.go}.
import type { IDeviceClaim } from 'kubernetes-models/resource.k8s.io/v1/DeviceClaim';
import type { IDeviceConstraint } from 'kubernetes-models/resource.k8s.io/v1/DeviceConstraint';
import type { IDeviceRequest } from 'kubernetes-models/resource.k8s.io/v1/DeviceRequest';
import type { IDeviceSelector } from 'kubernetes-models/resource.k8s.io/v1/DeviceSelector';
import type { IExactDeviceRequest } from 'kubernetes-models/resource.k8s.io/v1/ExactDeviceRequest';
import type { FieldErrors } from '../../api/field-errors';
import { dnsLabel, dnsSubdomain } from '../../api/names';
import { compileSelector, EXPRESSION_MAX, isTooComplex } from '../../cel/device-selector';
import { validateConfiguration } from './device-configuration';
import { validateEach, validateFullyQualifiedName, validateSet } from './device-names';
import { validateToleration } from './device-taints';

const MODES = ['All', 'ExactCount'];
const REQUESTS_MAX = 32;
const CONSTRAINTS_MAX = 32;
export const CONFIGS_MAX = 32;
const SUBREQUESTS_MAX = 8;
const SELECTORS_MAX = 32;
const TOLERATIONS_MAX = 16;
const REQUEST_NAME =
  'must be the name of a request in the claim or the name of a request and a subrequest ' +
  "separated by '/'";

/** With the mode and count of each request, and the operator of each toleration, that has none. */
export function defaultDeviceClaim(claim: IDeviceClaim): IDeviceClaim {
  if (!claim.requests) return claim;
  const requests = claim.requests.map((request) => ({
    ...request,
    ...(request.exactly && { exactly: whole(request.exactly) }),
    ...(request.firstAvailable && { firstAvailable: request.firstAvailable.map(whole) }),
  }));
  return { ...claim, requests };
}

type Wanted = Pick<IExactDeviceRequest, 'allocationMode' | 'count' | 'tolerations'>;

function whole<T extends Wanted>(request: T): T {
  const allocationMode = request.allocationMode || 'ExactCount';
  const filled = { ...request, allocationMode };
  if (allocationMode === 'ExactCount') filled.count = request.count || 1;
  filled.tolerations &&= filled.tolerations.map((toleration) => ({
    ...toleration,
    operator: toleration.operator || 'Equal',
  }));
  return filled;
}

export function validateDeviceClaim(
  { requests = [], constraints = [], config = [] }: IDeviceClaim,
  path: string,
  errors: FieldErrors,
): void {
  const known = requestNames(requests);
  const nameOf = ({ name }: Partial<IDeviceRequest>): string => name ?? '';
  validateSet(requests, REQUESTS_MAX, `${path}.requests`, errors, validateRequest, nameOf);
  validateEach(constraints, CONSTRAINTS_MAX, `${path}.constraints`, errors, (constraint, at) => {
    validateConstraint(constraint, known, at, errors);
  });
  validateEach(config, CONFIGS_MAX, `${path}.config`, errors, (each, at) => {
    validateNames(each.requests ?? [], known, `${at}.requests`, errors);
    validateConfiguration(each, at, errors);
  });
}

/** 'request', and 'request/subrequest' of one with alternatives. */
export function requestNames(requests: readonly IDeviceRequest[]): ReadonlySet<string> {
  return new Set(
    requests.flatMap(({ name, firstAvailable = [] }) => [
      name,
      ...firstAvailable.map((each) => `${name}/${each.name}`),
    ]),
  );
}

function validateRequest(
  request: Partial<IDeviceRequest>,
  path: string,
  errors: FieldErrors,
): void {
  const { name = '', exactly, firstAvailable } = request;
  errors.invalidEach(`${path}.name`, name, dnsLabel(name));
  const words = 'exactly one of `exactly` or `firstAvailable` is required';
  if (exactly && firstAvailable?.length) {
    errors.invalid(path, null, `${words}, but multiple fields are set`);
  } else if (exactly) validateExact(exactly, `${path}.exactly`, errors);
  else if (firstAvailable?.length) {
    const at = `${path}.firstAvailable`;
    const nameOf = (each: { name?: string }): string => each.name ?? '';
    const validate = (each: (typeof firstAvailable)[number], place: string): void => {
      errors.invalidEach(`${place}.name`, each.name ?? '', dnsLabel(each.name ?? ''));
      validateExact(each, place, errors);
    };
    validateSet(firstAvailable, SUBREQUESTS_MAX, at, errors, validate, nameOf);
  } else errors.required(path, words);
}

function validateExact(
  request: Omit<IExactDeviceRequest, 'adminAccess'>,
  path: string,
  errors: FieldErrors,
): void {
  const { deviceClassName: className, allocationMode = '', count, tolerations = [] } = request;
  if (!className) errors.required(`${path}.deviceClassName`);
  else errors.invalidEach(`${path}.deviceClassName`, className, dnsSubdomain(className));
  validateSelectors(request.selectors ?? [], `${path}.selectors`, errors);
  if (allocationMode === 'All') {
    if (count)
      errors.invalid(`${path}.count`, count, "must not be specified when allocationMode is 'All'");
  } else if (allocationMode !== 'ExactCount') {
    errors.notSupported(`${path}.allocationMode`, allocationMode, MODES);
  } else if ((count ?? 0) <= 0) {
    errors.invalid(`${path}.count`, count ?? 0, 'must be greater than zero');
  }
  validateEach(tolerations, TOLERATIONS_MAX, `${path}.tolerations`, errors, validateToleration);
}

export function validateSelectors(
  selectors: readonly IDeviceSelector[],
  path: string,
  errors: FieldErrors,
): void {
  validateEach(selectors, SELECTORS_MAX, path, errors, ({ cel }, at) => {
    if (cel) validateExpression(cel.expression ?? '', `${at}.cel.expression`, errors);
    else errors.required(`${at}.cel`);
  });
}

function validateExpression(expression: string, path: string, errors: FieldErrors): void {
  if (expression.length > EXPRESSION_MAX) {
    errors.tooLong(path, EXPRESSION_MAX);
    return;
  }
  const selector = compileSelector(expression);
  if ('problem' in selector) errors.invalid(path, expression, selector.problem);
  else if (isTooComplex(selector.program)) {
    errors.forbidden(path, 'too complex, exceeds cost limit');
  }
}

function validateConstraint(
  { requests = [], matchAttribute, distinctAttribute }: IDeviceConstraint,
  known: ReadonlySet<string>,
  path: string,
  errors: FieldErrors,
): void {
  validateNames(requests, known, `${path}.requests`, errors);
  if (matchAttribute != null) {
    validateFullyQualifiedName(matchAttribute, `${path}.matchAttribute`, errors);
  } else if (distinctAttribute != null) {
    validateFullyQualifiedName(distinctAttribute, `${path}.distinctAttribute`, errors);
  } else {
    const words = 'exactly one of "matchAttribute" or "distinctAttribute" is required';
    errors.required(path, `${words}, but multiple fields are set`);
  }
}

export function validateNames(
  wanted: readonly string[],
  known: ReadonlySet<string>,
  path: string,
  errors: FieldErrors,
): void {
  const validate = (name: string, at: string): void => validateName(name, known, at, errors);
  validateSet(wanted, REQUESTS_MAX, path, errors, validate, (name) => name);
}

/** The name of one of the claim's requests, or of an alternative within it. */
export function validateName(
  name: string,
  known: ReadonlySet<string>,
  path: string,
  errors: FieldErrors,
): void {
  const parts = name.split('/');
  if (parts.length <= 2) {
    for (const part of parts) errors.invalidEach(path, part, dnsLabel(part));
  }
  if (!known.has(name)) errors.invalid(path, name, REQUEST_NAME);
}
