// What pods and their claims for devices have to do with each other: what the controller of claims,
// the scheduler and kubelets must agree on.
// Upstream: k8s.io/dynamic-resource-allocation/resourceclaim/claim.go.
import type { ResourceClaim } from './extension-types';
import { controllerOf } from './object';
import type { Pod } from './types';

/** Keeps a claim while it has devices. */
export const CLAIM_FINALIZER = 'resource.kubernetes.io/delete-protection';
/** On a claim that was made for a pod: which of the pod's claims it is. */
export const POD_CLAIM_NAME = 'resource.kubernetes.io/pod-claim-name';
/** On a claim that the scheduler made for a pod's extended resources. */
export const EXTENDED_CLAIM = 'resource.kubernetes.io/extended-resource-claim';
/** On a namespace: claims in it may ask for devices that others use. */
export const ADMIN_ACCESS_LABEL = 'resource.kubernetes.io/admin-access';

export type PodClaim = NonNullable<Pod['spec']['resourceClaims']>[number];

export interface ClaimName {
  /** Undefined when it was found that none is needed. */
  readonly name: string | undefined;
  /** True of a claim that was made for the pod, which must own it. */
  readonly isGenerated: boolean;
}

/** Which claim a pod's entry stands for; text when it cannot be told yet. */
export function claimNameOf(pod: Pod, podClaim: PodClaim): ClaimName | string {
  const { resourceClaimName, resourceClaimTemplateName } = podClaim;
  if (resourceClaimName != null) return { name: resourceClaimName, isGenerated: false };
  const subject = `pod "${pod.metadata.namespace}/${pod.metadata.name}"`;
  if (resourceClaimTemplateName == null) {
    const why = 'none of the supported fields are set';
    return `${subject}, spec.resourceClaim "${podClaim.name}": ${why}`;
  }
  const status = pod.status?.resourceClaimStatuses?.find(({ name }) => name === podClaim.name);
  if (status) return { name: status.resourceClaimName, isGenerated: true };
  return `${subject}: ${NOT_CREATED}`;
}

const NOT_CREATED = 'ResourceClaim not created yet';

/** Cheap, for whoever asks of every pod. */
export function usesClaims({ spec, status }: Pod): boolean {
  return spec.resourceClaims?.length ? true : status?.extendedResourceClaimStatus != null;
}

/** Keys of the claims that are known to be the pod's. */
export function claimKeysOf(pod: Pod): string[] {
  const keys: string[] = [];
  for (const podClaim of pod.spec.resourceClaims ?? []) {
    const found = claimNameOf(pod, podClaim);
    if (typeof found === 'string' || found.name === undefined) continue;
    keys.push(`${pod.metadata.namespace}/${found.name}`);
  }
  const extended = pod.status?.extendedResourceClaimStatus?.resourceClaimName;
  if (extended !== undefined) keys.push(`${pod.metadata.namespace}/${extended}`);
  return keys;
}

/** Why a claim of the right name is not the pod's; '' when it is. */
export function notForPod({ metadata }: Pod, claim: ResourceClaim): string {
  const { namespace, name } = metadata;
  const isOwn = namespace === claim.metadata.namespace;
  if (isOwn && controllerOf(claim)?.uid === metadata.uid) return '';
  const key = `${claim.metadata.namespace}/${claim.metadata.name}`;
  return `ResourceClaim ${key} was not created for pod ${namespace}/${name} (pod is not owner)`;
}

export function isReservedFor({ metadata }: Pod, { status }: ResourceClaim): boolean {
  return status?.reservedFor?.some(({ uid }) => uid === metadata.uid) ?? false;
}

/** The claim with the pod among its users. */
export function withReservation(claim: ResourceClaim, { metadata }: Pod): ResourceClaim {
  const { name, uid } = metadata;
  const reservedFor = [...(claim.status?.reservedFor ?? []), { resource: 'pods', name, uid }];
  return { ...claim, status: { ...claim.status, reservedFor } };
}
