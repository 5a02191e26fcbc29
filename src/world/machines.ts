// The machines: follows the Machine objects of the world and makes them happen. Power comes and a
// machine boots, its programs start; power goes and all of them are dead at once; the cable is cut
// and they run on alone. What the machine is doing is written back into its status.
import type { Machine } from '../api/machine';
import { machines } from '../api/resource-ref';
import { isConflict, isNotFound } from '../api/status-error';
import { formatTime } from '../api/time';
import type { Component } from '../client/component';
import type { Transport } from '../client/transport';
import { Scope } from '../sim/scope';
import { MachineLink } from './machine-link';

/** From power to running programs. */
const BOOT_MS = 4000;
const FIRST_HOST = 10;

/** The address of the machine that came as the `index`th, from 0. */
export function machineAddress(index: number): string {
  const host = FIRST_HOST + index;
  return `10.0.${host >> 8}.${host & 255}`;
}

/** A machine that is switched on. */
export interface RunningMachine {
  readonly name: string;
  readonly spec: Machine['spec'];
  readonly address: string;
  /** Different after each boot. */
  readonly bootId: string;
  /** It was on when the cluster was saved: its programs go on. */
  readonly isResumed: boolean;
  /** Ends with the power. */
  readonly scope: Scope;
  /** What its programs reach the API server over. */
  readonly link: MachineLink;
}

export interface MachinesOptions {
  /** Of the world: where the Machine objects are. */
  component: Component;
  /** The API server's door. */
  server: Transport;
  /** 'host:port' of it. */
  serverAddress: string;
  /**
   * Starts what runs on the machine; everything must hang on its scope. Returns programs' names.
   */
  boot(machine: RunningMachine): readonly string[];
  /** The power has gone, after the scope has stopped. */
  halt(name: string): void;
  /** The Machine was taken away for good. */
  discard(name: string): void;
  /** Its cable was cut, or plugged in again. */
  rewire?(name: string, isCut: boolean): void;
  /** What its programs shall do may have changed, while it is on. */
  reprogram?(name: string, spec: Machine['spec']): void;
  /**
   * The cluster was loaded from a save: how long a machine that is on at the start takes until its
   * programs go on.
   */
  resumeDelayMs?(machine: Machine): number;
}

interface Place {
  address: string;
  link: MachineLink;
  /** As last asked for; undefined until then. */
  spec: Machine['spec'] | undefined;
  /** Undefined while the power is off. */
  scope: Scope | undefined;
}

/** Starts to follow the Machine objects. */
export function startMachines(options: MachinesOptions): Machines {
  return new Machines(options);
}

export class Machines {
  private readonly places = new Map<string, Place>();
  private hosts = 0;
  private isStarting = true;
  /** True when one machine alone is the control plane, as of when its cable last changed. */
  private isAlone = false;
  private isControlPlaneCut = false;

  constructor(private readonly options: MachinesOptions) {
    const informer = options.component.informer(machines);
    informer.addHandler({
      added: (machine) => this.changed(machine),
      updated: (machine) => this.changed(machine),
      deleted: (machine) => this.removed(machine.metadata.name),
    });
    informer.start();
    this.isStarting = false;
  }

  /** True while that machine has power. */
  isOn(name: string): boolean {
    return this.places.get(name)?.scope !== undefined;
  }

  private changed(machine: Machine): void {
    const { name } = machine.metadata;
    const place = this.places.get(name) ?? this.place(machine);
    const before = place.spec?.network;
    const isCut = machine.spec.network === 'Cut';
    place.spec = machine.spec;
    this.options.rewire?.(name, isCut);
    if (machine.spec.role === 'control-plane' && before !== machine.spec.network) this.rewireAll();
    else place.link.setCut(this.isUnreachable(place));
    const isOn = machine.spec.power === 'On';
    if (isOn && !place.scope) this.powerOn(machine, place);
    else if (!isOn && place.scope) this.powerOff(name, place);
    else if (machine.status.address !== place.address) this.report(name, place, []);
    if (isOn) this.options.reprogram?.(name, machine.spec);
  }

  /** Whether the control plane can be reached changes for everybody with its last cable. */
  private rewireAll(): void {
    const masters = [...this.places.values()].filter(({ spec }) => spec?.role === 'control-plane');
    this.isAlone = masters.length === 1;
    this.isControlPlaneCut =
      masters.length > 0 && masters.every(({ spec }) => spec!.network === 'Cut');
    for (const place of this.places.values()) place.link.setCut(this.isUnreachable(place));
  }

  /** The one machine of a control plane needs no cable to reach it. */
  private isUnreachable({ spec }: Place): boolean {
    const isLocal = this.isAlone && spec?.role === 'control-plane';
    return !isLocal && (this.isControlPlaneCut || spec?.network === 'Cut');
  }

  private place(machine: Machine): Place {
    const address = machine.status.address || machineAddress(this.hosts);
    this.hosts++;
    const { server, serverAddress } = this.options;
    const link = new MachineLink(server, serverAddress);
    const place: Place = { address, link, spec: undefined, scope: undefined };
    this.places.set(machine.metadata.name, place);
    return place;
  }

  private powerOn(machine: Machine, place: Place): void {
    const { component, resumeDelayMs } = this.options;
    const { name } = machine.metadata;
    const scope = new Scope(component.sim.clock);
    place.scope = scope;
    const bootId = component.sim.random('boots of ' + name).uuid();
    const isResumed = resumeDelayMs !== undefined && this.isStarting;
    const run = (): void => {
      // It may have been asked for something else while it booted.
      const { address, link, spec = machine.spec } = place;
      const running = { name, spec, address, bootId, isResumed, scope, link };
      this.report(name, place, this.options.boot(running));
    };
    // The status is written once the informer has told of the object.
    scope.after(isResumed ? resumeDelayMs(machine) : BOOT_MS, run);
  }

  private powerOff(name: string, place: Place): void {
    place.scope?.stop();
    place.scope = undefined;
    this.options.halt(name);
    this.report(name, place, []);
  }

  private removed(name: string): void {
    const place = this.places.get(name);
    if (!place) return;
    this.places.delete(name);
    place.scope?.stop();
    if (place.spec?.role === 'control-plane') this.rewireAll();
    this.options.discard(name);
  }

  private report(name: string, place: Place, programs: readonly string[]): void {
    const { client, sim } = this.options.component;
    const isOn = place.scope !== undefined;
    const status: Machine['status'] = { phase: isOn ? 'Running' : 'Off', address: place.address };
    if (programs.length > 0) {
      status.bootedAt = formatTime(sim.clock.nowMs);
      status.programs = programs.map((program) => ({ name: program, state: 'Running' }));
    }
    try {
      const machine = client.get(machines, '', name);
      const { bootedAt } = machine.status;
      client.updateStatus(machines, {
        ...machine,
        status: bootedAt ? { bootedAt, ...status } : status,
      });
    } catch (error) {
      if (!isNotFound(error) && !isConflict(error)) throw error;
    }
  }
}
