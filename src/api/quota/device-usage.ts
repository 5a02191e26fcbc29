// What a claim for devices uses of a quota: as many devices of each class as it could get.
// Upstream: pkg/quota/v1/evaluator/core/resource_claims.go.
import type { ResourceClaim } from '../extension-types';
import type { CanonicalAmounts } from '../resource-amounts';

const DEVICES = '.deviceclass.resource.k8s.io/devices';
/** What one claim can get at most, which one that wants all there are may get. */
const MOST_DEVICES = 32;

interface Wanted {
  readonly deviceClassName: string;
  readonly allocationMode?: string | undefined;
  readonly count?: number | undefined;
}

export function isOfDevices(name: string): boolean {
  return name.endsWith(DEVICES);
}

export function deviceUsage({ spec }: ResourceClaim): CanonicalAmounts {
  const sums = new Map<string, number>();
  for (const { exactly, firstAvailable = [] } of spec.devices?.requests ?? []) {
    const alternatives: readonly Wanted[] = exactly ? [exactly] : firstAvailable;
    for (const [name, count] of mostOfEach(alternatives)) {
      sums.set(name, (sums.get(name) ?? 0) + count);
    }
  }
  return Object.fromEntries([...sums].map(([name, count]) => [name, String(count)]));
}

/** Only one of the alternatives is taken: of each class it is charged the one that takes most. */
function mostOfEach(alternatives: readonly Wanted[]): Map<string, number> {
  const most = new Map<string, number>();
  for (const wanted of alternatives) {
    const name = wanted.deviceClassName + DEVICES;
    most.set(name, Math.max(most.get(name) ?? 0, devicesOf(wanted)));
  }
  return most;
}

function devicesOf({ allocationMode, count = 0 }: Wanted): number {
  if (allocationMode === 'All') return MOST_DEVICES;
  return allocationMode === 'ExactCount' ? count : 0;
}
