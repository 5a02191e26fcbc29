// Which volumes a pod's waiting claims would get on a node, the writes that give them those, and
// whether all of it has come about.
// Upstream: pkg/scheduler/framework/plugins/volumebinding/binder.go.
import { selectorFromLabelSelector } from '../../../api/label-selector';
import {
  csiDrivers,
  csiStorageCapacities,
  persistentVolumeClaims,
  persistentVolumes,
  storageClasses,
} from '../../../api/extension-refs';
import type {
  CSIDriver,
  CSIStorageCapacity,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
} from '../../../api/extension-types';
import type { Node } from '../../../api/types';
import { objectKey } from '../../../api/object';
import {
  amountOf,
  claimClassName,
  findVolume,
  isFullyBound,
  isReachableFrom,
  requestedBytes,
  SELECTED_NODE,
} from '../../../api/volume-binding';
import type { Component } from '../../../client/component';
import type { Informer } from '../../../client/informer';
import { NewestObjects } from '../../../client/newest-objects';
import { withClaim } from '../../../client/volume-claim-reference';
import type { ClaimLookup, PodClaims } from './pod-claims';

export const NO_AFFINITY = "node(s) didn't match PersistentVolume's node affinity";
export const NO_VOLUME = "node(s) didn't find available persistent volumes to bind";
export const NO_SPACE = 'node(s) did not have enough free storage';
export const NO_OBJECT =
  'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';

/** What is to be done for the claims of a pod on one node. */
export interface Decision {
  readonly bindings: readonly { claim: PersistentVolumeClaim; volume: PersistentVolume }[];
  /** Claims whose volume has yet to be made there. */
  readonly provisions: readonly PersistentVolumeClaim[];
}

export class VolumeBinder implements ClaimLookup {
  private readonly claims: NewestObjects<PersistentVolumeClaim>;
  private readonly volumes: NewestObjects<PersistentVolume>;
  private readonly classes: Informer<StorageClass>;
  private readonly drivers: Informer<CSIDriver>;
  private readonly capacities: Informer<CSIStorageCapacity>;

  constructor(private readonly component: Component) {
    this.claims = new NewestObjects(component.informer(persistentVolumeClaims));
    this.volumes = new NewestObjects(component.informer(persistentVolumes));
    this.classes = component.informer(storageClasses);
    this.drivers = component.informer(csiDrivers);
    this.capacities = component.informer(csiStorageCapacities);
  }

  claim(key: string): PersistentVolumeClaim | undefined {
    return this.claims.get(key);
  }

  storageClass(name: string): StorageClass | undefined {
    return name === '' ? undefined : this.classes.get(name);
  }

  /** What can be done on the node, or the reasons why it will not do. */
  decide({ bound, delayed }: PodClaims, node: Node): Decision | string[] {
    const reasons: string[] = [];
    for (const claim of bound) {
      const volume = this.volumes.get(claim.spec.volumeName!);
      if (volume && isReachableFrom(volume, node)) continue;
      reasons.push(volume ? NO_AFFINITY : NO_OBJECT);
      break;
    }
    const decision = this.decideDelayed(delayed, node);
    if (typeof decision === 'string') reasons.push(decision);
    if (reasons.length > 0) return reasons.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
    return decision as Decision;
  }

  /** Writes what was decided; throws StatusError when the world has moved on. */
  carryOut({ bindings, provisions }: Decision, nodeName: string): void {
    const { client } = this.component;
    for (const { claim, volume } of bindings) {
      const kept = withClaim(volume, claim);
      if (kept !== volume) this.volumes.wrote(client.update(persistentVolumes, kept));
    }
    for (const claim of provisions) {
      // A claim that pods share may be on its way already.
      if (claim.metadata.annotations?.[SELECTED_NODE] === nodeName) continue;
      const annotations = { ...claim.metadata.annotations, [SELECTED_NODE]: nodeName };
      const selected = { ...claim, metadata: { ...claim.metadata, annotations } };
      this.claims.wrote(client.update(persistentVolumeClaims, selected));
    }
  }

  /** True when all claims are bound, false while they are not; text when they never will be. */
  isDone(
    { bindings, provisions }: Decision,
    nodeName: string,
    node: Node | undefined,
  ): boolean | string {
    if (!node) return `node "${nodeName}" not found`;
    let isDone = true;
    for (const { volume, claim } of bindings) {
      const { name } = volume.metadata;
      if (!this.volumes.get(name)?.spec.claimRef?.uid) return `ClaimRef got reset for pv "${name}"`;
      const now = this.claims.get(objectKey(claim));
      if (!now) return `persistentvolumeclaim "${claim.metadata.name}" not found`;
      if (!isFullyBound(now)) isDone = false;
    }
    for (const { metadata } of provisions) {
      const now = this.claims.get(`${metadata.namespace}/${metadata.name}`);
      if (!now) return `persistentvolumeclaim "${metadata.name}" not found`;
      if (now.metadata.annotations?.[SELECTED_NODE] !== nodeName) {
        return `provisioning failed for PVC "${metadata.name}"`;
      }
      const volume = now.spec.volumeName ? this.volumes.get(now.spec.volumeName) : undefined;
      if (volume && !isReachableFrom(volume, node)) {
        const subject = `pv "${volume.metadata.name}" node affinity`;
        return `${subject} doesn't match node "${nodeName}": no matching NodeSelectorTerms`;
      }
      if (!isFullyBound(now)) isDone = false;
    }
    return isDone;
  }

  private decideDelayed(delayed: readonly PersistentVolumeClaim[], node: Node): Decision | string {
    const bindings: Decision['bindings'][number][] = [];
    const provisions: PersistentVolumeClaim[] = [];
    const excluded = new Set<string>();
    const bySize = delayed.length > 1 ? delayed.toSorted(bySmallest) : delayed;
    for (const claim of bySize) {
      const selected = claim.metadata.annotations?.[SELECTED_NODE];
      if (selected !== undefined) {
        if (selected !== node.metadata.name) return NO_VOLUME;
        provisions.push(claim);
        continue;
      }
      const volume = findVolume(claim, this.volumes.values(), { node, excluded });
      if (volume) {
        excluded.add(volume.metadata.name);
        bindings.push({ claim, volume });
      } else provisions.push(claim);
    }
    for (const claim of provisions) {
      const problem = this.provisionProblem(claim, node);
      if (problem) return problem;
    }
    return { bindings, provisions };
  }

  /** Why no volume could be made for the claim on the node; '' when it could. */
  private provisionProblem(claim: PersistentVolumeClaim, node: Node): string {
    const storageClass = this.storageClass(claimClassName(claim));
    const provisioner = storageClass?.provisioner ?? '';
    if (!provisioner || provisioner === 'kubernetes.io/no-provisioner') return NO_VOLUME;
    if (!isAllowed(storageClass!, node)) return NO_VOLUME;
    return this.hasSpace(storageClass!, requestedBytes(claim), node) ? '' : NO_SPACE;
  }

  /** Of drivers that tell their capacity, where it has not been told there is none. */
  private hasSpace({ metadata, provisioner }: StorageClass, bytes: number, node: Node): boolean {
    if (!this.drivers.get(provisioner)?.spec.storageCapacity) return true;
    for (const capacity of this.capacities.items.values()) {
      if (capacity.storageClassName !== metadata.name || !capacity.nodeTopology) continue;
      if (amountOf(capacity.maximumVolumeSize ?? capacity.capacity) < bytes) continue;
      const selector = selectorFromLabelSelector(capacity.nodeTopology);
      if (selector.matches(node.metadata.labels ?? {})) return true;
    }
    return false;
  }
}

const ORDER = [NO_AFFINITY, NO_VOLUME, NO_SPACE, NO_OBJECT];

function bySmallest(a: PersistentVolumeClaim, b: PersistentVolumeClaim): number {
  return requestedBytes(a) - requestedBytes(b);
}

/** Any of the terms holds, as far as there are any. */
function isAllowed({ allowedTopologies }: StorageClass, node: Node): boolean {
  if (!allowedTopologies?.length) return true;
  const labels = node.metadata.labels ?? {};
  return allowedTopologies.some(({ matchLabelExpressions }) =>
    matchLabelExpressions?.every(({ key, values }) => values.includes(labels[key])),
  );
}
