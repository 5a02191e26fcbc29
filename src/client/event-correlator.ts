// Decides what becomes of an Event before it is sent: repeats raise the count of the first one,
// many that differ only in their message are combined, and a source that talks too much about one
// object is cut off. Invariants: memory is bounded by objects and by time; histories stand in order
// of use. Where the real one differs: its three caches, keyed by long strings, are one small
// history an object here, which holds the Events as the server answered them, so that nothing is
// stored twice; and a history is dropped after the hour for which the server keeps Events, when a
// repeat would find none.
// Upstream: client-go/tools/record/events_cache.go.
import { parseTime } from '../api/time';
import type { Event } from '../api/types';

const MAX_OBJECTS = 4096;
const MAX_EVENTS_PER_OBJECT = 64;
const AGGREGATE_AFTER_EVENTS = 10;
const AGGREGATE_INTERVAL_MS = 600_000;
const SPAM_BURST = 25;
const SPAM_REFILL_MS = 300_000;
const HISTORY_MS = 3_600_000;
const COMBINED = '(combined from similar events): ';

/** What one source said about one object. */
export interface EventHistory {
  lastMs: number;
  /** Spam tokens left at `lastMs`; fractions are of the one being refilled. */
  tokens: number;
  /** Events as last observed, oldest first; the newest may not have reached the server. */
  events: Event[];
}

/** An Event to send: created, or patched onto the one of that name. */
export interface CorrelatedEvent {
  event: Event;
  repeats: boolean;
}

export class EventCorrelator {
  /** By uid of the object, least recently used first. */
  private readonly histories = new Map<string, EventHistory>();

  get size(): number {
    return this.histories.size;
  }

  /** The history of that object, if there is one. */
  history(uid: string): EventHistory | undefined {
    return this.histories.get(uid);
  }

  /** What to send for this Event, or undefined when it is dropped as spam. */
  correlate(event: Event, nowMs: number): CorrelatedEvent | undefined {
    const history = this.touch(event.involvedObject.uid ?? '', nowMs);
    const combined = isAggregated(history.events, event, nowMs);
    if (combined) event.message = COMBINED + event.message;
    const result = observe(history, event, combined);
    if (history.tokens < 1) return undefined;
    history.tokens--;
    return result;
  }

  /** Keeps the server's version of an Event instead of the one that was sent. */
  stored(sent: Event, answer: Event): void {
    const events = this.histories.get(sent.involvedObject.uid ?? '')?.events;
    const index = events?.lastIndexOf(sent) ?? -1;
    if (index >= 0) events![index] = answer;
  }

  /** Drops what is older than the server keeps; returns when to come again, if ever. */
  expire(nowMs: number): number | undefined {
    for (const [uid, history] of this.histories) {
      if (history.lastMs + HISTORY_MS > nowMs) return history.lastMs + HISTORY_MS;
      this.histories.delete(uid);
    }
    return undefined;
  }

  private touch(uid: string, nowMs: number): EventHistory {
    let history = this.histories.get(uid);
    if (history) {
      const refilled = history.tokens + (nowMs - history.lastMs) / SPAM_REFILL_MS;
      history.tokens = Math.min(refilled, SPAM_BURST);
      history.lastMs = nowMs;
      this.histories.delete(uid);
    } else {
      history = { lastMs: nowMs, tokens: SPAM_BURST, events: [] };
      if (this.histories.size >= MAX_OBJECTS) this.dropOldest();
    }
    this.histories.set(uid, history);
    return history;
  }

  private dropOldest(): void {
    for (const uid of this.histories.keys()) {
      this.histories.delete(uid);
      return;
    }
  }
}

/** Counts a repeat onto the Event first sent, or notes a new one. */
function observe(history: EventHistory, event: Event, combined: boolean): CorrelatedEvent {
  const { events } = history;
  for (let index = 0; index < events.length; index++) {
    const known = events[index];
    if (!(combined ? isSameAggregate(known, event) : isSame(known, event))) continue;
    event.metadata.name = known.metadata.name;
    event.firstTimestamp = known.firstTimestamp;
    event.count = (known.count ?? 0) + 1;
    events[index] = event;
    return { event, repeats: true };
  }
  const isFull = events.length >= MAX_EVENTS_PER_OBJECT;
  // Neither pushed nor spread, because both leave room for more than most objects ever need.
  history.events =
    events.length === 0 ? [event] : (isFull ? events.slice(1) : events).concat(event);
  return { event, repeats: false };
}

function isSame(known: Event, event: Event): boolean {
  return (
    known.reason === event.reason &&
    known.message === event.message &&
    known.type === event.type &&
    known.involvedObject.fieldPath === event.involvedObject.fieldPath
  );
}

function isSameAggregate(known: Event, event: Event): boolean {
  return known.reason === event.reason && known.type === event.type && isCombined(known);
}

function isCombined(event: Event): boolean {
  return event.message!.startsWith(COMBINED);
}

/**
 * True when this would be the tenth message of its reason without a pause of ten minutes between.
 */
function isAggregated(events: readonly Event[], event: Event, nowMs: number): boolean {
  if (events.length < AGGREGATE_AFTER_EVENTS - 1) return false;
  const last = events.find((known) => isSameAggregate(known, event));
  if (last && nowMs - parseTime(last.lastTimestamp!) <= AGGREGATE_INTERVAL_MS) {
    // Going on as before, unless it repeats one of those that still stand alone.
    return !events.some((known) => isSame(known, event));
  }
  const similar = events.filter(
    (known) => known.reason === event.reason && known.type === event.type,
  );
  const times = similar.map((known) => parseTime(known.lastTimestamp!)).sort((a, b) => b - a);
  let sinceMs = nowMs;
  for (const atMs of times) {
    if (sinceMs - atMs > AGGREGATE_INTERVAL_MS) break;
    sinceMs = atMs;
  }
  const messages = new Set([event.message]);
  for (const known of similar) {
    if (!isCombined(known) && parseTime(known.lastTimestamp!) >= sinceMs)
      messages.add(known.message);
  }
  return messages.size >= AGGREGATE_AFTER_EVENTS;
}
