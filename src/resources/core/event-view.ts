// Events as group events.k8s.io shows them: the same objects under other names of their fields.
// Upstream: pkg/apis/events/v1/conversion.go.
import type { KubeObject } from '../../api/object';
import { resourceRef } from '../../api/resource-ref';
import type { Event } from '../../api/types';
import type { ResourceDefinition, ResourceView } from '../definition';
import { validateEventChange, validateNewEvent } from './event-view-validation';
import { eventDefinition } from './events';

type Fields = KubeObject & Record<string, unknown>;

/** Field of a stored Event to its name in the view. */
const RENAMED = {
  involvedObject: 'regarding',
  message: 'note',
  reportingComponent: 'reportingController',
  source: 'deprecatedSource',
  firstTimestamp: 'deprecatedFirstTimestamp',
  lastTimestamp: 'deprecatedLastTimestamp',
  count: 'deprecatedCount',
} as const;
const BACK: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(RENAMED).map(([stored, shown]) => [shown, stored]),
);
const ref = resourceRef('events.k8s.io/v1', 'events', 'Event');

/** Field selectors too speak of what is regarded and of its controller. */
const selectableFields = Object.fromEntries(
  Object.entries(eventDefinition.selectableFields!)
    .filter(([field]) => field !== 'source')
    .map(([field, read]) => [
      field.replace('involvedObject', 'regarding').replace('Component', 'Controller'),
      read,
    ]),
) as ResourceDefinition['selectableFields'];

export const eventView: ResourceView = {
  ref,
  listKind: 'EventList',
  overrides: {
    selectableFields,
    validateCreate: validateNewEvent as never,
    validateUpdate: validateEventChange as never,
  },
  // The table is the same: its cells read the stored form.
  columns: eventDefinition.columns!.map((column) => ({
    ...column,
    cell: (shown: KubeObject, nowMs: number) =>
      column.cell(renamed(shown, BACK, 'v1') as Event, nowMs),
  })),
  convertTo: (stored) => renamed(stored, RENAMED, ref.apiVersion),
  convertFrom: (shown) => renamed(shown, BACK, 'v1'),
};

function renamed(
  object: KubeObject,
  names: Readonly<Record<string, string>>,
  apiVersion: string,
): KubeObject {
  const entries = Object.entries(object as Fields).map(([field, value]) => [
    names[field] ?? field,
    value,
  ]);
  const fields = Object.fromEntries(entries) as Fields;
  const { apiVersion: _apiVersion, kind, metadata, eventTime, ...rest } = fields;
  // Who reports is left out there when nobody is named.
  for (const field of ['reportingController', 'reportingInstance']) {
    if (rest[field] === '') delete rest[field];
  }
  return {
    apiVersion,
    kind,
    metadata,
    eventTime: eventTime ?? null,
    ...rest,
  } as never;
}
