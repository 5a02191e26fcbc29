// A cache of one resource kept current by list and watch, shared by the controllers of a process.
// Events reach it `delayMs` after the write, in order; handlers run after the cache has changed,
// with the write's revision as the cause of what they do. A stream that breaks is resumed from the
// last revision seen, or listed anew when that has been compacted away.
// Upstream: client-go/tools/cache.
import { objectKey, type KubeObject } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';
import { isExpired, isNotFound, ConnectionError, StatusError } from '../api/status-error';
import type { Scope } from '../sim/scope';
import type { Simulation } from '../sim/simulation';
import type { Client } from './client';
import { ObjectIndex, type IndexBucket } from './object-index';
import { ObjectCache } from './object-cache';
import type { ObjectList, WatchEvent } from './transport';

export interface InformerHandler<T> {
  added?(object: T): void;
  updated?(object: T, old: T): void;
  deleted?(object: T): void;
}

export interface InformerOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

const RELIST_BACKOFF_MS = 1000;
const GONE_BACKOFF_MS = 30_000;

export class Informer<T extends KubeObject> {
  /** Read only for everybody else. */
  readonly items = new ObjectCache<T>();
  private readonly indexes = new Map<string, ObjectIndex<T>>();
  private indexList: readonly ObjectIndex<T>[] = [];
  private handlers: readonly InformerHandler<T>[] = [];
  /** Events on their way here, oldest first, from `head` to `end`; their room is used again. */
  private pending: (WatchEvent | undefined)[] = [];
  /** When each of them arrives. */
  private arrivals: number[] = [];
  private head = 0;
  private end = 0;
  private timerSet = false;
  private lastArrivalMs = 0;
  private revision = '';
  private started = false;
  private synced = false;
  private stopWatch: (() => void) | undefined;

  constructor(
    private readonly sim: Simulation,
    private readonly scope: Scope,
    private readonly client: Client,
    readonly ref: ResourceRef<T>,
    private readonly options: InformerOptions,
    /** Virtual time from a write to its delivery here. */
    private readonly delayMs: number,
  ) {
    scope.onStop(() => this.stopWatch?.());
  }

  get hasSynced(): boolean {
    return this.synced;
  }

  /** Newest revision that this cache has seen. */
  get resourceVersion(): string {
    return this.revision;
  }

  /** When all that is on its way here by now will have arrived. */
  get caughtUpAtMs(): number {
    return this.lastArrivalMs;
  }

  get(key: string): T | undefined {
    return this.items.get(key);
  }

  /** As `get` of 'namespace/name', without making that key. */
  find(namespace: string, name: string): T | undefined {
    return this.items.find(namespace, name);
  }

  /** Adds an index, unless there is one of that name; `valuesOf` names an object's buckets. */
  addIndex(name: string, valuesOf: (object: T) => readonly string[]): void {
    if (this.indexes.has(name)) return;
    const index = new ObjectIndex(valuesOf);
    this.indexes.set(name, index);
    this.indexList = [...this.indexList, index];
    for (const object of this.items.values()) {
      index.change(undefined, object, this.items.slotLike(object));
    }
  }

  /** Objects in a bucket of an index; do not keep it, it is live. */
  byIndex(name: string, value: string): IndexBucket<T> {
    return this.indexes.get(name)!.bucket(value);
  }

  /** Handlers added after the start are told of what is already there. Returns what removes it. */
  addHandler(handler: InformerHandler<T>): () => void {
    this.handlers = [...this.handlers, handler];
    if (this.synced && handler.added)
      for (const object of this.items.values()) handler.added(object);
    return () => {
      this.handlers = this.handlers.filter((kept) => kept !== handler);
    };
  }

  /** Keys of which events are still on their way here. */
  keysOnTheWay(): Set<string> {
    return new Set(
      this.pending.slice(this.head, this.end).map((event) => objectKey(event!.object)),
    );
  }

  /** What the server holds now of what this informer selects, for comparing. */
  listFromServer(): T[] {
    const { namespace = '', labelSelector, fieldSelector } = this.options;
    return this.client.list(this.ref, namespace, { labelSelector, fieldSelector }).items;
  }

  /** Lists and begins to watch. Safe to call twice. */
  start(): void {
    if (this.started) return;
    this.started = true;
    this.listAndWatch();
  }

  private listAndWatch(): void {
    let list: ObjectList<T>;
    try {
      list = this.client.list(this.ref, this.options.namespace ?? '', {
        labelSelector: this.options.labelSelector,
        fieldSelector: this.options.fieldSelector,
      });
    } catch (error) {
      this.retry(error);
      return;
    }
    this.replace(list.items);
    this.revision = list.resourceVersion;
    this.synced = true;
    this.watch();
  }

  private watch(): void {
    try {
      this.stopWatch = this.client.transport.watch(
        {
          ...this.options,
          ref: this.ref,
          resourceVersion: this.revision,
          actor: this.client.actor,
        },
        { event: (event) => this.receive(event), closed: () => this.reconnect() },
      );
    } catch (error) {
      this.retry(error);
    }
  }

  private reconnect(): void {
    this.stopWatch = undefined;
    // What was on its way when the stream broke never arrives.
    this.pending = [];
    this.arrivals = [];
    this.head = this.end = 0;
    this.scope.after(RELIST_BACKOFF_MS, () => this.watch());
  }

  private retry(error: unknown): void {
    if (!(error instanceof ConnectionError || error instanceof StatusError)) throw error;
    // A resource that is no longer served may come back, as another one.
    const isGone = isNotFound(error);
    const relist = this.revision === '' || isExpired(error) || isGone;
    const again = relist ? () => this.listAndWatch() : () => this.watch();
    const backoffMs = isGone ? GONE_BACKOFF_MS : RELIST_BACKOFF_MS;
    this.scope.after(isExpired(error) ? 0 : backoffMs, again);
  }

  private receive(event: WatchEvent): void {
    const atMs = Math.max(this.sim.clock.activityMs + this.delayMs, this.lastArrivalMs);
    this.lastArrivalMs = atMs;
    this.pending[this.end] = event;
    this.arrivals[this.end++] = atMs;
    if (!this.timerSet) this.setTimer();
  }

  private setTimer(): void {
    this.timerSet = true;
    this.sim.clock.at(this.arrivals[this.head], this.onArrival);
  }

  private readonly onArrival = (): void => {
    this.timerSet = false;
    if (this.scope.isAlive) this.deliver();
  };

  private deliver(): void {
    const nowMs = this.sim.clock.nowMs;
    while (this.head < this.end && this.arrivals[this.head] <= nowMs) {
      const event = this.pending[this.head]!;
      this.pending[this.head++] = undefined;
      this.sim.cause = event.revision;
      if (this.sim.tracesDeliveries) this.traceDelivery(event);
      this.apply(event);
    }
    this.sim.cause = 0;
    if (this.head === this.end) this.head = this.end = 0;
    else if (!this.timerSet) this.setTimer();
    if (this.head > 1024) this.closeUp();
  }

  private closeUp(): void {
    this.pending = this.pending.slice(this.head, this.end);
    this.arrivals = this.arrivals.slice(this.head, this.end);
    this.end -= this.head;
    this.head = 0;
  }

  private traceDelivery({ object, revision }: WatchEvent): void {
    const { namespace = '', name } = object.metadata;
    this.sim.trace.add({
      atMs: this.sim.clock.nowMs - this.delayMs,
      actor: this.client.actor,
      verb: 'deliver',
      resource: this.ref.key,
      namespace,
      name,
      code: 200,
      revision: 0,
      cause: revision,
    });
  }

  private apply(event: WatchEvent): void {
    const object = event.object as T;
    this.revision = object.metadata.resourceVersion;
    if (event.type === 'BOOKMARK') return;
    if (event.type === 'DELETED') this.remove(object);
    else this.put(object);
  }

  private replace(objects: readonly T[]): void {
    const gone = new Set(this.items.values());
    for (const object of objects) {
      const old = this.items.like(object);
      if (old) gone.delete(old);
      this.put(object);
    }
    for (const object of gone) this.remove(object);
  }

  private put(object: T): void {
    const known = this.items.slotLike(object);
    const old = known?.object;
    if (old === object) return;
    if (known) known.object = object;
    const slot = known ?? this.items.put(object);
    const { indexList } = this;
    for (let at = 0; at < indexList.length; at++) indexList[at].change(old, object, slot);
    // A different uid means that the old one was deleted and nobody saw it go.
    if (old && old.metadata.uid !== object.metadata.uid) {
      for (const handler of this.handlers) handler.deleted?.(old);
      for (const handler of this.handlers) handler.added?.(object);
    } else if (old) {
      for (const handler of this.handlers) handler.updated?.(object, old);
    } else {
      for (const handler of this.handlers) handler.added?.(object);
    }
  }

  private remove(last: T): void {
    const old = this.items.like(last);
    if (!old) return;
    this.items.remove(last);
    for (const index of this.indexList) index.change(old, undefined);
    for (const handler of this.handlers) handler.deleted?.(last);
  }
}
