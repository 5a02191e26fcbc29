// The body of a create, update or patch: its media type, its decoding, and that it is about what
// the URL names.
import type { KubeObject } from '../../api/object';
import { badRequest, StatusError } from '../../api/status-error';
import type { ApiRequest, PatchType, RequestOptions } from '../../client/transport';
import {
  decodeObject,
  unmarshalErrors,
  type ExpectedKind,
  type FieldValidation,
} from '../decode/decode-object';
import { decodePatched } from '../decode/decode-patched';
import { jsonKind } from '../decode/go-types';
import { JsonSyntaxError, parseJson } from '../decode/parse-json';
import type { ReadText } from '../decode/read-body';
import { subresourceShape } from '../discovery/resource-entries';
import { isObject } from '../patch/json-value';
import { managerOf } from './manager-name';
import { parseMediaType } from './media-type';
import { writeOptions } from './request-options';
import type { KnownCall } from './resource-handler';

type WritePart = Pick<ApiRequest, 'options' | 'body' | 'name' | 'decode' | 'manager'>;

const OPTIONS_KIND = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
} as const;

/** Throws 400, 415 or 422. */
export function readWrite(call: KnownCall, verb: 'create' | 'update' | 'patch'): WritePart {
  if (verb === 'patch') return readPatch(call);
  const read = readerOf(call);
  const { fieldValidation, ...options } = writeOptions(call.query, OPTIONS_KIND[verb]);
  const { route, warnings } = call;
  const object = decodeObject(call.body, expectedKind(call), fieldValidation, warnings, read);
  // Who asks for a token may leave out whose; the handler compares what is said.
  const isToken = route.subresource === 'token';
  if (route.name && !isToken) checkIdentity(object, route.name, route.namespace);
  if (verb === 'create' && route.subresource === '') checkUnborn(object);
  const body = stored(call, object);
  const manager = managerOf(options.fieldManager, call.headers['user-agent']);
  return { options, body, name: route.name || nameFromBody(call, object), manager };
}

function readPatch(call: KnownCall): WritePart {
  const patchType = patchTypeOf(call);
  if (patchType === 'apply') return readApply(call);
  const { fieldValidation, ...options } = writeOptions(call.query, 'PatchOptions', patchType);
  const patch = parsePatch(call.body, patchType);
  return {
    options,
    body: patch,
    name: call.route.name,
    manager: managerOf(options.fieldManager, call.headers['user-agent']),
    decode: (object) => checkPatched(call, object as object, options, patch, fieldValidation),
  };
}

function readApply(call: KnownCall): WritePart {
  const { readYaml } = call.backend.services;
  if (!readYaml) throw unsupportedPatch();
  const { fieldValidation, ...options } = writeOptions(call.query, 'PatchOptions', 'apply');
  const { value, complaints } = readApplied(call.body, readYaml);
  return {
    options,
    body: value,
    name: call.route.name,
    manager: options.fieldManager,
    decode: (object) => {
      checkApplied(complaints, fieldValidation, call.warnings);
      return checkPatched(call, object as object, options, value, fieldValidation);
    },
  };
}

function readApplied(text: string, readYaml: ReadText): ReturnType<ReadText> {
  const failure = 'error decoding YAML: error';
  try {
    const body = readYaml(text);
    const { value } = body;
    if (value === null || isObject(value)) return body;
    const target = 'Go value of type map[string]interface {}';
    const what = `cannot unmarshal ${jsonKind(value)} into ${target}`;
    throw badRequest(`${failure} unmarshaling JSON: while decoding JSON: json: ${what}`);
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw badRequest(`${failure} converting YAML to JSON: ${(error as Error).message}`);
  }
}

/** Keys that stand twice; fields that do not exist are refused in any case. */
function checkApplied(
  complaints: readonly string[],
  validation: FieldValidation,
  warnings: string[],
): void {
  if (complaints.length === 0 || validation === 'Ignore') return;
  const what = `error converting YAML to JSON: ${unmarshalErrors(complaints)}`;
  if (validation === 'Strict') throw badRequest(`error strict decoding YAML: ${what}`);
  warnings.push(what);
}

function checkPatched(
  call: KnownCall,
  patched: object,
  { patchType = 'strategic' }: RequestOptions,
  patch: unknown,
  validation: FieldValidation,
): KubeObject {
  const { route, warnings } = call;
  const expected = expectedKind(call);
  const object = decodePatched(patched, expected, validation, warnings, patchType, patch);
  checkIdentity(object, route.name, route.namespace);
  return stored(call, object);
}

/** As the server keeps it, when it was written in another version's form. */
function stored({ definition: { view }, route }: KnownCall, object: KubeObject): KubeObject {
  const isWhole = route.subresource === '' || route.subresource === 'status';
  return view && isWhole ? view.convertFrom(object) : object;
}

/** Subresources may take a kind of their own. */
function expectedKind({ definition, route }: KnownCall): ExpectedKind {
  const { custom } = definition;
  if (custom && (route.subresource === '' || route.subresource === 'status')) {
    const { apiVersion, kind } = definition.ref;
    return { apiVersion, kind, custom };
  }
  if (route.subresource === '') return definition.ref;
  return subresourceShape(definition, route.subresource);
}

function checkUnborn({ metadata }: KubeObject): void {
  const resourceVersion = metadata?.resourceVersion ?? '';
  if (resourceVersion === '' || resourceVersion === '0') return;
  throw new StatusError(500, '', 'resourceVersion should not be set on objects to be created');
}

/** What is posted to '/bindings' names its pod itself. */
function nameFromBody({ route }: KnownCall, object: KubeObject): string {
  return route.subresource ? (object.metadata?.name ?? '') : '';
}

function checkIdentity(object: KubeObject, name: string, namespace: string): void {
  const given = object.metadata ?? {};
  if (!given.name) {
    const why = 'was undeterminable: name must be provided';
    throw badRequest(`the name of the object (${name} based on URL) ${why}`);
  }
  if (given.name !== name) {
    const what = `the name of the object (${given.name})`;
    throw badRequest(`${what} does not match the name on the URL (${name})`);
  }
  if (given.namespace && given.namespace !== namespace) {
    const what = 'the namespace of the provided object';
    throw badRequest(`${what} does not match the namespace sent on the request`);
  }
}

/** What reads the body; undefined for JSON, which the server reads itself. */
function readerOf({ headers, backend }: KnownCall): ReadText | undefined {
  const { type } = parseMediaType(headers['content-type'] ?? JSON_TYPE);
  if (type === JSON_TYPE) return undefined;
  const { readYaml } = backend.services;
  if (type === 'application/yaml' && readYaml) return readYaml;
  const message =
    'the body of the request was in an unknown format - accepted media types include: ' +
    'application/json, application/yaml, application/vnd.kubernetes.protobuf';
  throw new StatusError(415, 'UnsupportedMediaType', message);
}

const JSON_TYPE = 'application/json';

const PATCH_TYPES: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

function patchTypeOf({ headers, definition, route }: KnownCall): PatchType {
  const patchType = PATCH_TYPES[parseMediaType(headers['content-type'] ?? '').type];
  const isCustom = definition.custom && route.subresource !== 'scale';
  if (isCustom && (!patchType || patchType === 'strategic')) {
    throw new StatusError(415, 'UnsupportedMediaType', CUSTOM_PATCHES);
  }
  if (patchType) return patchType;
  throw unsupportedPatch();
}

/** No schema of a custom resource says how lists are merged strategically. */
const CUSTOM_PATCHES =
  'the body of the request was in an unknown format - accepted media types include: ' +
  'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml';

function unsupportedPatch(): StatusError {
  return new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
}

/** A strategic patch is read by another decoder, which adds no words of its own. */
function parsePatch(body: string, patchType: PatchType): unknown {
  try {
    return parseJson(body).value;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const { message } = error;
    throw badRequest(patchType === 'strategic' ? message : `error decoding patch: ${message}`);
  }
}
