// The programs of one control-plane machine and how they hang together: the API server answers
// while it and the etcd member beside it run, and writes while that member sees a majority;
// scheduler and controller manager are clients of the API server beside them. Each starts and stops
// with the container of its image, so that killing the container kills the program.
import type { ApiServer } from '../apiserver/server';
import { Client } from '../client/client';
import { Component, type Pace } from '../client/component';
import type { Transport } from '../client/transport';
import { startControllerManager, type ControllerManager } from '../controllers/controller-manager';
import type { Program } from '../runtime/container-runtime';
import { startScheduler, type Scheduler } from '../scheduler/scheduler';
import { Scope } from '../sim/scope';
import type { Simulation } from '../sim/simulation';
import type { Cloud } from '../world/presets/preset';
import type { Etcd } from './etcd';
import type { Extension } from './extension-parts';
import { Gate, type GateState } from './gate';

/** The containers' images name these programs; see `ContainerRuntime.onProgram`. */
export type ProgramName =
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'cloud-controller-manager';

export interface ControlPlaneOptions {
  readonly sim: Simulation;
  readonly server: ApiServer;
  readonly etcd: Etcd;
  readonly pace: Pace;
  readonly name: string;
  readonly address: string;
  readonly clusterCIDR: string;
  /** Set where a cloud-controller-manager runs. */
  readonly cloud?: Cloud | undefined;
  /** Where the machines are told of. */
  readonly world: Transport;
  /** Who held that Lease before the cluster was saved, if it was a program of this machine. */
  formerIdentity(lease: string): string | undefined;
  /** Called when the API server begins to answer, stops to, or can write again. */
  onGate(): void;
}

type ProgramExtension = Pick<
  Extension,
  'controllers' | 'schedulerPlugins' | 'startCloudControllerManager'
>;

export class ControlPlane {
  readonly gate: Gate;
  scheduler: Scheduler | undefined;
  controllerManager: ControllerManager | undefined;
  cloudControllerManager: ControllerManager | undefined;
  private extension: ProgramExtension | undefined;
  private readonly running = new Set<ProgramName>();
  private readonly clients = new Map<ProgramName, Component>();
  private readonly resumed = new Set<ProgramName>();

  constructor(private readonly options: ControlPlaneOptions) {
    const { server, address, etcd } = options;
    this.gate = new Gate(server, `${address}:6443`, () =>
      etcd.isElecting ? 'etcdserver: leader changed' : 'etcdserver: request timed out',
    );
  }

  /** The machine that the programs run on. */
  get name(): string {
    return this.options.name;
  }

  /** Whether a cloud-controller-manager belongs to its programs. */
  get hasCloud(): boolean {
    return this.options.cloud !== undefined;
  }

  get address(): string {
    return this.options.address;
  }

  /** The programs by name, for the machine's container runtime. */
  programs(): [ProgramName, Program][] {
    const { cloud } = this.options;
    const programs = this.ownPrograms();
    if (cloud) programs.push(['cloud-controller-manager', this.cloudProgram(cloud)]);
    return programs;
  }

  private ownPrograms(): [ProgramName, Program][] {
    return [
      ['etcd', this.serverProgram('etcd')],
      ['kube-apiserver', this.serverProgram('kube-apiserver')],
      [
        'kube-controller-manager',
        this.clientProgram('kube-controller-manager', (component, identity) => {
          const extension = this.extension?.controllers;
          const options = { identity, extension, clusterCIDR: this.options.clusterCIDR };
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

  private cloudProgram(cloud: Cloud): Program {
    return this.clientProgram(
      'cloud-controller-manager',
      (component, identity) => {
        const { sim, world } = this.options;
        // What a cloud's own API takes is charged by the cloud.
        const machines = new Client(world, sim.clock, 'cloud-controller-manager', 0);
        this.cloudControllerManager = this.extension?.startCloudControllerManager(component, {
          identity,
          cloud,
          world: machines,
        });
      },
      cloud.lease,
    );
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
  private takeFormerIdentity(name: ProgramName, lease: string): string | undefined {
    if (this.resumed.has(name)) return undefined;
    this.resumed.add(name);
    return this.options.formerIdentity(lease);
  }

  private serverProgram(name: ProgramName): Program {
    const change = (isRunning: boolean): void => {
      if (isRunning) this.running.add(name);
      else this.running.delete(name);
      if (name === 'etcd') this.options.etcd.setRunning(this.name, isRunning);
      else this.settle();
    };
    return { start: () => change(true), stop: () => change(false) };
  }

  /** Opens, narrows or closes the door, after what runs and what etcd can do. */
  settle(): void {
    const state = this.stateOfGate();
    if (this.gate.state === state) return;
    this.gate.setState(state);
    this.options.onGate();
  }

  private stateOfGate(): GateState {
    const { etcd } = this.options;
    if (!this.running.has('kube-apiserver') || !etcd.isRunning(this.name)) return 'closed';
    if (etcd.canWrite(this.name)) return 'open';
    // An API server that starts must read what is there, for which it needs a majority too.
    return this.gate.isOpen ? 'read-only' : 'closed';
  }

  private clientProgram(
    name: ProgramName,
    begin: (component: Component, identity: string) => void,
    lease: string = name,
  ): Program {
    return {
      start: () => {
        const transport: Transport = this.gate;
        const { sim, pace } = this.options;
        const scope = new Scope(sim.clock);
        const former = this.takeFormerIdentity(name, lease);
        const options = { name, host: this.name, isResumed: former !== undefined };
        const component = new Component(sim, scope, transport, pace, options);
        this.running.add(name);
        this.clients.set(name, component);
        const identity = former ?? `${this.name}_${sim.random('identities').uuid()}`;
        begin(component, identity);
      },
      stop: () => {
        this.running.delete(name);
        this.clients.get(name)?.scope.stop();
        this.clients.delete(name);
        if (name === 'kube-scheduler') this.scheduler = undefined;
        else if (name === 'kube-controller-manager') this.controllerManager = undefined;
        else this.cloudControllerManager = undefined;
      },
    };
  }
}
