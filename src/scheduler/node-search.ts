// Looks for nodes that can take a pod, from where the last search ended, until there are enough: on
// big clusters that is a part of the nodes only.
// Upstream: pkg/scheduler/schedule_one.go (findNodesThatFitPod).
import type { SchedulerCache } from './cache';
import type { Candidates, Cycle, Rejection } from './framework';
import type { NodeFilter } from './node-filter';
import type { NodeInfo } from './node-info';

const MIN_FEASIBLE = 100;
const MIN_PERCENTAGE = 5;

/** How many nodes that fit are enough, of so many nodes. */
export function feasibleNodesWanted(nodes: number): number {
  if (nodes < MIN_FEASIBLE) return nodes;
  const percentage = Math.max(50 - Math.trunc(nodes / 125), MIN_PERCENTAGE);
  return Math.max(Math.trunc((nodes * percentage) / 100), MIN_FEASIBLE);
}

export class NodeSearch {
  /** Nodes that can take the pod. Valid, as all here, until the next search. */
  readonly feasible: NodeInfo[] = [];
  /** Their slots. */
  feasibleSlots = new Int32Array(0);
  /** Nodes that cannot, and why: `rejections[i]` speaks of `rejected[i]`. */
  readonly rejected: NodeInfo[] = [];
  readonly rejections: Rejection[] = [];
  /** Why nodes that were not looked at are rejected; undefined when all were. */
  unseen: Rejection | undefined;
  /** Why no node was looked at at all. */
  refusal: Rejection | undefined;
  /** Plugins that narrowed the search. */
  namedBy: readonly string[] = [];
  /** Where the next search begins. */
  nextStart = 0;

  constructor(
    private readonly cache: SchedulerCache,
    private readonly filter: NodeFilter,
  ) {}

  get candidates(): Candidates {
    return { nodes: this.feasible, slots: this.feasibleSlots };
  }

  search(cycle: Cycle): void {
    this.clear();
    const prepared = this.filter.prepare(cycle);
    this.namedBy = prepared.namedBy;
    this.refusal = prepared.rejection;
    const nominated = cycle.pod.status.nominatedNodeName;
    if (this.refusal !== undefined || (nominated && this.tryOne(nominated))) {
      this.feasible.length = this.refusal === undefined ? 1 : 0;
      return;
    }
    const { nodes } = this.cache;
    let candidates = nodes;
    if (prepared.nodeNames !== undefined) {
      candidates = prepared.nodeNames
        .map((name) => this.cache.node(name))
        .filter((node) => node !== undefined);
      this.unseen = {
        plugin: '',
        reasons: [`node(s) didn't satisfy plugin(s) [${[...this.namedBy].sort().join(' ')}]`],
        isResolvable: false,
      };
    }
    this.searchIn(candidates);
    const looked = this.feasible.length + this.rejected.length;
    this.nextStart = (this.nextStart + looked) % nodes.length;
  }

  private tryOne(nodeName: string): boolean {
    const node = this.cache.node(nodeName);
    if (node === undefined || this.filter.check(node) !== undefined) return false;
    this.feasible[0] = node;
    return true;
  }

  private searchIn(nodes: readonly NodeInfo[]): void {
    const { feasible, rejected, rejections, filter } = this;
    const { length } = nodes;
    const wanted = feasibleNodesWanted(length);
    if (this.feasibleSlots.length < wanted) this.feasibleSlots = new Int32Array(wanted);
    const { feasibleSlots } = this;
    const { generationBySlot, slots } = this.cache;
    // Of all nodes the slots are at hand, which spares reading each node.
    const isAll = nodes === this.cache.nodes;
    const fitSeen = filter.fitSeen;
    let found = 0;
    let place = length > 0 ? this.nextStart % length : 0;
    for (let looked = 0; looked < length && found < wanted; looked++) {
      const node = nodes[place];
      const slot = isAll ? slots[place] : node.slot;
      if (++place === length) place = 0;
      // Most nodes are as they were when the last pod of this shape came by.
      const isKnown = fitSeen !== undefined && fitSeen[slot] === generationBySlot[slot];
      const rejection = isKnown ? undefined : filter.check(node);
      if (rejection === undefined) {
        feasibleSlots[found] = slot;
        feasible[found++] = node;
      } else {
        rejected.push(node);
        rejections.push(rejection);
      }
    }
    // Not emptied before, which would have all its room made anew for each pod.
    feasible.length = found;
  }

  private clear(): void {
    this.rejected.length = 0;
    this.rejections.length = 0;
    this.unseen = undefined;
    this.refusal = undefined;
  }
}
