// A request of a claim, or one of its alternatives, as the search for devices reads it.
// Upstream: k8s.io/dynamic-resource-allocation/structured (requestAccessor, requestData).
import type { IDeviceRequest } from 'kubernetes-models/resource.k8s.io/v1/DeviceRequest';
import type { IDeviceTaint } from 'kubernetes-models/resource.k8s.io/v1/DeviceTaint';
import type { IExactDeviceRequest } from 'kubernetes-models/resource.k8s.io/v1/ExactDeviceRequest';
import { toleratesDeviceTaint } from '../../../api/device-taints';
import type { DeviceClass } from '../../../api/extension-types';

export interface Wanted {
  /** Of the request. */
  readonly parent: string;
  /** Of the request, or 'request/alternative'. */
  readonly name: string;
  readonly request: IExactDeviceRequest;
  readonly deviceClass: DeviceClass;
}

/** The alternatives of a request in their order; the request itself when it has none. */
export function alternativesOf(
  request: IDeviceRequest,
  classOf: (name: string, requestName: string) => DeviceClass,
): Wanted[] {
  const { name: parent, exactly, firstAvailable = [] } = request;
  const named: readonly (readonly [string, IExactDeviceRequest])[] = exactly
    ? [[parent, exactly]]
    : firstAvailable.map((each) => [`${parent}/${each.name}`, each] as const);
  return named.map(([name, wanted]) => ({
    parent,
    name,
    request: wanted,
    deviceClass: classOf(wanted.deviceClassName, name),
  }));
}

/** Whether the request may have a device with these taints. */
export function toleratesAll(
  { tolerations = [] }: IExactDeviceRequest,
  taints: readonly IDeviceTaint[] = [],
): boolean {
  return taints.every(
    (taint) =>
      (taint.effect !== 'NoSchedule' && taint.effect !== 'NoExecute') ||
      tolerations.some((toleration) => toleratesDeviceTaint(toleration, taint)),
  );
}
