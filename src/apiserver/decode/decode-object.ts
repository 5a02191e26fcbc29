// From the text of a request to an object of the kind that the URL wants: syntax, apiVersion and
// kind, fields and their types. Unknown and duplicate fields are an error, a warning or nothing, as
// the client chose with `fieldValidation`; they are dropped in any case.
// Where the real one differs: it takes protobuf here too.
// Upstream: apiserver/pkg/endpoints/handlers/{create,rest}.go,
// apimachinery/pkg/runtime/serializer/json.
import type { KubeObject } from '../../api/object';
import { invalidError } from '../../api/field-errors';
import { badRequest, type StatusError } from '../../api/status-error';
import type { CustomKind } from '../../resources/definition';
import { isObject, type JsonObject } from '../patch/json-value';
import { DecodeError, ValueDecoder } from './decode-value';
import { jsonKind } from './go-types';
import { isKnownKind, typeNameOf } from './known-types';
import { JsonSyntaxError, parseJson } from './parse-json';
import type { ReadBody, ReadText } from './read-body';
import { NO_TYPE_META, typeMetaProblem } from './type-meta';

export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

/** What the endpoint takes. */
export interface ExpectedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Of a kind that a CustomResourceDefinition made. */
  readonly custom?: CustomKind;
}

const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; ' +
  'Kind string "json:\\"kind,omitempty\\"" }';

/** The object in a body, with apiVersion and kind filled in. Throws 400 in the server's words. */
export function decodeObject(
  text: string,
  expected: ExpectedKind,
  validation: FieldValidation,
  warnings: string[],
  /** Of a format other than JSON. */
  read?: ReadText,
): KubeObject {
  const { value, duplicates, complaints } = parseBody(text, expected, read);
  const given = givenKind(value, text, expected);
  const typeName = typeNameOf(expected.apiVersion, expected.kind);
  checkKind(given, expected);
  const decoder = new ValueDecoder(duplicates);
  try {
    const custom = expected.custom?.decode((value ?? {}) as JsonObject, duplicates);
    const object =
      custom?.object ?? (typeName === undefined ? value : decoder.object(value, typeName));
    settleFormat(complaints, custom?.complaints ?? decoder.complaints, validation, warnings);
    const { apiVersion, kind } = expected;
    const head = { apiVersion, kind };
    return { ...head, ...(object as KubeObject), ...head };
  } catch (error) {
    if (error instanceof DecodeError) throw cannotBeHandled(given, expected, error.message);
    throw error;
  }
}

/** Throws what `Strict` refuses; gives what `Warn` warns of. */
export function settleComplaints(
  complaints: readonly string[],
  validation: FieldValidation,
  warnings: string[],
): void {
  if (complaints.length === 0 || validation === 'Ignore') return;
  if (validation === 'Warn') warnings.push(...complaints);
  else throw new DecodeError(`strict decoding error: ${complaints.join(', ')}`);
}

/** As `settleComplaints`; what the format's own reader complains of is told in its words. */
function settleFormat(
  ofFormat: readonly string[],
  complaints: readonly string[],
  validation: FieldValidation,
  warnings: string[],
): void {
  if (validation !== 'Strict') {
    settleComplaints([...ofFormat, ...complaints], validation, warnings);
    return;
  }
  const told = ofFormat.length > 0 ? [unmarshalErrors(ofFormat)] : [];
  settleComplaints([...told, ...complaints], validation, warnings);
}

/** What Go's YAML reader makes of complaints. */
export function unmarshalErrors(complaints: readonly string[]): string {
  return ['yaml: unmarshal errors:', ...complaints.map((complaint) => '  ' + complaint)].join('\n');
}

/** 'no kind "X" is registered ...' when the server knows no such kind. */
export function unregisteredKind({ apiVersion, kind }: ExpectedKind): string {
  const scheme = 'pkg/api/legacyscheme/scheme.go:30';
  return `no kind "${kind}" is registered for version "${apiVersion}" in scheme "${scheme}"`;
}

function parseBody(text: string, expected: ExpectedKind, read: ReadText | undefined): ReadBody {
  if (read) return readBody(text, expected, read);
  try {
    return { ...parseJson(text), complaints: [] };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw unrecognized(
      `couldn't get version/kind; json parse error: ${error.message}`,
      text,
      expected,
    );
  }
}

function readBody(text: string, expected: ExpectedKind, read: ReadText): ReadBody {
  try {
    return read(text);
  } catch (error) {
    throw unrecognized((error as Error).message, text, expected);
  }
}

function givenKind(value: unknown, text: string, expected: ExpectedKind): ExpectedKind {
  if (value === null) return expected;
  if (!isObject(value)) {
    const message = `${NO_TYPE_META} ${jsonKind(value)} into Go value of type ${TYPE_META}`;
    throw unrecognized(message, text, expected);
  }
  const problem = typeMetaProblem(value);
  if (problem) throw unrecognized(problem, text, expected);
  const { apiVersion, kind } = value as JsonObject & Partial<ExpectedKind>;
  if (apiVersion && apiVersion.split('/').length > 2) {
    throw unrecognized(`unexpected GroupVersion string: ${apiVersion}`, text, expected);
  }
  return { apiVersion: apiVersion || expected.apiVersion, kind: kind || expected.kind };
}

function checkKind(given: ExpectedKind, expected: ExpectedKind): void {
  if (given.kind === expected.kind && given.apiVersion === expected.apiVersion) return;
  if (expected.custom) throw wrongCustomKind(given, expected);
  if (!isKnownKind(given.apiVersion, given.kind)) {
    throw cannotBeHandled(given, expected, unregisteredKind(given));
  }
  const from = `${versionOf(given.apiVersion)}.${given.kind}`;
  const to = `${packageOf(expected.apiVersion)}.${expected.kind}`;
  throw cannotBeHandled(given, expected, `converting (${from}) to (${to}): unknown conversion`);
}

function wrongCustomKind(given: ExpectedKind, expected: ExpectedKind): StatusError {
  if (given.apiVersion !== expected.apiVersion) {
    const what = 'the API version in the data';
    const other = `does not match the expected API version (${expected.apiVersion})`;
    return badRequest(`${what} (${given.apiVersion}) ${other}`);
  }
  const [group] = expected.apiVersion.split('/');
  const field = { reason: 'FieldValueInvalid', field: 'kind' };
  const message = `Invalid value: ${JSON.stringify(given.kind)}: must be ${expected.kind}`;
  return invalidError(given.kind, group, '', [{ ...field, message }]);
}

function cannotBeHandled(given: ExpectedKind, expected: ExpectedKind, why: string): StatusError {
  const version = versionOf(given.apiVersion);
  return badRequest(
    `${given.kind} in version "${version}" cannot be handled as a ${expected.kind}: ${why}`,
  );
}

function unrecognized(why: string, text: string, expected: ExpectedKind): StatusError {
  return badRequest(
    `the object provided is unrecognized (must be of type ${expected.kind}): ${why} ` +
      `(${summary(text)})`,
  );
}

const SUMMARY_BYTES = 30;

/** The beginning of the body: as text when it looks like JSON, else as hexadecimal bytes. */
function summary(text: string): string {
  if (text === '') return '<empty>';
  if (text[0] === '{') {
    return text.length > SUMMARY_BYTES ? text.slice(0, SUMMARY_BYTES) + ' ...' : text;
  }
  const bytes = utf8Bytes(text.slice(0, SUMMARY_BYTES + 1));
  const hex = bytes.slice(0, SUMMARY_BYTES).map((byte) => byte.toString(16).padStart(2, '0'));
  return hex.join('') + (bytes.length > SUMMARY_BYTES ? ' ...' : '');
}

function utf8Bytes(text: string): number[] {
  const escaped = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
  const parts = escaped.match(/%[0-9A-F]{2}|./g) ?? [];
  return parts.map((part) =>
    part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0),
  );
}

function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

/** The server's internal package of a group: 'core', 'apps', 'discovery'. */
function packageOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? 'core' : apiVersion.slice(0, slash).split('.')[0];
}
