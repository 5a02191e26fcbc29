// What events.k8s.io asks of its Events beyond what the core group does.
// Upstream: pkg/apis/core/validation/events.go.
import { deepEqual } from '../../api/deep-equal';
import type { FieldErrors } from '../../api/field-errors';
import type { Event } from '../../api/types';

/** What a new Event must leave to the core group. */
const DEPRECATED = ['firstTimestamp', 'lastTimestamp', 'count'] as const;
const FIXED = [
  'involvedObject',
  'reason',
  'message',
  'source',
  'firstTimestamp',
  'lastTimestamp',
  'count',
  'type',
  'eventTime',
  'action',
  'related',
  'reportingController',
  'reportingInstance',
] as const;

export function validateNewEvent(event: Event, errors: FieldErrors): void {
  validateSeries(event, errors);
  const { eventTime, type = '', source } = event;
  if (!eventTime) errors.required('eventTime');
  if (type !== 'Normal' && type !== 'Warning') {
    errors.invalid('type', '', `has invalid value: ${type}`);
  }
  for (const field of DEPRECATED) {
    if (event[field]) errors.invalid(field, '', 'needs to be unset');
  }
  if (source?.component || source?.host) errors.invalid('source', '', 'needs to be unset');
}

export function validateEventChange(event: Event, old: Event, errors: FieldErrors): void {
  if (!deepEqual(event.series, old.series)) validateSeries(event, errors);
  for (const field of FIXED) {
    const stored = field === 'reportingController' ? 'reportingComponent' : field;
    if (deepEqual(event[stored] ?? null, old[stored] ?? null)) continue;
    errors.invalid(field, event[stored] ?? '', 'field is immutable');
  }
}

function validateSeries({ series }: Event, errors: FieldErrors): void {
  if (!series) return;
  if ((series.count ?? 0) < 2) errors.invalid('series.count', '', 'should be at least 2');
  if (!series.lastObservedTime) errors.required('series.lastObservedTime');
}
