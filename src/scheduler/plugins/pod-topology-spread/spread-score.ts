// The soft half of topology spread: the emptier a node's domains, the better.
// Upstream: pkg/scheduler/framework/plugins/podtopologyspread/scoring.go.
import type { SchedulerCache } from '../../cache';
import { MAX_NODE_SCORE, type Candidates } from '../../framework';
import type { PodShape } from '../../pod-shape';
import type { DomainSums } from '../../domain-sums';
import type { SpreadConstraint } from '../../spread-constraint';
import type { SpreadCounts } from './spread-counts';
import { SpreadEligibility } from './spread-eligibility';
import { HOSTNAME, NO_DOMAIN, type TopologyDomains } from '../../topology';

/** What a domain holds that no candidate is in. */
const UNWANTED = -1;

class ConstraintState {
  domains!: TopologyDomains;
  maxSkew = 1;
  weight = 0;
  /** Whether each node is its own domain: then `byNode` counts, else `byDomain`. */
  isHostname = false;
  byNode: Int32Array = new Int32Array(0);
  byDomain: Int32Array = new Int32Array(0);
  /** Room for counts of this cycle alone. */
  own = new Int32Array(0);
}

export class SpreadScore {
  private readonly states: ConstraintState[] = [];
  private length = 0;
  /** Whether nodes must have the labels of all keys; the system's defaults forgive missing ones. */
  private needsAllDomains = false;
  private sums = new Float64Array(0);

  constructor(
    private readonly cache: SchedulerCache,
    private readonly counts: SpreadCounts,
    private readonly eligibility: SpreadEligibility,
  ) {}

  prepare(shape: PodShape, constraints: readonly SpreadConstraint[], candidates: Candidates): void {
    this.length = constraints.length;
    this.needsAllDomains = shape.hasOwnSpread;
    for (let index = 0; index < this.length; index++) {
      const state = (this.states[index] ??= new ConstraintState());
      state.domains = this.cache.topologies.domains(constraints[index].topologyKey);
    }
    for (let index = 0; index < this.length; index++) {
      this.count(this.states[index], shape, constraints[index], candidates);
    }
  }

  of(slot: number): number {
    if (this.isIgnored(slot)) return 0;
    let score = 0;
    for (let index = 0; index < this.length; index++) {
      const { domains, isHostname, byNode, byDomain, weight, maxSkew } = this.states[index];
      const domain = domains.byNode[slot];
      if (domain === NO_DOMAIN) continue;
      const held = isHostname ? byNode[slot] : byDomain[domain];
      score += held * weight + (maxSkew - 1);
    }
    return Math.round(score);
  }

  /** As `of`, for each candidate. */
  ofAll({ nodes, slots }: Candidates, scores: Int32Array): void {
    const { length } = nodes;
    if (this.sums.length < length) this.sums = new Float64Array(length);
    const { sums, needsAllDomains } = this;
    sums.fill(0, 0, length);
    for (let index = 0; index < this.length; index++) {
      // Where no node has the label there is nothing to add.
      if (this.states[index].domains.size > 0) addHeld(this.states[index], slots, sums, length);
    }
    for (let index = 0; index < length; index++) {
      const isIgnored = needsAllDomains && this.isIgnored(slots[index]);
      scores[index] = isIgnored ? 0 : Math.round(sums[index]);
    }
  }

  normalize({ nodes, slots }: Candidates, scores: Int32Array): void {
    const { length } = nodes;
    let min = 0x7fffffff;
    let max = 0;
    for (let index = 0; index < length; index++) {
      if (this.isIgnored(slots[index])) continue;
      const score = scores[index];
      if (score < min) min = score;
      if (score > max) max = score;
    }
    for (let index = 0; index < length; index++) {
      if (this.isIgnored(slots[index])) scores[index] = 0;
      else if (max === 0) scores[index] = MAX_NODE_SCORE;
      else scores[index] = Math.trunc((MAX_NODE_SCORE * (max + min - scores[index])) / max);
    }
  }

  private count(
    state: ConstraintState,
    shape: PodShape,
    constraint: SpreadConstraint,
    candidates: Candidates,
  ): void {
    state.maxSkew = constraint.maxSkew;
    state.isHostname = constraint.topologyKey === HOSTNAME;
    state.byNode = this.counts.of(shape, constraint).byNode;
    state.weight = Math.log(this.countDomains(state, shape, constraint, candidates) + 2);
  }

  /** Notes what the domains hold; returns how many of them the candidates are in. */
  private countDomains(
    state: ConstraintState,
    shape: PodShape,
    constraint: SpreadConstraint,
    candidates: Candidates,
  ): number {
    if (state.isHostname) return this.countCandidates(candidates);
    const bits = this.eligibility.of(shape);
    const mask = SpreadEligibility.mask(constraint);
    if (this.needsAllDomains) {
      const wanted = this.want(state, candidates);
      this.fill(state, bits, mask);
      return wanted;
    }
    const count = this.counts.of(shape, constraint);
    const sums = count.sumsBy(state.domains, this.cache.slots, { bits, mask });
    state.byDomain = sums.byDomain;
    return this.countWanted(state, candidates, sums);
  }

  private countCandidates({ nodes, slots }: Candidates): number {
    if (!this.needsAllDomains) return nodes.length;
    let count = 0;
    for (let index = 0; index < nodes.length; index++) {
      if (!this.isIgnored(slots[index])) count++;
    }
    return count;
  }

  /** How many domains the candidates are in, that without label included. */
  private countWanted(
    state: ConstraintState,
    { nodes, slots }: Candidates,
    { domains, unlabelled }: DomainSums,
  ): number {
    const marks = this.clearedRoom(state);
    const domainOf = domains.byNode;
    // Once all domains are met there is nothing left to be found.
    const most = domains.size + (unlabelled > 0 ? 1 : 0);
    let wanted = 0;
    let hasUnlabelled = false;
    for (let index = 0; index < nodes.length && wanted < most; index++) {
      const domain = domainOf[slots[index]];
      if (domain === NO_DOMAIN ? hasUnlabelled : marks[domain] !== UNWANTED) continue;
      if (domain === NO_DOMAIN) hasUnlabelled = true;
      else marks[domain] = 0;
      wanted++;
    }
    return wanted;
  }

  /** Marks the domains of the candidates that have all labels; returns how many there are. */
  private want(state: ConstraintState, { nodes, slots }: Candidates): number {
    const byDomain = this.clearedRoom(state);
    state.byDomain = byDomain;
    let wanted = 0;
    const domainOf = state.domains.byNode;
    for (let index = 0; index < nodes.length; index++) {
      const slot = slots[index];
      if (this.isIgnored(slot)) continue;
      const domain = domainOf[slot];
      if (byDomain[domain] !== UNWANTED) continue;
      byDomain[domain] = 0;
      wanted++;
    }
    return wanted;
  }

  private clearedRoom(state: ConstraintState): Int32Array {
    const { size } = state.domains;
    if (state.own.length < size) state.own = new Int32Array(size * 2);
    return state.own.fill(UNWANTED, 0, size);
  }

  private fill(
    { byDomain, byNode, domains }: ConstraintState,
    bits: Uint8Array,
    mask: number,
  ): void {
    const domainOf = domains.byNode;
    const { slots } = this.cache;
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index];
      const domain = domainOf[slot];
      if (domain === NO_DOMAIN || byDomain[domain] === UNWANTED) continue;
      if ((bits[slot] & mask) !== mask || this.isIgnored(slot)) continue;
      byDomain[domain] += byNode[slot];
    }
  }

  private isIgnored(slot: number): boolean {
    if (!this.needsAllDomains) return false;
    for (let index = 0; index < this.length; index++) {
      if (this.states[index].domains.byNode[slot] === NO_DOMAIN) return true;
    }
    return false;
  }
}

/** Adds what one constraint says of each candidate. */
function addHeld(
  { domains, isHostname, byNode, byDomain, weight, maxSkew }: ConstraintState,
  slots: Int32Array,
  sums: Float64Array,
  length: number,
): void {
  const domainOf = domains.byNode;
  for (let index = 0; index < length; index++) {
    const slot = slots[index];
    const domain = domainOf[slot];
    if (domain === NO_DOMAIN) continue;
    const held = isHostname ? byNode[slot] : byDomain[domain];
    sums[index] += held * weight + (maxSkew - 1);
  }
}
