// Volume growth: this controller only says who will do it, since none of Kubernetes' own plugins
// can any more; the external-resizer of the CSI driver does, and leaves the file system to the
// node.
// Upstream: pkg/controller/volume/expand/expand_controller.go,
// github.com/kubernetes-csi/external-resizer.
import { csiDrivers, persistentVolumeClaims, persistentVolumes } from '../../api/extension-refs';
import type { CSIDriver, PersistentVolume, PersistentVolumeClaim } from '../../api/extension-types';
import { objectKey } from '../../api/object';
import { formatTime } from '../../api/time';
import { amountOf, capacityBytes, isFullyBound, requestedBytes } from '../../api/volume-binding';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext, ControllerLoop } from '../controller';

const RESIZE_MS = 2_000;
const GROWTH: readonly string[] = ['Resizing', 'FileSystemResizePending'];
const NODE_STEP =
  'Waiting for user to (re-)start a pod to finish file system resize of volume on node.';

export const volumeExpandController: Controller = {
  name: 'persistentvolume-expander',
  eventSource: 'volume_expand',
  workers: 10,
  start(context) {
    const known = context.watch(persistentVolumeClaims, {
      updated(claim, old) {
        if (requestedBytes(claim) > requestedBytes(old)) context.enqueue(objectKey(claim));
      },
    });
    return {
      reconcile(key) {
        const claim = known.get(key);
        if (!claim || !isToGrow(claim)) return;
        const message = 'waiting for an external controller to expand this PVC';
        context.recorder.event(claim, 'Normal', 'ExternalExpanding', message);
      },
    };
  },
};

/** The external-resizer of every CSI driver. */
export const csiResizer: Controller = {
  name: 'csi-resizer',
  eventSource: 'external-resizer',
  workers: 4,
  start: (context) => new ResizerLoop(context),
};

class ResizerLoop implements ControllerLoop {
  private readonly claims: Informer<PersistentVolumeClaim>;
  private readonly volumes: Informer<PersistentVolume>;
  private readonly drivers: Informer<CSIDriver>;
  /** When the growth of a claim's volume will be done, by uid. */
  private readonly doneAtMs = new Map<string, number>();

  constructor(private readonly context: ControllerContext) {
    const consider = (claim: PersistentVolumeClaim): void => {
      if (isToGrow(claim)) context.enqueue(objectKey(claim));
    };
    this.claims = context.watch(persistentVolumeClaims, { added: consider, updated: consider });
    this.volumes = context.informer(persistentVolumes);
    this.drivers = context.informer(csiDrivers);
  }

  reconcile(key: string): number | void {
    const claim = this.claims.get(key);
    if (!claim || !isToGrow(claim)) return undefined;
    const volume = this.volumes.get(claim.spec.volumeName!);
    const driver = volume?.spec.csi?.driver;
    if (!volume || !driver || !this.drivers.get(driver)) return undefined;
    const isGrown = capacityBytes(volume) >= requestedBytes(claim);
    if (isGrown && hasCondition(claim, 'FileSystemResizePending')) return undefined;
    const { nowMs } = this.context.sim.clock;
    const { uid } = claim.metadata;
    const doneAtMs = this.doneAtMs.get(uid);
    if (doneAtMs === undefined) {
      this.begin(claim, volume);
      this.doneAtMs.set(uid, nowMs + RESIZE_MS);
      return RESIZE_MS;
    }
    if (doneAtMs > nowMs) return doneAtMs - nowMs;
    this.finish(claim, volume);
    this.doneAtMs.delete(uid);
    return undefined;
  }

  private begin(claim: PersistentVolumeClaim, volume: PersistentVolume): void {
    const { recorder } = this.context;
    const message = `External resizer is resizing volume ${volume.metadata.name}`;
    this.write(claim, 'ControllerResizeInProgress', 'Resizing');
    recorder.event(claim, 'Normal', 'Resizing', message);
  }

  private finish(claim: PersistentVolumeClaim, volume: PersistentVolume): void {
    const { client, recorder } = this.context;
    const { storage } = claim.spec.resources!.requests!;
    const spec = { ...volume.spec, capacity: { ...volume.spec.capacity, storage } };
    client.update(persistentVolumes, { ...volume, spec });
    const message = 'Require file system resize of volume on node';
    recorder.event(claim, 'Normal', 'FileSystemResizeRequired', message);
    this.write(claim, 'NodeResizePending', 'FileSystemResizePending', NODE_STEP);
  }

  private write(
    claim: PersistentVolumeClaim,
    state: string,
    type: 'Resizing' | 'FileSystemResizePending',
    message?: string,
  ): void {
    const { client, sim } = this.context;
    const lastTransitionTime = formatTime(sim.clock.activityMs);
    const condition = { type, status: 'True', lastProbeTime: null, lastTransitionTime };
    const others = claim.status.conditions?.filter((each) => !GROWTH.includes(each.type)) ?? [];
    const status = {
      ...claim.status,
      allocatedResources: {
        ...claim.status.allocatedResources,
        storage: claim.spec.resources!.requests!.storage,
      },
      allocatedResourceStatuses: { storage: state },
      conditions: [...others, { ...condition, ...(message && { message }) }],
    };
    client.updateStatus(persistentVolumeClaims, { ...claim, status } as never);
  }
}

/** Of a claim that has yet to be told its size, nothing is known. */
function isToGrow(claim: PersistentVolumeClaim): boolean {
  const size = amountOf(claim.status.capacity?.storage);
  return isFullyBound(claim) && size > 0 && requestedBytes(claim) > size;
}

function hasCondition({ status }: PersistentVolumeClaim, wanted: string): boolean {
  return status.conditions?.some(({ type }) => type === wanted) ?? false;
}
