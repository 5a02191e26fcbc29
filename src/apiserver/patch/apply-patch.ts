// Patches: what a PATCH makes of an object. Pure: neither the object nor the patch is written to,
// both may be frozen, and the result shares with them whatever did not change; a patch that changes
// nothing gives back the very same object. Server-side apply is not here: it needs managed fields.
// Upstream: apiserver/pkg/endpoints/handlers/patch.go.
import { StatusError, badRequest } from '../../api/status-error';
import type { PatchType } from '../../client/transport';
import { isObject, type JsonObject } from './json-value';
import { jsonPatch } from './json-patch';
import { mergePatch } from './merge-patch';
import { strategicMergePatch } from './strategic-merge-patch';

/**
 * The patched object. `typeName` names the object's type in the wire schema ('Deployment') and is
 * read by strategic patches only. Throws StatusError as the server words it.
 */
export function applyPatch<T extends object>(
  type: PatchType,
  current: T,
  patch: unknown,
  typeName?: string,
): T {
  switch (type) {
    case 'json':
      return jsonPatch(current, patch) as T;
    case 'merge':
      return mergePatch(current, asDocument(patch)) as T;
    case 'strategic':
      return strategicMergePatch(current as JsonObject, asDocument(patch), typeName) as T;
    case 'apply':
      throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  }
}

function asDocument(patch: unknown): JsonObject {
  if (isObject(patch)) return patch;
  if (patch === null) return {};
  const kind = Array.isArray(patch) ? 'array' : typeof patch === 'boolean' ? 'bool' : typeof patch;
  const message = `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
  throw badRequest(`error decoding patch: ${message}`);
}
