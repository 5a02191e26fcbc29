// Devices that have to be made ready for their node first: what their drivers tell of that in the
// claims' status.
// Upstream: isClaimReadyForBinding and isClaimTimeout in dynamicresources.go.
import { deviceKey } from '../../../api/device-taints';
import type { ResourceClaim } from '../../../api/extension-types';
import { parseTime } from '../../../api/time';
import type { DeviceResult } from './claim-ledger';

/** How long drivers have, and how often they are looked at. */
export const BINDING_TIMEOUT_MS = 600_000;
export const BINDING_POLL_MS = 5_000;

export function hasBindingConditions(claim: ResourceClaim): boolean {
  return resultsOf(claim).some(({ bindingConditions }) => bindingConditions?.length);
}

/** True when all devices are ready, false while they are not; text when one never will be. */
export function isReadyForBinding(claim: ResourceClaim): boolean | string {
  for (const result of resultsOf(claim)) {
    if (!result.bindingConditions?.length) continue;
    const conditions = conditionsOf(claim, result);
    if (conditions === undefined) return false;
    const isTrue = (type: string): boolean =>
      conditions.some((each) => each.type === type && each.status === 'True');
    const failed = result.bindingFailureConditions?.find(isTrue);
    if (failed !== undefined) {
      const { reason, message } = conditions.find(({ type }) => type === failed)!;
      const subject = `claim ${claim.metadata.name} binding failed`;
      return `${subject}: reason=${reason}, message=${JSON.stringify(message)}`;
    }
    if (!result.bindingConditions.every(isTrue)) return false;
  }
  return true;
}

/** Drivers had their time. */
export function isBindingOverdue(claim: ResourceClaim, nowMs: number): boolean {
  const since = claim.status.allocation?.allocationTimestamp;
  if (!since || !hasBindingConditions(claim)) return false;
  return parseTime(since) + BINDING_TIMEOUT_MS < nowMs;
}

function resultsOf({ status }: ResourceClaim): readonly DeviceResult[] {
  return status?.allocation?.devices?.results ?? [];
}

function conditionsOf({ status }: ResourceClaim, { driver, pool, device }: DeviceResult) {
  const key = deviceKey(driver, pool, device);
  const found = status.devices?.find(
    (each) => deviceKey(each.driver, each.pool, each.device) === key,
  );
  return found && (found.conditions ?? []);
}
