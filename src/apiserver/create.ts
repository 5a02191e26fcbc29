// Create: name and metadata, defaults, admission, the kind's own preparation, validation, store.
// Upstream: apiserver/pkg/endpoints/handlers/create.go, pkg/registry/rest/create.go.
import type { KubeObject, ObjectMeta } from '../api/object';
import { FieldErrors } from '../api/field-errors';
import { alreadyExists, badRequest } from '../api/status-error';
import type { ApiRequest } from '../client/transport';
import type { ResourceDefinition } from '../resources/definition';
import { deepFreeze } from '../store/freeze';
import { admissionRequest } from './admission/chain';
import { writeContext, type ServerContext } from './context';
import type { Entries } from './field-tracking';
import { generateName, newMetadata } from './metadata';
import { validateMetadata } from './validate-metadata';

/** Returns the stored object (or the one that would be, for a dry run). */
export function createObject(
  context: ServerContext,
  definition: ResourceDefinition,
  request: ApiRequest,
  /** What managedFields become, where that is known already. */
  applied?: Entries,
): KubeObject {
  const draft = request.body as KubeObject;
  const asked: Partial<ObjectMeta> = draft.metadata ?? {};
  const namespace = namespaceOf(definition, request, asked);
  const metadata = newMetadata(asked, definition, namespace, context);
  let object = ownCopy(draft, definition, metadata);
  object = definition.applyDefaults?.(object) ?? object;
  const entries =
    applied ?? context.services.fieldManager?.ofNew(definition, request, object, asked);
  if (entries) object.metadata.managedFields = entries;
  const { ref } = definition;
  const admission = admissionRequest(
    context,
    request,
    'CREATE',
    ref,
    namespace,
    metadata.name,
    undefined,
  );
  object = context.admission.admit(object, admission);
  object.metadata.name ||= freeName(context, definition, metadata);
  object = definition.prepareForCreate?.(object, writeContext(context, request)) ?? object;
  validateNew(object, definition, asked);
  // Advice is given even where the rest of admission refuses.
  if (request.warnings) definition.warn?.(object, undefined, request.warnings);
  context.admission.validate(object, admission);
  const { name } = object.metadata;
  if (context.store.get(definition.ref.key, metadata.namespace ?? '', name)) {
    throw alreadyExists(definition.ref, name);
  }
  const { dryRun = false } = request.options;
  object = context.claims.claim(definition.ref.key, object, undefined, dryRun);
  if (dryRun) return deepFreeze(unversioned(object));
  return context.store.create(definition.ref.key, object);
}

/** What is not stored has no version. */
function unversioned(object: KubeObject): KubeObject {
  const { resourceVersion: _none, ...metadata } = object.metadata;
  return { ...object, metadata: metadata as ObjectMeta };
}

/** A name made from generateName; drawn again when it is taken, though not for ever. */
function freeName(
  context: ServerContext,
  { ref }: ResourceDefinition,
  { generateName: prefix, namespace = '' }: ObjectMeta,
): string {
  let name = generateName(prefix, context);
  for (let draw = 1; draw < NAME_DRAWS_MAX && context.store.get(ref.key, namespace, name); draw++) {
    name = generateName(prefix, context);
  }
  return name;
}

/** Upstream: maxNameGenerationCreateAttempts of pkg/registry/generic/registry/store.go. */
const NAME_DRAWS_MAX = 8;

function namespaceOf(
  definition: ResourceDefinition,
  request: ApiRequest,
  asked: Partial<ObjectMeta>,
): string {
  if (!definition.ref.namespaced) return '';
  if (asked.namespace && asked.namespace !== request.namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  return request.namespace;
}

/**
 * The object with a top level, spec and status of its own, so that defaults may be set in place.
 */
function ownCopy(
  draft: KubeObject,
  definition: ResourceDefinition,
  metadata: ObjectMeta,
): KubeObject {
  const { apiVersion, kind } = definition.ref;
  if (definition.takesDrafts && !Object.isFrozen(draft)) {
    return Object.assign(draft, { apiVersion, kind, metadata });
  }
  const { spec, status } = draft as KubeObject & { spec?: object; status?: object };
  // Assigned and not spread: a spread of what is not frozen has a hidden class of its own once it
  // is, and the objects of a large cluster would each be read slowly from then on.
  const object = Object.assign({}, draft, { apiVersion, kind, metadata });
  if (isRecord(spec)) Object.assign(object, { spec: Object.assign({}, spec) });
  if (isRecord(status)) Object.assign(object, { status: Object.assign({}, status) });
  return object;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function validateNew(
  object: KubeObject,
  definition: ResourceDefinition,
  asked: Partial<ObjectMeta>,
): void {
  const errors = new FieldErrors();
  validateMetadata(object.metadata, definition, errors);
  definition.validate?.(object, errors);
  definition.validateCreate?.(object, errors);
  const { kind, group } = definition.ref;
  errors.throwIfAny(kind, group, object.metadata.name || (asked.generateName ?? ''));
}
