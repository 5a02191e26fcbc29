// pods/ephemeralcontainers and pods/resize: a pod is read and written as at its own endpoint, but
// only one part of its spec changes. Upstream: pkg/registry/core/pod/storage/storage.go.
import type { KubeObject } from '../../api/object';
import { pods } from '../../api/resource-ref';
import { notFound } from '../../api/status-error';
import type { Pod } from '../../api/types';
import type { ApiRequest } from '../../client/transport';
import { ephemeralContainersDefinition } from '../../resources/core/pod/ephemeral-containers';
import { resizeDefinition } from '../../resources/core/pod/resize';
import type { ResourceDefinition } from '../../resources/definition';
import type { ServerContext } from '../context';
import { patchObject } from '../patch-object';
import { updateObject } from '../update';
import type { SubresourceHandler } from './subresource';

export const podPartHandlers: readonly SubresourceHandler[] = [
  handlerOf('ephemeralcontainers', ephemeralContainersDefinition),
  handlerOf('resize', resizeDefinition),
];

function handlerOf(subresource: string, ofPods: ResourceDefinition<Pod>): SubresourceHandler {
  const definition = ofPods as unknown as ResourceDefinition;
  return {
    resource: pods.key,
    subresource,
    verbs: {
      get: current,
      update: (context, _, request) => updateObject(context, definition, request).object,
      patch: (context, _, request) => patchObject(context, definition, request).object,
    },
  };
}

function current(
  { store }: ServerContext,
  _: unknown,
  { namespace, name }: ApiRequest,
): KubeObject {
  const found = store.get(pods.key, namespace, name);
  if (!found) throw notFound(pods, name);
  return found;
}
