// kube-scheduler: waits to be the leader, then gives every pod without a node the best one, one pod
// at a time. Follows pods, nodes and what pods belong to through informers, leading or not.
// Invariants: a cycle takes `pace.schedulingMs`, and what it is charged for calls delays the next;
// a pod is decided on as the cluster stands at the end of its cycle's time.
// Upstream: pkg/scheduler/scheduler.go, schedule_one.go, eventhandlers.go.
import { namespaces, nodes, pods } from '../api/resource-ref';
import type { Node, Pod } from '../api/types';
import type { Component } from '../client/component';
import { SeriesRecorder } from '../client/series-recorder';
import type { Informer } from '../client/informer';
import { LeaderElection } from '../client/leader-election';
import type { Scope } from '../sim/scope';
import { SchedulerCache } from './cache';
import { nodeChanges } from './cluster-event';
import type { Handle, Registration } from './framework';
import { NodeFilter } from './node-filter';
import { KeptPlugins, ResultsByShape } from './node-results';
import { NodeScorer } from './node-scorer';
import { NodeSearch } from './node-search';
import { overviewOf, type SchedulerOverview } from './overview';
import { createPlugins } from './plugins/index';
import { SpreadSelectors } from './plugins/pod-topology-spread/spread-selectors';
import { PodEvents } from './pod-events';
import { SchedulingQueue } from './queue';
import type { SchedulingReport } from './report';
import { SchedulingCycle } from './scheduling-cycle';

/** The one profile's name: what pods ask for, and the source of Events about them. */
const SCHEDULER_NAME = 'default-scheduler';
const LEASE_NAME = 'kube-scheduler';

export interface SchedulerOptions {
  /** This copy's name in the leader's Lease: '<host>_<uuid>'. */
  identity: string;
  /** False asks every plugin about every node in every cycle: for tests, the answer is the same. */
  keepsResults?: boolean;
  /** Plugins beyond those of the default registry; none of them scores. */
  extension?: readonly Registration[];
}

export class Scheduler {
  readonly cache = new SchedulerCache();
  readonly queue: SchedulingQueue;
  private readonly cycle: SchedulingCycle;
  private readonly filter: NodeFilter;
  private readonly handle: Handle;
  private readonly pods: Informer<Pod>;
  /** The scope of the present leadership. */
  private leading: Scope | undefined;
  /** True while a timer for the next cycle is set. */
  private isBusy = false;

  constructor(
    private readonly component: Component,
    { keepsResults = true, extension = [] }: SchedulerOptions,
  ) {
    const { cache } = this;
    const { scope, sim, client } = component;
    const recorder = new SeriesRecorder(
      sim,
      scope,
      client.transport,
      SCHEDULER_NAME,
      `${SCHEDULER_NAME}-${component.options.host}`,
      client.actor,
    );
    const handle: { -readonly [K in keyof Handle]?: Handle[K] } = {
      component,
      recorder,
      cache,
      spreadSelectors: new SpreadSelectors(component),
      budgets: () => [],
      deallocate: () => 'no new claims to deallocate',
      isBackedByDevices: () => false,
      move: (event) => this.queue.move(event),
    };
    const weighted = createPlugins(handle as Handle);
    const plugins = weighted.map(({ plugin }) => plugin);
    this.queue = new SchedulingQueue(sim.clock, scope, cache.shapes, plugins, () => this.wake());
    const { nominator } = this.queue;
    const results = new ResultsByShape(new KeptPlugins(plugins));
    const filter = new NodeFilter(cache, nominator, plugins, results, keepsResults);
    this.filter = filter;
    this.handle = Object.assign(handle, { nominator, filter }) as Handle;
    this.cycle = new SchedulingCycle({
      component,
      recorder,
      cache,
      queue: this.queue,
      search: new NodeSearch(cache, filter),
      scorer: new NodeScorer(weighted),
      plugins,
      filter,
      keptResults: () => filter.keptResults,
    });
    this.pods = component.informer(pods);
    this.follow();
    this.addPlugins(extension);
  }

  /** Takes more plugins in while it works. */
  extend(extension: readonly Registration[]): void {
    this.addPlugins(extension);
    this.component.startInformers();
  }

  private addPlugins(extension: readonly Registration[]): void {
    const plugins = extension.map(({ create }) => create(this.handle));
    this.filter.add(plugins);
    this.queue.addPlugins(plugins);
    this.cycle.addPlugins(plugins);
  }

  /** Begins to schedule; ends with the scope. */
  lead(scope: Scope): void {
    this.leading = scope;
    this.isBusy = false;
    scope.onStop(() => {
      this.leading = undefined;
    });
    this.wake();
  }

  get isLeading(): boolean {
    return this.leading !== undefined;
  }

  /** What the last cycle found out about a pod; null when there was none. */
  report(namespace: string, name: string): SchedulingReport | null {
    const pod = this.pods.get(namespace + '/' + name);
    return pod ? this.cycle.report(pod) : null;
  }

  /** What it would make of a pod now, leading or not; null when there is no such pod. */
  judge(namespace: string, name: string): SchedulingReport | null {
    const pod = this.pods.get(namespace + '/' + name);
    return pod ? this.cycle.judge(pod) : null;
  }

  /** Who waits where, and what came of the last cycles. */
  overview(): SchedulerOverview {
    return overviewOf(this.queue, this.cycle.reports);
  }

  private wake(): void {
    if (this.leading === undefined || this.isBusy) return;
    this.isBusy = true;
    this.leading.after(this.component.pace.schedulingMs, () => this.scheduleOne());
  }

  private scheduleOne(): void {
    this.isBusy = false;
    if (!this.component.hasSynced) {
      this.wake();
      return;
    }
    const queued = this.queue.pop();
    if (queued === undefined) return;
    const { sim } = this.component;
    sim.cause = Number(queued.pod.metadata.resourceVersion) || 0;
    this.cycle.run(queued);
    sim.cause = 0;
    this.wake();
  }

  private follow(): void {
    const { component, cache, queue } = this;
    const podEvents = new PodEvents(cache, queue, (uid) => this.cycle.reports.forgetPending(uid));
    component.informer(nodes).addHandler({
      added: (node) => {
        cache.setNode(node);
        queue.move({ kind: 'NodeAdd', new: node });
      },
      updated: (node, old) => this.nodeUpdated(node, old),
      deleted: (node) => {
        queue.move({ kind: 'NodeDelete', old: node });
        cache.removeNode(node.metadata.name);
      },
    });
    component.informer(namespaces).addHandler({
      added: ({ metadata }) => cache.shapes.setNamespace(metadata.name, metadata.labels ?? {}),
      updated: ({ metadata }, old) => {
        if (metadata.labels === old.metadata.labels) return;
        cache.shapes.setNamespace(metadata.name, metadata.labels ?? {});
      },
      deleted: ({ metadata }) => cache.shapes.setNamespace(metadata.name, undefined),
    });
    this.pods.addHandler(podEvents);
  }

  private nodeUpdated(node: Node, old: Node): void {
    this.cache.setNode(node);
    if (!this.queue.hasUnschedulable()) return;
    for (const kind of nodeChanges(node, old)) this.queue.move({ kind, old, new: node });
  }
}

/** Starts the informers at once, and scheduling when this copy is the leader. */
export function startScheduler(component: Component, options: SchedulerOptions): Scheduler {
  const scheduler = new Scheduler(component, options);
  component.startInformers();
  const election = new LeaderElection(component, {
    name: LEASE_NAME,
    identity: options.identity,
    onStartedLeading: (scope) => scheduler.lead(scope),
  });
  election.start();
  return scheduler;
}
