// What claims tolerate of devices' taints: the scheduler and the controller that evicts pods must
// agree on it.
// Upstream: ToleratesTaint in k8s.io/dynamic-resource-allocation/resourceclaim.
import type { IDeviceTaint } from 'kubernetes-models/resource.k8s.io/v1/DeviceTaint';
import type { IDeviceToleration } from 'kubernetes-models/resource.k8s.io/v1/DeviceToleration';

/** Keys and effects that are left out stand for all. */
export function toleratesDeviceTaint(
  { key, operator, value, effect }: IDeviceToleration,
  taint: IDeviceTaint,
): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  return operator === 'Exists' || (value ?? '') === (taint.value ?? '');
}

/** What tells a device from all others. */
export function deviceKey(driver: string, pool: string, device: string): string {
  return `${driver}/${pool}/${device}`;
}
