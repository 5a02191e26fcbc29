// Brings volumes of CSI drivers to the nodes of their pods and takes them away again: by making and
// deleting VolumeAttachments, which the driver carries out.
// Invariants: a volume that only one node can have is not attached to a second; it is taken away
// only when its node says that nobody uses it any more, when that has taken too long, or when the
// node is declared out of service.
// Upstream: pkg/controller/volume/attachdetach.
import {
  csiDrivers,
  csiNodes,
  persistentVolumeClaims,
  persistentVolumes,
  volumeAttachments,
} from '../../api/extension-refs';
import type {
  CSIDriver,
  CSINode,
  PersistentVolume,
  PersistentVolumeClaim,
  VolumeAttachment,
} from '../../api/extension-types';
import { nodes, pods } from '../../api/resource-ref';
import { isAlreadyExists, isNotFound } from '../../api/status-error';
import { TAINT_OUT_OF_SERVICE } from '../../api/tolerations';
import type { Node, Pod } from '../../api/types';
import { attachmentName, uniqueVolumeName } from '../../api/volume-attachment';
import { claimKeysOf, hasClaims } from '../../api/pod-volume-claims';
import { isFullyBound } from '../../api/volume-binding';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext, ControllerLoop } from '../controller';
import { reportAttached } from './node-status';

/** How long a node may take to unmount before the volume is taken from it anyway. */
const UNMOUNT_MAX_MS = 360_000;
const POLL_MS = 1_000;
const RETRY_MS = 10_000;

const OWN_NAME = /^csi-[0-9a-f]{64}$/;

export const attachDetachController: Controller = {
  name: 'persistentvolume-attach-detach',
  eventSource: 'attachdetach-controller',
  workers: 1,
  start: (context) => new AttachDetachLoop(context),
};

/** A volume that is wanted on a node, and one of the pods that want it. */
interface Wanted {
  readonly volume: PersistentVolume;
  readonly pod: Pod;
}

class AttachDetachLoop implements ControllerLoop {
  private readonly pods: Informer<Pod>;
  private readonly nodes: Informer<Node>;
  private readonly claims: Informer<PersistentVolumeClaim>;
  private readonly volumes: Informer<PersistentVolume>;
  private readonly drivers: Informer<CSIDriver>;
  private readonly csiNodes: Informer<CSINode>;
  private readonly attachments: Informer<VolumeAttachment>;
  /** Keys of pods with claims, by node. */
  private readonly podsByNode = new Map<string, Set<string>>();
  /** Since when an attachment is no longer wanted. */
  private readonly unwantedSinceMs = new Map<string, number>();
  /** Attachments whose success has been told to the pod that waited. */
  private readonly told = new Set<string>();

  constructor(private readonly context: ControllerContext) {
    this.nodes = context.informer(nodes);
    this.drivers = context.informer(csiDrivers);
    this.csiNodes = context.informer(csiNodes);
    this.volumes = context.informer(persistentVolumes);
    this.pods = context.watch(pods, {
      added: (pod) => this.podChanged(pod),
      updated: (pod) => this.podChanged(pod),
      deleted: (pod) => this.podGone(pod),
    });
    this.pods.addIndex('claims', claimKeysOf);
    const claimChanged = (claim: PersistentVolumeClaim): void => this.claimChanged(claim);
    this.claims = context.watch(persistentVolumeClaims, {
      added: claimChanged,
      updated: claimChanged,
    });
    const attachmentChanged = ({ spec }: VolumeAttachment): void => context.enqueue(spec.nodeName);
    this.attachments = context.watch(volumeAttachments, {
      added: attachmentChanged,
      updated: attachmentChanged,
      deleted: ({ metadata, spec }) => {
        this.told.delete(metadata.name);
        this.unwantedSinceMs.delete(metadata.name);
        // Others may have waited for it.
        for (const nodeName of this.podsByNode.keys()) context.enqueue(nodeName);
        context.enqueue(spec.nodeName);
      },
    });
    this.attachments.addIndex('node', ({ spec }) => [spec.nodeName]);
    this.attachments.addIndex('volume', ({ spec }) => [spec.source.persistentVolumeName ?? '']);
  }

  /** One node: what is wanted there is brought, what is not is taken away. */
  reconcile(nodeName: string): number | void {
    const wanted = this.wantedOn(nodeName);
    let againMs: number | undefined;
    for (const [name, want] of wanted) {
      if (!this.attach(nodeName, name, want)) againMs = RETRY_MS;
    }
    for (const attachment of this.attachments.byIndex('node', nodeName)) {
      const { name } = attachment.metadata;
      if (wanted.has(name)) this.unwantedSinceMs.delete(name);
      // What somebody else made is left to them.
      else if (OWN_NAME.test(name) && !this.detach(attachment))
        againMs = Math.min(againMs ?? POLL_MS, POLL_MS);
    }
    this.report(nodeName);
    return againMs;
  }

  private podChanged(pod: Pod): void {
    const { nodeName } = pod.spec;
    if (!nodeName || !hasClaims(pod)) return;
    if (isOver(pod)) {
      this.podGone(pod);
      return;
    }
    const known = this.podsByNode.get(nodeName);
    const key = `${pod.metadata.namespace}/${pod.metadata.name}`;
    if (known?.has(key)) return;
    if (known) known.add(key);
    else this.podsByNode.set(nodeName, new Set([key]));
    this.context.enqueue(nodeName);
  }

  private podGone(pod: Pod): void {
    const { nodeName } = pod.spec;
    if (!nodeName || !hasClaims(pod)) return;
    const known = this.podsByNode.get(nodeName);
    known?.delete(`${pod.metadata.namespace}/${pod.metadata.name}`);
    if (known?.size === 0) this.podsByNode.delete(nodeName);
    this.context.enqueue(nodeName);
  }

  private claimChanged(claim: PersistentVolumeClaim): void {
    if (!isFullyBound(claim)) return;
    const key = `${claim.metadata.namespace}/${claim.metadata.name}`;
    for (const { spec } of this.pods.byIndex('claims', key)) {
      if (spec.nodeName) this.context.enqueue(spec.nodeName);
    }
  }

  /** By the name of the attachment. */
  private wantedOn(nodeName: string): Map<string, Wanted> {
    const wanted = new Map<string, Wanted>();
    for (const key of this.podsByNode.get(nodeName) ?? []) {
      const pod = this.pods.get(key);
      if (!pod) continue;
      for (const claimKey of claimKeysOf(pod)) {
        const volumeName = this.claims.get(claimKey)?.spec.volumeName;
        const volume = volumeName ? this.volumes.get(volumeName) : undefined;
        const { csi } = volume?.spec ?? {};
        if (!csi || !this.isAttachable(csi.driver)) continue;
        const name = attachmentName(csi.driver, csi.volumeHandle, nodeName);
        if (!wanted.has(name)) wanted.set(name, { volume: volume!, pod });
      }
    }
    return wanted;
  }

  private isAttachable(driver: string): boolean {
    return this.drivers.get(driver)?.spec.attachRequired !== false;
  }

  /** False when it has to be tried again. */
  private attach(nodeName: string, name: string, { volume, pod }: Wanted): boolean {
    const known = this.attachments.get(name);
    if (known) {
      this.tellAttached(known, volume, pod);
      return true;
    }
    const others = this.othersWith(volume, nodeName);
    if (others.length > 0) {
      this.tellMultiAttach(volume, pod, others);
      return false;
    }
    const { driver } = volume.spec.csi!;
    const { recorder } = this.context;
    const drivers = this.csiNodes.get(nodeName)?.spec.drivers;
    if (!drivers?.some((each) => each.name === driver)) {
      const why = `CSINode ${nodeName} does not contain driver ${driver}`;
      const message = `AttachVolume.Attach failed for volume "${volume.metadata.name}" : ${why}`;
      recorder.event(pod, 'Warning', 'FailedAttachVolume', message);
      return false;
    }
    const source = { persistentVolumeName: volume.metadata.name };
    try {
      this.context.client.create(volumeAttachments, {
        metadata: { name },
        spec: { attacher: driver, nodeName, source },
      });
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
    }
    return true;
  }

  private tellAttached(attachment: VolumeAttachment, volume: PersistentVolume, pod: Pod): void {
    const { name } = attachment.metadata;
    const { attached, attachError } = attachment.status;
    const { recorder } = this.context;
    if (attachError && !attached) {
      const why = `rpc error: ${attachError.message ?? ''}`;
      const message = `AttachVolume.Attach failed for volume "${volume.metadata.name}" : ${why}`;
      recorder.event(pod, 'Warning', 'FailedAttachVolume', message);
      return;
    }
    if (!attached || this.told.has(name)) return;
    this.told.add(name);
    const message = `AttachVolume.Attach succeeded for volume "${volume.metadata.name}" `;
    recorder.event(pod, 'Normal', 'SuccessfulAttachVolume', message);
  }

  /** Other nodes that have a volume which only one may have. */
  private othersWith(volume: PersistentVolume, nodeName: string): string[] {
    const modes = volume.spec.accessModes ?? [];
    if (modes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany')) return [];
    const holders: string[] = [];
    for (const { spec } of this.attachments.byIndex('volume', volume.metadata.name)) {
      if (spec.nodeName !== nodeName) holders.push(spec.nodeName);
    }
    return holders;
  }

  private tellMultiAttach(volume: PersistentVolume, pod: Pod, holders: readonly string[]): void {
    const { namespace } = pod.metadata;
    const users: string[] = [];
    let elsewhere = 0;
    const claimKey = `${volume.spec.claimRef?.namespace}/${volume.spec.claimRef?.name}`;
    for (const other of this.pods.byIndex('claims', claimKey)) {
      if (!holders.includes(other.spec.nodeName ?? '') || isOver(other)) continue;
      if (other.metadata.namespace === namespace) users.push(other.metadata.name);
      else elsewhere++;
    }
    const start = `Multi-Attach error for volume "${volume.metadata.name}" `;
    let what =
      "Volume is already exclusively attached to one node and can't be attached to another";
    if (users.length > 0) {
      what = `Volume is already used by pod(s) ${users.sort().join(', ')}`;
      if (elsewhere > 0) what += ` and ${elsewhere} pod(s) in different namespaces`;
    } else if (elsewhere > 0) {
      what = `Volume is already used by ${elsewhere} pod(s) in different namespaces`;
    }
    this.context.recorder.event(pod, 'Warning', 'FailedAttachVolume', start + what);
  }

  /** False while the node still uses the volume. */
  private detach({ metadata, spec }: VolumeAttachment): boolean {
    if (metadata.deletionTimestamp) return true;
    const volume = this.volumes.get(spec.source.persistentVolumeName ?? '');
    const node = this.nodes.get(spec.nodeName);
    const csi = volume?.spec.csi;
    const uniqueName = csi && uniqueVolumeName(csi.driver, csi.volumeHandle);
    const { nowMs } = this.context.sim.clock;
    const sinceMs = this.unwantedSinceMs.get(metadata.name) ?? nowMs;
    this.unwantedSinceMs.set(metadata.name, sinceMs);
    const isInUse = uniqueName !== undefined && node?.status.volumesInUse?.includes(uniqueName);
    const isOutOfService = node?.spec.taints?.some(({ key }) => key === TAINT_OUT_OF_SERVICE);
    const hasWaited = nowMs - sinceMs >= UNMOUNT_MAX_MS;
    // Of a healthy node it is waited for; of one that is not ready, only for so long.
    if (isInUse && !isOutOfService && !(hasWaited && !isReady(node))) return false;
    try {
      this.context.client.delete(volumeAttachments, '', metadata.name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    return true;
  }

  private report(nodeName: string): void {
    const attached: string[] = [];
    for (const { spec, status } of this.attachments.byIndex('node', nodeName)) {
      const csi = this.volumes.get(spec.source.persistentVolumeName ?? '')?.spec.csi;
      if (csi && status.attached) attached.push(uniqueVolumeName(csi.driver, csi.volumeHandle));
    }
    const node = this.nodes.get(nodeName);
    if (node) reportAttached(this.context.client, node, attached);
  }
}

function isOver({ status }: Pod): boolean {
  return status.phase === 'Succeeded' || status.phase === 'Failed';
}

function isReady(node: Node | undefined): boolean {
  return (
    node?.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ??
    false
  );
}
