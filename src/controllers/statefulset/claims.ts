// The PersistentVolumeClaims of a StatefulSet's pods: made before the pod, kept when it goes, and
// owned as the set's policy asks.
// Invariant: what was written here counts at once, before the cache shows it.
// Upstream: pkg/controller/statefulset/stateful_pod_control.go.
import { persistentVolumeClaims } from '../../api/extension-refs';
import type { PersistentVolumeClaim, StatefulSet } from '../../api/extension-types';
import type { KubeObject } from '../../api/object';
import { objectKey } from '../../api/object';
import { isAlreadyExists, isNotFound } from '../../api/status-error';
import type { Informer } from '../../client/informer';
import type { ControllerContext } from '../controller';
import {
  areOwnersRight,
  hasStrangeController,
  isOfFormerPod,
  policyOf,
  rightOwners,
  type ClaimingPod,
} from './claim-owners';
import { claimsOf } from './identity';

export class PodClaims {
  private readonly informer: Informer<PersistentVolumeClaim> | undefined;
  /** Own writes by key, until the cache has caught up. */
  private readonly written = new Map<string, PersistentVolumeClaim>();

  constructor(
    private readonly context: ControllerContext,
    /** Told of claims that went. */
    deleted: (claim: PersistentVolumeClaim) => void,
  ) {
    const isServed = context.client
      .resources()
      .some(({ key }) => key === persistentVolumeClaims.key);
    if (isServed) this.informer = context.watch(persistentVolumeClaims, { deleted });
  }

  /** Makes the claims that are missing. Throws what went wrong with any of them. */
  create(set: StatefulSet, pod: ClaimingPod, ordinal: number): void {
    const problems: string[] = [];
    for (const claim of claimsOf(set, ordinal)) {
      const problem = this.createOne(set, pod, claim);
      if (problem) problems.push(problem);
    }
    if (problems.length === 0) return;
    throw new Error(problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`);
  }

  /** Whether a claim of the pod is of a former pod, and has to go before this one can be made. */
  areStale(set: StatefulSet, pod: ClaimingPod, ordinal: number): boolean {
    if (policyOf(set).whenScaled === 'Retain') return false;
    return this.existing(set, ordinal).some((claim) => isOfFormerPod(claim, pod));
  }

  matchPolicy(set: StatefulSet, pod: ClaimingPod, ordinal: number): boolean {
    return this.existing(set, ordinal).every((claim) => areOwnersRight(claim, set, pod));
  }

  /** Gives the pod's claims the owners that the policy asks for. */
  followPolicy(set: StatefulSet, pod: ClaimingPod, ordinal: number): void {
    for (const claim of this.existing(set, ordinal)) {
      if (hasStrangeController(claim, set, pod)) {
        const message =
          `PersistentVolumeClaim ${claim.metadata.name} has a conflicting OwnerReference that ` +
          'acts as a manging controller, the retention policy is ignored for this claim';
        this.context.recorder.event(set, 'Warning', 'ConflictingController', message);
      }
      if (areOwnersRight(claim, set, pod)) continue;
      const metadata = { ...claim.metadata, ownerReferences: rightOwners(claim, set, pod) };
      const { client } = this.context;
      this.noteWrite(client.update(persistentVolumeClaims, { ...claim, metadata }));
    }
  }

  private createOne(set: StatefulSet, pod: ClaimingPod, claim: PersistentVolumeClaim): string {
    const { name } = claim.metadata;
    const existing = this.get(claim);
    if (existing) {
      return existing.metadata.deletionTimestamp ? `pvc ${name} is being deleted` : '';
    }
    const { client, recorder } = this.context;
    const what = `Pod ${pod.name} in StatefulSet ${set.metadata.name}`;
    try {
      this.noteWrite(client.create(persistentVolumeClaims, claim));
    } catch (error) {
      const { message } = error as Error;
      if (!isAlreadyExists(error)) {
        const told = `create Claim ${name} for ${what} failed error: ${message}`;
        recorder.event(set, 'Warning', 'FailedCreate', told);
      }
      return `failed to create PVC ${name}: ${message}`;
    }
    recorder.event(set, 'Normal', 'SuccessfulCreate', `create Claim ${name} ${what} success`);
    return '';
  }

  private existing(set: StatefulSet, ordinal: number): PersistentVolumeClaim[] {
    return claimsOf(set, ordinal).flatMap((claim) => this.get(claim) ?? []);
  }

  private get(claim: PersistentVolumeClaim): PersistentVolumeClaim | undefined {
    const key = objectKey(claim);
    const own = this.written.get(key);
    const cached = this.informer ? this.informer.get(key) : this.live(claim);
    if (!own) return cached;
    const isNewer = cached && revisionOf(cached) >= revisionOf(own);
    const isGone = revisionOf(own) <= Number(this.informer?.resourceVersion ?? 0);
    if (!isNewer && !isGone) return own;
    this.written.delete(key);
    return cached;
  }

  private live({ metadata }: PersistentVolumeClaim): PersistentVolumeClaim | undefined {
    const { namespace = '', name } = metadata;
    try {
      return this.context.client.get(persistentVolumeClaims, namespace, name);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  private noteWrite(claim: PersistentVolumeClaim): void {
    if (this.informer) this.written.set(objectKey(claim), claim);
  }
}

function revisionOf({ metadata }: KubeObject): number {
  return Number(metadata.resourceVersion);
}
