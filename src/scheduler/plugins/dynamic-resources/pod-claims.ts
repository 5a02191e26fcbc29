// The claims of a pod, and what may help a pod that had to wait for them.
// Upstream: foreachPodResourceClaim and the queueing hints in dynamicresources.go.
import { deepEqual } from '../../../api/deep-equal';
import type { ResourceClaim } from '../../../api/extension-types';
import { claimNameOf, notForPod } from '../../../api/resource-claims';
import type { Pod } from '../../../api/types';
import type { QueueingHint } from '../../framework';

type Lookup = (key: string) => ResourceClaim | undefined;

/** All claims that the pod needs; text when one of them cannot be used yet. */
export function podClaims(pod: Pod, lookup: Lookup): readonly ResourceClaim[] | string {
  const claims: ResourceClaim[] = [];
  for (const podClaim of pod.spec.resourceClaims ?? []) {
    const found = claimNameOf(pod, podClaim);
    if (typeof found === 'string') return found;
    if (found.name === undefined) continue;
    const key = `${pod.metadata.namespace}/${found.name}`;
    const claim = lookup(key);
    if (!claim) return `could not find ResourceClaim "${key}"`;
    if (claim.metadata.deletionTimestamp) return `resourceclaim "${found.name}" is being deleted`;
    const problem = found.isGenerated ? notForPod(pod, claim) : '';
    if (problem) return problem;
    claims.push(claim);
  }
  return claims;
}

/** What lets a pod be tried again that its claims kept back. */
export function claimHints(lookup: Lookup): readonly QueueingHint[] {
  return [
    { on: ['NodeAdd', 'NodeLabel', 'DeviceClassAdd', 'DeviceClassUpdate'] },
    { on: ['ResourceSliceAdd', 'ResourceSliceUpdate'] },
    {
      on: ['PodUpdate'],
      mayHelp({ uid }, event) {
        const pod = event.new as Pod;
        const old = event.old as Pod;
        if (pod.metadata.uid !== uid) return false;
        const { resourceClaimStatuses: told } = old.status;
        if (deepEqual(pod.status.resourceClaimStatuses, told)) return false;
        return typeof podClaims(pod, lookup) !== 'string';
      },
    },
    {
      on: ['ResourceClaimAdd', 'ResourceClaimUpdate'],
      mayHelp({ pod }, event) {
        const claims = podClaims(pod, lookup);
        if (typeof claims === 'string') return false;
        const claim = event.new as ResourceClaim;
        const old = event.old as ResourceClaim | undefined;
        if (old?.status?.allocation && !claim.status?.allocation) return true;
        if (!claims.some(({ metadata }) => metadata.uid === claim.metadata.uid)) return false;
        return !old || !deepEqual(old.status, claim.status);
      },
    },
  ];
}
