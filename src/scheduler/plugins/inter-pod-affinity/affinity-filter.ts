// The hard half of inter-pod affinity: which topology domains hold the pods that must be near or
// apart.
// Upstream: pkg/scheduler/framework/plugins/interpodaffinity/filtering.go.
import type { AffinityCounts } from './affinity-counts';
import { matchesTerm, type AffinityTerm } from '../../affinity-term';
import type { SchedulerCache } from '../../cache';
import type { PodShape } from '../../pod-shape';
import { NO_DOMAIN, type TopologyDomains } from '../../topology';

/** Matching pods by domain of one topology key. */
class DomainTally {
  domains!: TopologyDomains;
  term!: AffinityTerm;
  byDomain = new Int32Array(0);

  reset(domains: TopologyDomains, term: AffinityTerm): void {
    this.domains = domains;
    this.term = term;
    if (this.byDomain.length < domains.size) this.byDomain = new Int32Array(domains.size * 2);
    this.byDomain.fill(0, 0, domains.size);
  }

  /** Pods in the domain of this node; 0 when it is in none. */
  at(slot: number): number {
    const domain = this.domains.byNode[slot];
    return domain === NO_DOMAIN ? 0 : this.byDomain[domain];
  }

  add(slot: number, by: number): void {
    const domain = this.domains.byNode[slot];
    if (domain !== NO_DOMAIN) this.byDomain[domain] += by;
  }
}

/** Tallies that are used again cycle after cycle. */
class Tallies {
  private readonly pool: DomainTally[] = [];
  length = 0;

  next(): DomainTally {
    return (this.pool[this.length++] ??= new DomainTally());
  }

  at(index: number): DomainTally {
    return this.pool[index];
  }
}

export type Violation = 'affinity' | 'antiAffinity' | 'existing';

export class AffinityFilter {
  private shape!: PodShape;
  private readonly near = new Tallies();
  private readonly apart = new Tallies();
  /** Required anti-affinity terms of placed pods that speak of this one. */
  private readonly existing = new Tallies();
  /**
   * Pods in any domain of the required terms: none means that this pod may be the first of its
   * kind.
   */
  private nearTotal = 0;
  private matchesItself = false;

  constructor(
    private readonly cache: SchedulerCache,
    private readonly counts: AffinityCounts,
  ) {}

  /** False when neither this pod nor those placed ask for anything. */
  prepare(shape: PodShape): boolean {
    this.shape = shape;
    this.near.length = 0;
    this.apart.length = 0;
    this.existing.length = 0;
    if (shape.terms === undefined && !this.cache.shapes.hasSpeakers) return false;
    for (const { kind, term, carriers } of this.cache.shapes.termsAbout(shape)) {
      if (kind === 'requiredAnti') this.tally(this.existing, term, carriers.byNode);
    }
    const { required = [], requiredAnti = [] } = shape.terms ?? {};
    for (const term of requiredAnti) {
      this.tally(this.apart, term, this.counts.ofTerm(term).byNode);
    }
    this.nearTotal = 0;
    if (required.length > 0) this.prepareNear(required);
    return this.near.length + this.apart.length + this.existing.length > 0;
  }

  check(slot: number): Violation | undefined {
    if (this.near.length > 0 && !this.isNear(slot)) return 'affinity';
    for (let index = 0; index < this.apart.length; index++) {
      if (this.apart.at(index).at(slot) > 0) return 'antiAffinity';
    }
    for (let index = 0; index < this.existing.length; index++) {
      if (this.existing.at(index).at(slot) > 0) return 'existing';
    }
    return undefined;
  }

  imagine(other: PodShape, slot: number, by: 1 | -1): void {
    const { namespaceLabels } = this.cache.shapes;
    const { namespace, labels } = other;
    const speaksOfOther = (term: AffinityTerm): boolean =>
      matchesTerm(term, namespace, labels, namespaceLabels);
    for (const term of other.terms?.requiredAnti ?? []) {
      if (!matchesTerm(term, this.shape.namespace, this.shape.labels, namespaceLabels)) continue;
      this.tallyFor(this.existing, term).add(slot, by);
    }
    for (let index = 0; index < this.apart.length; index++) {
      const tally = this.apart.at(index);
      if (speaksOfOther(tally.term)) tally.add(slot, by);
    }
    if (this.near.length === 0 || !this.shape.terms!.required.every(speaksOfOther)) return;
    for (let index = 0; index < this.near.length; index++) {
      const tally = this.near.at(index);
      if (tally.domains.byNode[slot] === NO_DOMAIN) continue;
      tally.add(slot, by);
      this.nearTotal += by;
    }
  }

  private prepareNear(required: readonly AffinityTerm[]): void {
    const { byNode } = this.counts.ofAll(required);
    const { namespaceLabels } = this.cache.shapes;
    for (const term of required) this.nearTotal += this.tally(this.near, term, byNode);
    const { namespace, labels } = this.shape;
    this.matchesItself = required.every((term) =>
      matchesTerm(term, namespace, labels, namespaceLabels),
    );
  }

  private isNear(slot: number): boolean {
    let isNear = true;
    for (let index = 0; index < this.near.length; index++) {
      const tally = this.near.at(index);
      if (tally.domains.byNode[slot] === NO_DOMAIN) return false;
      if (tally.at(slot) <= 0) isNear = false;
    }
    return isNear || (this.nearTotal === 0 && this.matchesItself);
  }

  /** Sums a count by domain; returns how many pods are in any. */
  private tally(tallies: Tallies, term: AffinityTerm, byNode: Int32Array): number {
    const tally = tallies.next();
    tally.reset(this.cache.topologies.domains(term.topologyKey), term);
    const { byDomain } = tally;
    const domainOf = tally.domains.byNode;
    let total = 0;
    const { slots } = this.cache;
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index];
      const held = byNode[slot];
      if (held === 0 || domainOf[slot] === NO_DOMAIN) continue;
      byDomain[domainOf[slot]] += held;
      total += held;
    }
    return total;
  }

  private tallyFor(tallies: Tallies, term: AffinityTerm): DomainTally {
    for (let index = 0; index < tallies.length; index++) {
      if (tallies.at(index).term === term) return tallies.at(index);
    }
    const tally = tallies.next();
    tally.reset(this.cache.topologies.domains(term.topologyKey), term);
    return tally;
  }
}
