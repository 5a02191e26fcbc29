// Patch: applied to the newest version, then stored as an update; a configuration that is applied
// may also make the object.
import { badRequest, conflict, notFound, StatusError } from '../api/status-error';
import type { KubeObject } from '../api/object';
import type { ApiRequest } from '../client/transport';
import type { ResourceDefinition } from '../resources/definition';
import type { ServerContext } from './context';
import { createObject } from './create';
import { applyPatch } from './patch/apply-patch';
import { replaceObject, type UpdateResult } from './update';

export function patchObject(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
): UpdateResult {
  const { namespace, name, options } = request;
  const current = context.store.get(definition.ref.key, namespace, name);
  if (options.patchType === 'apply') return applyObject(context, definition, request, current);
  if (!current) throw notFound(definition.ref, name);
  if (definition.custom && (options.patchType ?? 'strategic') === 'strategic') {
    throw new StatusError(415, 'UnsupportedMediaType', UNSUPPORTED, {});
  }
  const patched = applyPatch(
    options.patchType ?? 'strategic',
    request.view?.convertTo(current) ?? current,
    request.body,
    (request.view?.ref ?? definition.ref).kind,
  );
  if (typeof patched !== 'object' || patched === null || Array.isArray(patched)) {
    throw badRequest('the patched object is not an object');
  }
  const proposed = (request.decode?.(patched) ?? patched) as KubeObject;
  const object = replaceObject(context, definition, request, current, proposed);
  return { object, created: false };
}

function applyObject(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
  current: KubeObject | undefined,
): UpdateResult {
  const { fieldManager } = context.services;
  if (!fieldManager) throw new StatusError(415, 'UnsupportedMediaType', UNSUPPORTED, {});
  if (!current && request.subresource) throw notFound(definition.ref, request.name);
  const { object: proposed, entries } = fieldManager.apply(definition, request, current);
  if (current) {
    const object = replaceObject(context, definition, request, current, proposed, entries);
    return { object, created: false };
  }
  const { uid } = proposed.metadata;
  if (uid) {
    const given = `the provided object specified uid ${uid}`;
    const why = `uid mismatch: ${given}, and no existing object was found`;
    throw conflict(definition.ref, request.name, why);
  }
  const create: ApiRequest = { ...request, body: proposed };
  return { object: createObject(context, definition, create, entries), created: true };
}

const UNSUPPORTED = '415: Unsupported Media Type';
