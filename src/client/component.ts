// What a program of the control plane or of a node stands on: a scope that ends with it, a client,
// shared informers and an event recorder. Controllers, scheduler and kubelet are all built over
// this.
import type { KubeObject } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';
import type { Scope } from '../sim/scope';
import type { Simulation } from '../sim/simulation';
import { Client } from './client';
import { EventRecorder } from './event-recorder';
import { Informer, type InformerOptions } from './informer';
import { ResumedRecorder } from './resumed-recorder';
import type { Transport } from './transport';
import { Workqueue, type Reconcile, type WorkqueueOptions } from './workqueue';

/** Latencies of the simulated cluster, virtual ms. */
export interface Pace {
  apiCallMs: number;
  watchDelayMs: number;
  /** One scheduling cycle. */
  schedulingMs: number;
  /** One item of a controller's queue, besides its calls. */
  reconcileMs: number;
}

/**
 * As fast as a healthy small cluster. A scheduling cycle takes what scheduler_perf asks of its
 * basic case at the least: 680 pods a second.
 */
export const REAL_PACE: Pace = { apiCallMs: 4, watchDelayMs: 3, schedulingMs: 1.5, reconcileMs: 1 };

/** Slowed so that an eye can follow each hop at normal speed. */
export const OBSERVABLE_PACE: Pace = {
  apiCallMs: 40,
  watchDelayMs: 120,
  schedulingMs: 220,
  reconcileMs: 30,
};

export interface ComponentOptions {
  /** 'kube-scheduler', 'kube-controller-manager', 'kubelet': the source of its Events. */
  name: string;
  /** Machine it runs on; '' for none. */
  host: string;
  /** User agent and trace actor; default: the name. */
  actor?: string;
  /** True when it ran already in the saved cluster that this one was loaded from. */
  isResumed?: boolean;
}

export class Component {
  readonly client: Client;
  readonly recorder: EventRecorder;
  private readonly informers = new Map<string, Informer<KubeObject>>();

  constructor(
    readonly sim: Simulation,
    readonly scope: Scope,
    private readonly transport: Transport,
    readonly pace: Pace,
    readonly options: ComponentOptions,
  ) {
    const actor = options.actor ?? options.name;
    this.client = new Client(transport, sim.clock, actor, pace.apiCallMs);
    this.recorder = this.recorderOf(options.name, options.host, scope);
  }

  /**
   * A recorder for Events of another source of this program, as controllers have each their own.
   */
  recorderOf(source: string, host = '', scope: Scope = this.scope): EventRecorder {
    const Recorder = this.options.isResumed ? ResumedRecorder : EventRecorder;
    return new Recorder(this.sim, scope, this.transport, source, host, this.client.actor);
  }

  /** The informer of that resource and filter, the same one each time. Call `start` when set up. */
  informer<T extends KubeObject>(ref: ResourceRef<T>, filter: InformerOptions = {}): Informer<T> {
    const { namespace = '', labelSelector = '', fieldSelector = '' } = filter;
    const key = [ref.key, namespace, labelSelector, fieldSelector].join('|');
    let informer = this.informers.get(key);
    if (!informer) {
      informer = new Informer<KubeObject>(
        this.sim,
        this.scope,
        this.client,
        ref,
        filter,
        this.pace.watchDelayMs,
      );
      this.informers.set(key, informer);
    }
    return informer as unknown as Informer<T>;
  }

  startInformers(): void {
    for (const informer of this.informers.values()) informer.start();
  }

  get hasSynced(): boolean {
    for (const informer of this.informers.values()) if (!informer.hasSynced) return false;
    return true;
  }

  /** Informers by resource key, for checkers. */
  *eachInformer(): Iterable<Informer<KubeObject>> {
    yield* this.informers.values();
  }

  queue(
    options: Partial<WorkqueueOptions>,
    reconcile: Reconcile,
    onError: (key: string, error: unknown) => void,
    scope: Scope = this.scope,
  ): Workqueue {
    const whole = { workers: 1, itemMs: this.pace.reconcileMs, ...options };
    return new Workqueue(this.sim, scope, whole, reconcile, onError);
  }
}
