// Volumes behind claims, and those of CSI drivers, on one machine: a claim must be bound, its
// volume attached where its driver wants that, and the driver registered here.
// Where the real one differs: disks and servers are never out of reach; what was mounted once stays
// so until the pod is gone.
// Upstream: pkg/kubelet/volumemanager/populator, pkg/volume/csi.
import {
  csiDrivers,
  persistentVolumeClaims,
  persistentVolumes,
  volumeAttachments,
} from '../../api/extension-refs';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/extension-types';
import type { ResourceRef } from '../../api/resource-ref';
import type { KubeObject } from '../../api/object';
import { ConnectionError, isNotFound } from '../../api/status-error';
import type { Pod, Volume } from '../../api/types';
import { attachmentName, uniqueVolumeName } from '../../api/volume-attachment';
import { claimNameOf, notForPod } from '../../api/pod-volume-claims';
import { prepareDevices } from '../devices';
import { watchOwnNode } from '../own-node';
import type { PodWorker } from '../pod-worker';
import { ensureCsiNode, findCsiNode } from './csi-node';
import { hostPathProblem, type HostPath } from './host-paths';
import { NodeExpansion } from './node-expansion';
import type { ClaimOutcome, ClaimVolumes, VolumeHost } from './volumes';

const NOT_REGISTERED = 'not found in the list of registered CSI drivers';
const ATTACH_CLIENT =
  'kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name';
const MOUNT_CLIENT = 'kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: driver name';

/** The extension's part of a kubelet. */
export function startVolumes(host: VolumeHost): ClaimVolumes {
  return new MachineVolumes(host);
}

class MachineVolumes implements ClaimVolumes {
  /** Uids of the pods that use a volume which needs to be attached, by its unique name. */
  private readonly users = new Map<string, Set<string>>();
  private readonly expansion: NodeExpansion;

  constructor(private readonly host: VolumeHost) {
    this.expansion = new NodeExpansion(host);
  }

  registered(): void {
    ensureCsiNode(this.host.context, this.host.nodeAgent);
    watchOwnNode(this.host);
  }

  mount(worker: PodWorker): ClaimOutcome {
    try {
      return this.tryMount(worker);
    } catch (error) {
      if (error instanceof ConnectionError) return { ...NOTHING, isWaiting: true };
      throw error;
    }
  }

  prepareDevices(worker: PodWorker): boolean {
    const problem = prepareDevices(this.host.component, worker.pod);
    if (problem === '') return true;
    const message = `Failed to prepare dynamic resources: prepare dynamic resources: ${problem}`;
    this.host.context.event(worker, 'Warning', 'FailedPrepareDynamicResources', message);
    return false;
  }

  unmount({ uid }: PodWorker): void {
    this.expansion.forget(uid);
    for (const [name, pods] of this.users) {
      if (!pods.delete(uid) || pods.size > 0) continue;
      this.users.delete(name);
      this.host.nodeAgent.changed();
    }
  }

  hostPathProblem(hostPath: HostPath): string {
    return hostPathProblem(this.host.context.runtime, hostPath);
  }

  inUse(): readonly string[] {
    return [...this.users.keys()].sort();
  }

  private tryMount(worker: PodWorker): ClaimOutcome {
    const { pod } = worker;
    const names: string[] = [];
    const problems: string[] = [];
    const failures: string[] = [];
    let isWaiting = false;
    for (const volume of pod.spec.volumes ?? []) {
      const claimName = claimNameOf(pod, volume);
      if (claimName === undefined) {
        if (volume.csi) this.mountInline(volume.name, volume.csi.driver, failures);
        continue;
      }
      const found = this.findVolume(pod, volume, claimName);
      if (typeof found === 'string') {
        names.push(volume.name);
        problems.push(found);
      } else if (!this.mountVolume(worker, found, failures)) isWaiting = true;
    }
    if (problems.length === 0) return { unprocessed: '', isWaiting, failures };
    const list = `[${names.sort().join(' ')}]`;
    const unprocessed =
      `unmounted volumes=${list}, unattached volumes=[], failed to process volumes=${list}: ` +
      problems.join('; ');
    return { unprocessed, isWaiting: false, failures: [] };
  }

  /** The volume behind a claim, or why it is not there to be mounted. */
  private findVolume(pod: Pod, volume: Volume, claimName: string): Found | string {
    const { namespace = '' } = pod.metadata;
    const claim = this.find(persistentVolumeClaims, namespace, claimName);
    const prefix = `error processing PVC ${namespace}/${claimName}: `;
    if (!claim) {
      const why = `persistentvolumeclaims "${claimName}" not found`;
      return `${prefix}failed to fetch PVC from API server: ${why}`;
    }
    const notOwn = volume.ephemeral ? notForPod(pod, claim) : '';
    if (notOwn) return notOwn;
    if (claim.metadata.deletionTimestamp) return `${prefix}PVC is being deleted`;
    if (claim.status.phase !== 'Bound') return `${prefix}PVC is not bound`;
    const { volumeName } = claim.spec;
    if (!volumeName) return `${prefix}PVC has empty pvc.Spec.VolumeName`;
    const object = this.find(persistentVolumes, '', volumeName);
    if (!object) {
      const why = `persistentvolumes "${volumeName}" not found`;
      return `${prefix}failed to fetch PV ${volumeName} from API server: ${why}`;
    }
    if (object.spec.claimRef?.uid !== claim.metadata.uid) {
      const uid = object.spec.claimRef?.uid ?? '';
      return `${prefix}found PV.Spec.ClaimRef.UID ${uid} but expected pvcUID ${claim.metadata.uid}`;
    }
    return { claim, volume: object };
  }

  /** False while the volume is not attached yet. */
  private mountVolume(worker: PodWorker, { claim, volume }: Found, failures: string[]): boolean {
    const { name } = volume.metadata;
    const { csi, hostPath } = volume.spec;
    if (hostPath) {
      const problem = hostPathProblem(this.host.context.runtime, hostPath);
      if (problem) failures.push(`MountVolume.SetUp failed for volume "${name}" : ${problem}`);
    }
    if (!csi) return true;
    const isAttachable = this.isAttachable(csi.driver);
    if (isAttachable && !this.isAttached(worker, csi.driver, csi.volumeHandle)) return false;
    if (this.isRegistered(csi.driver)) {
      this.expansion.follow(worker, claim, volume);
      return true;
    }
    const [step, client] = isAttachable ? ['MountDevice', ATTACH_CLIENT] : ['SetUp', MOUNT_CLIENT];
    const problem = `${client} ${csi.driver} ${NOT_REGISTERED}`;
    failures.push(`MountVolume.${step} failed for volume "${name}" : ${problem}`);
    return true;
  }

  private mountInline(name: string, driver: string, failures: string[]): void {
    if (this.isRegistered(driver)) return;
    const problem = `${MOUNT_CLIENT} ${driver} ${NOT_REGISTERED}`;
    failures.push(`MountVolume.SetUp failed for volume "${name}" : ${problem}`);
  }

  private isAttachable(driver: string): boolean {
    return this.find(csiDrivers, '', driver)?.spec.attachRequired !== false;
  }

  /** Notes that the volume is wanted here, which the Node tells, and whether it has come. */
  private isAttached({ uid }: PodWorker, driver: string, handle: string): boolean {
    const { context, nodeAgent } = this.host;
    const name = uniqueVolumeName(driver, handle);
    const pods = this.users.get(name);
    if (pods) pods.add(uid);
    else {
      this.users.set(name, new Set([uid]));
      nodeAgent.changed();
    }
    const attachment = attachmentName(driver, handle, context.machine.name);
    return this.find(volumeAttachments, '', attachment)?.status.attached === true;
  }

  private isRegistered(driver: string): boolean {
    const node = findCsiNode(this.host.context);
    return node?.spec.drivers?.some(({ name }) => name === driver) ?? false;
  }

  private find<T extends KubeObject>(
    ref: ResourceRef<T>,
    namespace: string,
    name: string,
  ): T | undefined {
    try {
      return this.host.context.client.get(ref, namespace, name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      return undefined;
    }
  }
}

interface Found {
  readonly claim: PersistentVolumeClaim;
  readonly volume: PersistentVolume;
}

const NOTHING: ClaimOutcome = Object.freeze({ unprocessed: '', isWaiting: false, failures: [] });
