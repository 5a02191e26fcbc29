// What CSI drivers bring with them, as far as attachments go: their node plugin registers them in
// every CSINode, their external-attacher carries VolumeAttachments out.
// Where the real ones differ: they are pods of their own; here whoever brings a CSIDriver is taken
// to bring the driver, on every node.
// Upstream: github.com/kubernetes-csi/external-attacher, node-driver-registrar.
import { csiDrivers, csiNodes, volumeAttachments } from '../../api/extension-refs';
import type { CSIDriver, CSINode, VolumeAttachment } from '../../api/extension-types';
import { isNotFound } from '../../api/status-error';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext, ControllerLoop } from '../controller';
import { withFinalizer, withoutFinalizer } from '../protection-finalizer';

const ATTACH_MS = 1_200;
const DETACH_MS = 1_000;
const NODE_KEY = 'node:';
const ATTACHMENT_KEY = 'attachment:';

export const csiAttacher: Controller = {
  name: 'csi-attacher',
  eventSource: 'csi-attacher',
  workers: 4,
  start: (context) => new AttacherLoop(context),
};

class AttacherLoop implements ControllerLoop {
  private readonly drivers: Informer<CSIDriver>;
  private readonly nodes: Informer<CSINode>;
  private readonly attachments: Informer<VolumeAttachment>;
  /** When the work on an attachment will be done, by its name and what it is. */
  private readonly doneAtMs = new Map<string, number>();

  constructor(private readonly context: ControllerContext) {
    const driverChanged = (): void => {
      for (const { metadata } of this.nodes.items.values()) {
        context.enqueue(NODE_KEY + metadata.name);
      }
      for (const { metadata } of this.attachments.items.values()) {
        context.enqueue(ATTACHMENT_KEY + metadata.name);
      }
    };
    this.drivers = context.watch(csiDrivers, { added: driverChanged, deleted: driverChanged });
    this.nodes = context.watch(csiNodes, {
      added: ({ metadata }) => {
        if (this.driverNames().length > 0) context.enqueue(NODE_KEY + metadata.name);
      },
    });
    const changed = ({ metadata }: VolumeAttachment): void => {
      context.enqueue(ATTACHMENT_KEY + metadata.name);
    };
    this.attachments = context.watch(volumeAttachments, { added: changed, updated: changed });
  }

  reconcile(key: string): number | void {
    const name = key.slice(key.indexOf(':') + 1);
    if (key.startsWith(NODE_KEY)) return this.register(name);
    const attachment = this.attachments.get(name);
    if (!attachment || !this.drivers.get(attachment.spec.attacher)) return undefined;
    return attachment.metadata.deletionTimestamp
      ? this.detach(attachment)
      : this.attach(attachment);
  }

  /** Drivers that are there put themselves in, those that are gone are taken out. */
  private register(name: string): void {
    const node = this.nodes.get(name);
    if (!node) return;
    const known = node.spec.drivers ?? [];
    const names = this.driverNames();
    const kept = known.filter((driver) => names.includes(driver.name) || !isOurs(driver, name));
    const added = names.filter((driver) => !known.some((each) => each.name === driver));
    if (added.length === 0 && kept.length === known.length) return;
    const drivers = [
      ...kept,
      ...added.map((driver) => ({ name: driver, nodeID: name, topologyKeys: TOPOLOGY_KEYS })),
    ];
    this.context.client.update(csiNodes, { ...node, spec: { ...node.spec, drivers } });
  }

  private driverNames(): string[] {
    return [...this.drivers.items.keys()].sort();
  }

  private attach(attachment: VolumeAttachment): number | void {
    const { client } = this.context;
    const { name } = attachment.metadata;
    if (attachment.status.attached) return undefined;
    const finalizer = finalizerOf(attachment);
    if (!attachment.metadata.finalizers?.includes(finalizer)) {
      client.update(volumeAttachments, withFinalizer(attachment, finalizer));
      return undefined;
    }
    const leftMs = this.work('attach ' + name, ATTACH_MS);
    if (leftMs > 0) return leftMs;
    const { attachError: _old, ...others } = attachment.status;
    client.updateStatus(volumeAttachments, {
      ...attachment,
      status: { ...others, attached: true },
    });
    return undefined;
  }

  private detach(attachment: VolumeAttachment): number | void {
    const finalizer = finalizerOf(attachment);
    if (!attachment.metadata.finalizers?.includes(finalizer)) return undefined;
    const leftMs = this.work('detach ' + attachment.metadata.name, DETACH_MS);
    if (leftMs > 0) return leftMs;
    try {
      this.context.client.update(volumeAttachments, withoutFinalizer(attachment, finalizer));
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    return undefined;
  }

  /** Begins work, or says how many ms of it are left. */
  private work(key: string, takesMs: number): number {
    const { nowMs } = this.context.sim.clock;
    const doneAtMs = this.doneAtMs.get(key);
    if (doneAtMs === undefined) {
      this.doneAtMs.set(key, nowMs + takesMs);
      return takesMs;
    }
    if (doneAtMs > nowMs) return doneAtMs - nowMs;
    this.doneAtMs.delete(key);
    return 0;
  }
}

type RegisteredDriver = NonNullable<CSINode['spec']['drivers']>[number];

const TOPOLOGY_KEYS = ['topology.kubernetes.io/zone'];

/** Whether it was registered here; what others put into a CSINode is theirs. */
function isOurs({ nodeID, topologyKeys }: RegisteredDriver, nodeName: string): boolean {
  return nodeID === nodeName && topologyKeys?.join() === TOPOLOGY_KEYS.join();
}

function finalizerOf({ spec }: VolumeAttachment): string {
  return 'external-attacher/' + spec.attacher.replaceAll('.', '-');
}
