// The hard half of topology spread: how full each domain is, and whether one more pod is too many.
// Upstream: pkg/scheduler/framework/plugins/podtopologyspread/filtering.go.
import type { Labels } from '../../../api/label-selector';
import type { SchedulerCache } from '../../cache';
import type { PodShape } from '../../pod-shape';
import type { SpreadConstraint } from '../../spread-constraint';
import type { SpreadCounts } from './spread-counts';
import { SpreadEligibility } from './spread-eligibility';
import { NO_DOMAIN, type TopologyDomains } from '../../topology';

/** What a domain holds that no eligible node is in. */
const ABSENT = -1;
const NOTHING = 0x7fffffff;

class ConstraintState {
  constraint!: SpreadConstraint;
  domains!: TopologyDomains;
  mask = 0;
  /** Matching pods by domain, ABSENT where no node takes part. */
  byDomain = new Int32Array(0);
  present = 0;
  min = 0;

  findMin(): void {
    const { byDomain, domains, constraint } = this;
    let min = NOTHING;
    for (let domain = 0; domain < domains.size; domain++) {
      const held = byDomain[domain];
      if (held !== ABSENT && held < min) min = held;
    }
    this.min = this.present < constraint.minDomains ? 0 : min;
  }
}

export class SpreadFilter {
  private readonly states: ConstraintState[] = [];
  private length = 0;
  private eligible: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly cache: SchedulerCache,
    private readonly counts: SpreadCounts,
    private readonly eligibility: SpreadEligibility,
  ) {}

  /** Counts what is in each domain. False when the shape has no hard constraints. */
  prepare(shape: PodShape): boolean {
    this.length = shape.hardSpread.length;
    if (this.length === 0) return false;
    this.eligible = this.eligibility.of(shape);
    for (let index = 0; index < this.length; index++) this.reset(index, shape.hardSpread[index]);
    for (let index = 0; index < this.length; index++) this.countDomains(shape, this.states[index]);
    return true;
  }

  check(slot: number): 'fits' | 'skewed' | 'unlabelled' {
    for (let index = 0; index < this.length; index++) {
      const { constraint, domains, byDomain, min } = this.states[index];
      const domain = domains.byNode[slot];
      if (domain === NO_DOMAIN) return 'unlabelled';
      const held = Math.max(byDomain[domain], 0);
      const skew = held + (constraint.matchesSelf ? 1 : 0) - min;
      if (skew > constraint.maxSkew) return 'skewed';
    }
    return 'fits';
  }

  imagine(labels: Labels | undefined, slot: number, by: 1 | -1): void {
    if (this.length === 0 || !this.hasAllDomains(slot)) return;
    for (let index = 0; index < this.length; index++) {
      const state = this.states[index];
      if (!state.constraint.selector.matches(labels)) continue;
      if ((this.eligible[slot] & state.mask) !== state.mask) continue;
      state.byDomain[state.domains.byNode[slot]] += by;
      state.findMin();
    }
  }

  private reset(index: number, constraint: SpreadConstraint): void {
    const state = (this.states[index] ??= new ConstraintState());
    state.constraint = constraint;
    state.domains = this.cache.topologies.domains(constraint.topologyKey);
    state.mask = SpreadEligibility.mask(constraint);
    const { size } = state.domains;
    if (state.byDomain.length < size) state.byDomain = new Int32Array(size * 2);
    state.byDomain.fill(ABSENT, 0, size);
    state.present = 0;
  }

  private countDomains(shape: PodShape, state: ConstraintState): void {
    const { byDomain, mask } = state;
    const domainOf = state.domains.byNode;
    const held = this.counts.of(shape, state.constraint).byNode;
    const { eligible } = this;
    const { slots } = this.cache;
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index];
      if ((eligible[slot] & mask) !== mask || !this.hasAllDomains(slot)) continue;
      const domain = domainOf[slot];
      if (byDomain[domain] === ABSENT) {
        byDomain[domain] = 0;
        state.present++;
      }
      byDomain[domain] += held[slot];
    }
    state.findMin();
  }

  private hasAllDomains(slot: number): boolean {
    for (let index = 0; index < this.length; index++) {
      if (this.states[index].domains.byNode[slot] === NO_DOMAIN) return false;
    }
    return true;
  }
}
