// Patch: applied to the newest version, then stored as an update.
import { badRequest, notFound } from '../api/status-error';
import type { KubeObject } from '../api/object';
import type { ApiRequest } from '../client/transport';
import type { ResourceDefinition } from '../resources/definition';
import type { ServerContext } from './context';
import { applyPatch } from './patch/apply-patch';
import { replaceObject } from './update';

export function patchObject(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
): KubeObject {
  const { namespace, name, options } = request;
  const current = context.store.get(definition.ref.key, namespace, name);
  if (!current) throw notFound(definition.ref, name);
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
  return replaceObject(context, definition, request, current, proposed);
}
