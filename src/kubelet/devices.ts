// The devices of a pod are made ready before its sandbox: its claims must be there, allocated, and
// reserved for it, and their drivers registered on this machine.
// Where the real one differs: whoever brings slices of a driver is taken to bring the driver too,
// which makes devices ready at once; what it does on the machine is not simulated.
// Upstream: pkg/kubelet/cm/dra/manager.go (prepareResources).
import { resourceClaims, resourceSlices } from '../api/extension-refs';
import type { ResourceClaim } from '../api/extension-types';
import { claimNameOf, isReservedFor, notForPod } from '../api/resource-claims';
import { ConnectionError, StatusError } from '../api/status-error';
import type { Pod } from '../api/types';
import type { Component } from '../client/component';

/** Why the pod cannot have its devices now; '' when it has them. */
export function prepareDevices(component: Component, pod: Pod): string {
  for (const podClaim of pod.spec.resourceClaims ?? []) {
    const found = claimNameOf(pod, podClaim);
    if (typeof found === 'string') return found;
    const problem = found.name ? problemOf(component, pod, found.name, found.isGenerated) : '';
    if (problem) return problem;
  }
  const extended = pod.status.extendedResourceClaimStatus;
  return extended ? problemOf(component, pod, extended.resourceClaimName, true) : '';
}

function problemOf({ client }: Component, pod: Pod, name: string, isOwn: boolean): string {
  const { namespace = '', name: podName, uid } = pod.metadata;
  let claim: ResourceClaim;
  try {
    claim = client.get(resourceClaims, namespace, name);
  } catch (error) {
    if (!(error instanceof StatusError || error instanceof ConnectionError)) throw error;
    return `fetch ResourceClaim ${name}: ${error.message}`;
  }
  const problem = isOwn ? notForPod(pod, claim) : '';
  if (problem) return problem;
  if (!isReservedFor(pod, claim)) {
    const whose = `ResourceClaim ${name} (${claim.metadata.uid})`;
    return `pod ${podName} (${uid}) is not allowed to use ${whose}`;
  }
  if (!claim.status.allocation) return `ResourceClaim ${name}: not allocated`;
  for (const driver of driversOf(claim)) {
    const options = { fieldSelector: `spec.driver=${driver}`, limit: 1 };
    if (client.list(resourceSlices, '', options).items.length > 0) continue;
    return `DRA driver ${driver} is not registered`;
  }
  return '';
}

function driversOf({ status }: ResourceClaim): ReadonlySet<string> {
  return new Set(status.allocation?.devices?.results?.map(({ driver }) => driver));
}
