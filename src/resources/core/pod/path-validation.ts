// Paths inside volumes. Upstream: validateLocalDescendingPath and its kin in
// pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';

export interface KeyToPath {
  key: string;
  path: string;
  mode?: number;
}

/** A relative path that does not climb. */
export function validateLocalPath(text: string, path: string, errors: FieldErrors): void {
  if (text.startsWith('/')) errors.invalid(path, text, 'must be a relative path');
  validateNoBacksteps(text, path, errors);
}

/** As validateLocalPath, and names that start with '..' are the kubelet's own. */
export function validateLocalNonReservedPath(
  text: string,
  path: string,
  errors: FieldErrors,
): void {
  validateLocalPath(text, path, errors);
  if (text.startsWith('..') && !text.startsWith('../')) {
    errors.invalid(path, text, "must not start with '..'");
  }
}

export function validateNoBacksteps(text: string, path: string, errors: FieldErrors): void {
  if (text.split('/').includes('..')) errors.invalid(path, text, "must not contain '..'");
}

/** File modes are octal in people's heads but plain numbers here. */
export function validateFileMode(
  mode: number | undefined,
  path: string,
  errors: FieldErrors,
): void {
  if (mode != null && (mode < 0 || mode > 0o777)) {
    errors.invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive');
  }
}

/** One key of a Secret or ConfigMap and the file that it becomes. */
export function validateKeyToPath(item: KeyToPath, path: string, errors: FieldErrors): void {
  if (!item.key) errors.required(`${path}.key`);
  if (!item.path) errors.required(`${path}.path`);
  else validateLocalNonReservedPath(item.path, `${path}.path`, errors);
  validateFileMode(item.mode, `${path}.mode`, errors);
}
