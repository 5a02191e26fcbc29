// One machine with a container runtime and a kubelet under a real API server, and nothing else: no
// controller, no scheduler. Pods are put on it by name; what happens is told as a timeline.
import { configMaps, events, namespaces, pods, priorityClasses } from '../api/resource-ref';
import { serviceAccounts, type ResourceRef } from '../api/resource-ref';
import type { Draft, KubeObject } from '../api/object';
import type { ContainerState, ContainerStatus, Event, Pod } from '../api/types';
import { admissionSteps } from '../apiserver/admission';
import { ApiServer } from '../apiserver/server';
import { Client } from '../client/client';
import { Component, REAL_PACE } from '../client/component';
import type { WatchEvent } from '../client/transport';
import type { KubeletMachine } from '../kubelet/context';
import { startKubelet, type Kubelet } from '../kubelet/kubelet';
import { resourceDefinitions } from '../resources';
import type { ResourceDefinition } from '../resources/definition';
import { ContainerRuntime } from '../runtime/container-runtime';
import { shellForesight } from '../runtime/script-plan';
import { learnScripts } from '../runtime/scripts';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import { Store } from '../store/store';
import { MachineLink } from '../world/machine-link';

const MACHINE: Omit<KubeletMachine, 'bootId'> = {
  name: 'n1',
  address: '10.0.0.11',
  capacity: { cpu: '2', memory: '4Gi', ephemeralStorage: '40Gi', pods: 110 },
  role: 'worker',
  zone: 'zone-a',
  podCIDR: '10.244.1.0/24',
  staticPods: [],
};

learnScripts(shellForesight);

export class TestNode {
  readonly sim: Simulation;
  readonly runtime: ContainerRuntime;
  readonly client: Client;
  readonly link: MachineLink;
  readonly lines: string[] = [];
  kubelet!: Kubelet;
  private readonly server: ApiServer;
  private readonly machine: Omit<KubeletMachine, 'bootId'>;
  private kubeletScope!: Scope;
  private boots = 0;
  private isTelling = false;
  private startMs = 0;
  private readonly told = new Map<string, string>();

  constructor(machine: Partial<KubeletMachine> = {}) {
    this.sim = new Simulation({ seed: 1 });
    this.machine = { ...MACHINE, ...machine };
    const definitions = resourceDefinitions as unknown as readonly ResourceDefinition[];
    this.server = new ApiServer(this.sim, new Store(), definitions, admissionSteps, 'apiserver');
    this.client = new Client(this.server, this.sim.clock, 'kubectl', 0);
    this.link = new MachineLink(this.server, '10.0.0.10:6443');
    this.makeSurroundings();
    this.runtime = new ContainerRuntime(this.sim, {
      scope: new Scope(this.sim.clock),
      host: this.machine.name,
      bytesPerSecond: () => 50 * 1024 * 1024,
    });
    this.boot();
    this.run(2);
    this.startMs = this.sim.clock.nowMs;
  }

  /** Lets virtual time pass. */
  run(seconds: number): void {
    this.sim.clock.runFor(seconds * 1000);
  }

  create(object: Draft<KubeObject>): void {
    this.client.create(refOf(object.kind!), object);
  }

  pod(name: string): Pod {
    return this.client.get(pods, 'default', name);
  }

  /** Events about that object, as 'count type reason message', in order of their names. */
  events(name: string): string[] {
    return this.client
      .list(events)
      .items.filter(({ involvedObject }) => involvedObject.name === name)
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
      .map(({ count, type, reason, message }) => `${count} ${type} ${reason} ${message}`);
  }

  boot(): void {
    this.boots++;
    this.startKubelet();
  }

  powerOff(): void {
    this.kubeletScope.stop();
    this.runtime.powerOff();
  }

  restartKubelet(): void {
    this.kubeletScope.stop();
    this.startKubelet();
  }

  /** From now on, tells what is written about pods into `lines`. */
  tell(): void {
    this.isTelling = true;
    const resourceVersion = this.client.list(pods).resourceVersion;
    for (const ref of [pods, events]) {
      const sink = { event: (event: WatchEvent) => this.note(event), closed: () => undefined };
      this.server.watch({ ref, resourceVersion, actor: 'test' }, sink);
    }
  }

  private startKubelet(): void {
    this.kubeletScope = new Scope(this.sim.clock);
    const options = { name: 'kubelet', host: this.machine.name, actor: 'kubelet/n1' };
    const component = new Component(this.sim, this.kubeletScope, this.link, REAL_PACE, options);
    const machine = { ...this.machine, bootId: 'boot-' + this.boots };
    this.kubelet = startKubelet(component, machine, this.runtime);
  }

  private makeSurroundings(): void {
    for (const name of ['default', 'kube-system', 'kube-node-lease']) {
      this.client.create(namespaces, { metadata: { name }, spec: {} });
    }
    for (const namespace of ['default', 'kube-system']) {
      this.client.create(serviceAccounts, { metadata: { name: 'default', namespace } });
      const metadata = { name: 'kube-root-ca.crt', namespace };
      this.client.create(configMaps, { metadata, data: { 'ca.crt': '' } });
    }
    const metadata = { name: 'system-node-critical' };
    this.client.create(priorityClasses, { metadata, value: 2_000_001_000, globalDefault: false });
  }

  private note({ type, object }: WatchEvent): void {
    if (!this.isTelling) return;
    const name = object.metadata.name;
    if (object.kind === 'Event') {
      this.noteEvent(object as Event);
    } else if (type === 'DELETED') {
      this.line(`pod ${name} is gone`);
    } else {
      const text = podText(object as Pod);
      if (this.told.get(name) !== text) this.line(`pod ${name}: ${text}`);
      this.told.set(name, text);
    }
  }

  private noteEvent({ type, involvedObject, reason, message, count }: Event): void {
    const part = involvedObject.fieldPath ? ' ' + involvedObject.fieldPath : '';
    const times = count === 1 ? '' : ` (x${count})`;
    this.line(`  ${type} ${reason}${times} ${involvedObject.name}${part}: ${message}`);
  }

  private line(text: string): void {
    const ms = this.sim.clock.nowMs - this.startMs;
    const uid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
    this.lines.push(`${(ms / 1000).toFixed(2).padStart(7)}s ${text.replace(uid, '<uid>')}`);
  }
}

function refOf(kind: string): ResourceRef {
  return resourceDefinitions.find(({ ref }) => ref.kind === kind)!.ref as ResourceRef;
}

/** Phase, address, conditions that hold and containers, in one line. */
function podText({ metadata, status }: Pod): string {
  const words: string[] = [status.phase!];
  if (metadata.deletionTimestamp) words.push('Terminating');
  if (status.reason) words.push(status.reason, JSON.stringify(status.message));
  if (status.podIP) words.push(status.podIP);
  const holding = (status.conditions ?? []).filter(({ status: holds }) => holds === 'True');
  words.push(`[${holding.map(({ type }) => type).join(' ')}]`);
  const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return [words.join(' '), ...all.map(containerText)].join('; ');
}

function containerText({ name, state, lastState, ready, restartCount }: ContainerStatus): string {
  const restarts = restartCount > 0 ? ` restarts=${restartCount}` : '';
  const last = stateText(lastState);
  return `${name} ${stateText(state)}${ready ? ' ready' : ''}${restarts}${last && ` last ${last}`}`;
}

function stateText(state: ContainerState | undefined): string {
  if (state?.running) return 'running';
  if (state?.terminated)
    return `terminated ${state.terminated.reason} ${state.terminated.exitCode}`;
  if (!state?.waiting) return '';
  const { reason, message } = state.waiting;
  return `waiting ${reason}${message ? ' ' + JSON.stringify(message) : ''}`;
}
