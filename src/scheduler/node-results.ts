// What the per-node plugins said of each node for one shape of pods, kept while the node stays as it is.
// A rollout of a thousand like pods asks them anew only for the node that took the last one.
// Upstream: the aim of KEP-5598; here the answer is the same as without.
import type { Cycle, Plugin, Rejection } from './framework';
import type { NodeInfo } from './node-info';
import type { PodShape } from './pod-shape';

export class NodeResults {
  /** Raw scores by node slot, one array for each of the per-node score plugins. */
  readonly scores: readonly Int32Array[];
  /** Generation of the node when it was looked at, by slot. */
  private readonly seen: Float64Array;
  private readonly rejections: (Rejection | undefined)[];

  constructor(
    readonly capacity: number,
    private readonly filters: readonly Plugin[],
    private readonly scorers: readonly Plugin[],
  ) {
    this.seen = new Float64Array(capacity);
    this.rejections = Array.from({ length: capacity });
    this.scores = scorers.map(() => new Int32Array(capacity));
  }

  /** Why the node cannot take pods of this shape; its scores are there when it can. */
  check(cycle: Cycle, node: NodeInfo): Rejection | undefined {
    const { slot } = node;
    if (this.seen[slot] === node.generation) return this.rejections[slot];
    this.seen[slot] = node.generation;
    const rejection = firstRejection(this.filters, cycle, node);
    this.rejections[slot] = rejection;
    if (rejection === undefined) {
      for (let index = 0; index < this.scorers.length; index++) {
        this.scores[index][slot] = this.scorers[index].score!(cycle, node);
      }
    }
    return rejection;
  }
}

export function firstRejection(
  filters: readonly Plugin[],
  cycle: Cycle,
  node: NodeInfo,
): Rejection | undefined {
  for (const plugin of filters) {
    const rejection = plugin.filter!(cycle, node);
    if (rejection !== undefined) return rejection;
  }
  return undefined;
}

const MAX_SHAPES = 32;

/** The results of the shapes scheduled last. */
export class ResultsByShape {
  private readonly known = new Map<PodShape, NodeResults>();

  constructor(
    private readonly filters: readonly Plugin[],
    private readonly scorers: readonly Plugin[],
  ) {}

  of(shape: PodShape, capacity: number): NodeResults {
    let results = this.known.get(shape);
    if (results !== undefined && results.capacity === capacity) {
      if (this.known.size > 1) {
        this.known.delete(shape);
        this.known.set(shape, results);
      }
      return results;
    }
    results = new NodeResults(capacity, this.filters, this.scorers);
    this.known.set(shape, results);
    if (this.known.size > MAX_SHAPES) this.known.delete(this.known.keys().next().value!);
    return results;
  }
}
