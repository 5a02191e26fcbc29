// What a controller is: a name and a start that subscribes to informers and returns how to
// reconcile a key. A key is only a name; the reconcile reads the cache, compares and acts, and may
// be called at any time again. An error means back off; a returned number means again after so many
// ms.
// Upstream: the shape of cmd/kube-controller-manager/app/controllermanager.go.
import { NODE_GRACE_MS } from '../api/node-eviction';
import type { KubeObject } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';
import type { Client } from '../client/client';
import type { EventRecorder } from '../client/event-recorder';
import type { Informer, InformerHandler, InformerOptions } from '../client/informer';
import type { Scope } from '../sim/scope';
import type { Simulation } from '../sim/simulation';

/** What kube-controller-manager's flags set; times in ms. */
export interface ControllerSettings {
  /** --cluster-cidr: IPv4 block that nodes get their pod ranges from; '' leaves them without. */
  clusterCIDR: string;
  /** --node-cidr-mask-size. */
  nodeCIDRMaskSize: number;
  /** --node-monitor-grace-period: silence after which a node's conditions become Unknown. */
  nodeMonitorGracePeriodMs: number;
  /** --node-monitor-period. */
  nodeMonitorPeriodMs: number;
  /** --terminated-pod-gc-threshold. */
  terminatedPodThreshold: number;
}

/** Upstream's defaults, but for the 40 s of grace that kubeadm clusters are known by. */
export const DEFAULT_SETTINGS: ControllerSettings = {
  clusterCIDR: '10.244.0.0/16',
  nodeCIDRMaskSize: 24,
  nodeMonitorGracePeriodMs: NODE_GRACE_MS,
  nodeMonitorPeriodMs: 5_000,
  terminatedPodThreshold: 12_500,
};

export interface ControllerContext {
  readonly sim: Simulation;
  /** Ends when the controller is stopped or leadership is lost: hang timers here. */
  readonly scope: Scope;
  readonly client: Client;
  /** Writes Events with the controller's own source. */
  readonly recorder: EventRecorder;
  readonly settings: ControllerSettings;
  /** Puts a key into this controller's queue. */
  enqueue(key: string): void;
  enqueueAfter(key: string, delayMs: number): void;
  /** Puts a key back after its backoff, without failing the reconcile. */
  enqueueRateLimited(key: string): void;
  /** The process's shared informer of a resource; nothing is reconciled before it has synced. */
  informer<T extends KubeObject>(ref: ResourceRef<T>, filter?: InformerOptions): Informer<T>;
  /** As `informer`, with these handlers added until the controller stops. */
  watch<T extends KubeObject>(
    ref: ResourceRef<T>,
    handler: InformerHandler<T>,
    filter?: InformerOptions,
  ): Informer<T>;
}

export interface ControllerLoop {
  reconcile(key: string): number | void;
}

export interface Controller {
  /** Short name, as the canvas shows it: 'deployment'. */
  readonly name: string;
  /** Source of its Events: 'deployment-controller'. */
  readonly eventSource: string;
  /** Concurrent workers; upstream's default of --concurrent-*-syncs. */
  readonly workers: number;
  /** How long a key waits after failures, from the first on; upstream's defaults when absent. */
  readonly backoff?: { readonly baseMs: number; readonly maxMs: number };
  start(context: ControllerContext): ControllerLoop;
}
