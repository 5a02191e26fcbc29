// Asks the score plugins about the nodes that can take the pod, and adds their weighted answers up.
// Upstream: pkg/scheduler/framework/runtime/framework.go (RunScorePlugins).
import { SKIP, type Cycle, type Plugin } from './framework';
import type { NodeInfo } from './node-info';
import type { NodeResults } from './node-results';

export interface WeightedPlugin {
  readonly plugin: Plugin;
  readonly weight: number;
}

interface Scored extends WeightedPlugin {
  /** Index among the per-node plugins whose raw scores are kept; -1 for others. */
  readonly keptIndex: number;
  /** By place in the list of nodes; from 0 to 100 after normalizing. */
  scores: Int32Array;
  isActive: boolean;
}

export class NodeScorer {
  /** Sum of weighted scores by place in the list of nodes. Valid until the next call. */
  totals = new Int32Array(0);
  private readonly plugins: readonly Scored[];

  constructor(weighted: readonly WeightedPlugin[]) {
    let kept = 0;
    this.plugins = weighted
      .filter(({ plugin }) => plugin.score)
      .map(({ plugin, weight }) => ({
        plugin,
        weight,
        keptIndex: plugin.perNode ? kept++ : -1,
        scores: new Int32Array(0),
        isActive: false,
      }));
  }

  score(cycle: Cycle, nodes: readonly NodeInfo[], kept: NodeResults | undefined): void {
    const { length } = nodes;
    this.makeRoom(length);
    const { totals } = this;
    totals.fill(0, 0, length);
    for (const scored of this.plugins) {
      const { plugin, weight, scores } = scored;
      scored.isActive = plugin.preScore?.(cycle, nodes) !== SKIP;
      if (!scored.isActive) continue;
      if (kept && scored.keptIndex >= 0) {
        const known = kept.scores[scored.keptIndex];
        for (let index = 0; index < length; index++) scores[index] = known[nodes[index].slot];
      } else {
        for (let index = 0; index < length; index++) {
          scores[index] = plugin.score!(cycle, nodes[index]);
        }
      }
      plugin.normalize?.(cycle, nodes, scores);
      for (let index = 0; index < length; index++) totals[index] += scores[index] * weight;
    }
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
