// What a controller is: a name and a start that subscribes to informers and returns how to reconcile a
// key. A key is only a name; the reconcile reads the cache, compares and acts, and may be called at any
// time again. An error means back off; a returned number means again after so many ms.
// Upstream: the shape of cmd/kube-controller-manager/app/controllermanager.go.
import type { Component } from '../client/component';
import type { KubeObject } from '../api/object';
import type { Informer, InformerHandler, InformerOptions } from '../client/informer';
import type { ResourceRef } from '../api/resource-ref';

export interface ControllerContext {
  readonly component: Component;
  /** Puts a key into this controller's queue. */
  enqueue(key: string): void;
  enqueueAfter(key: string, delayMs: number): void;
  /** The process's shared informer for a resource, with this controller's handlers added. */
  watch<T extends KubeObject>(
    ref: ResourceRef<T>,
    handler: InformerHandler<T>,
    filter?: InformerOptions,
  ): Informer<T>;
}

export interface ControllerLoop {
  reconcile(key: string): number | void;
  stop?(): void;
}

export interface Controller {
  /** As kube-controller-manager names it: 'deployment-controller' is shown as 'deployment'. */
  readonly name: string;
  /** Concurrent workers; upstream's default of --concurrent-*-syncs. */
  readonly workers: number;
  start(context: ControllerContext): ControllerLoop;
}
