// Deletes pods whose devices have a NoExecute taint which their claims do not tolerate, or not for
// so long; an eviction that is called off leaves an Event.
// Where the real one differs: it has taints from slices only, since the rules that taint devices
// from outside are behind an API that is off in 1.36.
// Upstream: pkg/controller/devicetainteviction/device_taint_eviction.go.
import type { IDeviceTaint } from 'kubernetes-models/resource.k8s.io/v1/DeviceTaint';
import { deviceKey, toleratesDeviceTaint } from '../../api/device-taints';
import { resourceClaims, resourceSlices } from '../../api/extension-refs';
import type { ResourceClaim, ResourceSlice } from '../../api/extension-types';
import { objectKey } from '../../api/object';
import { claimKeysOf, isReservedFor, usesClaims } from '../../api/resource-claims';
import { pods } from '../../api/resource-ref';
import { isConflict, isNotFound } from '../../api/status-error';
import { parseTime } from '../../api/time';
import type { Pod } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import { markDisrupted } from '../disruption-target';

const DISRUPTION = {
  reason: 'DeletionByDeviceTaintManager',
  message: 'Device Taint manager: deleting due to NoExecute taint',
};

export const deviceTaintEvictionController: Controller = {
  name: 'device-taint-eviction',
  eventSource: 'device-taint-eviction-controller',
  workers: 8,
  start: (context) => new DeviceTaintEvictionLoop(context),
};

type Result = NonNullable<
  NonNullable<NonNullable<ResourceClaim['status']['allocation']>['devices']>['results']
>[number];

class DeviceTaintEvictionLoop {
  private readonly claims: Informer<ResourceClaim>;
  private readonly pods: Informer<Pod>;
  /** NoExecute taints by device; devices without any are absent. */
  private readonly tainted = new Map<string, readonly IDeviceTaint[]>();
  /** Uids of pods that are to go later, by key. */
  private readonly planned = new Map<string, string>();

  constructor(private readonly context: ControllerContext) {
    this.claims = context.watch(resourceClaims, {
      added: (claim) => this.claimChanged(claim),
      updated: (claim) => this.claimChanged(claim),
    });
    this.claims.addIndex('device', (claim) => resultsOf(claim).map(keyOf));
    context.watch(resourceSlices, {
      added: (slice) => this.sliceChanged(slice, undefined),
      updated: (slice, old) => this.sliceChanged(slice, old),
      deleted: (slice) => this.sliceChanged(undefined, slice),
    });
    this.pods = context.watch(pods, {
      added: (pod) => this.podChanged(pod),
      updated: (pod) => this.podChanged(pod),
      deleted: (pod) => this.planned.delete(objectKey(pod)),
    });
  }

  /** Keys are pod keys. */
  reconcile(key: string): number | void {
    const pod = this.pods.get(key);
    if (!pod || pod.metadata.deletionTimestamp || !pod.spec.nodeName) return undefined;
    const { nowMs } = this.context.sim.clock;
    const atMs = this.evictionMs(pod);
    if (atMs === undefined) {
      this.cancel(pod, key);
      return undefined;
    }
    if (atMs > nowMs) {
      this.planned.set(key, pod.metadata.uid);
      return atMs - nowMs;
    }
    this.planned.delete(key);
    this.evict(pod);
    return undefined;
  }

  private sliceChanged(slice: ResourceSlice | undefined, old: ResourceSlice | undefined): void {
    const changed = new Set<string>();
    for (const key of taintsOf(old).keys()) {
      this.tainted.delete(key);
      changed.add(key);
    }
    for (const [key, taints] of taintsOf(slice)) {
      this.tainted.set(key, taints);
      changed.add(key);
    }
    for (const key of changed) {
      for (const claim of this.claims.byIndex('device', key)) this.enqueueUsers(claim);
    }
  }

  private claimChanged(claim: ResourceClaim): void {
    if (this.tainted.size === 0 && this.planned.size === 0) return;
    this.enqueueUsers(claim);
  }

  private podChanged(pod: Pod): void {
    if (this.tainted.size === 0 || !usesClaims(pod)) return;
    this.context.enqueue(objectKey(pod));
  }

  private enqueueUsers({ metadata, status }: ResourceClaim): void {
    for (const { resource, name } of status?.reservedFor ?? []) {
      if (resource === 'pods') this.context.enqueue(`${metadata.namespace}/${name}`);
    }
  }

  /** When the first of the pod's devices is not tolerated any more; undefined when all are. */
  private evictionMs(pod: Pod): number | undefined {
    let earliest: number | undefined;
    for (const key of claimKeysOf(pod)) {
      const claim = this.claims.get(key);
      if (!claim || !isReservedFor(pod, claim)) continue;
      for (const result of resultsOf(claim)) {
        for (const taint of this.tainted.get(keyOf(result)) ?? []) {
          const atMs = endMs(result, taint);
          if (atMs !== undefined) earliest = Math.min(earliest ?? Infinity, atMs);
        }
      }
    }
    return earliest;
  }

  private cancel(pod: Pod, key: string): void {
    if (this.planned.get(key) !== pod.metadata.uid) return;
    this.planned.delete(key);
    const { recorder } = this.context;
    recorder.event(pod, 'Normal', 'DeviceTaintManagerEviction', 'Cancelling deletion');
  }

  private evict(pod: Pod): void {
    const { client, recorder, sim } = this.context;
    const { namespace = '', name, uid } = pod.metadata;
    recorder.event(pod, 'Normal', 'DeviceTaintManagerEviction', 'Marking for deletion');
    try {
      markDisrupted(client, pod, DISRUPTION, undefined, sim.clock.nowMs);
      client.delete(pods, namespace, name, { preconditions: { uid } });
    } catch (error) {
      if (!isNotFound(error) && !isConflict(error)) throw error;
    }
  }
}

function resultsOf({ status }: ResourceClaim): readonly Result[] {
  return status?.allocation?.devices?.results ?? [];
}

function keyOf({ driver, pool, device }: Result): string {
  return deviceKey(driver, pool, device);
}

function taintsOf(slice: ResourceSlice | undefined): ReadonlyMap<string, readonly IDeviceTaint[]> {
  const found = new Map<string, readonly IDeviceTaint[]>();
  for (const { name, taints } of slice?.spec.devices ?? []) {
    const evicting = taints?.filter(({ effect }) => effect === 'NoExecute') ?? [];
    if (evicting.length === 0) continue;
    const { driver, pool } = slice!.spec;
    found.set(deviceKey(driver, pool.name, name), evicting);
  }
  return found;
}

/** When the taint is tolerated no more, from when it was added on; undefined when it always is. */
function endMs({ tolerations = [] }: Result, taint: IDeviceTaint): number | undefined {
  const addedMs = taint.timeAdded ? parseTime(taint.timeAdded) : 0;
  const tolerating = tolerations.filter((each) => toleratesDeviceTaint(each, taint));
  if (tolerating.length === 0) return addedMs;
  const seconds = tolerating.map(({ tolerationSeconds }) => tolerationSeconds ?? Infinity);
  const least = Math.min(...seconds);
  return least === Infinity ? undefined : addedMs + Math.max(0, least) * 1000;
}
