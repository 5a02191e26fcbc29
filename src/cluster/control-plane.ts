// The programs of one control-plane machine and how they hang together: the API server answers
// while it and etcd run; scheduler and controller manager are clients like any other. Each starts
// and stops with the container of its image, so that killing the container kills the program.
import type { ApiServer } from '../apiserver/server';
import { Client } from '../client/client';
import { Component, type Pace } from '../client/component';
import type { Transport } from '../client/transport';
import { startControllerManager, type ControllerManager } from '../controllers/controller-manager';
import type { Program } from '../runtime/container-runtime';
import { startScheduler, type Scheduler } from '../scheduler/scheduler';
import { Scope } from '../sim/scope';
import type { Simulation } from '../sim/simulation';
import { bootstrapApi } from './bootstrap';
import type { Extension } from './extension-parts';
import { Gate } from './gate';

/** The containers' images name these programs; see `ContainerRuntime.onProgram`. */
export type ProgramName = 'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler';

type ProgramExtension = Pick<Extension, 'controllers' | 'schedulerPlugins'>;

export class ControlPlane {
  readonly gate: Gate;
  scheduler: Scheduler | undefined;
  controllerManager: ControllerManager | undefined;
  private extension: ProgramExtension | undefined;
  private readonly running = new Set<ProgramName>();
  private readonly clients = new Map<ProgramName, Component>();
  private readonly resumed = new Set<ProgramName>();

  constructor(
    private readonly sim: Simulation,
    private readonly server: ApiServer,
    private readonly pace: Pace,
    private readonly machine: { name: string; address: string; clusterCIDR: string },
    /** Who a program was before the cluster was saved, if it was. */
    private readonly formerIdentity: (name: ProgramName) => string | undefined,
    /** Called when the API begins to answer. */
    private readonly onServing: () => void,
  ) {
    this.gate = new Gate(server, `${machine.address}:6443`);
  }

  /** The programs by name, for the machine's container runtime. */
  programs(): [ProgramName, Program][] {
    return [
      ['etcd', this.serverProgram('etcd')],
      ['kube-apiserver', this.serverProgram('kube-apiserver')],
      [
        'kube-controller-manager',
        this.clientProgram('kube-controller-manager', (component, identity) => {
          const extension = this.extension?.controllers;
          const options = { identity, extension, clusterCIDR: this.machine.clusterCIDR };
          this.controllerManager = startControllerManager(component, options);
        }),
      ],
      [
        'kube-scheduler',
        this.clientProgram('kube-scheduler', (component, identity) => {
          const extension = this.extension?.schedulerPlugins;
          this.scheduler = startScheduler(component, { identity, extension });
        }),
      ],
    ];
  }

  /** More controllers and plugins, for the processes that run and for those to come. */
  extend(extension: ProgramExtension): void {
    this.extension = extension;
    this.controllerManager?.extend(extension.controllers);
    this.scheduler?.extend(extension.schedulerPlugins);
  }

  isRunning(name: ProgramName): boolean {
    return this.running.has(name);
  }

  /** The components of the programs that run as clients. */
  components(): Component[] {
    return [...this.clients.values()];
  }

  /** Who it was in the save; only its first start here goes on with that. */
  private takeFormerIdentity(name: ProgramName): string | undefined {
    if (this.resumed.has(name)) return undefined;
    this.resumed.add(name);
    return this.formerIdentity(name);
  }

  private serverProgram(name: ProgramName): Program {
    const change = (isRunning: boolean): void => {
      if (isRunning) this.running.add(name);
      else this.running.delete(name);
      this.serve(this.running.has('etcd') && this.running.has('kube-apiserver'));
    };
    return { start: () => change(true), stop: () => change(false) };
  }

  private serve(isServing: boolean): void {
    if (this.gate.isOpen === isServing) return;
    this.gate.setOpen(isServing);
    if (!isServing) return;
    bootstrapApi(
      new Client(this.server, this.sim.clock, 'kube-apiserver', 0),
      this.machine.address,
    );
    this.onServing();
  }

  private clientProgram(
    name: ProgramName,
    begin: (component: Component, identity: string) => void,
  ): Program {
    return {
      start: () => {
        const transport: Transport = this.gate;
        const scope = new Scope(this.sim.clock);
        const former = this.takeFormerIdentity(name);
        const options = { name, host: this.machine.name, isResumed: former !== undefined };
        const component = new Component(this.sim, scope, transport, this.pace, options);
        this.running.add(name);
        this.clients.set(name, component);
        const identity = former ?? `${this.machine.name}_${this.sim.random('identities').uuid()}`;
        begin(component, identity);
      },
      stop: () => {
        this.running.delete(name);
        this.clients.get(name)?.scope.stop();
        this.clients.delete(name);
        if (name === 'kube-scheduler') this.scheduler = undefined;
        else this.controllerManager = undefined;
      },
    };
  }
}
