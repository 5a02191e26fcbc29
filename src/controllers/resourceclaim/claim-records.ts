// What the controller of claims knows besides its caches: claims that it made and has not been told
// of, which pods use a claim, and which pods are gone for good.
// Upstream: the mutation cache and uid_cache.go of pkg/controller/resourceclaim.
import type { ResourceClaim } from '../../api/extension-types';
import { objectKey } from '../../api/object';
import { claimKeysOf, POD_CLAIM_NAME } from '../../api/resource-claims';
import type { Pod } from '../../api/types';
import type { Informer } from '../../client/informer';

const GONE_MAX = 500;

export class ClaimRecords {
  /** By key, until the informer has them. */
  private readonly made = new Map<string, ResourceClaim>();
  /** Keys of pods by those of the claims that they use. */
  private readonly users = new Map<string, Set<string>>();
  private readonly gone = new Set<string>();

  constructor(private readonly claims: Informer<ResourceClaim>) {
    claims.addIndex('pod', (claim) => {
      const owner = owningPod(claim);
      return owner ? [owner.uid] : [];
    });
  }

  get(key: string): ResourceClaim | undefined {
    return this.claims.get(key) ?? this.made.get(key);
  }

  noteMade(claim: ResourceClaim): void {
    this.made.set(objectKey(claim), claim);
  }

  /** The informer has been told of the claim. */
  noteKnown(claim: ResourceClaim): void {
    this.made.delete(objectKey(claim));
  }

  /** The claim made for an entry of a pod, also when the pod has not been told of it. */
  madeFor({ metadata }: Pod, podClaimName: string): ResourceClaim | undefined {
    const isMeant = (claim: ResourceClaim): boolean =>
      claim.metadata.annotations?.[POD_CLAIM_NAME] === podClaimName;
    for (const claim of this.claims.byIndex('pod', metadata.uid)) if (isMeant(claim)) return claim;
    for (const claim of this.made.values()) {
      if (owningPod(claim)?.uid === metadata.uid && isMeant(claim)) return claim;
    }
    return undefined;
  }

  notePod(pod: Pod): void {
    for (const key of claimKeysOf(pod)) {
      const users = this.users.get(key);
      if (users) users.add(objectKey(pod));
      else this.users.set(key, new Set([objectKey(pod)]));
    }
  }

  noteGone(pod: Pod): void {
    for (const key of claimKeysOf(pod)) {
      const users = this.users.get(key);
      users?.delete(objectKey(pod));
      if (users?.size === 0) this.users.delete(key);
    }
    this.gone.add(pod.metadata.uid);
    if (this.gone.size > GONE_MAX) this.gone.delete(this.gone.values().next().value!);
  }

  /** Keys of pods that are known to use the claim. */
  usersOf(claim: ResourceClaim): Iterable<string> {
    return this.users.get(objectKey(claim)) ?? [];
  }

  /** True of a pod that was here and is no more. */
  isGone(uid: string): boolean {
    return this.gone.has(uid);
  }
}

/** The pod that a claim was made for. */
export function owningPod({ metadata }: ResourceClaim) {
  return metadata.ownerReferences?.find(
    ({ controller, apiVersion, kind }) => controller && apiVersion === 'v1' && kind === 'Pod',
  );
}
