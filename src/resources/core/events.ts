// Events of the core group. Upstream: pkg/registry/core/event/strategy.go.
import { events } from '../../api/resource-ref';
import type { Event } from '../../api/types';
import { column, nameColumn, since } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateEvent } from './event-validation';

/** Go writes a time that is not set as null. */
const TIMES = ['firstTimestamp', 'lastTimestamp', 'eventTime'] as const;
/** Go's structs are there, filled or not. */
const NOTHING = Object.freeze({});

export const eventDefinition: ResourceDefinition<Event> = {
  ref: events,
  singular: 'event',
  listKind: 'EventList',
  shortNames: ['ev'],
  allowCreateOnUpdate: true,
  takesDrafts: true,
  selectableFields: {
    'involvedObject.kind': ({ involvedObject }) => involvedObject.kind ?? '',
    'involvedObject.namespace': ({ involvedObject }) => involvedObject.namespace ?? '',
    'involvedObject.name': ({ involvedObject }) => involvedObject.name ?? '',
    'involvedObject.uid': ({ involvedObject }) => involvedObject.uid ?? '',
    'involvedObject.apiVersion': ({ involvedObject }) => involvedObject.apiVersion ?? '',
    'involvedObject.resourceVersion': ({ involvedObject }) => involvedObject.resourceVersion ?? '',
    'involvedObject.fieldPath': ({ involvedObject }) => involvedObject.fieldPath ?? '',
    reason: ({ reason }) => reason ?? '',
    reportingComponent: ({ reportingComponent }) => reportingComponent ?? '',
    source: ({ source, reportingComponent }) => source?.component || (reportingComponent ?? ''),
    type: ({ type }) => type ?? '',
  },
  applyDefaults(event) {
    for (const time of TIMES) if (event[time] === undefined) event[time] = null as never;
    event.involvedObject ??= NOTHING;
    event.source ??= NOTHING;
    event.reportingComponent ??= '';
    event.reportingInstance ??= '';
    return event;
  },
  validate: validateEvent,
  columns: [
    column(
      'Last Seen',
      'string',
      'The time at which the most recent occurrence of this event was recorded.',
      lastSeen,
    ),
    column(
      'Type',
      'string',
      'Type of this event (Normal, Warning), new types could be added in the future',
      ({ type }) => type ?? '',
    ),
    column(
      'Reason',
      'string',
      'This should be a short, machine understandable string that gives the reason for the ' +
        "transition into the object's current status.",
      ({ reason }) => reason ?? '',
    ),
    column('Object', 'string', 'The object that this event is about.', involved),
    column(
      'Subobject',
      'string',
      'If referring to a piece of an object instead of an entire object, this string should ' +
        'contain a valid JSON/Go field access statement, such as ' +
        'desiredState.manifest.containers[2]. For example, if the object reference is to a ' +
        'container within a pod, this would take on a value like: "spec.containers{name}" ' +
        '(where "name" refers to the name of the container that triggered the event) or if no ' +
        'container name is specified "spec.containers[2]" (container with index 2 in this ' +
        'pod). This syntax is chosen only to have some well-defined way of referencing a part ' +
        'of an object.',
      ({ involvedObject }) => involvedObject.fieldPath ?? '',
      1,
    ),
    column(
      'Source',
      'string',
      'The component reporting this event. Should be a short machine understandable string.',
      sourceOf,
      1,
    ),
    column(
      'Message',
      'string',
      'A human-readable description of the status of this operation.',
      ({ message }) => (message ?? '').trim(),
    ),
    column(
      'First Seen',
      'string',
      'The time at which the event was first recorded. (Time of server receipt is in TypeMeta.)',
      firstSeen,
      1,
    ),
    column('Count', 'string', 'The number of times this event has occurred.', countOf, 1),
    { ...nameColumn, priority: 1 },
  ],
};

function firstSeen({ firstTimestamp, eventTime }: Event, nowMs: number): string {
  return since(firstTimestamp || eventTime, nowMs);
}

function lastSeen(event: Event, nowMs: number): string {
  if (event.series) return since(event.series.lastObservedTime, nowMs);
  return event.lastTimestamp ? since(event.lastTimestamp, nowMs) : firstSeen(event, nowMs);
}

function countOf({ series, count }: Event): number {
  return series ? (series.count ?? 0) : count || 1;
}

function involved({ involvedObject }: Event): string {
  const kind = (involvedObject.kind ?? '').toLowerCase();
  return involvedObject.name ? `${kind}/${involvedObject.name}` : kind;
}

function sourceOf({ source, reportingComponent, reportingInstance }: Event): string {
  const component = source?.component || reportingComponent || '';
  const host = source?.host || reportingInstance || '';
  return host ? `${component}, ${host}` : component;
}
