// What requests may take of a capacity that several of them can share.
// Upstream: validateRequestPolicy in pkg/apis/resource/validation/validation.go.
import type { ICapacityRequestPolicy } from 'kubernetes-models/resource.k8s.io/v1/CapacityRequestPolicy';
import type { ICapacityRequestPolicyRange } from 'kubernetes-models/resource.k8s.io/v1/CapacityRequestPolicyRange';
import type { IDeviceCapacity } from 'kubernetes-models/resource.k8s.io/v1/DeviceCapacity';
import type { FieldErrors } from '../../api/field-errors';
import { canonicalQuantity, parseQuantity } from '../../api/quantity';
import { validateSet } from './device-names';

const OPTIONS_MAX = 10;
const TWO_POLICIES =
  'exactly one policy can be specified, cannot specify "validValues" and "validRange" at the ' +
  'same time';

type Quantity = string | number;

/** Only devices that can be allocated more than once have policies. */
export function validateCapacity(
  { value, requestPolicy: policy }: IDeviceCapacity,
  isShared: boolean,
  path: string,
  errors: FieldErrors,
): void {
  if (!policy) return;
  const at = `${path}.requestPolicy`;
  if (!isShared) errors.forbidden(at, 'allowMultipleAllocations must be true');
  else if (policy.validValues?.length && policy.validRange) errors.forbidden(at, TWO_POLICIES);
  else validatePolicy(policy, value, at, errors);
}

function validatePolicy(
  { default: standard, validValues, validRange }: ICapacityRequestPolicy,
  max: Quantity,
  path: string,
  errors: FieldErrors,
): void {
  const required = (field: string): void =>
    errors.required(`${path}.default`, `required when ${field} is defined`);
  if (validValues?.length) {
    if (standard === undefined) required('validValues');
    else validateValues(standard, max, validValues, `${path}.validValues`, errors);
  } else if (validRange) {
    if (standard === undefined) required('validRange');
    else validateRange(standard, max, validRange, `${path}.validRange`, errors);
  }
}

function validateValues(
  standard: Quantity,
  max: Quantity,
  values: readonly Quantity[],
  path: string,
  errors: FieldErrors,
): void {
  values.forEach((value, index) => {
    if (index === 0 || parseQuantity(values[index - 1]) <= parseQuantity(value)) return;
    const text = canonicalQuantity(value);
    errors.invalid(`${path}[${index}]`, text, 'values must be sorted in ascending order');
  });
  const validate = (value: Quantity, at: string): void => {
    if (parseQuantity(value) <= parseQuantity(max)) return;
    errors.invalid(at, canonicalQuantity(value), `option is larger than capacity value: ${max}`);
  };
  validateSet(values, OPTIONS_MAX, path, errors, validate, (value) => String(parseQuantity(value)));
  if (values.some((value) => parseQuantity(value) === parseQuantity(standard))) return;
  const why = 'default value is not valid according to the requestPolicy';
  errors.invalid(path, canonicalQuantity(standard), why);
}

function validateRange(
  standard: Quantity,
  capacity: Quantity,
  { min, max, step }: ICapacityRequestPolicyRange,
  path: string,
  errors: FieldErrors,
): void {
  if (min === undefined) {
    errors.required(`${path}.min`, 'required when validRange is defined');
    return;
  }
  const tell = (field: string, value: Quantity, why: string): void =>
    errors.invalid(`${path}.${field}`, canonicalQuantity(value), why);
  const isMore = (a: Quantity, b: Quantity): boolean => parseQuantity(a) > parseQuantity(b);
  if (isMore(min, capacity)) tell('min', min, `min is larger than capacity value: ${capacity}`);
  if (isMore(min, standard)) tell('min', standard, `default is less than min: ${min}`);
  if (max !== undefined) {
    if (isMore(min, max)) tell('max', min, `min is larger than max: ${max}`);
    if (isMore(max, capacity)) tell('max', max, `max is larger than capacity value: ${capacity}`);
    if (isMore(standard, max)) tell('max', standard, `default is more than max: ${max}`);
  }
  if (step === undefined) return;
  const first = parseQuantity(min) + parseQuantity(step);
  if (first > parseQuantity(capacity)) {
    const text = canonicalQuantity(first);
    tell('step', step, `one step ${text} is larger than capacity value: ${capacity}`);
  }
  for (const value of max === undefined ? [standard] : [standard, max]) {
    const above = Math.ceil(parseQuantity(value)) - Math.ceil(parseQuantity(min));
    if (above % Math.ceil(parseQuantity(step)) === 0) continue;
    tell('step', value, `value is not a multiple of a given step (${step}) from (${min})`);
  }
}
