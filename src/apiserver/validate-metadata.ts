// Metadata that every object must get right, before its kind has its say.
// Upstream: apimachinery/pkg/api/validation/objectmeta.go.
import { deepEqual } from '../api/deep-equal';
import type { FieldErrors } from '../api/field-errors';
import {
  asPrefix,
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  labelValue,
  pathSegment,
  qualifiedName,
} from '../api/names';
import type { ObjectMeta, OwnerReference } from '../api/object';
import type { ResourceDefinition } from '../resources/definition';

const ANNOTATIONS_BYTES_MAX = 256 * 1024;

const NAME_CHECKS = {
  'dns-subdomain': dnsSubdomain,
  'dns-label': dnsLabel,
  'dns-1035-label': dns1035Label,
  'path-segment': pathSegment,
} as const;

/** Labels, annotations and owners that passed before; frozen and shared, so worth remembering. */
const known = new WeakSet<object>();

export function validateMetadata(
  metadata: ObjectMeta,
  definition: ResourceDefinition,
  errors: FieldErrors,
): void {
  const { name, generateName } = metadata;
  const check = NAME_CHECKS[definition.nameFormat ?? 'dns-subdomain'];
  if (generateName) {
    errors.invalidEach('metadata.generateName', generateName, asPrefix(check)(generateName));
  }
  if (!name) errors.required('metadata.name', 'name or generateName is required');
  else errors.invalidEach('metadata.name', name, check(name));
  validateMutable(metadata, definition, errors);
}

/** What an update may have changed, and what it may not. */
export function validateMetadataUpdate(
  metadata: ObjectMeta,
  current: ObjectMeta,
  asked: Partial<ObjectMeta>,
  definition: ResourceDefinition,
  errors: FieldErrors,
): void {
  const first = errors.causes.length;
  const immutable = (field: 'name' | 'namespace' | 'uid'): void => {
    const value = asked[field];
    if (value && value !== current[field]) {
      errors.invalid(`metadata.${field}`, value, 'field is immutable');
    }
  };
  immutable('name');
  if (definition.ref.namespaced) immutable('namespace');
  immutable('uid');
  if (current.deletionTimestamp) refuseNewFinalizers(metadata, current, errors);
  // Upstream checks this twice, for all kinds and again for each, and so names its causes twice.
  if (errors.causes.length > first) errors.causes.push(...errors.causes.slice(first));
  validateMutable(metadata, definition, errors);
}

function refuseNewFinalizers(
  { finalizers = [] }: ObjectMeta,
  current: ObjectMeta,
  errors: FieldErrors,
): void {
  const added = finalizers.filter((finalizer) => !current.finalizers?.includes(finalizer));
  if (added.length === 0 || deepEqual(added, ['foregroundDeletion'])) return;
  const list = '[]string{' + added.map((each) => JSON.stringify(each)).join(', ') + '}';
  errors.forbidden(
    'metadata.finalizers',
    `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`,
  );
}

function validateMutable(
  metadata: ObjectMeta,
  definition: ResourceDefinition,
  errors: FieldErrors,
): void {
  const { labels, annotations, ownerReferences, finalizers } = metadata;
  if (labels) once(labels, errors, validateLabels);
  if (annotations) once(annotations, errors, validateAnnotations);
  if (ownerReferences) once(ownerReferences, errors, validateOwners);
  finalizers?.forEach((finalizer, index) => {
    errors.invalidEach('metadata.finalizers', finalizer, qualifiedName(finalizer));
    if (finalizer.includes('/') || STANDARD_FINALIZERS.has(finalizer)) return;
    if (takesAnyFinalizer(definition)) return;
    const why = 'name is neither a standard finalizer name nor is it fully qualified';
    errors.invalid(`metadata.finalizers[${index}]`, finalizer, why);
  });
}

/** The servers of custom resources and of other servers check only how finalizers are written. */
function takesAnyFinalizer({ custom, ref: { group } }: ResourceDefinition): boolean {
  return (
    custom !== undefined || group === 'apiextensions.k8s.io' || group === 'apiregistration.k8s.io'
  );
}

const STANDARD_FINALIZERS: ReadonlySet<string> = new Set([
  'kubernetes',
  'orphan',
  'foregroundDeletion',
]);

function once<T extends object>(
  value: T,
  errors: FieldErrors,
  validate: (value: T, errors: FieldErrors) => void,
): void {
  if (known.has(value)) return;
  const before = errors.causes.length;
  validate(value, errors);
  if (errors.causes.length === before && Object.isFrozen(value)) known.add(value);
}

function validateLabels(labels: Record<string, string>, errors: FieldErrors): void {
  for (const key in labels) {
    errors.invalidEach('metadata.labels', key, qualifiedName(key));
    errors.invalidEach('metadata.labels', labels[key], labelValue(labels[key]));
  }
}

function validateAnnotations(annotations: Record<string, string>, errors: FieldErrors): void {
  let size = 0;
  for (const key in annotations) {
    size += key.length + annotations[key].length;
    errors.invalidEach('metadata.annotations', key, qualifiedName(key.toLowerCase()));
  }
  if (size > ANNOTATIONS_BYTES_MAX) errors.tooLong('metadata.annotations', ANNOTATIONS_BYTES_MAX);
}

function validateOwners(owners: OwnerReference[], errors: FieldErrors): void {
  let controller: OwnerReference | undefined;
  for (const owner of owners) {
    const required = (field: 'apiVersion' | 'kind' | 'name' | 'uid', detail: string): void => {
      if (!owner[field])
        errors.invalid(`metadata.ownerReferences.${field}`, owner[field] ?? '', detail);
    };
    required('apiVersion', 'version must not be empty');
    required('kind', 'kind must not be empty');
    required('name', 'name must not be empty');
    required('uid', 'uid must not be empty');
    if (!owner.controller) continue;
    if (controller) {
      errors.invalid(
        'metadata.ownerReferences',
        owners,
        'Only one reference can have Controller set to true. Found "true" in references for ' +
          `${controller.kind}/${controller.name} and ${owner.kind}/${owner.name}`,
      );
    }
    controller = owner;
  }
}
