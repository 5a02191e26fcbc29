// What the scheduler knows of a node: the Node and the sums over its pods, as plain numbers.
// Invariants: the sums are those of `pods`; `generation` rises with every change, `nodeGeneration`
// with those of the Node alone, and no two states of any nodes share one.
// Upstream: pkg/scheduler/framework/types.go (NodeInfo).
import type { Node, Pod, Taint } from '../api/types';
import { bytes } from '../api/quantity';
import type { HostPort, PodShape } from './pod-shape';
import { ResourceAmounts, type ResourceList } from './resource-amounts';

/** A pod that is on a node, or is assumed to be. */
export class PodInfo {
  /** Place in the node's `pods`. */
  index = -1;

  constructor(
    public pod: Pod,
    public shape: PodShape,
    public node: NodeInfo,
    /** Chosen by us, but not yet seen bound. */
    public isAssumed: boolean,
  ) {}

  get isTerminating(): boolean {
    return this.pod.metadata.deletionTimestamp !== undefined;
  }

  get priority(): number {
    return this.pod.spec.priority ?? 0;
  }
}

/** The source of generations, one for all nodes of a cache. */
export interface Generations {
  last: number;
  /** The generation of each node, by slot: for loops over many nodes. */
  bySlot: Float64Array;
}

/** For nodes that are only imagined, whose slots are those of others. */
const imagined: Generations = { last: 0, bySlot: new Float64Array(0) };

const ANY_IP = '0.0.0.0';
const NO_TAINTS: readonly Taint[] = [];

export class NodeInfo {
  /** Undefined while only pods name this node. */
  node: Node | undefined;
  generation = 0;
  nodeGeneration = 0;
  readonly pods: PodInfo[] = [];
  allocatable = new ResourceAmounts();
  allocatablePods = 0;
  requested = new ResourceAmounts();
  /** With defaults for what asks for nothing. */
  scoringRequested = new ResourceAmounts();
  taints: readonly Taint[] = NO_TAINTS;
  /** 'TCP/80' to the addresses it is taken on. */
  private ports = new Map<string, string[]>();

  constructor(
    readonly name: string,
    /** Index of this node in every array that is kept by node. */
    readonly slot: number,
    private readonly generations: Generations,
  ) {
    this.touch();
    this.nodeGeneration = this.generation;
  }

  get labels(): Readonly<Record<string, string>> | undefined {
    return this.node?.metadata.labels;
  }

  get zone(): string {
    const labels = this.labels;
    const region = labels?.['topology.kubernetes.io/region'] ?? '';
    const zone = labels?.['topology.kubernetes.io/zone'] ?? '';
    return region === '' && zone === '' ? '' : region + ':\0:' + zone;
  }

  touch(): void {
    this.generation = ++this.generations.last;
    this.generations.bySlot[this.slot] = this.generation;
  }

  setNode(node: Node | undefined): void {
    const old = this.node;
    this.node = node;
    this.taints = node?.spec.taints ?? NO_TAINTS;
    const allocatable = node?.status.allocatable as ResourceList | undefined;
    if (!old || old.status.allocatable !== allocatable) {
      this.allocatable = ResourceAmounts.of(allocatable);
      this.allocatablePods = bytes(allocatable?.pods ?? 0);
    }
    this.touch();
    this.nodeGeneration = this.generation;
  }

  add(info: PodInfo): void {
    info.index = this.pods.push(info) - 1;
    this.account(info.shape, 1);
  }

  remove(info: PodInfo): void {
    const last = this.pods.pop()!;
    if (last !== info) {
      this.pods[info.index] = last;
      last.index = info.index;
    }
    info.index = -1;
    this.account(info.shape, -1);
  }

  /** Counts a pod of this shape in or out without listing it. */
  account(shape: PodShape, sign: 1 | -1): void {
    this.requested.add(shape.requests, sign);
    this.scoringRequested.add(shape.scoringRequests, sign);
    for (const port of shape.hostPorts) this.countPort(port, sign);
    this.touch();
  }

  hasPortConflict(wanted: readonly HostPort[]): boolean {
    for (const { ip, protocol, port } of wanted) {
      const taken = this.ports.get(protocol + '/' + port);
      if (taken === undefined) continue;
      if (ip === ANY_IP || taken.includes(ANY_IP) || taken.includes(ip)) return true;
    }
    return false;
  }

  /** A copy to try things on. Its pods are the same; their `index` stays that of the original. */
  copy(): NodeInfo {
    const copy = new NodeInfo(this.name, this.slot, imagined);
    copy.node = this.node;
    copy.taints = this.taints;
    copy.allocatable = this.allocatable;
    copy.allocatablePods = this.allocatablePods;
    copy.requested = this.requested.copy();
    copy.scoringRequested = this.scoringRequested.copy();
    for (const info of this.pods) copy.pods.push(info);
    for (const [key, ips] of this.ports) copy.ports.set(key, [...ips]);
    return copy;
  }

  /** On a copy: adds a pod; unlike `add`, leaves the pod's own record alone. */
  tryAdd(info: PodInfo): void {
    this.pods.push(info);
    this.account(info.shape, 1);
  }

  tryRemove(info: PodInfo): void {
    this.pods.splice(this.pods.indexOf(info), 1);
    this.account(info.shape, -1);
  }

  private countPort({ ip, protocol, port }: HostPort, sign: 1 | -1): void {
    const key = protocol + '/' + port;
    const taken = this.ports.get(key) ?? [];
    if (sign > 0) {
      taken.push(ip);
      this.ports.set(key, taken);
      return;
    }
    taken.splice(taken.indexOf(ip), 1);
    if (taken.length === 0) this.ports.delete(key);
  }
}
