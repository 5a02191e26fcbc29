// Pods go where their volumes are, and claims that wait for a consumer get their volumes where the
// pod is to go: chosen in filter, written before the binding, which then waits for the binder and
// the provisioners.
// Invariant: nothing is remembered of a pod but between reserve and binding.
// Upstream: pkg/scheduler/framework/plugins/volumebinding/volume_binding.go.
import { deepEqual } from '../../../api/deep-equal';
import {
  csiDrivers,
  csiNodes,
  csiStorageCapacities,
  persistentVolumeClaims,
  persistentVolumes,
  storageClasses,
  volumeAttachments,
} from '../../../api/extension-refs';
import type { PersistentVolumeClaim, StorageClass } from '../../../api/extension-types';
import type { KubeObject } from '../../../api/object';
import type { ResourceRef } from '../../../api/resource-ref';
import { claimNameOf, hasClaims } from '../../../api/pod-volume-claims';
import type { Component } from '../../../client/component';
import type { Pod } from '../../../api/types';
import type { ExtraSubject } from '../../cluster-event';
import {
  SKIP,
  WAIT,
  type Handle,
  type Plugin,
  type QueueingHint,
  type Rejection,
} from '../../framework';
import { podClaims, type PodClaims } from './pod-claims';
import { VolumeBinder, type Decision } from './volume-binder';

const name = 'VolumeBinding';
const POLL_MS = 1000;
const TIMEOUT_MS = 600_000;

const HINTS: readonly QueueingHint[] = [
  { on: ['NodeAdd', 'NodeLabel', 'StorageClassAdd', 'PersistentVolumeAdd'] },
  { on: ['PersistentVolumeUpdate', 'CSINodeAdd', 'CSIDriverUpdate'] },
  { on: ['CSIStorageCapacityAdd', 'CSIStorageCapacityUpdate'] },
  {
    on: ['StorageClassUpdate'],
    mayHelp: (_queued, event) =>
      !deepEqual(
        (event.new as StorageClass).allowedTopologies,
        (event.old as StorageClass).allowedTopologies,
      ),
  },
  {
    on: ['PersistentVolumeClaimAdd', 'PersistentVolumeClaimUpdate'],
    mayHelp: ({ pod }, event) => usesClaim(pod, event.new as PersistentVolumeClaim),
  },
];

export function volumeBinding(handle: Handle): Plugin {
  const { component } = handle;
  const binder = new VolumeBinder(component);
  followVolumes(handle);
  const rejections = new Rejections();
  let claims: PodClaims = { bound: [], delayed: [] };
  let decisions = new Map<string, Decision>();
  /** By uid of pods that were reserved. */
  const held = new Map<string, Decision>();
  return {
    name,
    hints: HINTS,
    preFilter({ pod }) {
      if (!hasClaims(pod)) return SKIP;
      decisions = new Map();
      const found = podClaims(pod, binder);
      if (typeof found === 'string') return { rejection: rejections.of([found]) };
      claims = found;
      return undefined;
    },
    filter(_cycle, { name: nodeName, node }) {
      const decision = binder.decide(claims, node!);
      if (Array.isArray(decision)) return rejections.of(decision);
      decisions.set(nodeName, decision);
      return undefined;
    },
    reserve(pod, nodeName) {
      const decision = hasClaims(pod) ? decisions.get(nodeName) : undefined;
      if (!decision || decision.bindings.length + decision.provisions.length === 0) return;
      held.set(pod.metadata.uid, decision);
    },
    unreserve: ({ metadata }) => void held.delete(metadata.uid),
    preBind({ metadata }, nodeName, settled) {
      const decision = held.get(metadata.uid);
      if (!decision) return undefined;
      binder.carryOut(decision, nodeName);
      const isDone = (): boolean | string => {
        if (!handle.cache.isAssumed(metadata.uid)) return true;
        return binder.isDone(decision, nodeName, handle.cache.node(nodeName)?.node);
      };
      awaitVolumes(component, isDone, (problem) => {
        held.delete(metadata.uid);
        settled(problem);
      });
      return WAIT;
    },
  };
}

/** Looks every second until all is done, or never will be; a pod that is gone waits for nothing. */
function awaitVolumes(
  { sim, scope }: Component,
  isDone: () => boolean | string,
  settled: (problem: string) => void,
): void {
  const deadlineMs = sim.clock.nowMs + TIMEOUT_MS;
  const look = (): void => {
    const state = isDone();
    if (state === true) settled('');
    else if (state) settled(`binding volumes: ${state}`);
    else if (sim.clock.nowMs >= deadlineMs) {
      settled('binding volumes: context deadline exceeded');
    } else scope.after(POLL_MS, look);
  };
  scope.after(POLL_MS, look);
}

/** A rejection for each set of reasons, made once. */
class Rejections {
  private readonly known = new Map<string, Rejection>();

  of(reasons: readonly string[]): Rejection {
    const key = reasons.join('\n');
    let rejection = this.known.get(key);
    if (!rejection) {
      if (this.known.size > 256) this.known.clear();
      rejection = { plugin: name, reasons, isResolvable: false };
      this.known.set(key, rejection);
    }
    return rejection;
  }
}

function usesClaim(pod: Pod, { metadata }: PersistentVolumeClaim): boolean {
  if (pod.metadata.namespace !== metadata.namespace) return false;
  return (pod.spec.volumes ?? []).some((volume) => claimNameOf(pod, volume) === metadata.name);
}

const FOLLOWED: readonly (readonly [ResourceRef<KubeObject>, ExtraSubject])[] = [
  [storageClasses, 'StorageClass'],
  [persistentVolumes, 'PersistentVolume'],
  [persistentVolumeClaims, 'PersistentVolumeClaim'],
  [csiNodes, 'CSINode'],
  [csiDrivers, 'CSIDriver'],
  [csiStorageCapacities, 'CSIStorageCapacity'],
  [volumeAttachments, 'VolumeAttachment'],
] as never;

/** Tells the queue of all that may help a pod which any plugin about volumes rejected. */
function followVolumes({ component, move }: Handle): void {
  for (const [ref, subject] of FOLLOWED) {
    component.informer(ref).addHandler({
      added: (object) => move({ kind: `${subject}Add`, new: object }),
      updated: (object, old) => move({ kind: `${subject}Update`, new: object, old }),
      deleted: (object) => move({ kind: `${subject}Delete`, old: object }),
    });
  }
}
