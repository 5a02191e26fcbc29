// Writes Events in the newer style of events.k8s.io, as kube-scheduler does: each says which act it
// is about, and repeats become a series that is written when it begins, now and then, and at its
// end.
// Invariants: the caller neither waits nor sees an error; what is remembered of an object is
// dropped six to twelve minutes after its last Event.
// Where the real one differs: one queue waits for a server that is away, not one goroutine each.
// Upstream: client-go/tools/events/event_{broadcaster,recorder}.go.
import type { KubeObject } from '../api/object';
import { oneText } from '../api/one-text';
import { events } from '../api/resource-ref';
import { ConnectionError, isNotFound, StatusError } from '../api/status-error';
import { formatMicroTime } from '../api/time';
import type { Event } from '../api/types';
import type { Scope } from '../sim/scope';
import type { Simulation } from '../sim/simulation';
import { EventNames } from './event-names';
import type { EventType } from './event-recorder';
import { referenceTo } from './reference-to';
import type { Transport, Verb } from './transport';

const FINISH_MS = 360_000;
/** A series that goes on is written again after so many looks, so that it does not expire. */
const REFRESH_LOOKS = 5;
const RETRY_MS = 10_000;
const MAX_WAITING = 1000;
const NO_OPTIONS = Object.freeze({});
const NO_SOURCE = Object.freeze({});

/** One Event and how often it was seen. */
interface Series {
  event: Event;
  count: number;
  lastMs: number;
}

export class SeriesRecorder {
  private readonly known = new Map<string, Series>();
  private readonly names: EventNames;
  /** What waits for the server to come back, oldest first. */
  private readonly waiting: Series[] = [];
  private looks = 0;
  private isLooking = false;

  constructor(
    private readonly sim: Simulation,
    private readonly scope: Scope,
    private readonly transport: Transport,
    private readonly component: string,
    private readonly instance: string,
    private readonly actor: string,
  ) {
    this.names = new EventNames(sim.random('event names'));
  }

  /** How many Events it would know again. */
  get size(): number {
    return this.known.size;
  }

  /** Records what was done about an object, and on whose account. */
  event(
    object: KubeObject,
    type: EventType,
    reason: string,
    action: string,
    message: string,
    related?: KubeObject,
  ): void {
    if (!this.scope.isAlive) return;
    const lastMs = this.sim.clock.activityMs;
    const { uid, resourceVersion } = object.metadata;
    // The message is no part of it: a series keeps the words that it began with.
    const key = oneText(uid, ' ', resourceVersion, ' ', reason, ' ', action);
    const series = this.known.get(key);
    if (!series) {
      const event = this.newEvent(object, type, reason, action, message);
      if (related) event.related = referenceTo(related);
      const begun = { event, count: 1, lastMs };
      this.known.set(key, begun);
      this.deliver(begun);
      this.lookLater();
      return;
    }
    series.count++;
    series.lastMs = lastMs;
    if (series.count === 2) this.deliver(series);
  }

  private newEvent(
    object: KubeObject,
    type: EventType,
    reason: string,
    action: string,
    message: string,
  ): Event {
    const nowMs = this.sim.clock.activityMs;
    const involvedObject = referenceTo(object);
    const { name, namespace = 'default' } = involvedObject;
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: this.names.of(name!, nowMs), namespace } as Event['metadata'],
      involvedObject,
      reason,
      message,
      type,
      eventTime: formatMicroTime(nowMs),
      action,
      reportingComponent: this.component,
      reportingInstance: this.instance,
      // What the server would add, in one literal, since fields that are added take more room.
      firstTimestamp: null as unknown as string,
      lastTimestamp: null as unknown as string,
      source: NO_SOURCE,
    };
  }

  private deliver(series: Series): void {
    if (this.waiting.length === 0 && this.isSent(series)) return;
    if (this.waiting.length === 0) this.retryLater();
    if (this.waiting.length < MAX_WAITING) this.waiting.push(series);
  }

  private retryLater(): void {
    this.scope.after(RETRY_MS, () => {
      while (this.waiting.length > 0 && this.isSent(this.waiting[0])) this.waiting.shift();
      if (this.waiting.length > 0) this.retryLater();
    });
  }

  /** True when nothing more is to be done: stored, or refused for good. */
  private isSent(series: Series): boolean {
    try {
      // The server's version is kept, since it is shared with the store.
      series.event = series.count > 1 ? this.patchOrCreate(series) : this.create(series.event);
      return true;
    } catch (error) {
      if (error instanceof ConnectionError) return false;
      if (error instanceof StatusError) return true;
      throw error;
    }
  }

  private patchOrCreate({ event, count, lastMs }: Series): Event {
    const series = { count, lastObservedTime: formatMicroTime(lastMs) };
    try {
      return this.request('patch', event, { series });
    } catch (error) {
      if (!isNotFound(error)) throw error;
      const { name, namespace } = event.metadata;
      const metadata = { name, namespace } as Event['metadata'];
      return this.create({ ...event, metadata, series });
    }
  }

  private create(event: Event): Event {
    return this.request('create', event, event);
  }

  private request(verb: Verb, { metadata }: Event, body: unknown): Event {
    return this.transport.request({
      verb,
      ref: events,
      subresource: '',
      namespace: metadata.namespace!,
      name: verb === 'create' ? '' : metadata.name,
      body,
      options: NO_OPTIONS,
      actor: this.actor,
    }) as Event;
  }

  private lookLater(): void {
    if (this.isLooking) return;
    this.isLooking = true;
    this.scope.after(FINISH_MS, () => {
      this.isLooking = false;
      this.look();
      if (this.known.size > 0) this.lookLater();
    });
  }

  /** Writes the last count of a series that has ended and forgets it. */
  private look(): void {
    const isRefresh = ++this.looks % REFRESH_LOOKS === 0;
    const oldestMs = this.sim.clock.nowMs - FINISH_MS;
    for (const [key, series] of this.known) {
      const hasEnded = series.lastMs < oldestMs;
      if (series.count > 1 && (hasEnded || isRefresh)) this.deliver(series);
      if (hasEnded) this.known.delete(key);
    }
  }
}
