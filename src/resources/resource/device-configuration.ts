// What drivers are told of the devices that they prepare: opaque to everybody else.
// Upstream: pkg/apis/resource/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import { validateDriver } from './device-names';

const DATA_MAX = 10 * 1024;

interface Configuration {
  readonly opaque?: { readonly driver?: string; readonly parameters?: unknown };
}

/** `checksSize` is false of parameters that were stored before. */
export function validateConfiguration(
  { opaque }: Configuration,
  path: string,
  errors: FieldErrors,
  checksSize = true,
): void {
  if (!opaque) {
    errors.required(`${path}.opaque`);
    return;
  }
  validateDriver(opaque.driver ?? '', `${path}.opaque.driver`, errors);
  validateData(opaque.parameters, `${path}.opaque.parameters`, errors, checksSize);
}

/** Any object, of limited size. */
export function validateData(
  data: unknown,
  path: string,
  errors: FieldErrors,
  checksSize = true,
): void {
  if (data == null) errors.required(path);
  else if (checksSize && JSON.stringify(data).length > DATA_MAX) errors.tooLong(path, DATA_MAX);
  else if (typeof data !== 'object' || Array.isArray(data)) {
    errors.invalid(path, '<value omitted>', 'must be a valid JSON object');
  }
}
