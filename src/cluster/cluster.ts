// One running cluster, wired: stores, servers, the control plane's programs, the machines and the
// picture. Nothing in here behaves; it only connects. The host moves its clock.
import type { Machine } from '../api/machine';
import type { Draft, KubeObject } from '../api/object';
import { machines, nodes, pods } from '../api/resource-ref';
import { isAlreadyExists } from '../api/status-error';
import { formatTime } from '../api/time';
import type { Node, Pod } from '../api/types';
import { admissionSteps } from '../apiserver/admission';
import { HttpHandler } from '../apiserver/http/handler';
import type { HttpRequest, HttpResponse } from '../apiserver/http/http';
import { learnTypes } from '../apiserver/decode/known-types';
import { ApiServer } from '../apiserver/server';
import { Client } from '../client/client';
import { Component, OBSERVABLE_PACE, REAL_PACE, type Pace } from '../client/component';
import type { Transport } from '../client/transport';
import { resourceDefinitions } from '../resources';
import type { ResourceDefinition } from '../resources/definition';
import { Observer } from '../scene/observer';
import type { MakeTeller } from '../scene/rules/rule';
import type { SchedulerOverview } from '../scheduler/overview';
import type { SchedulingReport } from '../scheduler/report';
import { learnImages } from '../runtime/images';
import { learnScripts } from '../runtime/scripts';
import { Scheduler } from '../scheduler/scheduler';
import { assert } from '../sim/assert';
import type { VirtualClock } from '../sim/clock';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import { Store } from '../store/store';
import { machineAddress, startMachines } from '../world/machines';
import { findPreset } from '../world/presets';
import type { Preset } from '../world/presets/preset';
import type { ControlPlane } from './control-plane';
import { ControlPlanes } from './control-planes';
import type { Extension } from './extension-parts';
import { GatedBackend } from './gated-backend';
import { MachineRoom } from './machine-room';
import { PodRanges } from './pod-ranges';
import { componentsOf, controllersOf, gaugesOf } from './programs-view';
import {
  assertSaved,
  leaderOn,
  saveCluster,
  restoredMachines,
  resumeDelays,
  type SavedCluster,
} from './saved-cluster';

export const KUBERNETES_VERSION = 'v1.36.0';
const WORLD_GROUP = 'sim.kubarium.dev';
const MASTER = { name: 'm1', address: '10.0.0.10' };
/** On each control-plane machine. */
const STATIC_PODS = 4;
const BOOT_STEP_MS = 250;
const BOOT_MAX_MS = 600_000;

export interface ClusterOptions {
  seed: number;
  /** 'kubeadm' (the default), 'empty' (a control plane without any machine), ... */
  preset?: string;
  /** Virtual start time, ms since the epoch. */
  startMs?: number;
  pace?: 'real' | 'observable';
  /** Workers, instead of the preset's number. */
  workers?: number;
  /** Pods that a worker takes, instead of 110. */
  maxPods?: number;
  /** Machines instead of the preset's. */
  machines?: Draft<Machine>[];
  /** Pods of workloads that it is filled with, when it is grown (see growth/grow-cluster.ts). */
  pods?: number;
}

/** What a cluster is made with besides its options. */
export interface ClusterParts {
  saved?: SavedCluster;
  extension?: Extension;
  /** Instead of ranges that fit its own machines. */
  podRanges?: PodRanges;
}

/** A cluster with its machines switched on; run its clock, or `boot` it, to bring it up. */
export function createCluster(options: ClusterOptions): Cluster {
  return new Cluster(options);
}

/** Whether a cluster of these options can only be made by the extension. */
export function needsExtension({ preset = 'kubeadm', pods = 0 }: ClusterOptions): boolean {
  return pods > 0 || findPreset(preset) === undefined;
}

/** Brings a saved cluster back as it was. Throws RangeError when the save is of another version. */
export function restoreCluster(saved: unknown, extension?: Extension): Cluster {
  assertSaved(saved);
  const cluster = new Cluster(saved.options, { saved, extension });
  // Its machines are up and its API answers without any time passing.
  cluster.clock.runFor(0);
  return cluster;
}

export class Cluster {
  readonly version = KUBERNETES_VERSION;
  readonly sim: Simulation;
  readonly store = new Store();
  readonly worldStore = new Store();
  readonly pace: Pace;
  /** A person's client: cluster-admin, as kubectl. */
  readonly client: Client;
  /** A person's client for the world: machines. */
  readonly world: Client;
  readonly controlPlanes: ControlPlanes;
  readonly machineRoom: MachineRoom;
  private readonly preset: Preset;
  private readonly http: HttpHandler;
  private picture: Observer | undefined;
  /** A scheduler that never leads: it is only asked. */
  private judging: Scheduler | undefined;
  /** Every picture that is looked at now. */
  private readonly pictures = new Set<Observer>();
  private makeTeller: MakeTeller | undefined;
  private hasAddons: boolean;
  /** True once the extension's part of the preset is there. */
  private hasExtras: boolean;
  private readonly server: ApiServer;
  readonly worldServer: ApiServer;
  private extension: Extension | undefined;

  constructor(
    readonly options: ClusterOptions,
    { saved, extension, podRanges }: ClusterParts = {},
  ) {
    const { seed, pace = 'real', preset: presetName = 'kubeadm' } = options;
    const preset =
      findPreset(presetName) ?? extension?.presets.find(({ name }) => name === presetName);
    assert(preset, `there is a preset ${presetName}`);
    this.preset = preset;
    this.sim = new Simulation({ seed, startMs: saved?.startMs ?? options.startMs });
    this.pace = pace === 'real' ? REAL_PACE : OBSERVABLE_PACE;
    this.hasAddons = saved !== undefined;
    this.hasExtras = this.hasAddons;
    const wanted = options.machines ?? preset.machines(options);
    const ranges =
      podRanges ?? new PodRanges(wanted.length, options.maxPods ?? 110, preset.podPrefix);
    // In the order of machines, in whichever they boot.
    for (const { metadata } of wanted) ranges.of(metadata.name!);
    const [server, worldServer] = this.servers();
    this.server = server;
    this.worldServer = worldServer;
    const { sim } = this;
    this.controlPlanes = new ControlPlanes({
      sim,
      server,
      pace: this.pace,
      clusterCIDR: ranges.clusterCidr,
      cloud: preset.cloud,
      world: worldServer,
      formerIdentity: (machine, lease) => saved && leaderOn(this.store, machine, lease),
      onServing: () => this.install(),
    });
    const masters = mastersOf(saved ? savedMachines(saved) : wanted);
    for (const { name, address } of masters) this.controlPlanes.add(name, address);
    const { front } = this.controlPlanes;
    this.client = new Client(front, this.clock, 'kubectl', 0);
    this.world = new Client(worldServer, this.clock, 'kubectl', 0);
    this.http = new HttpHandler(new GatedBackend(front), worldServer);
    this.machineRoom = new MachineRoom({
      sim,
      preset,
      podRanges: ranges,
      pace: this.pace,
      controlPlanes: this.controlPlanes,
      restored: saved && restoredMachines(this.store),
      reaches: (question, namespace) =>
        this.extension?.answerOfNetwork(this.store, question, namespace) ?? true,
    });
    if (extension) this.extend(extension);
    if (saved) this.load(saved);
    else wanted.forEach((machine, index) => this.place(machine, machineAddress(index)));
    this.switchOn(saved !== undefined);
  }

  get clock(): VirtualClock {
    return this.sim.clock;
  }

  /** The picture of this cluster; made when first asked for, since it costs informers. */
  get observer(): Observer {
    this.picture ??= this.openPicture().observer;
    return this.picture;
  }

  /** A picture for one who looks on beside others; to be closed when that one has gone. */
  openPicture(): { observer: Observer; close(): void } {
    const scope = new Scope(this.clock);
    const observer = this.makePicture(scope);
    this.pictures.add(observer);
    if (this.makeTeller) observer.tellWith(this.makeTeller);
    const close = (): void => {
      scope.stop();
      this.pictures.delete(observer);
    };
    return { observer, close };
  }

  /** What is served, of the cluster and of the world. */
  get definitions(): readonly ResourceDefinition[] {
    return this.http.definitions;
  }

  /** False when only an extension could know the path, or what the path lists may still grow. */
  isServed(path: string): boolean {
    return this.extension !== undefined || this.http.isResource(path);
  }

  /** Gives the running cluster all that the extension has; a second time does nothing. */
  extend(extension: Extension): void {
    if (this.extension) return;
    this.extension = extension;
    const { server } = this;
    learnTypes(extension.wireTypes);
    learnImages(extension.images);
    learnScripts(extension.scripts);
    for (const definition of extension.definitions) server.define(definition);
    server.addAdmission(extension.admission);
    server.addSubresources(extension.subresources);
    for (const program of extension.serverPrograms) program.start(server);
    for (const program of extension.worldPrograms) program.start(this.worldServer);
    extension.startWorldExtras(this);
    this.controlPlanes.extend(extension);
    this.judging?.extend(extension.schedulerPlugins);
    this.machineRoom.extend(extension.kubelet, extension.hostPrograms);
    if (this.controlPlanes.front.gate.state === 'open') this.seed();
  }

  /** Every picture tells the story from now on, and what of it has gone by. */
  tellWith(makeTeller: MakeTeller): void {
    this.makeTeller = makeTeller;
    for (const picture of this.pictures) picture.tellWith(makeTeller);
  }

  get nodeCount(): number {
    return this.store.count(nodes.key);
  }

  /** Runs until the installer's work is done: every node and every pod of kube-system is ready. */
  boot(): void {
    const endMs = this.clock.nowMs + BOOT_MAX_MS;
    while (!this.isBooted()) {
      assert(this.clock.nowMs < endMs, 'a cluster boots within ten minutes');
      this.clock.runFor(BOOT_STEP_MS);
    }
  }

  /** Answers an HTTP request to the API, of the cluster or of the world. */
  handle(request: HttpRequest): HttpResponse {
    return this.http.handle(request);
  }

  /** Why the request would be refused before anything is done; undefined when it may go on. */
  refusal(request: HttpRequest): HttpResponse | undefined {
    return this.http.refusal(request);
  }

  /** The scheduler's last words on a pod; null when it never saw it. */
  whyScheduled(namespace: string, name: string): SchedulingReport | null {
    const { scheduler } = this.controlPlanes.leading('scheduler');
    return scheduler?.report(namespace, name) ?? null;
  }

  /** What a scheduler would make of a pod, whether one runs or not; null without such a pod. */
  judge(namespace: string, name: string): SchedulingReport | null {
    if (!this.judging) {
      const component = this.outsideComponent('picture', this.controlPlanes.front);
      const extension = this.extension?.schedulerPlugins;
      this.judging = new Scheduler(component, { identity: 'judge', extension });
      component.startInformers();
    }
    return this.judging.judge(namespace, name);
  }

  /** The leading scheduler at this moment; null when none is there. */
  scheduling(): SchedulerOverview | null {
    return this.controlPlanes.leading('scheduler').scheduler?.overview() ?? null;
  }

  save(): SavedCluster {
    return saveCluster(this);
  }

  /** The programs that hold caches: for checkers. */
  components(): Component[] {
    return [...this.controlPlanes.components(), ...this.machineRoom.components()];
  }

  /** The first control-plane machine's programs, which most clusters have alone. */
  get controlPlane(): ControlPlane {
    return this.controlPlanes.all()[0];
  }

  /** Kills the container of a control-plane program; its kubelet starts it again. */
  crashComponent(name: string, machine = this.controlPlane.name): void {
    this.machineRoom.crash(machine, name);
  }

  private servers(): [ApiServer, ApiServer] {
    const definitions = resourceDefinitions as unknown as readonly ResourceDefinition[];
    const isWorld = ({ ref }: ResourceDefinition): boolean => ref.group === WORLD_GROUP;
    const own = definitions.filter((definition) => !isWorld(definition));
    return [
      new ApiServer(
        this.sim,
        this.store,
        own,
        admissionSteps,
        'apiserver',
        this.preset.serviceCidr,
      ),
      new ApiServer(this.sim, this.worldStore, definitions.filter(isWorld), [], 'world'),
    ];
  }

  /** Addresses follow the order in which machines are named, not their names. */
  private place(machine: Draft<Machine>, address: string): void {
    const status = { phase: 'Off', address, ...machine.status } as const;
    this.world.create(machines, { ...machine, status });
  }

  private load(saved: SavedCluster): void {
    this.clock.runUntil(saved.nowMs);
    this.store.restore(saved.store);
    this.worldStore.restore(saved.world);
    this.sim.loadRandom(saved.random);
    this.worldServer.afterRestore();
    this.storeReplaced();
  }

  /**
   * What the store holds is other than what was written to it: all that is kept of it is made anew.
   */
  storeReplaced(): void {
    this.server.afterRestore();
    for (const program of this.extension?.serverPrograms ?? []) program.restored?.(this.server);
  }

  private seed(): void {
    const now = formatTime(this.clock.nowMs);
    const { installer = this.preset.name } = this.preset;
    for (const { ref, preset, isStorage, objects } of this.extension?.seeds ?? []) {
      if (preset && (this.hasExtras || preset !== installer)) continue;
      if (isStorage && this.preset.bringsStorage) continue;
      this.server.seed(ref, objects(now, this.server.context.claims.serviceCidr));
    }
    this.hasExtras ||= this.extension !== undefined;
  }

  private switchOn(areBooted: boolean): void {
    startMachines({
      component: this.outsideComponent('world', this.world.transport),
      server: this.controlPlanes.front,
      serverAddress: `${this.controlPlane.address}:6443`,
      boot: (machine) => this.machineRoom.boot(machine),
      halt: (name) => this.machineRoom.halt(name),
      discard: (name) => this.machineRoom.discard(name),
      rewire: (name, isCut) => this.controlPlanes.setCut(name, isCut),
      reprogram: (name, spec) => this.machineRoom.reprogram(name, spec),
      ...(areBooted && { resumeDelayMs: resumeDelays(this.store, this.clock.nowMs) }),
    });
    if (this.worldStore.count(machines.key) > 0) return;
    // No machine to run them on: the programs simply run, as when golden answers were recorded.
    for (const [, program] of this.controlPlane.programs()) program.start();
  }

  /** The installer's last phase, once the API answers for the first time. */
  private install(): void {
    this.seed();
    if (this.hasAddons) return;
    this.hasAddons = true;
    const installer = new Client(this.controlPlanes.front, this.clock, 'kubeadm', 0);
    for (const object of this.preset.addons()) {
      const { ref } = this.definitions.find((each) => each.ref.kind === object.kind)!;
      try {
        installer.create(ref, object);
      } catch (error) {
        if (!isAlreadyExists(error)) throw error;
      }
    }
  }

  private isBooted(): boolean {
    if (!this.controlPlanes.all().every(({ gate }) => gate.isOpen)) return false;
    const found = this.store.list(nodes.key) as Node[];
    if (found.length < this.worldStore.count(machines.key)) return false;
    if (!found.every(({ status }) => isTrue(status.conditions))) return false;
    const system = this.store.list(pods.key, 'kube-system') as Pod[];
    if (found.length > 0 && system.length < this.systemPods(found.length)) return false;
    return system.every(({ status }) => status.phase === 'Succeeded' || isTrue(status.conditions));
  }

  /** How many the installer leaves at least: those of control planes, and kube-proxy everywhere. */
  private systemPods(nodeCount: number): number {
    if (this.preset.systemPods) return this.preset.systemPods(nodeCount);
    return nodeCount + STATIC_PODS * this.controlPlanes.all().length;
  }

  private makePicture(scope: Scope): Observer {
    return new Observer(
      this.outsideComponent('picture', this.controlPlanes.front, scope),
      this.outsideComponent('picture', this.world.transport, scope),
      {
        components: () => componentsOf(this.controlPlanes),
        controllers: () => controllersOf(this.controlPlanes),
        gauges: () => gaugesOf(this.store, this.controlPlanes),
        pullOf: (pod) => this.machineRoom.pullOf(pod),
        travelTimes: { requestMs: this.pace.apiCallMs, watchMs: this.pace.watchDelayMs },
        read: <T extends KubeObject>(resource: string, namespace: string, name: string) =>
          this.read(resource, namespace, name) as T | undefined,
        kindOf: (resource) => this.server.resources().find(({ key }) => key === resource)?.kind,
      },
    );
  }

  private read(table: string, namespace: string, name: string): KubeObject | undefined {
    const store = [this.store, this.worldStore].find((each) => each.hasTable(table));
    return store?.get(table, namespace, name);
  }

  /** A client that stands outside the simulated network: it hears at once. */
  private outsideComponent(
    name: string,
    transport: Transport,
    scope = new Scope(this.clock),
  ): Component {
    const pace = { ...this.pace, apiCallMs: 0, watchDelayMs: 0 };
    return new Component(this.sim, scope, transport, pace, { name, host: '' });
  }
}

/**
 * The control-plane machines with the addresses that the world will give them, in their order; a
 * cluster without machines has one all the same.
 */
function mastersOf(
  all: readonly (Draft<Machine> | Machine)[],
): { name: string; address: string }[] {
  const masters = all.flatMap(({ metadata, spec, status }, index) =>
    spec?.role === 'control-plane'
      ? [{ name: metadata.name!, address: status?.address || machineAddress(index) }]
      : [],
  );
  return masters.length > 0 ? masters : [MASTER];
}

function savedMachines({ world }: SavedCluster): readonly Machine[] {
  return (world.tables[machines.key] ?? []) as readonly Machine[];
}

function isTrue(conditions: readonly { type: string; status: string }[] | undefined): boolean {
  return conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}
