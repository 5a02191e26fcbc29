// Validation errors of fields, with their paths, gathered and then thrown as one 422 Invalid.
// Upstream: apimachinery/pkg/util/validation/field.
import { StatusError, type StatusCause } from './status-error';

export type FieldErrorReason =
  | 'FieldValueNotFound' | 'FieldValueRequired' | 'FieldValueDuplicate' | 'FieldValueInvalid'
  | 'FieldValueNotSupported' | 'FieldValueForbidden' | 'FieldValueTooLong' | 'FieldValueTooMany'
  | 'InternalError' | 'FieldValueTypeInvalid';

/** Gathers what is wrong with one object, in the order in which validation finds it. */
export class FieldErrors {
  readonly causes: StatusCause[] = [];

  get isEmpty(): boolean {
    return this.causes.length === 0;
  }

  required(field: string, detail = ''): void {
    this.add('FieldValueRequired', field, 'Required value' + (detail ? ': ' + detail : ''));
  }

  invalid(field: string, value: unknown, detail: string): void {
    this.add('FieldValueInvalid', field, `Invalid value: ${show(value)}: ${detail}`);
  }

  typeInvalid(field: string, value: unknown, detail: string): void {
    this.add('FieldValueTypeInvalid', field, `Invalid value: ${show(value)}: ${detail}`);
  }

  forbidden(field: string, detail: string): void {
    this.add('FieldValueForbidden', field, `Forbidden: ${detail}`);
  }

  duplicate(field: string, value: unknown): void {
    this.add('FieldValueDuplicate', field, `Duplicate value: ${show(value)}`);
  }

  notFound(field: string, value: unknown): void {
    this.add('FieldValueNotFound', field, `Not found: ${show(value)}`);
  }

  notSupported(field: string, value: unknown, supported: readonly string[]): void {
    const list = supported.map((choice) => JSON.stringify(choice)).join(', ');
    const detail = supported.length > 0 ? `: supported values: ${list}` : '';
    this.add('FieldValueNotSupported', field, `Unsupported value: ${show(value)}${detail}`);
  }

  tooLong(field: string, maxBytes: number): void {
    this.add('FieldValueTooLong', field, `Too long: may not be more than ${maxBytes} bytes`);
  }

  tooMany(field: string, actual: number, max: number): void {
    const what = max === 1 ? 'item' : 'items';
    this.add('FieldValueTooMany', field, `Too many: ${actual}: must have at most ${max} ${what}`);
  }

  add(reason: FieldErrorReason, field: string, message: string): void {
    this.causes.push({ reason, message, field });
  }

  /** Throws 422 Invalid when anything was found. `kind` with its group, as 'Deployment', 'apps'. */
  throwIfAny(kind: string, group: string, name: string): void {
    if (this.causes.length > 0) throw invalidError(kind, group, name, this.causes);
  }
}

export function invalidError(
  kind: string,
  group: string,
  name: string,
  causes: StatusCause[],
): StatusError {
  const texts = [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))];
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const subject = group ? `${kind}.${group}` : kind;
  const details = { ...(name && { name }), ...(group && { group }), kind, causes };
  return new StatusError(422, 'Invalid', `${subject} ${JSON.stringify(name)} is invalid: ${list}`, details);
}

function show(value: unknown): string {
  return value === undefined || value === null ? 'null' : JSON.stringify(value);
}
