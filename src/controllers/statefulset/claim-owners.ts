// Who owns the claims of a StatefulSet's pods, as its persistentVolumeClaimRetentionPolicy asks:
// the set, so that they go with it; the pod, once it is scaled away; nobody.
// Upstream: pkg/controller/statefulset/stateful_set_utils.go.
import { statefulSets } from '../../api/extension-refs';
import type { PersistentVolumeClaim, StatefulSet } from '../../api/extension-types';
import type { KubeObject, OwnerReference } from '../../api/object';
import { pods, type ResourceRef } from '../../api/resource-ref';
import { controllerReference } from '../owners';

/** A pod, or what is known of one that is yet to be made. */
export interface ClaimingPod {
  readonly name: string;
  readonly uid: string;
  /** Whether the set should have it. */
  readonly isWanted: boolean;
}

type Claim = Pick<PersistentVolumeClaim, 'metadata'>;

/** False when the claim's owners have to be changed; a claim of strangers is left alone. */
export function areOwnersRight(claim: Claim, set: StatefulSet, pod: ClaimingPod): boolean {
  if (isStale(claim, statefulSets, set.metadata) || isStale(claim, pods, pod)) return true;
  const hasSet = hasOwner(claim, set.metadata.uid);
  const hasPod = hasOwner(claim, pod.uid);
  if (hasStrangeController(claim, set, pod)) return !hasSet && !hasPod;
  if (hasIdleOwner(claim, set, pod)) return false;
  const wanted = wantedOwner(set, pod);
  return hasSet === (wanted === 'set') && hasPod === (wanted === 'pod');
}

/** The owners that the claim should have. */
export function rightOwners(claim: Claim, set: StatefulSet, pod: ClaimingPod): OwnerReference[] {
  const others = ownersOf(claim).filter(
    (owner) => !refersTo(owner, statefulSets, set.metadata) && !refersTo(owner, pods, pod),
  );
  if (hasStrangeController(claim, set, pod)) return others;
  const wanted = wantedOwner(set, pod);
  if (wanted === 'set') return [...others, controllerReference(set, statefulSets)];
  if (wanted !== 'pod') return others;
  return [...others, controllerReference({ metadata: pod } as unknown as KubeObject, pods)];
}

/** Whether the claim still belongs to an earlier pod of that name. */
export function isOfFormerPod(claim: Claim, pod: ClaimingPod): boolean {
  return isStale(claim, pods, pod);
}

/** A controller that is neither the set nor the pod, while claims are to be deleted. */
export function hasStrangeController(claim: Claim, set: StatefulSet, pod: ClaimingPod): boolean {
  const { whenDeleted, whenScaled } = policyOf(set);
  if (whenDeleted === 'Retain' && whenScaled === 'Retain') return false;
  return ownersOf(claim).some((owner) => {
    if (refersTo(owner, statefulSets, set.metadata)) return owner.uid !== set.metadata.uid;
    if (refersTo(owner, pods, pod)) return owner.uid !== pod.uid;
    return owner.controller === true;
  });
}

export function policyOf({ spec }: StatefulSet): { whenDeleted: string; whenScaled: string } {
  const { whenDeleted = 'Retain', whenScaled = 'Retain' } =
    spec.persistentVolumeClaimRetentionPolicy ?? {};
  return { whenDeleted, whenScaled };
}

function wantedOwner(set: StatefulSet, pod: ClaimingPod): 'set' | 'pod' | 'nobody' {
  const { whenDeleted, whenScaled } = policyOf(set);
  if (whenScaled === 'Delete' && !pod.isWanted) return 'pod';
  return whenDeleted === 'Delete' ? 'set' : 'nobody';
}

type KindRef = Pick<ResourceRef, 'apiVersion' | 'kind'>;

interface Named {
  readonly name: string;
  readonly uid: string;
}

function ownersOf({ metadata }: Claim): readonly OwnerReference[] {
  return metadata.ownerReferences ?? [];
}

function hasOwner(claim: Claim, uid: string): boolean {
  return ownersOf(claim).some((owner) => owner.uid === uid);
}

function hasIdleOwner(claim: Claim, set: StatefulSet, pod: ClaimingPod): boolean {
  return ownersOf(claim).some(
    ({ uid, controller }) => (uid === set.metadata.uid || uid === pod.uid) && !controller,
  );
}

/** The reference is to an object of that name, but not to this very one. */
function isStale(claim: Claim, ref: KindRef, object: Named): boolean {
  const owner = ownersOf(claim).find((each) => refersTo(each, ref, object));
  return owner !== undefined && owner.uid !== object.uid;
}

function refersTo(owner: OwnerReference, ref: KindRef, { name }: Named): boolean {
  return owner.apiVersion === ref.apiVersion && owner.kind === ref.kind && owner.name === name;
}
