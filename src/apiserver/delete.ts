// Delete: preconditions, grace, finalizers and the propagation policy. What has finalizers or a
// grace period is only marked, and goes when the last of them has.
// Upstream: apiserver/pkg/registry/rest/delete.go, pkg/registry/generic/registry/store.go.
import type { KubeObject, ObjectMeta } from '../api/object';
import { namespaces } from '../api/resource-ref';
import { badRequest, conflict, notFound, type Status } from '../api/status-error';
import { formatTime } from '../api/time';
import type { ApiRequest, RequestOptions } from '../client/transport';
import type { ResourceDefinition } from '../resources/definition';
import { admissionRequest } from './admission/chain';
import type { ServerContext } from './context';
import { listObjects } from './list';
import { nextVersion } from './metadata';
import { markTerminating } from './namespace-deletion';

export const FOREGROUND_FINALIZER = 'foregroundDeletion';
export const ORPHAN_FINALIZER = 'orphan';

/** The marked object when it lingers, else a Status of success. */
export function deleteObject(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
): KubeObject | Status {
  const { namespace, name, options } = request;
  const current = context.store.get(definition.ref.key, namespace, name);
  if (!current) throw notFound(definition.ref, name);
  checkPreconditions(definition, current, options);
  if (request.warnings) definition.warnOfDelete?.(options, request.warnings);
  const { ref } = definition;
  const admission = admissionRequest(context, request, 'DELETE', ref, namespace, name, current);
  context.admission.admit(current, admission);
  context.admission.validate(current, admission);
  const terminating =
    definition.ref.key === namespaces.key ? markTerminating(context, current) : undefined;
  const marked = terminating ?? markDeleted(context, definition, current, options);
  if (options.dryRun) return marked ?? goodbye(context, definition, current);
  if (!marked) {
    const removed = context.store.delete(definition.ref.key, current);
    context.claims.release(definition.ref.key, current);
    return removed && goodbye(context, definition, removed);
  }
  return marked === current ? current : context.store.update(definition.ref.key, marked, current);
}

/** Deletes what the selectors find, one by one; returns the list as it was. */
export function deleteCollection(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
): ReturnType<typeof listObjects> {
  const { options, warnings } = request;
  if (warnings) definition.warnOfDelete?.(options, warnings);
  const list = listObjects(context, definition, request);
  for (const { metadata } of list.items) {
    const { namespace = '', name } = metadata;
    // What is to be said is said once and not for each of them.
    const one: ApiRequest = { ...request, verb: 'delete', namespace, name, warnings: undefined };
    if (context.store.get(definition.ref.key, namespace, name))
      deleteObject(context, definition, one);
  }
  return list;
}

function checkPreconditions(
  definition: ResourceDefinition,
  { metadata }: KubeObject,
  { preconditions, propagationPolicy }: RequestOptions,
): void {
  if (propagationPolicy && !POLICIES.has(propagationPolicy)) {
    throw badRequest(`invalid propagationPolicy ${propagationPolicy}`);
  }
  const fail = (field: string, wanted: string, actual: string): never => {
    const why =
      `Precondition failed: ${field} in precondition: ${wanted}, ` +
      `${field} in object meta: ${actual}`;
    throw conflict(definition.ref, metadata.name, why);
  };
  if (preconditions?.uid && preconditions.uid !== metadata.uid) {
    fail('UID', preconditions.uid, metadata.uid);
  }
  const wanted = preconditions?.resourceVersion;
  if (wanted && wanted !== metadata.resourceVersion) {
    fail('ResourceVersion', wanted, metadata.resourceVersion);
  }
}

const POLICIES = new Set(['Background', 'Foreground', 'Orphan']);

/**
 * The object with its deletion marks, itself when nothing changes, undefined when it goes at once.
 */
function markDeleted(
  context: ServerContext,
  definition: ResourceDefinition,
  current: KubeObject,
  options: RequestOptions,
): KubeObject | undefined {
  const old = current.metadata;
  const graceSeconds = definition.gracePeriodSeconds?.(current, options.gracePeriodSeconds) ?? 0;
  const finalizers = finalizersFor(definition, old, options);
  const lingers = finalizers.length > 0 || graceSeconds > 0;
  if (!lingers) return undefined;
  const changed = nextVersion(current);
  setFinalizers(changed.metadata, finalizers);
  if (!old.deletionTimestamp) {
    markTimes(changed.metadata, context.sim.clock.activityMs, graceSeconds);
  } else if (graceSeconds < (old.deletionGracePeriodSeconds ?? 0)) {
    // A grace period can only be shortened.
    markTimes(changed.metadata, context.sim.clock.activityMs, graceSeconds);
  } else if (sameFinalizers(old.finalizers ?? [], finalizers)) {
    return current;
  }
  return changed;
}

function markTimes(metadata: ObjectMeta, nowMs: number, graceSeconds: number): void {
  if (metadata.generation !== undefined && !metadata.deletionTimestamp) metadata.generation++;
  metadata.deletionTimestamp = formatTime(nowMs + graceSeconds * 1000);
  metadata.deletionGracePeriodSeconds = graceSeconds;
}

function finalizersFor(
  definition: ResourceDefinition,
  { finalizers = [], deletionTimestamp }: ObjectMeta,
  { propagationPolicy }: RequestOptions,
): string[] {
  const fallback = deletionTimestamp ? undefined : definition.defaultPropagation;
  const policy = propagationPolicy ?? fallback;
  const { deletionFinalizer } = definition;
  const isNew = deletionFinalizer && !deletionTimestamp && !finalizers.includes(deletionFinalizer);
  const held = isNew ? [...finalizers, deletionFinalizer] : finalizers;
  if (!policy) return held;
  const rest = held.filter(
    (finalizer) => finalizer !== FOREGROUND_FINALIZER && finalizer !== ORPHAN_FINALIZER,
  );
  if (policy === 'Foreground') rest.push(FOREGROUND_FINALIZER);
  if (policy === 'Orphan') rest.push(ORPHAN_FINALIZER);
  return rest;
}

function setFinalizers(metadata: ObjectMeta, finalizers: string[]): void {
  if (finalizers.length > 0) metadata.finalizers = finalizers;
  else delete metadata.finalizers;
}

function sameFinalizers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((finalizer, index) => finalizer === b[index]);
}

/** The answer for an object that went at once: for most kinds a Status, for some the object. */
function goodbye(
  context: ServerContext,
  definition: ResourceDefinition,
  removed: KubeObject,
): KubeObject | Status {
  if (!definition.returnsDeletedObject) return success(definition, removed);
  if (!definition.gracePeriodSeconds) return removed;
  const marked = nextVersion(removed);
  markTimes(marked.metadata, context.sim.clock.activityMs, 0);
  return marked;
}

function success({ ref }: ResourceDefinition, { metadata }: KubeObject): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: metadata.name,
      ...(ref.group && { group: ref.group }),
      kind: ref.resource,
      uid: metadata.uid,
    },
  };
}
