// What Events must say. Events of the older kind (no eventTime) are hardly checked.
// Upstream: pkg/apis/core/validation/events.go.
import type { FieldErrors } from '../../api/field-errors';
import { dnsSubdomain, qualifiedName } from '../../api/names';
import type { Event } from '../../api/types';

const ACTION_BYTES_MAX = 128;
const NOTE_BYTES_MAX = 1024;

export function validateEvent(event: Event, errors: FieldErrors): void {
  validateNamespace(event, errors);
  if (event.eventTime) validateNewStyle(event, errors);
}

/** Events about cluster-scoped objects live in 'default', the others beside their object. */
function validateNamespace(event: Event, errors: FieldErrors): void {
  const { namespace: own = '' } = event.metadata;
  const { namespace: involved = '' } = event.involvedObject;
  if (!involved) {
    if (event.eventTime ? own !== 'default' && own !== 'kube-system' : own !== 'default') {
      errors.invalid('involvedObject.namespace', involved, 'does not match event.namespace');
    }
  } else if (!event.eventTime && own !== involved) {
    errors.invalid('involvedObject.namespace', involved, 'does not match event.namespace');
  }
  if (!own || dnsSubdomain(own).length > 0) errors.invalid('namespace', own, '');
}

function validateNewStyle(event: Event, errors: FieldErrors): void {
  const { reportingComponent, reportingInstance, action, reason, message } = event;
  if (!reportingComponent) errors.required('reportingController');
  errors.invalidEach(
    'reportingController',
    reportingComponent,
    qualifiedName(reportingComponent ?? ''),
  );
  if (!reportingInstance) errors.required('reportingInstance');
  limit('reportingInstance', reportingInstance, ACTION_BYTES_MAX, errors);
  if (!action) errors.required('action');
  limit('action', action, ACTION_BYTES_MAX, errors);
  if (!reason) errors.required('reason');
  limit('reason', reason, ACTION_BYTES_MAX, errors);
  limit('message', message, NOTE_BYTES_MAX, errors);
}

function limit(field: string, text: string | undefined, max: number, errors: FieldErrors): void {
  if ((text?.length ?? 0) > max) {
    errors.invalid(field, text, `can have at most ${max} characters`);
  }
}
