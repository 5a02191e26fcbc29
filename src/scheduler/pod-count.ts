// How many pods of some kind each node holds, kept up to date as pods come and go.
import { DomainSums, type Eligible } from './domain-sums';
import type { TopologyDomains } from './topology';

/** Which pods a count counts. */
export interface Selection {
  /** Tells counts apart. */
  readonly key: string;
  /** Terminating pods are left out, as topology spread does. */
  readonly skipsTerminating: boolean;
  /** Whether what it selects depends on labels of namespaces. */
  readonly readsNamespaces: boolean;
  matches(namespace: string, labels: Readonly<Record<string, string>> | undefined): boolean;
}

export class PodCount {
  /** By node slot. Replaced when slots run out: do not keep it. */
  byNode: Int32Array;
  /** False once the count was dropped to save memory: ask for a new one. */
  isLive = true;
  /** When it was last asked for, in requests of the registry. */
  usedAt = 0;
  /** One for each topology key that somebody asked about. */
  private readonly sums: DomainSums[] = [];

  constructor(
    capacity: number,
    readonly selection: Selection | undefined,
  ) {
    this.byNode = new Int32Array(capacity);
  }

  /** So many pods more are on the node. */
  add(slot: number, by: number): void {
    this.byNode[slot] += by;
    for (let index = 0; index < this.sums.length; index++) this.sums[index].changed(slot, by);
  }

  /** What the domains hold on these nodes. Valid until a node changes: do not keep it. */
  sumsBy(domains: TopologyDomains, slots: Int32Array, eligible: Eligible): DomainSums {
    let sums = this.sums.find((known) => known.domains === domains);
    if (sums === undefined) this.sums.push((sums = new DomainSums(domains)));
    sums.refresh(this.byNode, slots, eligible);
    return sums;
  }

  grow(capacity: number): void {
    const grown = new Int32Array(capacity);
    grown.set(this.byNode);
    this.byNode = grown;
  }
}
