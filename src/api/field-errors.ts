// Validation errors of fields, with their paths, gathered and then thrown as one 422 Invalid.
// Values show as JSON, as since 1.33. Upstream: apimachinery/pkg/util/validation/field.
import { StatusError, type StatusCause } from './status-error';

export type FieldErrorReason =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'InternalError'
  | 'FieldValueTypeInvalid';

/** Gathers what is wrong with one object, in the order in which validation finds it. */
export class FieldErrors {
  readonly causes: StatusCause[] = [];

  get isEmpty(): boolean {
    return this.causes.length === 0;
  }

  required(field: string, detail = ''): void {
    this.add('FieldValueRequired', field, 'Required value' + (detail ? ': ' + detail : ''));
  }

  /** One error for each complaint of a format check. */
  invalidEach(field: string, value: unknown, details: readonly string[]): void {
    for (const detail of details) this.invalid(field, value, detail);
  }

  invalid(field: string, value: unknown, detail: string): void {
    this.add('FieldValueInvalid', field, invalidText(value, detail));
  }

  typeInvalid(field: string, value: unknown, detail: string): void {
    this.add('FieldValueTypeInvalid', field, invalidText(value, detail));
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
    const list = supported.map((choice) => quote(choice)).join(', ');
    const detail = supported.length > 0 ? `: supported values: ${list}` : '';
    this.add('FieldValueNotSupported', field, `Unsupported value: ${show(value)}${detail}`);
  }

  tooLong(field: string, maxBytes: number): void {
    this.add(
      'FieldValueTooLong',
      field,
      `Too long: may not be more than ${maxBytes} ${maxBytes === 1 ? 'byte' : 'bytes'}`,
    );
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
  return new StatusError(422, 'Invalid', `${subject} ${quote(name)} is invalid: ${list}`, details);
}

/** One 'path: Invalid value: ...' line, for errors that are no 422. */
export function fieldErrorText(field: string, value: unknown, detail: string): string {
  return `${field}: ${invalidText(value, detail)}`;
}

function invalidText(value: unknown, detail: string): string {
  return `Invalid value: ${show(value)}${detail ? ': ' + detail : ''}`;
}

/**
 * An absent pointer shows as the word "null", an empty map or list of Go (null here) as JSON's
 * null.
 */
function show(value: unknown): string {
  if (value === undefined) return '"null"';
  return typeof value === 'string' ? quote(value) : goJson(value);
}

/**
 * JSON as Go writes it: maps of strings sorted by key, structs in the order given, '<', '>' and '&'
 * escaped.
 */
function goJson(value: unknown): string {
  return JSON.stringify(value, sortKeys).replace(
    /[<>&\u2028\u2029]/g,
    (character) => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0'),
  );
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  if (!entries.every(([, each]) => typeof each === 'string')) return value;
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** A string as Go's %q shows it: printable characters stay, the rest is escaped Go's way. */
export function quote(text: string): string {
  let quoted = '"';
  for (const character of text) quoted += GO_ESCAPES[character] ?? escapeUnprintable(character);
  return quoted + '"';
}

const GO_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

function escapeUnprintable(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x20 || code === 0x7f) return '\\x' + code.toString(16).padStart(2, '0');
  if (!/[\p{C}\p{Z}]/u.test(character) || character === ' ') return character;
  return code > 0xffff
    ? '\\U' + code.toString(16).padStart(8, '0')
    : '\\u' + code.toString(16).padStart(4, '0');
}
