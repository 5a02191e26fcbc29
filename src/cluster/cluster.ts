// One running cluster, wired: stores, servers, the control plane's programs, the machines and the
// picture. Nothing in here behaves; it only connects. The host moves its clock.
import type { Draft, KubeObject } from '../api/object';
import { admissionSteps } from '../apiserver/admission';
import { HttpHandler } from '../apiserver/http/handler';
import type { HttpRequest, HttpResponse } from '../apiserver/http/http';
import { ApiServer } from '../apiserver/server';
import { Client } from '../client/client';
import { Component, OBSERVABLE_PACE, REAL_PACE, type Pace } from '../client/component';
import { resourceDefinitions } from '../resources';
import type { ResourceDefinition } from '../resources/definition';
import { Observer } from '../scene/observer';
import type { SchedulingReport } from '../scheduler/report';
import type { VirtualClock } from '../sim/clock';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import { Store } from '../store/store';
import { ControlPlane } from './control-plane';
import { GatedBackend } from './gated-backend';
import { componentsOf, controllersOf, gaugesOf } from './programs-view';

export const KUBERNETES_VERSION = 'v1.36.0';
const WORLD_GROUP = 'sim.kubarium.dev';
const MASTER = { name: 'm1', address: '10.0.0.10' };

export interface ClusterOptions {
  seed: number;
  /** 'kubeadm' (the default) or 'empty': a control plane without any machine. */
  preset?: string;
  /** Virtual start time, ms since the epoch. */
  startMs?: number;
  pace?: 'real' | 'observable';
  /** Workers, instead of the preset's number. */
  workers?: number;
  /** Pods that a worker takes, instead of 110. */
  maxPods?: number;
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
  readonly controlPlane: ControlPlane;
  private readonly http: HttpHandler;
  private picture: Observer | undefined;

  constructor(readonly options: ClusterOptions) {
    const { seed, startMs, pace = 'real' } = options;
    this.sim = new Simulation({ seed, startMs });
    this.pace = pace === 'real' ? REAL_PACE : OBSERVABLE_PACE;
    const definitions: readonly ResourceDefinition[] = resourceDefinitions as never;
    const isWorld = ({ ref }: ResourceDefinition): boolean => ref.group === WORLD_GROUP;
    const server = new ApiServer(
      this.sim, this.store, definitions.filter((each) => !isWorld(each)), admissionSteps, 'apiserver',
    );
    const worldServer = new ApiServer(
      this.sim, this.worldStore, definitions.filter(isWorld), [], 'world',
    );
    this.controlPlane = new ControlPlane(this.sim, server, this.pace, MASTER, () => {});
    this.client = new Client(this.controlPlane.gate, this.sim.clock, 'kubectl', 0);
    this.world = new Client(worldServer, this.sim.clock, 'kubectl', 0);
    this.http = new HttpHandler(new GatedBackend(this.controlPlane.gate), worldServer);
    if (options.preset === 'empty') this.startProgramsAlone();
  }

  get clock(): VirtualClock {
    return this.sim.clock;
  }

  /** The picture of this cluster; made when first asked for, since it costs informers. */
  get observer(): Observer {
    if (!this.picture) {
      const component = (transport: Client['transport']): Component =>
        new Component(
          this.sim, new Scope(this.clock), transport, { ...this.pace, watchDelayMs: 0 },
          { name: 'picture', host: '' },
        );
      this.picture = new Observer(component(this.controlPlane.gate), component(this.world.transport), {
        components: () => componentsOf(MASTER.name, this.controlPlane),
        controllers: () => controllersOf(this.controlPlane),
        gauges: () => gaugesOf(this.store, this.controlPlane),
      });
    }
    return this.picture;
  }

  /** Answers an HTTP request to the API, of the cluster or of the world. */
  handle(request: HttpRequest): HttpResponse {
    return this.http.handle(request);
  }

  /** The scheduler's last words on a pod; null when it never saw it. */
  whyScheduled(namespace: string, name: string): SchedulingReport | null {
    return this.controlPlane.scheduler?.report(namespace, name) ?? null;
  }

  /** Creates objects as a person would, by kind; world objects go to the world. */
  apply(objects: readonly Draft<KubeObject>[]): void {
    for (const object of objects) {
      const definition = resourceDefinitions.find(({ ref }) => ref.kind === object.kind);
      if (!definition) throw new Error(`no kind ${object.kind}`);
      const client = definition.ref.group === WORLD_GROUP ? this.world : this.client;
      client.create(definition.ref as never, object as never);
    }
  }

  /** No machine, no kubelet: the programs simply run, as when golden answers were recorded. */
  private startProgramsAlone(): void {
    for (const [, program] of this.controlPlane.programs()) program.start();
  }
}

export function createCluster(options: ClusterOptions): Cluster {
  return new Cluster(options);
}
