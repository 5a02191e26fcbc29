// Writes into a claim what was allocated to it, and that the pod may use it; and takes the pod out
// again.
// Upstream: bindClaim in pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go.
import type { IAllocationResult } from 'kubernetes-models/resource.k8s.io/v1/AllocationResult';
import { resourceClaims } from '../../../api/extension-refs';
import type { ResourceClaim } from '../../../api/extension-types';
import { objectKey } from '../../../api/object';
import { CLAIM_FINALIZER, isReservedFor, withReservation } from '../../../api/resource-claims';
import { ConnectionError, isConflict, StatusError } from '../../../api/status-error';
import { formatTime } from '../../../api/time';
import type { Pod } from '../../../api/types';
import type { Component } from '../../../client/component';
import type { ClaimLedger } from './claim-ledger';

const TRIES = 5;

/** Throws StatusError when the claim cannot be had any more. */
export function bindClaim(
  component: Component,
  ledger: ClaimLedger,
  pod: Pod,
  claim: ResourceClaim,
  allocation: IAllocationResult | undefined,
): void {
  let newest = claim;
  for (let tries = 1; ; tries++) {
    try {
      write(component, ledger, pod, newest, allocation);
      return;
    } catch (error) {
      if (!isConflict(error) || tries === TRIES) throw error;
    }
    const { namespace, name } = claim.metadata;
    newest = component.client.get(resourceClaims, namespace!, name);
  }
}

function write(
  { client, sim }: Component,
  ledger: ClaimLedger,
  pod: Pod,
  claim: ResourceClaim,
  allocation: IAllocationResult | undefined,
): void {
  const key = objectKey(claim);
  if (claim.metadata.deletionTimestamp) throw failure(`claim ${key} got deleted in the meantime`);
  let next = claim;
  if (allocation) {
    if (claim.status?.allocation) {
      throw failure(`claim ${key} got allocated elsewhere in the meantime`);
    }
    const { finalizers = [] } = claim.metadata;
    if (!finalizers.includes(CLAIM_FINALIZER)) {
      const metadata = { ...claim.metadata, finalizers: [...finalizers, CLAIM_FINALIZER] };
      next = attempt(`add finalizer to claim ${key}`, () =>
        client.update(resourceClaims, { ...claim, metadata }),
      );
    }
    const allocationTimestamp = formatTime(sim.clock.activityMs);
    next = {
      ...next,
      status: { ...next.status, allocation: { ...allocation, allocationTimestamp } },
    };
  }
  const what = allocation ? 'add allocation and reservation' : 'add reservation';
  const written = attempt(`${what} to claim ${key}`, () =>
    client.updateStatus(resourceClaims, withReservation(next, pod)),
  );
  ledger.wrote(written);
}

/** The pod will not be bound: others may have what was reserved for it. */
export function unreserve({ client }: Component, pod: Pod, claim: ResourceClaim): void {
  const { namespace, name } = claim.metadata;
  try {
    const newest = client.get(resourceClaims, namespace!, name);
    if (!isReservedFor(pod, newest)) return;
    const { reservedFor: _all, ...others } = newest.status;
    const reservedFor = newest.status.reservedFor!.filter(({ uid }) => uid !== pod.metadata.uid);
    const status = reservedFor.length > 0 ? { ...others, reservedFor } : others;
    client.updateStatus(resourceClaims, { ...newest, status });
  } catch (error) {
    // As upstream: the pod is tried again, and comes by here again.
    if (!(error instanceof StatusError || error instanceof ConnectionError)) throw error;
  }
}

function attempt<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof StatusError) || error.reason === 'Conflict') throw error;
    throw new StatusError(error.code, error.reason, `${what}: ${error.message}`, error.details);
  }
}

function failure(message: string): StatusError {
  return new StatusError(500, 'InternalError', message);
}
