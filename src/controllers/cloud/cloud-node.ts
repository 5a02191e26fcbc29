// The cloud-node controller: Nodes that joined with --cloud-provider=external wait behind a taint
// until the cloud has said what machine each one is; then addresses are looked at every five
// minutes. Invariant: a Node without a machine keeps its taint.
// Upstream: k8s.io/cloud-provider/controllers/node.
import { nodes } from '../../api/resource-ref';
import { isConflict, isNotFound } from '../../api/status-error';
import type { Node, NodeAddress } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import type { CloudProvider, Instance } from './cloud-provider';

export const UNINITIALIZED_TAINT = 'node.cloudprovider.kubernetes.io/uninitialized';
const ADDRESSES = 'addresses';
/** --node-status-update-frequency. */
const ADDRESSES_MS = 300_000;

/** A beta label that says what its successor says. */
const TWINS = [
  ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'],
  ['topology.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/region'],
  ['node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type'],
] as const;

/** The controller for that cloud. */
export function cloudNodeController(cloud: CloudProvider): Controller {
  return {
    name: 'cloud-node',
    eventSource: 'cloud-node-controller',
    workers: 1,
    start(context) {
      const loop = new CloudNodeLoop(context, cloud);
      context.enqueueAfter(ADDRESSES, ADDRESSES_MS);
      return { reconcile: (key) => loop.reconcile(key) };
    },
  };
}

class CloudNodeLoop {
  private readonly nodes: Informer<Node>;

  constructor(
    private readonly context: ControllerContext,
    private readonly cloud: CloudProvider,
  ) {
    this.nodes = context.watch(nodes, {
      added: ({ metadata }) => context.enqueue('/' + metadata.name),
      updated: (node, old) => {
        const isTold = node.spec === old.spec && node.metadata.labels === old.metadata.labels;
        if (!isTold) context.enqueue('/' + node.metadata.name);
      },
    });
  }

  reconcile(key: string): number | void {
    if (key === ADDRESSES) {
      for (const node of this.nodes.items.values()) {
        const instance = hasTaint(node) ? undefined : this.cloud.instanceOf(node);
        if (instance) this.writeAddresses(node, instance);
      }
      return ADDRESSES_MS;
    }
    const node = this.nodes.get(key.slice(1));
    if (!node) return undefined;
    if (hasTaint(node)) this.initialize(node);
    else this.reconcileLabels(node);
  }

  private initialize(node: Node): void {
    const { client, recorder } = this.context;
    const instance = this.cloud.instanceOf(node);
    const { name } = node.metadata;
    if (!instance) {
      throw new Error(`failed to get instance metadata for node ${name}: instance not found`);
    }
    const labels = { ...node.metadata.labels, ...labelsOf(instance) };
    const taints = node.spec.taints!.filter(({ key }) => key !== UNINITIALIZED_TAINT);
    const { taints: _old, ...spec } = node.spec;
    const updated = client.update(nodes, {
      ...node,
      metadata: { ...node.metadata, labels },
      spec: {
        ...spec,
        providerID: spec.providerID || instance.providerID,
        ...(taints.length > 0 && { taints }),
      },
    } as Node);
    this.writeAddresses(updated, instance);
    recorder.event(node, 'Normal', 'Synced', 'Node synced successfully');
  }

  private writeAddresses(node: Node, { addresses }: Instance): void {
    const hostname = node.status.addresses?.filter(({ type }) => type === 'Hostname') ?? [];
    const isNamed = addresses.some(({ type }) => type === 'Hostname');
    const wanted = isNamed ? addresses : [...addresses, ...hostname];
    if (addresses.length === 0 || isSame(node.status.addresses ?? [], wanted)) return;
    try {
      const { client } = this.context;
      client.updateStatus(nodes, {
        ...node,
        status: { ...node.status, addresses: wanted },
      } as Node);
    } catch (error) {
      // The kubelet wrote meanwhile: the label or taint that changed brings it back, or the turn.
      if (isNotFound(error)) return;
      if (!isConflict(error)) throw error;
      this.writeAddresses(this.context.client.get(nodes, '', node.metadata.name), {
        addresses,
      } as Instance);
    }
  }

  private reconcileLabels({ metadata }: Node): void {
    const labels: Record<string, string> = {};
    for (const [label, twin] of TWINS) {
      const value = metadata.labels?.[label];
      if (value !== undefined && metadata.labels?.[twin] !== value) labels[twin] = value;
    }
    if (Object.keys(labels).length === 0) return;
    this.context.client.patch(nodes, '', metadata.name, { metadata: { labels } });
  }
}

function hasTaint({ spec }: Node): boolean {
  return spec.taints?.some(({ key }) => key === UNINITIALIZED_TAINT) === true;
}

function labelsOf({ type, zone, region }: Instance): Record<string, string> {
  return {
    ...(type && {
      'beta.kubernetes.io/instance-type': type,
      'node.kubernetes.io/instance-type': type,
    }),
    ...(zone && {
      'failure-domain.beta.kubernetes.io/zone': zone,
      'topology.kubernetes.io/zone': zone,
    }),
    ...(region && {
      'failure-domain.beta.kubernetes.io/region': region,
      'topology.kubernetes.io/region': region,
    }),
  };
}

function isSame(a: readonly NodeAddress[], b: readonly NodeAddress[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ type, address }, index) => type === b[index].type && address === b[index].address)
  );
}
