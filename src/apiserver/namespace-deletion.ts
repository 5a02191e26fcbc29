// Namespaces end otherwise than other objects: a delete only marks them, and they go when the
// namespace controller, having emptied them, takes its finalizer off the spec.
// Upstream: pkg/registry/core/namespace/storage/storage.go.
import type { KubeObject } from '../api/object';
import { conflict, MODIFIED, notFound } from '../api/status-error';
import { formatTime } from '../api/time';
import type { Namespace } from '../api/types';
import type { ApiRequest } from '../client/transport';
import type { ResourceDefinition } from '../resources/definition';
import { admitPart } from './admission/chain';
import type { ServerContext } from './context';
import { nextVersion } from './metadata';

/** The namespace marked as terminating, itself when it is already; undefined when it may go. */
export function markTerminating(
  context: ServerContext,
  current: KubeObject,
): KubeObject | undefined {
  const namespace = current as Namespace;
  if (!namespace.spec.finalizers?.length) return undefined;
  if (namespace.metadata.deletionTimestamp) return current;
  const marked = nextVersion(namespace);
  marked.metadata.deletionTimestamp = formatTime(context.sim.clock.activityMs);
  marked.status = { ...namespace.status, phase: 'Terminating' };
  return marked;
}

/** PUT namespaces/finalize: sets spec.finalizers, and ends the namespace with the last of them. */
export function finalizeNamespace(
  context: ServerContext,
  { ref }: ResourceDefinition,
  request: ApiRequest,
): KubeObject {
  const current = context.store.get(ref.key, '', request.name) as Namespace | undefined;
  if (!current) throw notFound(ref, request.name);
  const asked = request.body as Namespace;
  const { metadata, spec } = admitPart(context, { ref }, request, 'UPDATE', asked, current);
  const version = metadata?.resourceVersion;
  if (version && version !== current.metadata.resourceVersion) {
    throw conflict(ref, request.name, MODIFIED);
  }
  const finalized = nextVersion(current);
  const finalizers = spec?.finalizers ?? [];
  finalized.spec = finalizers.length > 0 ? { finalizers } : {};
  const isOver = finalized.metadata.deletionTimestamp && finalizers.length === 0;
  if (!isOver || finalized.metadata.finalizers?.length) {
    return context.store.update(ref.key, finalized, current);
  }
  context.store.delete(ref.key, current);
  return finalized;
}
