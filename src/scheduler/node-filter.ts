// Asks the filter plugins whether a node can take the pod, pods nominated to the node included: a
// pod must fit with those of at least its priority there, and also without them.
// Upstream: pkg/scheduler/framework/runtime/framework.go (RunFilterPluginsWithNominatedPods).
import type { SchedulerCache } from './cache';
import { SKIP, type Cycle, type Plugin, type Rejection } from './framework';
import { PodInfo, type NodeInfo } from './node-info';
import { firstRejection, type NodeResults, type ResultsByShape } from './node-results';
import type { Nominator } from './nominator';
import type { QueuedPod } from './queued-pod';

/** What the preFilter plugins said. */
export interface Prepared {
  /** All nodes are rejected. */
  rejection?: Rejection;
  /** Only these are worth looking at. */
  nodeNames?: readonly string[];
  /** Plugins that named them. */
  namedBy: readonly string[];
}

/** The plugin before which those of the extension have their places, and the one that is last. */
const EXTENSION_PLACE = 'PodTopologySpread';
const LAST = 'DynamicResources';
const EVERY_NODE: Prepared = Object.freeze({ namedBy: [] });

export class NodeFilter {
  private readonly plugins: Plugin[];
  private cycle!: Cycle;
  private results: NodeResults | undefined;
  /** Filters of this cycle: those that read nothing but the node, then the others. */
  private readonly local: Plugin[] = [];
  private readonly wide: Plugin[] = [];

  constructor(
    private readonly cache: SchedulerCache,
    private readonly nominator: Nominator,
    plugins: readonly Plugin[],
    private readonly resultsByShape: ResultsByShape,
    /** False asks every plugin every time. */
    private readonly keepsResults: boolean,
  ) {
    this.plugins = plugins.filter((plugin) => plugin.filter);
  }

  /** More filters, which stand before those that look at many nodes at once. */
  add(plugins: readonly Plugin[]): void {
    const place = this.plugins.findIndex(({ name }) => name === EXTENSION_PLACE);
    const filters = plugins.filter((plugin) => plugin.filter);
    this.plugins.splice(place, 0, ...filters.filter(({ name }) => name !== LAST));
    this.plugins.push(...filters.filter(({ name }) => name === LAST));
  }

  /** Filters in the order in which they are asked. */
  get names(): readonly string[] {
    return this.plugins.map(({ name }) => name);
  }

  /** Begins a cycle. */
  prepare(cycle: Cycle): Prepared {
    this.cycle = cycle;
    this.local.length = 0;
    this.wide.length = 0;
    this.results = undefined;
    let prepared = EVERY_NODE;
    for (const plugin of this.plugins) {
      const answer = plugin.preFilter?.(cycle);
      if (answer === SKIP) continue;
      if (plugin.reads) this.local.push(plugin);
      else this.wide.push(plugin);
      if (answer === undefined) continue;
      if ('rejection' in answer) return { rejection: answer.rejection, namedBy: prepared.namedBy };
      prepared = narrow(prepared, answer.nodeNames, plugin.name);
    }
    if (this.keepsResults && prepared.nodeNames === undefined) {
      this.results = this.resultsByShape.of(cycle.shape, this.cache.capacity);
    }
    return prepared;
  }

  /** Something has changed that is neither in nodes nor in pods. */
  forgetResults(): void {
    this.resultsByShape.clear();
  }

  /** Kept answers of this cycle's shape; undefined when none are kept. */
  get keptResults(): NodeResults | undefined {
    return this.results;
  }

  /**
   * By slot the generation in which a node was last found to take pods of this shape; undefined
   * when more has to be asked.
   */
  get fitSeen(): Float64Array | undefined {
    return this.nominator.isEmpty && this.wide.length === 0 ? this.results?.fitSeen : undefined;
  }

  /** Why the node cannot take the pod; undefined when it can. */
  check(node: NodeInfo): Rejection | undefined {
    if (!this.nominator.isEmpty) {
      const rejection = this.checkWithNominated(node);
      if (rejection !== undefined) return rejection;
    }
    const rejection = this.results
      ? this.results.check(this.cycle, node)
      : firstRejection(this.local, this.cycle, node);
    if (rejection !== undefined || this.wide.length === 0) return rejection;
    return firstRejection(this.wide, this.cycle, node);
  }

  /** As `check`, for a node that is only imagined. */
  checkImagined(node: NodeInfo): Rejection | undefined {
    if (!this.nominator.isEmpty) {
      const rejection = this.checkWithNominated(node);
      if (rejection !== undefined) return rejection;
    }
    return this.ask(node);
  }

  /** As if the pod had come to the node, or left it. */
  imagine(info: PodInfo, node: NodeInfo, by: 1 | -1): void {
    if (by > 0) node.tryAdd(info);
    else node.tryRemove(info);
    for (const plugin of this.wide) plugin.imagine?.(this.cycle, info.shape, node, by);
  }

  private ask(node: NodeInfo): Rejection | undefined {
    return (
      firstRejection(this.local, this.cycle, node) ?? firstRejection(this.wide, this.cycle, node)
    );
  }

  private checkWithNominated(node: NodeInfo): Rejection | undefined {
    const guests = this.guestsOf(node);
    if (guests.length === 0) return undefined;
    const imagined = node.copy();
    const infos = guests.map(({ pod, shape }) => new PodInfo(pod, shape, imagined, true));
    for (const info of infos) this.imagine(info, imagined, 1);
    const rejection = this.ask(imagined);
    for (const info of infos) this.imagine(info, imagined, -1);
    return rejection;
  }

  private guestsOf({ name }: NodeInfo): readonly QueuedPod[] {
    const { metadata, spec } = this.cycle.pod;
    const priority = spec.priority ?? 0;
    const nominated = this.nominator.onNode(name);
    if (nominated.length === 0) return nominated;
    return nominated.filter((guest) => guest.priority >= priority && guest.uid !== metadata.uid);
  }
}

function narrow(prepared: Prepared, nodeNames: readonly string[], plugin: string): Prepared {
  const known = prepared.nodeNames;
  const both = known ? known.filter((name) => nodeNames.includes(name)) : nodeNames;
  const namedBy = [...prepared.namedBy, plugin];
  if (both.length > 0) return { nodeNames: both, namedBy };
  const reason = `node(s) didn't satisfy plugin(s) [${namedBy.sort().join(' ')}] simultaneously`;
  return { namedBy, rejection: { plugin, reasons: [reason], isResolvable: false } };
}
