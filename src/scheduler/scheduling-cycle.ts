// One pod, one cycle: find the nodes that can take it, choose the best, assume it there and bind
// it; or say why not, and have room made for it.
// Where the real one differs: the binding is written at once, its time not charged to the next
// cycle, as upstream binds beside the scheduling loop.
// Upstream: pkg/scheduler/schedule_one.go.
import { ConnectionError, StatusError } from '../api/status-error';
import { objectKey } from '../api/object';
import { oneText } from '../api/one-text';
import type { Pod } from '../api/types';
import type { Component } from '../client/component';
import type { SeriesRecorder } from '../client/series-recorder';
import type { SchedulerCache } from './cache';
import { fitErrorMessage, NO_NODES } from './fit-error';
import { PluginError, WAIT, type Plugin, type Rejection } from './framework';
import type { NodeFilter } from './node-filter';
import type { NodeInfo } from './node-info';
import type { NodeScorer } from './node-scorer';
import type { NodeSearch } from './node-search';
import { ReportBook, reportOf, type Outcome } from './report-book';
import type { SchedulingReport } from './report';
import type { SchedulingQueue } from './queue';
import type { QueuedPod } from './queued-pod';
import { tellFailure, type SchedulingFailure } from './scheduling-failure';
import type { NodeResults } from './node-results';

export interface SchedulingParts {
  readonly component: Component;
  readonly recorder: SeriesRecorder;
  readonly cache: SchedulerCache;
  readonly queue: SchedulingQueue;
  readonly search: NodeSearch;
  readonly scorer: NodeScorer;
  readonly plugins: readonly Plugin[];
  readonly filter: NodeFilter;
  /** The answers kept for the pod's shape in this cycle. */
  readonly keptResults: () => NodeResults | undefined;
}

export class SchedulingCycle {
  readonly reports = new ReportBook();
  private readonly postFilters: readonly Plugin[];
  private readonly binder: Plugin;
  /** Plugins that hold something for a pod between the choice of a node and the binding. */
  private readonly holders: Plugin[] = [];

  constructor(private readonly parts: SchedulingParts) {
    const { plugins } = parts;
    this.postFilters = plugins.filter((plugin) => plugin.postFilter);
    this.binder = plugins.find((plugin) => plugin.bind)!;
    this.addPlugins(plugins);
  }

  addPlugins(plugins: readonly Plugin[]): void {
    this.holders.push(...plugins.filter(({ reserve, preBind }) => reserve ?? preBind));
  }

  /** Schedules a pod that was popped from the queue. */
  run(queued: QueuedPod): void {
    const { cache, queue } = this.parts;
    if (this.isNotWanted(queued)) {
      queue.delete(queued.uid);
      return;
    }
    if (cache.nodes.length === 0) {
      const failure = { reason: 'Unschedulable', message: NO_NODES, nominatedNode: '' } as const;
      this.fail(queued, failure, () => queue.returnFailed(queued));
      return;
    }
    let node: NodeInfo | undefined;
    try {
      node = this.choose(queued);
    } catch (error) {
      this.failWith(queued, error);
      return;
    }
    if (node === undefined) this.helpOrFail(queued);
    else this.place(queued, node);
  }

  /** A plugin could not tell. */
  private failWith(queued: QueuedPod, error: unknown): void {
    if (!(error instanceof PluginError)) throw error;
    const failure = {
      reason: 'SchedulerError',
      message: error.message,
      nominatedNode: '',
    } as const;
    this.fail(queued, failure, () => this.parts.queue.returnFailed(queued));
  }

  /** What the last cycle of this pod found; null when it never had one and is none of ours. */
  report(pod: Pod): SchedulingReport | null {
    const known = this.reports.find(pod.metadata.uid, this.parts.filter.names);
    if (known === undefined) return null;
    return known.report ?? this.askAgain(pod, known.outcome);
  }

  /** What a cycle of this pod would find now; nothing comes of it. */
  judge(pod: Pod): SchedulingReport {
    const { uid } = pod.metadata;
    const atMs = this.parts.component.sim.clock.nowMs;
    return this.askAgain(pod, {
      uid,
      pod: objectKey(pod),
      atMs,
      attempts: 0,
      node: '',
      message: '',
    });
  }

  private isNotWanted({ pod, uid }: QueuedPod): boolean {
    if (pod.metadata.deletionTimestamp !== undefined) {
      const message = 'skip schedule deleting pod: ' + objectKey(pod);
      this.parts.recorder.event(pod, 'Warning', 'FailedScheduling', 'Scheduling', message);
      return true;
    }
    return this.parts.cache.isAssumed(uid);
  }

  /** The best node, any of them when several are; undefined when none can take the pod. */
  private choose(queued: QueuedPod): NodeInfo | undefined {
    const { search, scorer, keptResults, component } = this.parts;
    search.search(queued);
    const { feasible } = search;
    if (feasible.length <= 1) return feasible[0];
    scorer.score(queued, search.candidates, keptResults());
    return feasible[scorer.pickBest(feasible.length, component.sim.random('scheduler'))];
  }

  private place(queued: QueuedPod, node: NodeInfo): void {
    const { cache, queue, search } = this.parts;
    const { pod } = queued;
    const { namespace, name } = pod.metadata;
    const message = oneText('Successfully assigned ', namespace!, '/', name, ' to ', node.name);
    this.record(queued, node.name, message, search.feasible.length > 1);
    cache.assume(pod, node.name);
    queue.nominator.remove(queued.uid);
    if (this.holders.length > 0) {
      for (const plugin of this.holders) plugin.reserve?.(pod, node.name);
      if (!this.prepare(queued, node.name, message, 0)) return;
    }
    this.bind(queued, node.name, message);
  }

  /**
   * Lets the holders, from this one on, do what comes before the binding. False when the pod is
   * not to be bound now: it will be later, or has gone back to the queue.
   */
  private prepare(queued: QueuedPod, nodeName: string, message: string, first: number): boolean {
    const { clock } = this.parts.component.sim;
    for (let index = first; index < this.holders.length; index++) {
      const plugin = this.holders[index];
      const chargedMs = clock.chargedMs;
      try {
        const answer = plugin.preBind?.(queued.pod, nodeName, (problem) => {
          this.prepared(queued, nodeName, message, index, problem);
        });
        if (answer === WAIT) return false;
      } catch (error) {
        if (!(error instanceof StatusError || error instanceof ConnectionError)) throw error;
        this.unplace(queued, nodeName, `running PreBind plugin "${plugin.name}": ${error.message}`);
        return false;
      } finally {
        clock.chargedMs = chargedMs;
      }
    }
    return true;
  }

  /** What a holder waited for has come about, or will not. */
  private prepared(
    queued: QueuedPod,
    nodeName: string,
    message: string,
    index: number,
    problem: string,
  ): void {
    const { cache, queue } = this.parts;
    const plugin = this.holders[index];
    if (!cache.isAssumed(queued.uid)) {
      for (const holder of this.holders) holder.unreserve?.(queued.pod, nodeName);
      queue.delete(queued.uid);
    } else if (problem) {
      this.unplace(queued, nodeName, `running PreBind plugin "${plugin.name}": ${problem}`);
    } else if (this.prepare(queued, nodeName, message, index + 1)) {
      this.bind(queued, nodeName, message);
    }
  }

  private bind(queued: QueuedPod, nodeName: string, message: string): void {
    const { component, recorder, queue } = this.parts;
    const { pod } = queued;
    const { clock } = component.sim;
    const chargedMs = clock.chargedMs;
    try {
      this.binder.bind!(pod, nodeName);
    } catch (error) {
      clock.chargedMs = chargedMs;
      if (!(error instanceof StatusError || error instanceof ConnectionError)) throw error;
      this.unplace(queued, nodeName, `running Bind plugin "${this.binder.name}": ${error.message}`);
      return;
    }
    recorder.event(pod, 'Normal', 'Scheduled', 'Binding', message);
    clock.chargedMs = chargedMs;
    queue.delete(queued.uid);
  }

  private unplace(queued: QueuedPod, nodeName: string, message: string): void {
    const { cache, queue } = this.parts;
    for (const plugin of this.holders) plugin.unreserve?.(queued.pod, nodeName);
    cache.removePod(queued.uid);
    queue.move({ kind: 'AssignedPodDelete', old: queued.pod });
    const failure = { reason: 'SchedulerError', message, nominatedNode: '' } as const;
    this.fail(queued, failure, () => queue.returnFailed(queued));
  }

  private helpOrFail(queued: QueuedPod): void {
    const { cache, queue, search } = this.parts;
    const { rejected, rejections, unseen, refusal, namedBy } = search;
    const byNode = new Map<NodeInfo, Rejection>();
    rejected.forEach((node, index) => byNode.set(node, rejections[index]));
    const rejectedBy = new Set(namedBy);
    for (const { plugin } of rejections) rejectedBy.add(plugin);
    if (refusal) rejectedBy.add(refusal.plugin);
    const misfit = { nodes: cache.nodes.length, rejections: [...rejections], unseen, refusal };
    const help = this.askForHelp(queued, byNode);
    const message = fitErrorMessage({ ...misfit, afterword: help.message });
    const failure = {
      reason: 'Unschedulable',
      message,
      nominatedNode: help.nominatedNode,
    } as const;
    this.fail(queued, failure, () => {
      if (help.retry) queue.returnFailed(queued);
      else queue.returnRejected(queued, rejectedBy);
    });
  }

  private askForHelp(
    queued: QueuedPod,
    rejections: ReadonlyMap<NodeInfo, Rejection>,
  ): { message: string; nominatedNode: string | undefined; retry?: boolean } {
    const messages: string[] = [];
    let nominatedNode: string | undefined;
    for (const plugin of this.postFilters) {
      const result = plugin.postFilter!({ queued, rejections });
      if (result.isHelped) return { ...result, message: '' };
      messages.push(result.message);
      nominatedNode = result.nominatedNode ?? nominatedNode;
    }
    return { message: messages.join(', '), nominatedNode };
  }

  private fail(queued: QueuedPod, failure: SchedulingFailure, handBack: () => void): void {
    const { component, recorder, queue } = this.parts;
    this.record(queued, '', failure.message, false);
    handBack();
    if (failure.nominatedNode !== undefined) {
      queue.nominator.nominate(queued, failure.nominatedNode);
    }
    tellFailure(component, recorder, queued.pod, failure);
  }

  private record(queued: QueuedPod, node: string, message: string, wasScored: boolean): void {
    const { component, search, scorer } = this.parts;
    const { uid, pod, attempts } = queued;
    const atMs = component.sim.clock.activityMs;
    const outcome = { uid, pod: objectKey(pod), atMs, attempts, node, message };
    this.reports.record(outcome, search, scorer, wasScored);
  }

  /** Runs the search again as things stand, the pod taken off its node for as long. */
  private askAgain(pod: Pod, outcome: Outcome): SchedulingReport {
    const { cache, search, scorer, keptResults } = this.parts;
    const known = cache.pod(pod.metadata.uid);
    const shape = cache.shapes.acquire(pod);
    const status = { ...pod.status, nominatedNodeName: undefined };
    const unplaced = { ...pod, spec: { ...pod.spec, nodeName: undefined }, status };
    const cycle = { pod: unplaced, shape };
    cache.removePod(pod.metadata.uid);
    const start = search.nextStart;
    let wasScored = false;
    try {
      search.search(cycle);
      wasScored = search.feasible.length > 1;
      if (wasScored) scorer.score(cycle, search.candidates, keptResults());
    } catch (error) {
      if (!(error instanceof PluginError)) throw error;
    }
    search.nextStart = start;
    const report = reportOf(outcome, search, scorer, wasScored, this.parts.filter.names);
    if (known?.isAssumed) cache.assume(known.pod, known.node.name);
    else if (known) cache.setPod(known.pod);
    cache.shapes.release(shape);
    return report;
  }
}
