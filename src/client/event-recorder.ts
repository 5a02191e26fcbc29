// Writes core/v1 Events about objects, as client-go's recorder, correlator and broadcaster do
// together.
// Invariants: the caller neither waits (latency is not charged) nor sees an error; Events of one
// source reach the server in order; Events about one version of an object share their reference to
// it.
// Upstream: client-go/tools/record/event.go.
import type { KubeObject } from '../api/object';
import { events } from '../api/resource-ref';
import { ConnectionError, isAlreadyExists, isNotFound, StatusError } from '../api/status-error';
import { formatTime } from '../api/time';
import type { Event, EventSource, ObjectReference } from '../api/types';
import type { Scope } from '../sim/scope';
import type { Simulation } from '../sim/simulation';
import { EventCorrelator, type CorrelatedEvent } from './event-correlator';
import { EventNames } from './event-names';
import { referenceTo } from './reference-to';
import type { Transport, Verb } from './transport';

const RETRY_MS = 10_000;
const MAX_TRIES = 12;
const MAX_WAITING = 1000;
const NO_OPTIONS = Object.freeze({});

export type EventType = 'Normal' | 'Warning';

export class EventRecorder {
  private readonly correlator = new EventCorrelator();
  private readonly source: EventSource;
  private readonly names: EventNames;
  /** Events that wait for the server to come back, oldest first. */
  private readonly waiting: CorrelatedEvent[] = [];
  private tries = 0;
  private expiryIsSet = false;

  constructor(
    protected readonly sim: Simulation,
    private readonly scope: Scope,
    private readonly transport: Transport,
    component: string,
    host: string,
    private readonly actor: string,
  ) {
    this.source = Object.freeze(host ? { component, host } : { component });
    this.names = new EventNames(sim.random('event names'));
  }

  /**
   * Records what happened to an object, or to the part of it that `fieldPath` or a reference names.
   */
  event(
    object: KubeObject | ObjectReference,
    type: EventType,
    reason: string,
    message: string,
    fieldPath?: string,
  ): void {
    if (!this.scope.isAlive) return;
    const nowMs = this.sim.clock.activityMs;
    const reference = this.referenceTo(object, fieldPath);
    const result = this.correlator.correlate(
      this.newEvent(reference, type, reason, message, nowMs),
      nowMs,
    );
    if (!this.expiryIsSet) this.setExpiry(nowMs);
    if (!result) return;
    if (this.waiting.length === 0 && this.send(result)) return;
    if (this.waiting.length === 0) this.retryLater();
    if (this.waiting.length < MAX_WAITING) this.waiting.push(result);
  }

  private newEvent(
    involvedObject: ObjectReference,
    type: EventType,
    reason: string,
    message: string,
    nowMs: number,
  ): Event {
    const { component, host } = this.source;
    const time = formatTime(nowMs);
    const name = this.names.of(involvedObject.name!, nowMs);
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace: involvedObject.namespace ?? 'default' } as Event['metadata'],
      involvedObject,
      reason,
      message,
      source: this.source,
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
      type,
      reportingComponent: component!,
      reportingInstance: host ?? '',
      // Go writes a time that is not set as null; in one literal, since a field added takes more.
      eventTime: null as unknown as string,
    };
  }

  private referenceTo(object: KubeObject | ObjectReference, fieldPath?: string): ObjectReference {
    if (!('metadata' in object)) return object;
    const { uid, resourceVersion } = (object as KubeObject).metadata;
    const known = this.correlator.history(uid)?.events;
    for (let index = known ? known.length - 1 : -1; index >= 0; index--) {
      const reference = known![index].involvedObject;
      if (reference.resourceVersion !== resourceVersion) break;
      if (reference.fieldPath === fieldPath) return reference;
    }
    return referenceTo(object as KubeObject, fieldPath);
  }

  /** True when nothing more is to be done for this Event: stored, or refused for good. */
  private send(item: CorrelatedEvent): boolean {
    try {
      const answer = item.repeats ? this.patchOrCreate(item.event) : this.create(item.event);
      this.correlator.stored(item.event, answer);
      return true;
    } catch (error) {
      if (error instanceof ConnectionError) return false;
      // The server refused it; upstream logs that and goes on too.
      if (error instanceof StatusError) return true;
      throw error;
    }
  }

  private patchOrCreate(event: Event): Event {
    const { count, lastTimestamp, message } = event;
    try {
      return this.request('patch', event, { count, lastTimestamp, message });
    } catch (error) {
      if (isNotFound(error)) return this.create(event);
      throw error;
    }
  }

  private create(event: Event): Event {
    try {
      return this.request('create', event, event);
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
      // Two sources drew the same name in the same millisecond.
      event.metadata.name = this.names.of(event.involvedObject.name!, this.sim.clock.activityMs);
      return this.request('create', event, event);
    }
  }

  private request(verb: Verb, event: Event, body: unknown): Event {
    return this.transport.request({
      verb,
      ref: events,
      subresource: '',
      namespace: event.metadata.namespace!,
      name: verb === 'create' ? '' : event.metadata.name,
      body,
      options: NO_OPTIONS,
      actor: this.actor,
    }) as Event;
  }

  private retryLater(): void {
    this.scope.after(RETRY_MS, () => {
      while (this.waiting.length > 0 && this.send(this.waiting[0])) this.dropFirst();
      if (this.waiting.length === 0) return;
      if (++this.tries >= MAX_TRIES) this.dropFirst();
      if (this.waiting.length > 0) this.retryLater();
    });
  }

  private dropFirst(): void {
    this.waiting.shift();
    this.tries = 0;
  }

  private setExpiry(nowMs: number): void {
    const atMs = this.correlator.expire(nowMs);
    this.expiryIsSet = atMs !== undefined;
    if (atMs === undefined) return;
    this.scope.after(atMs - nowMs, () => this.setExpiry(this.sim.clock.nowMs));
  }
}
