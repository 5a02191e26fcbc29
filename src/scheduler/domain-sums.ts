// How many pods of a count each domain of a topology key holds, nodes that take no part left out:
// added up once, then changed with the count, so that a cycle need not go through all nodes.
import { NO_DOMAIN, type TopologyDomains } from './topology';

/** Which nodes take part: those with all bits of `mask` at their slot in `bits`. */
export interface Eligible {
  /** Replaced, never changed, when a node changes. */
  readonly bits: Uint8Array;
  readonly mask: number;
}

export class DomainSums {
  byDomain = new Int32Array(0);
  /** Nodes without the label. */
  unlabelled = 0;
  private eligible: Eligible = { bits: new Uint8Array(0), mask: -1 };

  constructor(readonly domains: TopologyDomains) {}

  /** Adds up anew, unless the same nodes take part as before. */
  refresh(byNode: Int32Array, slots: Int32Array, eligible: Eligible): void {
    const { bits, mask } = eligible;
    if (bits === this.eligible.bits && mask === this.eligible.mask) return;
    this.eligible = eligible;
    this.byDomain = new Int32Array(this.domains.size);
    this.unlabelled = 0;
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index];
      if (this.domains.byNode[slot] === NO_DOMAIN) this.unlabelled++;
      else this.changed(slot, byNode[slot]);
    }
  }

  /** So many pods more are on the node. */
  changed(slot: number, by: number): void {
    const { bits, mask } = this.eligible;
    const domain = this.domains.byNode[slot];
    if (domain !== NO_DOMAIN && (bits[slot] & mask) === mask) this.byDomain[domain] += by;
  }
}
