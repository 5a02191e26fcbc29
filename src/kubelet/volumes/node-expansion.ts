// The last step of a volume's growth: its file system is made larger on the machine on which it is
// mounted, and the claim is told. Claims are followed only once a volume that may grow is here.
// Upstream: pkg/volume/util/operationexecutor/node_expander.go.
import { persistentVolumeClaims, persistentVolumes } from '../../api/extension-refs';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/extension-types';
import { objectKey } from '../../api/object';
import { ConnectionError, StatusError } from '../../api/status-error';
import { amountOf, capacityBytes } from '../../api/volume-binding';
import type { PodWorker } from '../pod-worker';
import type { VolumeHost } from './volumes';

/** The real one looks at its volumes about so often. */
const LOOK_MS = 1_000;

export class NodeExpansion {
  /** The pod on whose behalf a claim's volume is mounted, by the claim's key. */
  private readonly mounted = new Map<string, PodWorker>();
  private readonly planned = new Set<string>();
  private isFollowing = false;

  constructor(private readonly host: VolumeHost) {}

  follow(worker: PodWorker, claim: PersistentVolumeClaim, volume: PersistentVolume): void {
    this.mounted.set(objectKey(claim), worker);
    if (!this.isFollowing) this.start();
    else if (isToGrow(claim, volume)) this.plan(objectKey(claim));
  }

  forget(podUid: string): void {
    for (const [key, worker] of this.mounted) if (worker.uid === podUid) this.mounted.delete(key);
  }

  private start(): void {
    this.isFollowing = true;
    const consider = (claim: PersistentVolumeClaim): void => {
      const key = objectKey(claim);
      if (isPending(claim) && this.mounted.has(key)) this.plan(key);
    };
    const informer = this.host.component.informer(persistentVolumeClaims);
    informer.addHandler({ added: consider, updated: consider });
    informer.start();
  }

  private plan(key: string): void {
    if (this.planned.has(key)) return;
    this.planned.add(key);
    this.host.context.scope.after(LOOK_MS, () => {
      this.planned.delete(key);
      const worker = this.mounted.get(key);
      if (worker) this.tryGrow(key, worker);
    });
  }

  private tryGrow(key: string, worker: PodWorker): void {
    try {
      this.grow(key, worker);
    } catch (error) {
      if (!(error instanceof ConnectionError || error instanceof StatusError)) throw error;
      this.plan(key);
    }
  }

  private grow(key: string, worker: PodWorker): void {
    const { client, machine } = this.host.context;
    const [namespace, name] = key.split('/');
    const claim = client.get(persistentVolumeClaims, namespace, name);
    const volume = client.get(persistentVolumes, '', claim.spec.volumeName ?? '');
    if (!isToGrow(claim, volume)) return;
    const { allocatedResourceStatuses: _done, ...others } = claim.status;
    const conditions = claim.status.conditions?.filter(({ type }) => !GROWTH.includes(type));
    const capacity = { ...claim.status.capacity, storage: volume.spec.capacity!.storage };
    const status = { ...others, capacity, conditions };
    if (!conditions?.length) delete status.conditions;
    client.updateStatus(persistentVolumeClaims, { ...claim, status });
    const place = `volume "${volume.metadata.name}" ${machine.name}`;
    const message = `MountVolume.NodeExpandVolume succeeded for ${place}`;
    this.host.context.event(worker, 'Normal', 'FileSystemResizeSuccessful', message);
    this.host.component.recorder.event(claim, 'Normal', 'FileSystemResizeSuccessful', message);
  }
}

const GROWTH = ['Resizing', 'FileSystemResizePending'];

function isPending({ status }: PersistentVolumeClaim): boolean {
  return status.conditions?.some(({ type }) => type === 'FileSystemResizePending') ?? false;
}

function isToGrow(claim: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  return isPending(claim) && capacityBytes(volume) > amountOf(claim.status.capacity?.storage);
}
