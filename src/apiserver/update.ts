// Update, whole or of a subresource: compare-and-swap against the newest version, what the client
// may not change put back, defaults, validation, and no write at all when nothing changed.
// Upstream: apiserver/pkg/registry/rest/update.go, pkg/registry/generic/registry/store.go.
import { deepEqual } from '../api/deep-equal';
import { FieldErrors } from '../api/field-errors';
import type { KubeObject, ObjectMeta } from '../api/object';
import { conflict, MODIFIED, notFound, StatusError } from '../api/status-error';
import type { ApiRequest } from '../client/transport';
import type { ResourceDefinition } from '../resources/definition';
import { deepFreeze } from '../store/freeze';
import { admissionRequest, type AdmissionRequest } from './admission/chain';
import { writeContext, type ServerContext } from './context';
import { createObject } from './create';
import type { Entries, FieldTracking } from './field-tracking';
import { nextVersion, updatedMetadata } from './metadata';
import { validateMetadataUpdate } from './validate-metadata';

interface WithSpec extends KubeObject {
  spec?: object;
  status?: object;
}

export interface UpdateResult {
  object: KubeObject;
  /** True when the PUT made a new object. */
  created: boolean;
}

export function updateObject(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
): UpdateResult {
  const { namespace, name } = request;
  const current = context.store.get(definition.ref.key, namespace, name);
  if (!current) {
    if (!definition.allowCreateOnUpdate || request.subresource)
      throw notFound(definition.ref, name);
    return { object: createObject(context, definition, request), created: true };
  }
  const proposed = request.body as KubeObject;
  return { object: replaceObject(context, definition, request, current, proposed), created: false };
}

/** Stores `proposed` in place of `current`, after all that an update must pass. */
export function replaceObject(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
  current: KubeObject,
  proposed: KubeObject,
  /** What managedFields become, where that is known already. */
  applied?: Entries,
): KubeObject {
  checkPreconditions(definition, current, proposed.metadata ?? {}, request);
  const { subresource } = request;
  const isStatus = subresource === 'status' || subresource === definition.statusLike;
  const object = isStatus
    ? withNewStatus(context, definition, request, current, proposed, applied)
    : withNewSpec(context, definition, request, current, proposed, applied);
  validateChange(definition, object, current, isStatus, proposed.metadata ?? {});
  if (request.warnings && !isStatus) definition.warn?.(object, current, request.warnings);
  if (isConcerned(context, definition, request)) {
    context.admission.validate(object, updateAdmission(context, definition, request, current));
  }
  if (isUnchanged(object, current, context.services.fieldManager)) return current;
  const { key } = definition.ref;
  const { dryRun = false } = request.options;
  const claimed = isStatus ? object : context.claims.claim(key, object, current, dryRun);
  if (dryRun) return deepFreeze(claimed);
  if (hasEnded(claimed)) return endObject(context, definition, claimed, current);
  const stored = context.store.update(key, claimed, current);
  if (!isStatus) context.claims.release(key, current, stored);
  return stored;
}

function checkPreconditions(
  definition: ResourceDefinition,
  current: KubeObject,
  asked: Partial<ObjectMeta>,
  { verb, name, namespace }: ApiRequest,
): void {
  // A patch has no preconditions of its own: there another uid is an immutable field changed.
  if (asked.uid && asked.uid !== current.metadata.uid && verb === 'update') {
    const { group, resource } = definition.ref;
    const key = ['/registry', group, resource, namespace, name].filter(Boolean).join('/');
    const why =
      `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, ` +
      'AdditionalErrorMsg: Precondition failed: ' +
      `UID in precondition: ${asked.uid}, UID in object meta: ${current.metadata.uid}`;
    throw conflict(definition.ref, name, why);
  }
  const { resourceVersion } = asked;
  if (!resourceVersion || resourceVersion === '0') {
    if (definition.allowUnconditionalUpdate !== false) return;
    const errors = new FieldErrors();
    errors.invalid('metadata.resourceVersion', 0, 'must be specified for an update');
    // Here the real server puts the resource where others have the kind.
    errors.throwIfAny(definition.ref.resource, definition.ref.group, name);
  } else if (!/^\d+$/.test(resourceVersion)) {
    const quoted = JSON.stringify(resourceVersion);
    throw new StatusError(500, '', `strconv.ParseUint: parsing ${quoted}: invalid syntax`);
  } else if (resourceVersion !== current.metadata.resourceVersion) {
    throw conflict(definition.ref, name, MODIFIED);
  }
}

function withNewSpec(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
  current: KubeObject,
  proposed: KubeObject,
  applied: Entries,
): KubeObject {
  const old = current as WithSpec;
  const asked = proposed as WithSpec;
  const { apiVersion, kind } = definition.ref;
  const metadata = updatedMetadata(asked.metadata ?? {}, old.metadata);
  let object: WithSpec = Object.assign({}, asked, { apiVersion, kind, metadata });
  if (definition.custom) object = definition.applyDefaults?.(object) ?? object;
  else if (asked.spec && asked.spec !== old.spec) object.spec = Object.assign({}, asked.spec);
  if (definition.subresources?.includes('status')) {
    if (old.status === undefined) delete object.status;
    else object.status = old.status;
  }
  if (!definition.custom && (object.spec !== old.spec || object.spec === undefined)) {
    object = definition.applyDefaults?.(object) ?? object;
  }
  track(context, definition, request, current, object, asked.metadata ?? {}, applied);
  object = admitted(context, definition, request, current, object);
  object = definition.prepareForUpdate?.(object, current, writeContext(context, request)) ?? object;
  if (definition.hasGeneration && !deepEqual(object.spec, old.spec)) {
    object.metadata.generation = (old.metadata.generation ?? 0) + 1;
  }
  return object;
}

function withNewStatus(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
  current: KubeObject,
  proposed: KubeObject,
  applied: Entries,
): KubeObject {
  const object = nextVersion(current) as WithSpec;
  const { status } = proposed as WithSpec;
  // What its client has not frozen is the server's from here on.
  object.status = status && !Object.isFrozen(status) ? status : Object.assign({}, status);
  if (definition.custom) {
    if (status === undefined) delete object.status;
    else object.status = status;
  }
  // Labels and annotations may ride along: a Deployment gets its revision with its status.
  const { annotations, labels } = proposed.metadata ?? {};
  if (labels && Object.keys(labels).length > 0) object.metadata.labels = labels;
  else if (object.metadata.labels) delete object.metadata.labels;
  if (annotations && Object.keys(annotations).length > 0) object.metadata.annotations = annotations;
  else if (object.metadata.annotations) delete object.metadata.annotations;
  const prepare = definition.prepareForStatusUpdate;
  const prepared = prepare?.(object, current, writeContext(context, request)) ?? object;
  track(context, definition, request, current, prepared, proposed.metadata ?? {}, applied);
  return admitted(context, definition, request, current, prepared);
}

/** Records who owns what now; nothing as long as only components have written the object. */
function track(
  { services: { fieldManager } }: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
  current: KubeObject,
  object: KubeObject,
  asked: Partial<ObjectMeta>,
  applied: Entries,
): void {
  const { metadata } = object;
  if (applied) metadata.managedFields = applied;
  else if (request.manager !== undefined || metadata.managedFields) {
    const entries = fieldManager?.ofUpdate(definition, request, current, object, asked);
    if (entries) metadata.managedFields = entries;
  }
}

function admitted<T extends KubeObject>(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
  current: KubeObject,
  object: T,
): T {
  if (!isConcerned(context, definition, request)) return object;
  const admission = updateAdmission(context, definition, request, current);
  return context.admission.admit(object, admission) as T;
}

/** Whether any step of admission would look at the update. */
function isConcerned(
  { admission }: ServerContext,
  { ref }: ResourceDefinition,
  { subresource, isAdmitted }: ApiRequest,
): boolean {
  return !isAdmitted && admission.concerns('UPDATE', ref.key, subresource);
}

function updateAdmission(
  context: ServerContext,
  { ref }: ResourceDefinition,
  request: ApiRequest,
  current: KubeObject,
): AdmissionRequest {
  const { namespace, name } = request;
  return admissionRequest(context, request, 'UPDATE', ref, namespace, name, current);
}

function validateChange(
  definition: ResourceDefinition,
  object: KubeObject,
  current: KubeObject,
  isStatus: boolean,
  asked: Partial<ObjectMeta>,
): void {
  const errors = new FieldErrors();
  if (isStatus) {
    definition.validateStatusUpdate?.(object, current, errors);
  } else {
    validateMetadataUpdate(object.metadata, current.metadata, asked, definition, errors);
    const old = current as WithSpec;
    if (definition.custom || (object as WithSpec).spec !== old.spec || old.spec === undefined) {
      definition.validate?.(object, errors);
      definition.validateUpdate?.(object, current, errors);
    }
  }
  errors.throwIfAny(definition.ref.kind, definition.ref.group, object.metadata.name);
}

/** Equal but for the resourceVersion, which the store has yet to set, and times of ownership. */
function isUnchanged(
  object: KubeObject,
  current: KubeObject,
  tracking: FieldTracking | undefined,
): boolean {
  if (deepEqual(object, current)) return true;
  const { managedFields } = current.metadata;
  const entries = object.metadata.managedFields;
  if (entries === managedFields || !tracking?.differInTimesOnly(entries, managedFields)) {
    return false;
  }
  return deepEqual({ ...object, metadata: { ...object.metadata, managedFields } }, current);
}

/** Removes what only its last finalizer held; the answer is what it looked like then. */
function endObject(
  context: ServerContext,
  definition: ResourceDefinition,
  object: KubeObject,
  current: KubeObject,
): KubeObject {
  const { resourceVersion } = context.store.delete(definition.ref.key, current).metadata;
  context.claims.release(definition.ref.key, current);
  return deepFreeze({ ...object, metadata: { ...object.metadata, resourceVersion } });
}

/** True when the last finalizer of an object that is being deleted has gone. */
function hasEnded({ metadata }: KubeObject): boolean {
  return (
    metadata.deletionTimestamp !== undefined &&
    !metadata.finalizers?.length &&
    metadata.deletionGracePeriodSeconds === 0
  );
}
