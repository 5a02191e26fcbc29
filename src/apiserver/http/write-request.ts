// The body of a create, update or patch: its media type, its decoding, and that it is about what
// the URL names.
import type { KubeObject } from '../../api/object';
import { badRequest, StatusError } from '../../api/status-error';
import type { ApiRequest, PatchType, RequestOptions } from '../../client/transport';
import { decodeObject, type ExpectedKind, type FieldValidation } from '../decode/decode-object';
import { decodePatched } from '../decode/decode-patched';
import { JsonSyntaxError, parseJson } from '../decode/parse-json';
import { subresourceShape } from '../discovery/resource-entries';
import { parseMediaType } from './media-type';
import { writeOptions } from './request-options';
import type { KnownCall } from './resource-handler';

type WritePart = Pick<ApiRequest, 'options' | 'body' | 'name' | 'decode'>;

const OPTIONS_KIND = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
} as const;

/** Throws 400, 415 or 422. */
export function readWrite(call: KnownCall, verb: 'create' | 'update' | 'patch'): WritePart {
  if (verb === 'patch') return readPatch(call);
  checkContentType(call.headers['content-type']);
  const { fieldValidation, ...options } = writeOptions(call.query, OPTIONS_KIND[verb]);
  const { route, warnings } = call;
  const object = decodeObject(call.body, expectedKind(call), fieldValidation, warnings);
  if (route.name) checkIdentity(object, route.name, route.namespace);
  if (verb === 'create' && route.subresource === '') checkUnborn(object);
  const body = stored(call, object);
  return { options, body, name: route.name || nameFromBody(call, object) };
}

function readPatch(call: KnownCall): WritePart {
  const patchType = patchTypeOf(call.headers['content-type']);
  const { fieldValidation, ...options } = writeOptions(call.query, 'PatchOptions', patchType);
  const patch = parsePatch(call.body, patchType);
  return {
    options,
    body: patch,
    name: call.route.name,
    decode: (object) => checkPatched(call, object as object, options, patch, fieldValidation),
  };
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

function checkContentType(contentType = 'application/json'): void {
  if (parseMediaType(contentType).type === 'application/json') return;
  const message =
    'the body of the request was in an unknown format - ' +
    'accepted media types include: application/json';
  throw new StatusError(415, 'UnsupportedMediaType', message);
}

const PATCH_TYPES: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
};

function patchTypeOf(contentType = ''): PatchType {
  const patchType = PATCH_TYPES[parseMediaType(contentType).type];
  if (patchType) return patchType;
  throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
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
