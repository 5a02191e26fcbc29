// The soft half of inter-pod affinity: the weights of the terms whose pods are in a node's domains.
// Upstream: pkg/scheduler/framework/plugins/interpodaffinity/scoring.go.
import type { AffinityCounts } from './affinity-counts';
import type { AffinityTerm, AffinityTerms } from '../../affinity-term';
import type { SchedulerCache } from '../../cache';
import { MAX_NODE_SCORE } from '../../framework';
import type { PodShape } from '../../pod-shape';
import { NO_DOMAIN, type TopologyDomains } from '../../topology';

/** What a required affinity term of a placed pod is worth to the pods it speaks of. */
const HARD_AFFINITY_WEIGHT = 1;

interface KeyScores {
  domains: TopologyDomains;
  byDomain: Int32Array;
}

export class AffinityScore {
  private readonly pool = new Map<string, KeyScores>();
  private readonly used: KeyScores[] = [];

  constructor(
    private readonly cache: SchedulerCache,
    private readonly counts: AffinityCounts,
  ) {}

  /** False when no term has any pod to speak of. */
  prepare(shape: PodShape): boolean {
    this.used.length = 0;
    if (shape.terms === undefined && !this.cache.shapes.hasSpeakers) return false;
    const { preferred = [], preferredAnti = [] } = shape.terms ?? {};
    for (const term of preferred) this.add(term, this.counts.ofTerm(term).byNode, term.weight);
    for (const term of preferredAnti) this.add(term, this.counts.ofTerm(term).byNode, -term.weight);
    for (const { kind, term, carriers } of this.cache.shapes.termsAbout(shape)) {
      const weight = weightOf(kind, term);
      if (weight !== 0) this.add(term, carriers.byNode, weight);
    }
    return this.used.length > 0;
  }

  of(slot: number): number {
    let score = 0;
    for (const { domains, byDomain } of this.used) {
      const domain = domains.byNode[slot];
      if (domain !== NO_DOMAIN) score += byDomain[domain];
    }
    return score;
  }

  normalize(length: number, scores: Int32Array): void {
    let min = Infinity;
    let max = -Infinity;
    for (let index = 0; index < length; index++) {
      min = Math.min(min, scores[index]);
      max = Math.max(max, scores[index]);
    }
    const span = max - min;
    for (let index = 0; index < length; index++) {
      const share = span > 0 ? (scores[index] - min) / span : 0;
      scores[index] = Math.trunc(MAX_NODE_SCORE * share);
    }
  }

  private add({ topologyKey }: AffinityTerm, byNode: Int32Array, weight: number): void {
    const domainOf = this.cache.topologies.domains(topologyKey).byNode;
    let scores: KeyScores | undefined;
    const { slots } = this.cache;
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index];
      const held = byNode[slot];
      if (held === 0 || domainOf[slot] === NO_DOMAIN) continue;
      scores ??= this.scoresOf(topologyKey);
      scores.byDomain[domainOf[slot]] += held * weight;
    }
  }

  private scoresOf(topologyKey: string): KeyScores {
    let scores = this.pool.get(topologyKey);
    if (scores !== undefined && this.used.includes(scores)) return scores;
    const domains = this.cache.topologies.domains(topologyKey);
    if (scores === undefined || scores.byDomain.length < domains.size) {
      scores = { domains, byDomain: new Int32Array(domains.size * 2) };
      this.pool.set(topologyKey, scores);
    } else {
      scores.byDomain.fill(0, 0, domains.size);
    }
    this.used.push(scores);
    return scores;
  }
}

function weightOf(kind: keyof AffinityTerms, term: AffinityTerm): number {
  switch (kind) {
    case 'required':
      return HARD_AFFINITY_WEIGHT;
    case 'preferred':
      return term.weight;
    case 'preferredAnti':
      return -term.weight;
    case 'requiredAnti':
      return 0;
  }
}
