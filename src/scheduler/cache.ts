// What the scheduler believes the cluster to be: nodes with the pods on them, those it has chosen a
// node for itself ("assumed") included, until the binding is seen or has failed.
// Invariants: a pod is on one node at most; a node that is gone stays listed nowhere, but keeps its
// pods until they go; every count of the shapes agrees with the pods.
// Where the real one differs: no snapshot is taken, because a cycle runs to its end before anything
// else happens. Assumed pods never expire, as upstream's default.
// Upstream: pkg/scheduler/backend/cache/cache.go.
import { deepEqual } from '../api/deep-equal';
import type { Node, Pod } from '../api/types';
import { assert } from '../sim/assert';
import { ImageStates } from './image-states';
import { NodeInfo, PodInfo, type Generations } from './node-info';
import { interleaveZones } from './node-order';
import { countedPod } from './resized-pod';
import { ShapeRegistry } from './shape-registry';
import { Topologies } from './topology';

const INITIAL_CAPACITY = 64;
const NO_SLOTS = new Int32Array(0);

export class SchedulerCache {
  readonly shapes = new ShapeRegistry(INITIAL_CAPACITY);
  readonly topologies = new Topologies(INITIAL_CAPACITY, () => this.byName.values());
  readonly images = new ImageStates();
  /** Rises when a node comes, goes, or changes in its labels or taints. */
  nodesVersion = 0;
  /** Slots are below this; arrays by slot have this length. */
  capacity = INITIAL_CAPACITY;
  private readonly byName = new Map<string, NodeInfo>();
  private readonly pods = new Map<string, PodInfo>();
  private readonly generations: Generations = {
    last: 0,
    bySlot: new Float64Array(INITIAL_CAPACITY),
  };
  private readonly freeSlots: number[] = [];
  private nextSlot = 0;
  private order: readonly NodeInfo[] | undefined;
  private slotOrder: Int32Array = NO_SLOTS;

  /** The slots of `nodes`, in the same order: for loops that need no more than that. */
  get slots(): Int32Array {
    return this.nodes.length === 0 ? NO_SLOTS : this.slotOrder;
  }

  /** The generation of each node, by slot. Replaced when slots run out: do not keep it. */
  get generationBySlot(): Float64Array {
    return this.generations.bySlot;
  }

  /** All nodes that exist, in the order in which they are looked at; a new array after a change. */
  get nodes(): readonly NodeInfo[] {
    if (this.order === undefined) {
      const existing: NodeInfo[] = [];
      for (const info of this.byName.values()) if (info.node) existing.push(info);
      this.order = interleaveZones(existing);
      this.slotOrder = Int32Array.from(this.order, ({ slot }) => slot);
    }
    return this.order;
  }

  node(name: string): NodeInfo | undefined {
    const info = this.byName.get(name);
    return info?.node && info;
  }

  pod(uid: string): PodInfo | undefined {
    return this.pods.get(uid);
  }

  isAssumed(uid: string): boolean {
    return this.pods.get(uid)?.isAssumed === true;
  }

  setNode(node: Node): NodeInfo {
    const info = this.byName.get(node.metadata.name) ?? this.newNodeInfo(node.metadata.name);
    const old = info.node;
    this.images.change(info.slot, old, node);
    if (old && isSameForScheduling(node, old)) {
      info.node = node;
      return info;
    }
    const oldZone = old && info.zone;
    info.setNode(node);
    this.topologies.set(info);
    this.nodesVersion++;
    if (oldZone !== info.zone) this.order = undefined;
    return info;
  }

  removeNode(name: string): void {
    const info = this.byName.get(name);
    if (!info?.node) return;
    this.images.change(info.slot, info.node, undefined);
    info.setNode(undefined);
    this.topologies.set(info);
    this.nodesVersion++;
    this.order = undefined;
    this.dropIfEmpty(info);
  }

  /** A pod seen on its node. Confirms an assumption, or corrects it. */
  setPod(pod: Pod): void {
    const known = this.pods.get(pod.metadata.uid);
    if (known === undefined) {
      this.place(pod, pod.spec.nodeName!, false);
      return;
    }
    if (known.node.name === pod.spec.nodeName && isSameShape(known, pod)) {
      this.replace(known, pod);
      known.isAssumed = false;
      return;
    }
    this.removePod(pod.metadata.uid);
    this.place(pod, pod.spec.nodeName!, false);
  }

  /** Counts a pod on the node that was chosen for it. */
  assume(pod: Pod, nodeName: string): void {
    assert(!this.pods.has(pod.metadata.uid), 'a pod is assumed only once');
    this.place(pod, nodeName, true);
  }

  removePod(uid: string): void {
    const info = this.pods.get(uid);
    if (info === undefined) return;
    this.pods.delete(uid);
    info.node.remove(info);
    this.shapes.removed(info);
    this.shapes.release(info.shape);
    this.dropIfEmpty(info.node);
  }

  private place(pod: Pod, nodeName: string, isAssumed: boolean): void {
    const node = this.byName.get(nodeName) ?? this.newNodeInfo(nodeName);
    const info = new PodInfo(pod, this.shapes.acquire(countedPod(pod)), node, isAssumed);
    this.pods.set(pod.metadata.uid, info);
    node.add(info);
    this.shapes.placed(info);
  }

  /** The same pod on the same node, in a newer version. */
  private replace(known: PodInfo, pod: Pod): void {
    const wasTerminating = known.isTerminating;
    if ((pod.metadata.deletionTimestamp !== undefined) === wasTerminating) {
      known.pod = pod;
      return;
    }
    this.shapes.removed(known, wasTerminating);
    known.pod = pod;
    this.shapes.placed(known);
  }

  private newNodeInfo(name: string): NodeInfo {
    const slot = this.freeSlots.pop() ?? this.nextSlot++;
    if (slot >= this.capacity) this.grow();
    const info = new NodeInfo(name, slot, this.generations);
    this.byName.set(name, info);
    return info;
  }

  private dropIfEmpty(info: NodeInfo): void {
    if (info.node || info.pods.length > 0) return;
    this.byName.delete(info.name);
    this.freeSlots.push(info.slot);
  }

  private grow(): void {
    this.capacity *= 2;
    const bySlot = new Float64Array(this.capacity);
    bySlot.set(this.generations.bySlot);
    this.generations.bySlot = bySlot;
    this.shapes.grow(this.capacity);
    this.topologies.grow(this.capacity);
  }
}

function isSameShape({ pod: old, shape }: PodInfo, pod: Pod): boolean {
  const counted = countedPod(pod);
  const isAsBefore = old.spec === pod.spec && old.metadata.labels === pod.metadata.labels;
  if (isAsBefore && counted === pod && countedPod(old) === old) return true;
  return shape.fits(counted);
}

/** Heartbeats and the like change nothing that the scheduler looks at. */
function isSameForScheduling(node: Node, old: Node): boolean {
  return (
    deepEqual(node.metadata.labels, old.metadata.labels) &&
    deepEqual(node.spec, old.spec) &&
    deepEqual(node.status.allocatable, old.status.allocatable)
  );
}
