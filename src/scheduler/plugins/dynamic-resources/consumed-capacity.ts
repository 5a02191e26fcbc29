// How much of a device's capacity a request takes, of devices that serve several requests at once.
// Upstream:
// k8s.io/dynamic-resource-allocation/structured/internal/incubating/consumable_capacity.go.
import type { ICapacityRequestPolicy } from 'kubernetes-models/resource.k8s.io/v1/CapacityRequestPolicy';
import type { IDevice } from 'kubernetes-models/resource.k8s.io/v1/Device';
import type { IDeviceCapacity } from 'kubernetes-models/resource.k8s.io/v1/DeviceCapacity';
import type { IExactDeviceRequest } from 'kubernetes-models/resource.k8s.io/v1/ExactDeviceRequest';
import { canonicalQuantity, formatQuantity, parseQuantity } from '../../../api/quantity';

type Quantity = string | number;
export type Capacities = Readonly<Record<string, Quantity>>;

/** Undefined when the request asks for what the device has not, or against its policy. */
export function consumedCapacity(
  device: IDevice,
  { capacity: wanted }: IExactDeviceRequest,
): Capacities | undefined {
  const capacity = device.capacity ?? {};
  const requests = wanted?.requests ?? {};
  if (Object.keys(requests).some((name) => !Object.hasOwn(capacity, name))) return undefined;
  const consumed: Record<string, Quantity> = {};
  for (const [name, each] of Object.entries(capacity)) {
    const amount = amountFor(requests[name], each);
    if (violates(amount, each.requestPolicy)) return undefined;
    consumed[name] = canonicalQuantity(amount);
  }
  return consumed;
}

/** Whether the amounts fit into the device together. */
export function fitTogether({ capacity = {} }: IDevice, amounts: readonly Capacities[]): boolean {
  return Object.entries(capacity).every(([name, { value }]) => {
    const sum = amounts.reduce((total, each) => total + parseQuantity(each[name] ?? 0), 0);
    return sum <= parseQuantity(value);
  });
}

function amountFor(asked: Quantity | undefined, { value, requestPolicy }: IDeviceCapacity) {
  if (asked === undefined) return requestPolicy?.default ?? value;
  const amount = parseQuantity(asked);
  const { validRange: range, validValues: values } = requestPolicy ?? {};
  if (range) {
    if (amount < parseQuantity(range.min)) return range.min;
    if (range.step === undefined) return asked;
    const min = Math.ceil(parseQuantity(range.min));
    const step = Math.ceil(parseQuantity(range.step));
    const steps = Math.ceil((Math.ceil(amount) - min) / step);
    return formatQuantity(
      min + steps * step,
      String(range.step).endsWith('i') ? 'BinarySI' : undefined,
    );
  }
  return values?.find((each) => amount <= parseQuantity(each)) ?? asked;
}

function violates(amount: Quantity, policy: ICapacityRequestPolicy | undefined): boolean {
  if (!policy) return false;
  const value = parseQuantity(amount);
  if (policy.default !== undefined && value === parseQuantity(policy.default)) return false;
  const { validRange: range, validValues: values } = policy;
  if (range) {
    if (range.max !== undefined && value > parseQuantity(range.max)) return true;
    if (range.step === undefined) return false;
    const above = Math.ceil(value) - Math.ceil(parseQuantity(range.min));
    return above % Math.ceil(parseQuantity(range.step)) !== 0;
  }
  return values?.length ? !values.some((each) => parseQuantity(each) === value) : false;
}
