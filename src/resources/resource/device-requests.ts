// The requests for devices that claims and their templates make.
// Upstream: pkg/apis/resource/{v1/defaults.go,validation/validation.go}.
import type { IDeviceClaim } from 'kubernetes-models/resource.k8s.io/v1/DeviceClaim';
import type { IDeviceRequest } from 'kubernetes-models/resource.k8s.io/v1/DeviceRequest';
import type { IExactDeviceRequest } from 'kubernetes-models/resource.k8s.io/v1/ExactDeviceRequest';
import type { FieldErrors } from '../../api/field-errors';
import { dnsLabel, dnsSubdomain } from '../../api/names';

const MODES = ['All', 'ExactCount'];
const REQUESTS_MAX = 32;
const CONSTRAINTS_MAX = 32;
const CONFIGS_MAX = 32;
const SUBREQUESTS_MAX = 8;
const SELECTORS_MAX = 32;

/** With the mode and count of each request that says neither. */
export function defaultDeviceClaim(claim: IDeviceClaim): IDeviceClaim {
  if (!claim.requests) return claim;
  const requests = claim.requests.map((request) => ({
    ...request,
    ...(request.exactly && { exactly: counted(request.exactly) }),
    ...(request.firstAvailable && { firstAvailable: request.firstAvailable.map(counted) }),
  }));
  return { ...claim, requests };
}

function counted<T extends { allocationMode?: string; count?: number }>(request: T): T {
  const allocationMode = request.allocationMode || 'ExactCount';
  if (allocationMode !== 'ExactCount') return { ...request, allocationMode };
  return { ...request, allocationMode, count: request.count || 1 };
}

export function validateDeviceClaim(
  { requests = [], constraints = [], config = [] }: IDeviceClaim,
  path: string,
  errors: FieldErrors,
): void {
  const names = new Set<string>();
  atMost(requests, REQUESTS_MAX, `${path}.requests`, errors);
  requests.forEach((request, index) => {
    const at = `${path}.requests[${index}]`;
    if (names.has(request.name)) errors.duplicate(`${at}.name`, request.name);
    names.add(request.name);
    validateRequest(request, at, errors);
  });
  const known = new Set(requests.flatMap(namesOf));
  atMost(constraints, CONSTRAINTS_MAX, `${path}.constraints`, errors);
  constraints.forEach((constraint, index) => {
    const at = `${path}.constraints[${index}]`;
    validateNames(constraint.requests ?? [], known, `${at}.requests`, errors);
    const { matchAttribute, distinctAttribute } = constraint;
    if (!matchAttribute && !distinctAttribute) {
      errors.required(at, 'exactly one of `matchAttribute` or `distinctAttribute` is required');
    }
  });
  atMost(config, CONFIGS_MAX, `${path}.config`, errors);
  config.forEach(({ requests: wanted = [], opaque }, index) => {
    const at = `${path}.config[${index}]`;
    validateNames(wanted, known, `${at}.requests`, errors);
    if (!opaque) errors.required(at, 'exactly one of `opaque` is required');
    else validateOpaque(opaque, `${at}.opaque`, errors);
  });
}

export function validateOpaque(
  { driver, parameters }: { driver?: string; parameters?: unknown },
  path: string,
  errors: FieldErrors,
): void {
  validateDriver(driver ?? '', `${path}.driver`, errors);
  if (parameters == null) errors.required(`${path}.parameters`);
}

export function validateDriver(driver: string, path: string, errors: FieldErrors): void {
  if (driver === '') errors.required(path);
  else if (driver.length > 63) errors.tooLong(path, 63);
  errors.invalidEach(path, driver, driver === '' ? [] : dnsSubdomain(driver));
}

function validateRequest(request: IDeviceRequest, path: string, errors: FieldErrors): void {
  const { name, exactly, firstAvailable } = request;
  errors.invalidEach(`${path}.name`, name ?? '', dnsLabel(name ?? ''));
  const words = 'exactly one of `exactly` or `firstAvailable` is required';
  if (exactly && firstAvailable?.length) {
    errors.invalid(path, null, `${words}, but multiple fields are set`);
  } else if (exactly) validateExact(exactly, `${path}.exactly`, errors);
  else if (firstAvailable?.length) {
    atMost(firstAvailable, SUBREQUESTS_MAX, `${path}.firstAvailable`, errors);
    const names = new Set<string>();
    firstAvailable.forEach((each, index) => {
      const at = `${path}.firstAvailable[${index}]`;
      errors.invalidEach(`${at}.name`, each.name ?? '', dnsLabel(each.name ?? ''));
      if (names.has(each.name)) errors.duplicate(`${at}.name`, each.name);
      names.add(each.name);
      validateExact(each, at, errors);
    });
  } else errors.required(path, words);
}

function validateExact(
  request: Pick<IExactDeviceRequest, 'deviceClassName' | 'allocationMode' | 'count' | 'selectors'>,
  path: string,
  errors: FieldErrors,
): void {
  const { deviceClassName: className, allocationMode = '', count, selectors = [] } = request;
  if (!className) errors.required(`${path}.deviceClassName`);
  else errors.invalidEach(`${path}.deviceClassName`, className, dnsSubdomain(className));
  atMost(selectors, SELECTORS_MAX, `${path}.selectors`, errors);
  selectors.forEach(({ cel }, index) => {
    const at = `${path}.selectors[${index}]`;
    if (!cel) errors.required(`${at}.cel`);
    else if (!cel.expression?.trim()) errors.required(`${at}.cel.expression`);
  });
  if (allocationMode === 'All') {
    if (count)
      errors.invalid(`${path}.count`, count, "must not be specified when allocationMode is 'All'");
  } else if (allocationMode !== 'ExactCount') {
    errors.notSupported(`${path}.allocationMode`, allocationMode, MODES);
  } else if ((count ?? 0) <= 0) {
    errors.invalid(`${path}.count`, count ?? 0, 'must be greater than zero');
  }
}

function validateNames(
  wanted: readonly string[],
  known: ReadonlySet<string>,
  path: string,
  errors: FieldErrors,
): void {
  wanted.forEach((name, index) => {
    if (known.has(name)) return;
    const why =
      'must be the name of a request in the claim or the name of a request and a subrequest ' +
      "separated by '/'";
    errors.invalid(`${path}[${index}]`, name, why);
  });
}

function namesOf({ name, firstAvailable = [] }: IDeviceRequest): string[] {
  return [name, ...firstAvailable.map((each) => `${name}/${each.name}`)];
}

/** A list that is too long is told so, once. */
export function atMost(
  items: readonly unknown[],
  max: number,
  path: string,
  errors: FieldErrors,
): void {
  if (items.length > max) errors.tooMany(path, items.length, max);
}
