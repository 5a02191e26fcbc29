// What a claim's spec may say, in claims and in the templates of StatefulSets and ephemeral
// volumes.
// Upstream: ValidatePersistentVolumeClaimSpec in pkg/apis/core/validation/validation.go.
import { deepEqual } from '../../api/deep-equal';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { dnsLabel, dnsSubdomain, qualifiedName } from '../../api/names';
import { canonicalQuantity, parseQuantity, quantityError } from '../../api/quantity';
import { validateLabelSelector, validateLabels } from '../label-selector-validation';

export const ACCESS_MODES = [
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOnce',
  'ReadWriteOncePod',
] as const;
export const VOLUME_MODES = ['Block', 'Filesystem'] as const;

type Source = NonNullable<PersistentVolumeClaimSpec['dataSourceRef']>;

/** Reports what is wrong with a claim's spec that has its defaults. */
export function validateClaimSpec(
  spec: PersistentVolumeClaimSpec,
  path: string,
  errors: FieldErrors,
): void {
  if (!spec.accessModes?.length) {
    errors.required(`${path}.accessModes`, 'at least 1 access mode is required');
  }
  validateLabelSelector(spec.selector, `${path}.selector`, errors);
  validateAccessModes(spec.accessModes ?? [], `${path}.accessModes`, errors);
  const storage = spec.resources?.requests?.storage;
  const storagePath = `${path}.resources[storage]`;
  if (storage === undefined) errors.required(storagePath);
  else validatePositive(storage, storagePath, errors);
  validateClassName(spec.storageClassName, `${path}.storageClassName`, errors);
  validateVolumeMode(spec.volumeMode, `${path}.volumeMode`, errors);
  validateSources(spec, path, errors);
  validateClassName(spec.volumeAttributesClassName, `${path}.volumeAttributesClassName`, errors);
}

/** Each mode is known, and ReadWriteOncePod stands alone. */
export function validateAccessModes(
  modes: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  const known: readonly string[] = ACCESS_MODES;
  for (const mode of modes) if (!known.includes(mode)) errors.notSupported(path, mode, known);
  const hasOthers = modes.some((mode) => mode !== 'ReadWriteOncePod' && known.includes(mode));
  if (modes.includes('ReadWriteOncePod') && hasOthers) {
    errors.forbidden(path, 'may not use ReadWriteOncePod with other access modes');
  }
}

export function validateVolumeMode(
  mode: string | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const known: readonly string[] = VOLUME_MODES;
  if (mode != null && !known.includes(mode)) errors.notSupported(path, mode, known);
}

/** Names of classes; an absent or empty one is in order. */
export function validateClassName(
  name: string | undefined,
  path: string,
  errors: FieldErrors,
): void {
  if (name) errors.invalidEach(path, name, dnsSubdomain(name));
}

/** More than nothing. */
export function validatePositive(
  quantity: string | number,
  path: string,
  errors: FieldErrors,
): void {
  const problem = quantityError(quantity);
  if (problem !== undefined) errors.invalid(path, quantity, problem);
  else if (parseQuantity(quantity) <= 0) {
    errors.invalid(path, canonicalQuantity(quantity), 'must be greater than zero');
  }
}

interface ClaimTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec: PersistentVolumeClaimSpec;
}

/**
 * A claim as a pod's ephemeral volume asks for it: its metadata has labels and annotations only.
 */
function validateClaimTemplate(
  { metadata = {}, spec }: ClaimTemplate,
  path: string,
  errors: FieldErrors,
): void {
  const { labels, annotations, ...others } = metadata;
  for (const key of Object.keys(annotations ?? {}).sort()) {
    errors.invalidEach(`${path}.metadata.annotations`, key, qualifiedName(key.toLowerCase()));
  }
  if (labels) validateLabels(labels, `${path}.metadata.labels`, errors);
  for (const field of Object.keys(others)) {
    if ((others as Record<string, unknown>)[field] == null) continue;
    errors.forbidden(`${path}.metadata.${field}`, 'cannot be set');
  }
  validateClaimSpec(spec ?? {}, `${path}.spec`, errors);
}

/** A pod's volume that brings its own claim. */
export function validateEphemeral(
  { volumeClaimTemplate }: { volumeClaimTemplate?: ClaimTemplate },
  path: string,
  errors: FieldErrors,
): void {
  const at = `${path}.volumeClaimTemplate`;
  if (volumeClaimTemplate) validateClaimTemplate(volumeClaimTemplate, at, errors);
  else errors.required(at);
}

function validateSources(
  { dataSource, dataSourceRef }: PersistentVolumeClaimSpec,
  path: string,
  errors: FieldErrors,
): void {
  if (dataSource) validateSource(dataSource, `${path}.dataSource`, errors);
  if (dataSourceRef) {
    validateSource(dataSourceRef, `${path}.dataSourceRef`, errors);
    const { namespace } = dataSourceRef;
    if (namespace) {
      errors.invalidEach(`${path}.dataSourceRef.namespace`, namespace, dnsLabel(namespace));
    }
  }
  if (!dataSource || !dataSourceRef) return;
  const where = `${path}.dataSource`;
  if (dataSourceRef.namespace) {
    errors.invalid(path, where, 'may not be specified when dataSourceRef.namespace is specified');
  } else if (!deepEqual(dataSource, dataSourceRef)) {
    errors.invalid(path, where, 'must match dataSourceRef');
  }
}

function validateSource({ apiGroup, kind, name }: Source, path: string, errors: FieldErrors): void {
  if (!name) errors.required(`${path}.name`);
  if (!kind) errors.required(`${path}.kind`);
  if (apiGroup) errors.invalidEach(`${path}.apiGroup`, apiGroup, dnsSubdomain(apiGroup));
  else if (kind !== 'PersistentVolumeClaim') {
    const why = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
    errors.invalid(path, kind ?? '', why);
  }
}

export function validateClaim({ spec }: PersistentVolumeClaim, errors: FieldErrors): void {
  validateClaimSpec(spec, 'spec', errors);
}
