// Events as rows, newest first: whichever of the several time fields an Event's author filled.
import type { Event } from '../../api/types';
import { parseTime } from '../../api/time';

export interface EventRow {
  uid: string;
  /** Virtual ms since the epoch of its last occurrence. */
  atMs: number;
  type: string;
  reason: string;
  kind: string;
  namespace: string;
  name: string;
  message: string;
  count: number;
}

/** An Event that did not change keeps its row, so that only what is new is drawn again. */
const rows = new WeakMap<Event, EventRow>();

/** The row of an Event. */
export function eventRow(event: Event): EventRow {
  let row = rows.get(event);
  if (!row) rows.set(event, (row = makeRow(event)));
  return row;
}

function makeRow(event: Event): EventRow {
  const { series, involvedObject, metadata } = event;
  const time =
    series?.lastObservedTime ??
    event.lastTimestamp ??
    event.eventTime ??
    metadata.creationTimestamp;
  return {
    uid: metadata.uid,
    atMs: parseTime(time),
    type: event.type ?? 'Normal',
    reason: event.reason ?? '',
    kind: involvedObject.kind ?? '',
    namespace: involvedObject.namespace ?? '',
    name: involvedObject.name ?? '',
    message: event.message ?? '',
    count: series?.count ?? event.count ?? 1,
  };
}

/** Rows of a collection, newest first; those of the same time in the order they were made. */
export function eventRows(events: Iterable<Event>): EventRow[] {
  return [...events]
    .map((event, at) => ({ row: eventRow(event), at }))
    .sort((a, b) => b.row.atMs - a.row.atMs || b.at - a.at)
    .map(({ row }) => row);
}
