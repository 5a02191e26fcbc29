// All control-plane machines of a cluster: their programs, the etcd that they share, and the one
// address by which everybody else reaches whichever of their API servers answers.
import { Client } from '../client/client';
import type { Component, Pace } from '../client/component';
import type { Transport } from '../client/transport';
import type { ApiServer } from '../apiserver/server';
import type { Simulation } from '../sim/simulation';
import type { Cloud } from '../world/presets/preset';
import { bootstrapApi, publishServers } from './bootstrap';
import { componentHealth } from './component-health';
import { ControlPlane } from './control-plane';
import { Etcd } from './etcd';
import type { Extension } from './extension-parts';
import { Front } from './front';
import type { Gate } from './gate';

export interface ControlPlanesOptions {
  readonly sim: Simulation;
  readonly server: ApiServer;
  readonly pace: Pace;
  readonly clusterCIDR: string;
  readonly cloud: Cloud | undefined;
  readonly world: Transport;
  /** Who held that Lease before the cluster was saved, if it was a program of that machine. */
  formerIdentity(machine: string, lease: string): string | undefined;
  /** Called whenever an API server begins to take writes. */
  onServing(): void;
}

export class ControlPlanes {
  readonly etcd: Etcd;
  readonly front: Front;
  private readonly byMachine = new Map<string, ControlPlane>();
  private readonly cut = new Set<string>();
  /** Those that can be reached; undefined when that has changed since they were looked for. */
  private gates: readonly Gate[] | undefined;
  private extension: Extension | undefined;
  private published = '';

  constructor(private readonly options: ControlPlanesOptions) {
    this.etcd = new Etcd(options.sim, () => this.settle());
    this.front = new Front(() => this.reachable());
    options.server.context.services.components = () => {
      const { gate } = this.front;
      const host = this.all().find((each) => each.gate === gate)!;
      return componentHealth(host, this.etcd.canWrite(host.name));
    };
  }

  /** In the order in which they were added. */
  all(): ControlPlane[] {
    return [...this.byMachine.values()];
  }

  get(machine: string): ControlPlane | undefined {
    return this.byMachine.get(machine);
  }

  /** The control plane of a machine, made when there is none yet. */
  add(name: string, address: string): ControlPlane {
    const known = this.byMachine.get(name);
    if (known) return known;
    const { sim, server, pace, clusterCIDR, cloud, world, formerIdentity } = this.options;
    const controlPlane = new ControlPlane({
      sim,
      server,
      etcd: this.etcd,
      pace,
      name,
      address,
      clusterCIDR,
      cloud,
      world,
      formerIdentity: (lease) => formerIdentity(name, lease),
      onGate: () => this.gateChanged(controlPlane),
    });
    this.byMachine.set(name, controlPlane);
    this.gates = undefined;
    if (this.extension) controlPlane.extend(this.extension);
    this.etcd.join(name);
    return controlPlane;
  }

  /** The machine was taken away for good. */
  remove(name: string): void {
    if (!this.byMachine.delete(name)) return;
    this.gates = undefined;
    this.etcd.remove(name);
    this.publish();
  }

  /** Its cable was cut or plugged in again. */
  setCut(name: string, isCut: boolean): void {
    if (!this.byMachine.has(name) || this.cut.has(name) === isCut) return;
    if (isCut) this.cut.add(name);
    else this.cut.delete(name);
    this.gates = undefined;
    this.etcd.setCut(name, isCut);
    this.publish();
  }

  extend(extension: Extension): void {
    this.extension = extension;
    for (const controlPlane of this.byMachine.values()) controlPlane.extend(extension);
  }

  /** The one that leads: where the scheduler that holds the lease runs, or else the first. */
  leading(program: 'scheduler' | 'controllerManager'): ControlPlane {
    const all = this.all();
    const leads = (each: ControlPlane): boolean =>
      program === 'scheduler'
        ? each.scheduler?.isLeading === true
        : each.controllerManager?.isLeader === true;
    return all.find(leads) ?? all[0];
  }

  /** The components of the programs that run as clients. */
  components(): Component[] {
    return this.all().flatMap((each) => each.components());
  }

  /** Doors behind a cut cable are out of reach; somebody has to refuse when all of them are. */
  private reachable(): readonly Gate[] {
    if (this.gates === undefined) {
      const all = this.all();
      const connected = all.filter(({ name }) => !this.cut.has(name));
      this.gates = (connected.length > 0 ? connected : all).map(({ gate }) => gate);
    }
    return this.gates;
  }

  private settle(): void {
    for (const controlPlane of this.byMachine.values()) controlPlane.settle();
  }

  private gateChanged({ gate, address }: ControlPlane): void {
    if (gate.state === 'open') {
      const { serviceCidr } = this.options.server.context.claims;
      bootstrapApi(this.apiServerClient(), address, serviceCidr);
      this.options.onServing();
    }
    this.publish();
  }

  /** Lists the API servers that answer in the endpoints of the Service kubernetes. */
  private publish(): void {
    if (this.front.gate.state !== 'open') return;
    const serving = this.all().filter(({ name, gate }) => gate.isOpen && !this.cut.has(name));
    const addresses = serving.map(({ address }) => address).sort();
    const text = addresses.join();
    if (text === this.published || text === '') return;
    this.published = text;
    publishServers(this.apiServerClient(), addresses);
  }

  private apiServerClient(): Client {
    const { server, sim } = this.options;
    return new Client(server, sim.clock, 'kube-apiserver', 0);
  }
}
