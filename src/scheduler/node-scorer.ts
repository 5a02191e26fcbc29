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
}

export class NodeScorer {
  /** Sum of weighted scores by place among the candidates. Valid until the next call. */
  private totals = new Int32Array(0);
  private readonly plugins: readonly Scored[];

  constructor(weighted: readonly WeightedPlugin[]) {
    this.plugins = weighted
      .filter(({ plugin }) => plugin.score)
      .map((each) => ({ ...each, scores: new Int32Array(0), isActive: false }));
  }

  /** `kept` has the scores of plugins that look at one node at a time. */
  score(cycle: Cycle, candidates: Candidates, kept: NodeResults | undefined): void {
    const { length } = candidates.nodes;
    this.makeRoom(length);
    this.totals.fill(0, 0, length);
    for (const scored of this.plugins) {
      const { plugin, weight, scores } = scored;
      scored.isActive = plugin.preScore?.(cycle, candidates) !== SKIP;
      if (!scored.isActive) continue;
      const known = kept?.scores.get(plugin);
      if (known && !plugin.normalize) {
        addKnown(this.totals, known, weight, candidates, scores);
        continue;
      }
      if (known) copyScores(known, candidates.slots, scores, length);
      else if (plugin.scoreAll) plugin.scoreAll(cycle, candidates, scores);
      else askForScores(plugin, cycle, candidates.nodes, scores);
      plugin.normalize?.(cycle, candidates, scores);
      addWeighted(this.totals, scores, weight, length);
    }
  }

  /** The place of the best candidate of so many; any of them when several are. */
  pickBest(length: number, random: RandomStream): number {
    const { totals } = this;
    let best = -1;
    let ties = 0;
    for (let index = 0; index < length; index++) {
      const total = totals[index];
      if (total > best) {
        best = total;
        ties = 1;
      } else if (total === best) {
        ties++;
      }
    }
    let skipped = ties > 1 ? random.below(ties) : 0;
    for (let index = 0; index < length; index++) {
      if (totals[index] === best && skipped-- === 0) return index;
    }
    return -1;
  }

  /** The plugins that had a say in the last call, with their scores. */
  *active(): Iterable<Scored> {
    for (const scored of this.plugins) if (scored.isActive) yield scored;
  }

  private makeRoom(length: number): void {
    if (this.totals.length >= length) return;
    const room = length * 2;
    this.totals = new Int32Array(room);
    for (const scored of this.plugins) scored.scores = new Int32Array(room);
  }
}

function copyScores(from: Int16Array, slots: Int32Array, to: Int32Array, length: number): void {
  for (let index = 0; index < length; index++) to[index] = from[slots[index]];
}

/** Copies and adds in one go. */
function addKnown(
  totals: Int32Array,
  from: Int16Array,
  weight: number,
  { nodes, slots }: Candidates,
  to: Int32Array,
): void {
  for (let index = 0; index < nodes.length; index++) {
    const score = from[slots[index]];
    to[index] = score;
    totals[index] += score * weight;
  }
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
