// Probes and lifecycle handlers.
// Upstream: validateProbe, validateHandler in pkg/apis/core/validation/validation.go.
import { acceptOnce } from '../../accept-once';
import type { FieldErrors } from '../../../api/field-errors';
import { httpHeaderName } from '../../../api/names';
import type { Container, Probe } from '../../../api/types';
import { validatePortNumberOrName } from '../service/port-validation';

type LifecycleHandler = NonNullable<NonNullable<Container['lifecycle']>['preStop']>;
type Handler = Pick<Probe, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'> &
  Pick<LifecycleHandler, 'sleep'>;

const SCHEMES = ['HTTP', 'HTTPS'];
const HANDLER_KINDS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;
const COUNTS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

/** `name` is the field's: liveness and startup probes succeed at once, readiness ends nothing. */
export function validateProbe(
  probe: Probe,
  name: 'livenessProbe' | 'readinessProbe' | 'startupProbe',
  path: string,
  errors: FieldErrors,
): void {
  validateOwn(probe, path, errors);
  if (name === 'readinessProbe') {
    const seconds = probe.terminationGracePeriodSeconds;
    if (seconds != null) {
      const why = 'must not be set for readinessProbes';
      errors.invalid(`${path}.terminationGracePeriodSeconds`, seconds, why);
    }
  } else if (probe.successThreshold !== 1) {
    errors.invalid(`${path}.successThreshold`, probe.successThreshold ?? 0, 'must be 1');
  }
}

const validateOwn = acceptOnce<Probe>((probe, path, errors) => {
  validateHandler(probe, path, errors);
  for (const field of COUNTS) {
    const value = probe[field] ?? 0;
    if (value < 0) errors.invalid(`${path}.${field}`, value, 'must be greater than or equal to 0');
  }
  const seconds = probe.terminationGracePeriodSeconds;
  if (seconds != null && seconds <= 0) {
    errors.invalid(`${path}.terminationGracePeriodSeconds`, seconds, 'must be greater than 0');
  }
});

/** Exactly one kind of handler, well formed. A sleep must end within the grace period. */
export function validateHandler(
  handler: Handler,
  path: string,
  errors: FieldErrors,
  graceSeconds?: number,
): void {
  let count = 0;
  for (const kind of HANDLER_KINDS) {
    if (!handler[kind]) continue;
    if (count > 0) {
      errors.forbidden(`${path}.${kind}`, 'may not specify more than 1 handler type');
    } else {
      count++;
      validateAction(handler, kind, `${path}.${kind}`, errors, graceSeconds);
    }
  }
  if (count === 0) errors.required(path, 'must specify a handler type');
}

function validateAction(
  handler: Handler,
  kind: (typeof HANDLER_KINDS)[number],
  path: string,
  errors: FieldErrors,
  graceSeconds: number | undefined,
): void {
  switch (kind) {
    case 'exec':
      if (!handler.exec?.command?.length) errors.required(`${path}.command`);
      break;
    case 'httpGet':
      validateHttpGet(handler.httpGet!, path, errors);
      break;
    case 'tcpSocket':
      validatePortNumberOrName(handler.tcpSocket?.port, `${path}.port`, errors);
      break;
    case 'grpc':
      validatePortNumberOrName(handler.grpc?.port, `${path}.port`, errors);
      break;
    case 'sleep': {
      const { seconds } = handler.sleep!;
      if (graceSeconds != null && (seconds < 0 || seconds > graceSeconds)) {
        const limit = `terminationGracePeriodSeconds (${graceSeconds})`;
        errors.invalid(path, seconds, `must be non-negative and less than ${limit}`);
      }
    }
  }
}

function validateHttpGet(
  action: NonNullable<Handler['httpGet']>,
  path: string,
  errors: FieldErrors,
): void {
  if (!action.path) errors.required(`${path}.path`);
  validatePortNumberOrName(action.port, `${path}.port`, errors);
  const scheme = action.scheme ?? '';
  if (!SCHEMES.includes(scheme)) errors.notSupported(`${path}.scheme`, scheme, SCHEMES);
  action.httpHeaders?.forEach(({ name }) => {
    errors.invalidEach(`${path}.httpHeaders`, name, httpHeaderName(name ?? ''));
  });
}
