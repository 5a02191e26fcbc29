// The kube-controller-manager: stands for election, and while it leads runs every controller over
// the informers that they share. Losing the Lease stops them all; each can also be paused, stopped
// and started alone. Invariants: no controller reconciles before its informers have synced; what a
// reconcile throws is kept in `errors` and backs off, never lost.
// Upstream: cmd/kube-controller-manager/app/controllermanager.go.
import type { Component } from '../client/component';
import { LeaderElection, type LeaderElectionOptions } from '../client/leader-election';
import { assert } from '../sim/assert';
import type { Scope } from '../sim/scope';
import { DEFAULT_SETTINGS, type Controller, type ControllerSettings } from './controller';
import { CONTROLLERS } from './index';
import { RunningController } from './running-controller';

const ERRORS_KEPT = 100;

export interface ControllerManagerOptions extends Pick<
  LeaderElectionOptions,
  'leaseDurationMs' | 'renewDeadlineMs' | 'retryPeriodMs'
> {
  /** Who this copy is in the Lease: '<host>_<uuid>'. */
  identity: string;
  /** The Lease's name; default 'kube-controller-manager'. */
  lease?: string;
  /** What such a program runs; default: all of kube-controller-manager's. */
  registry?: readonly Controller[];
  clusterCIDR: string;
  settings?: Partial<ControllerSettings>;
  /** The controllers to run; all when absent. */
  controllers?: readonly string[];
  /** Controllers beyond those of the registry; one of the same name takes the other's place. */
  extension?: readonly Controller[];
}

/** What one controller is doing at this moment. */
export interface ControllerState {
  name: string;
  state: 'Running' | 'Paused' | 'Stopped';
  /** Keys that wait for a worker. */
  depth: number;
  busy: boolean;
}

export interface ReconcileError {
  atMs: number;
  controller: string;
  key: string;
  error: unknown;
}

/** Starts the program on its component; it ends with the component's scope. */
export function startControllerManager(
  component: Component,
  options: ControllerManagerOptions,
): ControllerManager {
  const manager = new ControllerManager(component, options);
  manager.election.start();
  return manager;
}

export class ControllerManager {
  readonly election: LeaderElection;
  /** The newest failures of reconciles and of the election, oldest first. */
  readonly errors: ReconcileError[] = [];
  private controllers: readonly Controller[];
  private readonly settings: ControllerSettings;
  private readonly running = new Map<string, RunningController>();
  private readonly stopped = new Set<string>();
  private readonly paused = new Set<string>();
  private leading: Scope | undefined;

  constructor(
    private readonly component: Component,
    options: ControllerManagerOptions,
  ) {
    const { controllers: wanted, settings, clusterCIDR, extension = [] } = options;
    const { lease = 'kube-controller-manager', registry = CONTROLLERS } = options;
    this.controllers = extended(registry, extension).filter(
      ({ name }) => !wanted || wanted.includes(name),
    );
    this.settings = { ...DEFAULT_SETTINGS, ...settings, clusterCIDR };
    this.election = new LeaderElection(component, {
      ...options,
      name: lease,
      onStartedLeading: (scope) => this.lead(scope),
      onError: (error) => this.keep('leader-election', '', error),
    });
  }

  get isLeader(): boolean {
    return this.election.isLeader;
  }

  /** Every controller of this process, in the order of the registry. */
  states(): ControllerState[] {
    return this.controllers.map(({ name }) => {
      const running = this.running.get(name);
      if (!running) return { name, state: 'Stopped', depth: 0, busy: false };
      const state = this.paused.has(name) ? 'Paused' : 'Running';
      return { name, state, depth: running.queue.depth, busy: running.queue.busy };
    });
  }

  /** Adds controllers to those of this process; while it leads they start at once. */
  extend(extension: readonly Controller[]): void {
    this.controllers = extended(this.controllers, extension);
    if (!this.leading) return;
    for (const controller of extension) this.takeOver(controller);
    this.component.startInformers();
  }

  /** A successor waits until the caches show all that its predecessor wrote. */
  private takeOver(controller: Controller): void {
    const { name } = controller;
    if (this.stopped.has(name)) return;
    const predecessor = this.running.get(name);
    if (!predecessor) {
      this.run(controller);
      return;
    }
    const waitMs = predecessor.caughtUpAtMs - this.component.sim.clock.nowMs;
    predecessor.scope.stop();
    this.leading!.after(Math.max(0, waitMs), () => {
      if (this.stopped.has(name) || this.running.has(name)) return;
      this.run(controller);
      this.component.startInformers();
    });
  }

  /** A paused controller goes on watching, but takes no key from its queue. */
  setPaused(name: string, paused: boolean): void {
    if (paused) this.paused.add(name);
    else this.paused.delete(name);
    this.running.get(name)?.setPaused(paused);
  }

  /** Ends one controller; what it knew is gone. It stays away until `start`. */
  stop(name: string): void {
    this.stopped.add(name);
    this.running.get(name)?.scope.stop();
  }

  start(name: string): void {
    if (!this.stopped.delete(name) || !this.leading) return;
    const controller = this.controllers.find((candidate) => candidate.name === name);
    assert(controller, `${name} is a controller of this process`);
    this.run(controller);
  }

  private lead(scope: Scope): void {
    this.leading = scope;
    scope.onStop(() => {
      this.leading = undefined;
    });
    for (const controller of this.controllers) {
      if (!this.stopped.has(controller.name)) this.run(controller);
    }
    this.component.startInformers();
  }

  private run(controller: Controller): void {
    const { name } = controller;
    const scope = this.leading!.child();
    const running = new RunningController(
      this.component,
      scope,
      controller,
      this.settings,
      (key, error) => this.keep(name, key, error),
    );
    this.running.set(name, running);
    scope.onStop(() => this.running.delete(name));
    running.setPaused(this.paused.has(name));
  }

  private keep(controller: string, key: string, error: unknown): void {
    this.errors.push({ atMs: this.component.sim.clock.nowMs, controller, key, error });
    if (this.errors.length > ERRORS_KEPT) this.errors.shift();
  }
}

/** The list with those of the same name replaced and the others added. */
function extended(
  controllers: readonly Controller[],
  extension: readonly Controller[],
): readonly Controller[] {
  const byName = new Map(controllers.map((controller) => [controller.name, controller]));
  for (const controller of extension) byName.set(controller.name, controller);
  return [...byName.values()];
}
