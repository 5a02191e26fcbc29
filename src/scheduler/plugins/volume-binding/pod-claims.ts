// The claims behind a pod's volumes, and what they still lack.
// Upstream: podHasPVCs in pkg/scheduler/framework/plugins/volumebinding/volume_binding.go,
// GetPodVolumeClaims in binder.go.
import type { PersistentVolumeClaim, StorageClass } from '../../../api/extension-types';
import type { Pod } from '../../../api/types';
import { claimNameOf, notForPod } from '../../../api/pod-volume-claims';
import { claimClassName, isFullyBound, waitsForConsumer } from '../../../api/volume-binding';

export interface PodClaims {
  readonly bound: readonly PersistentVolumeClaim[];
  /** Those whose volume is chosen together with the pod's node. */
  readonly delayed: readonly PersistentVolumeClaim[];
}

export interface ClaimLookup {
  claim(key: string): PersistentVolumeClaim | undefined;
  storageClass(name: string): StorageClass | undefined;
}

/** The pod's claims, or why it cannot be anywhere yet. */
export function podClaims(pod: Pod, lookup: ClaimLookup): PodClaims | string {
  const bound: PersistentVolumeClaim[] = [];
  const delayed: PersistentVolumeClaim[] = [];
  let isImmediateUnbound = false;
  for (const volume of pod.spec.volumes ?? []) {
    const name = claimNameOf(pod, volume);
    if (name === undefined) continue;
    const claim = lookup.claim(`${pod.metadata.namespace}/${name}`);
    const isEphemeral = volume.ephemeral !== undefined;
    const problem = claimProblem(pod, name, claim, isEphemeral);
    if (problem) return problem;
    if (isFullyBound(claim!)) bound.push(claim!);
    else if (
      !claim!.spec.volumeName &&
      waitsForConsumer(lookup.storageClass(claimClassName(claim!)))
    ) {
      delayed.push(claim!);
    } else isImmediateUnbound = true;
  }
  if (isImmediateUnbound) return 'pod has unbound immediate PersistentVolumeClaims';
  return { bound, delayed };
}

function claimProblem(
  pod: Pod,
  name: string,
  claim: PersistentVolumeClaim | undefined,
  isEphemeral: boolean,
): string {
  const subject = `persistentvolumeclaim "${name}"`;
  if (!claim) {
    if (!isEphemeral) return `${subject} not found`;
    return `waiting for ephemeral volume controller to create the ${subject}`;
  }
  if (claim.status?.phase === 'Lost') {
    return `${subject} bound to non-existent persistentvolume "${claim.spec.volumeName ?? ''}"`;
  }
  if (claim.metadata.deletionTimestamp) return `${subject} is being deleted`;
  return isEphemeral ? notForPod(pod, claim) : '';
}
