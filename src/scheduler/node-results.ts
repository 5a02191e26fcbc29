// What the plugins that look at one node at a time said of each node for one shape of pods, kept
// while what they read stays as it is. A rollout of a thousand like pods asks them anew only for
// the node that took the last one, and of its taints and labels not even then.
// Upstream: the aim of KEP-5598; here the answer is always the same as without.
import type { Cycle, Plugin, Rejection } from './framework';
import type { NodeInfo } from './node-info';
import type { PodShape } from './pod-shape';

/** The plugins whose answers are kept, by what they read. */
export class KeptPlugins {
  readonly nodeFilters: readonly Plugin[];
  readonly loadFilters: readonly Plugin[];
  readonly nodeScorers: readonly Plugin[];
  readonly loadScorers: readonly Plugin[];

  constructor(plugins: readonly Plugin[]) {
    const filters = plugins.filter((plugin) => plugin.filter);
    const scorers = plugins.filter((plugin) => plugin.score);
    this.nodeFilters = filters.filter(({ reads }) => reads === 'node');
    this.loadFilters = filters.filter(({ reads }) => reads === 'load');
    this.nodeScorers = scorers.filter(({ reads }) => reads === 'node');
    this.loadScorers = scorers.filter(({ reads }) => reads === 'load');
  }
}

export class NodeResults {
  /** Raw scores by plugin and node slot, right for nodes that passed `check` in this cycle. */
  readonly scores = new Map<Plugin, Int16Array>();
  /** The plugins that gave some node another score than 0. */
  readonly hasSome = new Set<Plugin>();
  /** Generations of the node when its answers were taken, by slot. */
  private readonly nodeSeen: Float64Array;
  private readonly loadSeen: Float64Array;
  private readonly nodeRejections: (Rejection | undefined)[];
  private readonly loadRejections: (Rejection | undefined)[];
  /** As `loadSeen` of nodes that can take the pods, 0 of others: all that a search has to read. */
  readonly fitSeen: Float64Array;

  constructor(
    readonly capacity: number,
    private readonly plugins: KeptPlugins,
  ) {
    this.nodeSeen = new Float64Array(capacity);
    this.loadSeen = new Float64Array(capacity);
    this.fitSeen = new Float64Array(capacity);
    this.nodeRejections = Array.from({ length: capacity });
    this.loadRejections = Array.from({ length: capacity });
    for (const plugin of [...plugins.nodeScorers, ...plugins.loadScorers]) {
      this.scores.set(plugin, new Int16Array(capacity));
    }
  }

  /** Why the node cannot take pods of this shape; its scores are there when it can. */
  check(cycle: Cycle, node: NodeInfo): Rejection | undefined {
    const { slot } = node;
    if (this.loadSeen[slot] === node.generation) {
      return this.nodeRejections[slot] ?? this.loadRejections[slot];
    }
    this.loadSeen[slot] = node.generation;
    const rejection = this.checkAnew(cycle, node);
    this.fitSeen[slot] = rejection === undefined ? node.generation : 0;
    return rejection;
  }

  private checkAnew(cycle: Cycle, node: NodeInfo): Rejection | undefined {
    const { slot } = node;
    const { plugins } = this;
    if (this.nodeSeen[slot] !== node.nodeGeneration) {
      this.nodeSeen[slot] = node.nodeGeneration;
      this.nodeRejections[slot] = firstRejection(plugins.nodeFilters, cycle, node);
      this.noteScores(plugins.nodeScorers, cycle, node);
    }
    if (this.nodeRejections[slot] !== undefined) return this.nodeRejections[slot];
    this.loadRejections[slot] = firstRejection(plugins.loadFilters, cycle, node);
    if (this.loadRejections[slot] === undefined) this.noteScores(plugins.loadScorers, cycle, node);
    return this.loadRejections[slot];
  }

  private noteScores(plugins: readonly Plugin[], cycle: Cycle, node: NodeInfo): void {
    for (const plugin of plugins) {
      const score = plugin.score!(cycle, node);
      this.scores.get(plugin)![node.slot] = score;
      if (score !== 0) this.hasSome.add(plugin);
    }
  }
}

/** The first answer of these filters that is not yes. */
export function firstRejection(
  filters: readonly Plugin[],
  cycle: Cycle,
  node: NodeInfo,
): Rejection | undefined {
  for (let index = 0; index < filters.length; index++) {
    const rejection = filters[index].filter!(cycle, node);
    if (rejection !== undefined) return rejection;
  }
  return undefined;
}

/** Slots of all results together; each takes about 50 bytes. */
const MAX_SLOTS = 512 * 1024;

/** The results of the shapes scheduled last. */
export class ResultsByShape {
  private readonly known = new Map<PodShape, NodeResults>();
  private slots = 0;

  constructor(private readonly plugins: KeptPlugins) {}

  of(shape: PodShape, capacity: number): NodeResults {
    const known = this.known.get(shape);
    if (known?.capacity === capacity) {
      if (this.known.size > 1) this.moveToEnd(shape, known);
      return known;
    }
    this.drop(shape);
    const results = new NodeResults(capacity, this.plugins);
    this.known.set(shape, results);
    this.slots += capacity;
    while (this.slots > MAX_SLOTS && this.known.size > 1) {
      this.drop(this.known.keys().next().value!);
    }
    return results;
  }

  clear(): void {
    this.known.clear();
    this.slots = 0;
  }

  private moveToEnd(shape: PodShape, results: NodeResults): void {
    this.known.delete(shape);
    this.known.set(shape, results);
  }

  private drop(shape: PodShape): void {
    this.slots -= this.known.get(shape)?.capacity ?? 0;
    this.known.delete(shape);
  }
}
