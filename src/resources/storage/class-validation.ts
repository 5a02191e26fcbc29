// What StorageClasses and VolumeAttributesClasses have in common.
// Upstream: pkg/apis/storage/validation/validation.go.
import { deepEqual } from '../../api/deep-equal';
import type { FieldErrors } from '../../api/field-errors';
import { qualifiedName } from '../../api/names';

const PARAMETERS_MAX = 512;
const PARAMETER_BYTES_MAX = 256 * 1024;

type Parameters = Readonly<Record<string, string>> | undefined;

/** The name of who makes volumes: a qualified name, in capitals or not. */
export function validateProvisioner(name: string, path: string, errors: FieldErrors): void {
  if (!name) errors.required(path);
  else errors.invalidEach(path, name.toLowerCase(), qualifiedName(name.toLowerCase()));
}

export function validateParameters(
  parameters: Parameters,
  path: string,
  errors: FieldErrors,
): void {
  const keys = Object.keys(parameters ?? {}).sort();
  if (keys.length > PARAMETERS_MAX) {
    errors.tooLong(path, PARAMETERS_MAX);
    return;
  }
  let size = 0;
  for (const key of keys) {
    if (!key) errors.invalid(path, key, 'field can not be empty.');
    size += key.length + parameters![key].length;
  }
  if (size > PARAMETER_BYTES_MAX) errors.tooLong(path, PARAMETER_BYTES_MAX);
}

/** Parameters say how volumes were made, so they stay as they are. */
export function validateSameParameters(
  next: Parameters,
  old: Parameters,
  errors: FieldErrors,
): void {
  if (deepEqual(next ?? {}, old ?? {})) return;
  errors.forbidden('parameters', 'updates to parameters are forbidden.');
}
