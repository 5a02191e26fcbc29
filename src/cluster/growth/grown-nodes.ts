// Machines beyond the few that booted, as their kubelets would have registered and reported them.
import type { Machine } from '../../api/machine';
import type { Draft, KubeObject } from '../../api/object';
import { machines } from '../../api/resource-ref';
import { formatTime } from '../../api/time';
import type { DaemonSet, Lease, Node, NodeStatus, Pod } from '../../api/types';
import { ttlSecondsFor } from '../../controllers/node-ttl/node-ttl';
import type { KubeletMachine } from '../../kubelet/context';
import { nodeDraft, nodeStatus } from '../../kubelet/node-object';
import { hashString, type RandomStream } from '../../sim/rng';
import { machineAddress } from '../../world/machines';
import { podSuffix } from './pod-names';
import { renewedAt, type Growth, type Revisions } from './growth';

const TTL = 'node.alpha.kubernetes.io/ttl';
const NODE_LEASES = 'kube-node-lease';
/** A kubelet reports its status every five minutes when nothing changes. */
const REPORT_MS = 290_000;

type ImageEntry = NonNullable<NodeStatus['images']>[number];

/** Images that Nodes tell of, by each of their names. */
export function imageEntries(known: readonly Node[]): ReadonlyMap<string, ImageEntry> {
  const entries = new Map<string, ImageEntry>();
  for (const { status } of known) {
    for (const entry of status.images ?? []) {
      for (const name of entry.names ?? []) entries.set(name, entry);
    }
  }
  return entries;
}

export interface NodeGrowthOptions {
  growth: Growth;
  revisions: Revisions;
  known: readonly Node[];
  images: ReadonlyMap<string, ImageEntry>;
}

export class NodeGrowth {
  private readonly byName = new Map<string, Node>();
  private readonly places = new Map<string, { address: string; podCIDR: string }>();
  private readonly ttl: string;

  constructor(private readonly options: NodeGrowthOptions) {
    const { known, growth } = options;
    for (const node of known) this.byName.set(node.metadata.name, node);
    const booted = (growth.saved.world.tables[machines.key] ?? []) as Machine[];
    const addresses = new Map(booted.map((each) => [each.metadata.name, each.status.address]));
    let hosts = booted.length;
    for (const { metadata } of growth.machines) {
      const podCIDR = growth.podRanges.of(metadata.name!);
      const address = addresses.get(metadata.name!) ?? machineAddress(hosts++);
      this.places.set(metadata.name!, { address, podCIDR });
    }
    this.ttl = String(ttlSecondsFor(growth.machines.length));
  }

  placeOf({ metadata }: Draft<Machine>): { address: string; podCIDR: string } {
    return this.places.get(metadata.name!)!;
  }

  /** The Node of a worker on which these pods run. */
  node(machine: Draft<Machine>, residents: readonly Pod[]): Node {
    const name = machine.metadata.name!;
    const { nowMs, random, cloud } = this.options.growth;
    const images = this.imagesOf(residents);
    const known = this.byName.get(name);
    if (known) return this.renewed(known, { ...known.status, images });
    const model = this.model();
    const { address, podCIDR } = this.placeOf(machine);
    const kubelet: KubeletMachine = {
      ...machine.spec!,
      name,
      address,
      podCIDR,
      bootId: random.uuid(),
      // The cloud completes it once the cluster goes on.
      cloud,
      staticPods: [],
    };
    const heardMs = nowMs - random.below(REPORT_MS);
    const conditions = model.status.conditions!.map((condition) => ({
      ...condition,
      lastHeartbeatTime: formatTime(heardMs),
    }));
    // As the API server writes quantities; workers are alike.
    const { capacity, allocatable } = model.status;
    const own = nodeStatus(kubelet, [], conditions);
    const status = { ...own, capacity, allocatable, images };
    const { metadata, spec } = nodeDraft(kubelet, status);
    return {
      ...model,
      metadata: {
        ...model.metadata,
        ...metadata,
        annotations: model.metadata.annotations,
        uid: random.uuid(),
        resourceVersion: this.options.revisions.next(),
      },
      spec,
      status,
    } as Node;
  }

  withTtl(node: Node): Node {
    const annotations = { ...node.metadata.annotations, [TTL]: this.ttl };
    return { ...node, metadata: { ...node.metadata, annotations } };
  }

  /** Those of all nodes, renewed at moments of their own; those of programs, just now. */
  leases(known: readonly Lease[], all: readonly Node[], nowMs: number): Lease[] {
    const ofNodes = known.filter(({ metadata }) => metadata.namespace === NODE_LEASES);
    const others = known.filter(({ metadata }) => metadata.namespace !== NODE_LEASES);
    const renewed = others.map((lease) => ({
      ...lease,
      spec: { ...lease.spec, renewTime: renewedAt(nowMs, 0) },
    }));
    const grown = this.perNode(ofNodes, all).map((lease, index) => {
      const spec = { ...lease.spec, holderIdentity: lease.metadata.name };
      return { ...lease, spec: { ...spec, renewTime: renewedAt(nowMs, index) } };
    });
    return [...renewed, ...grown];
  }

  /** An object for each node, owned by it and called like it, after those that are there. */
  perNode<T extends KubeObject>(known: readonly T[], all: readonly Node[]): T[] {
    const byName = new Map(known.map((each) => [each.metadata.name, each]));
    const model = this.byName.size > 0 && byName.get(this.model().metadata.name);
    if (!model) return [...known];
    return all.map(({ metadata: { name, uid } }) => {
      const own = byName.get(name);
      if (own) return own;
      const ownerReferences = model.metadata.ownerReferences?.map((owner) => ({
        ...owner,
        name,
        uid,
      }));
      return {
        ...model,
        metadata: {
          ...model.metadata,
          name,
          uid: this.options.growth.random.uuid(),
          resourceVersion: this.options.revisions.next(),
          ...(ownerReferences && { ownerReferences }),
        },
      };
    });
  }

  /** All Machines, each switched on when the small cluster's were. */
  machinesAfter(known: readonly Machine[], revisions: Revisions, random: RandomStream): Machine[] {
    const byName = new Map(known.map((each) => [each.metadata.name, each]));
    const model = byName.get(this.model().metadata.name)!;
    return this.options.growth.machines.map((machine) => {
      const name = machine.metadata.name!;
      const { address } = this.placeOf(machine);
      return (
        byName.get(name) ?? {
          ...model,
          metadata: {
            ...model.metadata,
            name,
            uid: random.uuid(),
            resourceVersion: revisions.next(),
          },
          spec: { ...model.spec, ...machine.spec },
          status: { ...model.status, address },
        }
      );
    });
  }

  private renewed(node: Node, status: NodeStatus): Node {
    const conditions = status.conditions!.map((condition) => ({
      ...condition,
      lastHeartbeatTime: formatTime(this.options.growth.nowMs),
    }));
    return { ...node, status: { ...status, conditions } } as Node;
  }

  private model(): Node {
    const worker = this.options.growth.machines.find(({ spec }) => spec?.role !== 'control-plane')!;
    return this.byName.get(worker.metadata.name!)!;
  }

  /** The largest first, as the kubelet tells them. */
  private imagesOf(residents: readonly Pod[]): ImageEntry[] {
    const found = new Set<ImageEntry>();
    for (const { status } of residents) {
      for (const { image } of status.containerStatuses ?? []) {
        const entry = this.options.images.get(image);
        if (entry) found.add(entry);
      }
    }
    const reference = ({ names = [] }: ImageEntry): string => names.at(-1)!;
    return [...found].sort(
      (a, b) => b.sizeBytes! - a.sizeBytes! || (reference(a) < reference(b) ? -1 : 1),
    );
  }
}

/** The pods of DaemonSets, one a machine, after those of the first worker. */
export class DaemonPods {
  private readonly models: readonly Pod[];
  private count = 0;

  constructor(
    system: readonly Pod[],
    worker: string,
    private readonly revisions: Revisions,
    private readonly random: RandomStream,
  ) {
    this.models = system.filter(
      ({ spec, metadata }) =>
        spec.nodeName === worker && metadata.ownerReferences?.[0]?.kind === 'DaemonSet',
    );
  }

  podsOn(node: string, address: string): Pod[] {
    this.count++;
    return this.models.map((pod) => {
      const { metadata, spec, status } = pod;
      const start = hashString(metadata.name);
      return {
        ...pod,
        metadata: {
          ...metadata,
          name: metadata.generateName + podSuffix(start, this.count),
          uid: this.random.uuid(),
          resourceVersion: this.revisions.next(),
        },
        spec: { ...spec, nodeName: node, affinity: pinnedTo(node) },
        status: {
          ...status,
          hostIP: address,
          hostIPs: [{ ip: address }],
          podIP: address,
          podIPs: [{ ip: address }],
          containerStatuses: status.containerStatuses!.map((each) => ({
            ...each,
            containerID: this.random.hex(64, 'containerd://'),
          })),
        },
      } as Pod;
    });
  }

  /** The DaemonSets with a pod on each of so many nodes. */
  counted(all: readonly DaemonSet[], nodeCount: number): DaemonSet[] {
    return all.map((each) => {
      const status: Record<string, unknown> = { ...each.status };
      for (const key of Object.keys(status)) {
        const isCount = key.startsWith('number') || key.endsWith('Scheduled');
        if (isCount && status[key] !== 0) status[key] = nodeCount;
      }
      return { ...each, status } as unknown as DaemonSet;
    });
  }
}

/** As the DaemonSet controller binds its pods. */
function pinnedTo(node: string): Pod['spec']['affinity'] {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }];
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] },
    },
  } as Pod['spec']['affinity'];
}
