// One controller at work: its queue, its scope, its Events, and what ties it to the shared
// informers.
import type { KubeObject } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';
import type { Component } from '../client/component';
import type { Informer, InformerHandler, InformerOptions } from '../client/informer';
import type { Workqueue } from '../client/workqueue';
import type { Scope } from '../sim/scope';
import type { Controller, ControllerContext, ControllerSettings } from './controller';

const SYNC_POLL_MS = 100;

export class RunningController {
  readonly queue: Workqueue;
  private readonly informers = new Set<Informer<KubeObject>>();
  private paused = false;
  private synced = false;

  constructor(
    private readonly component: Component,
    /** Stopping it stops the controller. */
    readonly scope: Scope,
    controller: Controller,
    settings: ControllerSettings,
    onError: (key: string, error: unknown) => void,
  ) {
    const { workers, backoff } = controller;
    const limits = { workers, baseBackoffMs: backoff?.baseMs, maxBackoffMs: backoff?.maxMs };
    const reconcile = (key: string): number | void => loop.reconcile(key);
    this.queue = component.queue(limits, reconcile, onError, scope);
    this.queue.setPaused(true);
    const loop = controller.start(this.context(controller, settings));
    this.scope.after(0, () => this.awaitSync());
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    this.queue.setPaused(paused || !this.synced);
  }

  /** When its caches will show all that has been written by now. */
  get caughtUpAtMs(): number {
    return Math.max(0, ...[...this.informers].map(({ caughtUpAtMs }) => caughtUpAtMs));
  }

  /** Nothing is reconciled from half a view of the cluster. */
  private awaitSync(): void {
    for (const informer of this.informers) {
      informer.start();
      if (!informer.hasSynced) {
        this.scope.after(SYNC_POLL_MS, () => this.awaitSync());
        return;
      }
    }
    this.synced = true;
    this.queue.setPaused(this.paused);
  }

  private context(controller: Controller, settings: ControllerSettings): ControllerContext {
    const { component, queue, scope } = this;
    const { client, sim } = component;
    return {
      sim,
      scope,
      client,
      settings,
      recorder: component.recorderOf(controller.eventSource, '', scope),
      enqueue: (key) => queue.add(key),
      enqueueAfter: (key, delayMs) => queue.addAfter(key, delayMs),
      enqueueRateLimited: (key) => queue.addRateLimited(key),
      informer: (ref, filter) => this.informer(ref, filter),
      watch: (ref, handler, filter) => {
        const informer = this.informer(ref, filter);
        this.listen(informer, handler);
        return informer;
      },
    };
  }

  private informer<T extends KubeObject>(
    ref: ResourceRef<T>,
    filter?: InformerOptions,
  ): Informer<T> {
    const informer = this.component.informer(ref, filter);
    this.informers.add(informer as unknown as Informer<KubeObject>);
    // A kind that a controller comes to follow while it works: once its handlers are set up.
    if (this.synced) this.scope.after(0, () => informer.start());
    return informer;
  }

  /** Handlers are added once the controller has been set up whole: they may run at once. */
  private listen<T extends KubeObject>(informer: Informer<T>, handler: InformerHandler<T>): void {
    if (!informer.hasSynced) {
      this.scope.onStop(informer.addHandler(handler));
      return;
    }
    this.scope.after(0, () => this.scope.onStop(informer.addHandler(handler)));
  }
}
