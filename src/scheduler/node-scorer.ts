// Asks the score plugins about the nodes that can take the pod, and adds their weighted answers up.
// Upstream: pkg/scheduler/framework/runtime/framework.go (RunScorePlugins).
import type { RandomStream } from '../sim/rng';
import { SKIP, type Candidates, type Cycle, type Plugin } from './framework';
import type { NodeInfo } from './node-info';
import type { NodeResults } from './node-results';

export interface WeightedPlugin {
  readonly plugin: Plugin;
  readonly weight: number;
}

interface Scored extends WeightedPlugin {
  /** By place among the candidates; from 0 to 100 after normalizing. */
  scores: Int32Array;
  isActive: boolean;
  /** Where the scores are, by slot, as long as nobody asked for them by place. */
  kept: Int16Array | undefined;
  /** The score of all candidates, where it is the same: then `scores` waits until it is asked. */
  same: number | undefined;
}

export class NodeScorer {
  /**
   * Sum of weighted scores by place among the candidates, less what all have alike. Valid until
   * the next call.
   */
  private totals = new Int32Array(0);
  /** Room for the places of the best. */
  private tied = new Int32Array(0);
  private readonly plugins: readonly Scored[];
  private candidates: Candidates = { nodes: [], slots: new Int32Array(0) };

  constructor(weighted: readonly WeightedPlugin[]) {
    this.plugins = weighted
      .filter(({ plugin }) => plugin.score)
      .map((each) => ({
        ...each,
        scores: new Int32Array(0),
        isActive: false,
        kept: undefined,
        same: undefined,
      }));
  }

  /** `kept` has the scores of plugins that look at one node at a time. */
  score(cycle: Cycle, candidates: Candidates, kept: NodeResults | undefined): void {
    const { length } = candidates.nodes;
    this.candidates = candidates;
    this.makeRoom(length);
    this.totals.fill(0, 0, length);
    for (const scored of this.plugins) {
      scored.isActive = scored.plugin.preScore?.(cycle, candidates) !== SKIP;
      if (scored.isActive) this.add(scored, cycle, kept);
    }
  }

  /** The place of the best candidate of so many; any of them when several are. */
  pickBest(length: number, random: RandomStream): number {
    const { totals, tied } = this;
    let best = -1;
    let ties = 0;
    for (let index = 0; index < length; index++) {
      const total = totals[index];
      if (total < best) continue;
      if (total > best) ties = 0;
      best = total;
      tied[ties++] = index;
    }
    if (ties === 0) return -1;
    return tied[ties > 1 ? random.below(ties) : 0];
  }

  /** The plugins that had a say in the last call, with their scores. */
  *active(): Iterable<Scored> {
    const { nodes, slots } = this.candidates;
    for (const scored of this.plugins) {
      if (!scored.isActive) continue;
      const { kept, same, scores } = scored;
      if (same !== undefined) scores.fill(same, 0, nodes.length);
      else if (kept) copyScores(kept, slots, scores, nodes.length);
      yield scored;
    }
  }

  private add(scored: Scored, cycle: Cycle, results: NodeResults | undefined): void {
    const { candidates, totals } = this;
    const { plugin, weight, scores } = scored;
    const { length } = candidates.nodes;
    const known = results?.scores.get(plugin);
    scored.kept = scored.same = undefined;
    if (known && !results!.hasSome.has(plugin)) {
      scored.same = normalizedNone(plugin, cycle, candidates);
      return;
    }
    if (known && !plugin.normalize) {
      scored.kept = known;
      addKept(totals, known, weight, candidates);
      return;
    }
    if (known) copyScores(known, candidates.slots, scores, length);
    else if (plugin.scoreAll) {
      const same = plugin.scoreAll(cycle, candidates, scores);
      if (typeof same === 'number') {
        scored.same = same;
        return;
      }
    } else askForScores(plugin, cycle, candidates.nodes, scores);
    plugin.normalize?.(cycle, candidates, scores);
    addWeighted(totals, scores, weight, length);
  }

  private makeRoom(length: number): void {
    if (this.totals.length >= length) return;
    const room = length * 2;
    this.totals = new Int32Array(room);
    this.tied = new Int32Array(room);
    for (const scored of this.plugins) scored.scores = new Int32Array(room);
  }
}

/** What becomes of a 0 where all have one. */
function normalizedNone(plugin: Plugin, cycle: Cycle, { nodes, slots }: Candidates): number {
  if (!plugin.normalize) return 0;
  const score = new Int32Array(1);
  plugin.normalize(cycle, { nodes: nodes.slice(0, 1), slots }, score);
  return score[0];
}

function copyScores(from: Int16Array, slots: Int32Array, to: Int32Array, length: number): void {
  for (let index = 0; index < length; index++) to[index] = from[slots[index]];
}

function addKept(
  totals: Int32Array,
  from: Int16Array,
  weight: number,
  { nodes, slots }: Candidates,
): void {
  const { length } = nodes;
  for (let index = 0; index < length; index++) totals[index] += from[slots[index]] * weight;
}

function askForScores(
  plugin: Plugin,
  cycle: Cycle,
  nodes: readonly NodeInfo[],
  scores: Int32Array,
): void {
  for (let index = 0; index < nodes.length; index++) {
    scores[index] = plugin.score!(cycle, nodes[index]);
  }
}

function addWeighted(totals: Int32Array, scores: Int32Array, weight: number, length: number): void {
  for (let index = 0; index < length; index++) totals[index] += scores[index] * weight;
}
