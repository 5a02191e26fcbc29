// What may change of a claim: its volume's name once, its class while it has none, and, when it is
// bound, the size and the attributes asked for. Upstream: ValidatePersistentVolumeClaimUpdate,
// ValidatePersistentVolumeClaimStatusUpdate in pkg/apis/core/validation/validation.go.
import { deepEqual } from '../../api/deep-equal';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { qualifiedName } from '../../api/names';
import { parseQuantity, quantityError } from '../../api/quantity';
import { CLASS_ANNOTATION } from '../../api/volume-binding';
import { goStruct, type GoStructs } from '../go-struct';
import { unifiedDiff } from '../unified-diff';

const SIZE_PATH = 'spec.resources.requests.storage';
const ATTRIBUTES_PATH = 'spec.volumeAttributesClassName';
const RESIZE_STATES = [
  'ControllerResizeInProgress',
  'ControllerResizeInfeasible',
  'NodeResizeInProgress',
  'NodeResizeInfeasible',
  'NodeResizePending',
].sort();

const STRUCTS: GoStructs = {
  Spec:
    'AccessModes:? Selector:? Resources:Resources! VolumeName:s StorageClassName:? VolumeMode:? ' +
    'DataSource:Local DataSourceRef:Reference VolumeAttributesClassName:?',
  Resources: 'Limits:? Requests:?',
  Local: 'APIGroup:? Kind:s Name:s',
  Reference: 'APIGroup:? Kind:s Name:s Namespace:?',
};

export function validateClaimUpdate(
  next: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
  errors: FieldErrors,
): void {
  const masked = maskChangeable(next, old, errors);
  const before = old.spec.volumeName ? old.spec : withName(old.spec, next.spec.volumeName);
  if (!deepEqual(masked, before)) {
    const difference = unifiedDiff(goText(before), goText(masked));
    const why =
      'spec is immutable after creation except resources.requests and ' +
      `volumeAttributesClassName for bound claims\n${difference}`;
    errors.forbidden('spec', why);
  }
  const asked = amount(next.spec.resources?.requests?.storage);
  if (asked < amount(old.spec.resources?.requests?.storage)) {
    if (asked <= amount(old.status?.capacity?.storage)) {
      errors.forbidden(SIZE_PATH, 'field can not be less than status.capacity');
    }
  }
  if (next.spec.volumeMode !== old.spec.volumeMode) {
    errors.invalid('volumeMode', next.spec.volumeMode, 'field is immutable');
  }
  validateAttributesClass(next.spec, old.spec, errors);
}

export function validateClaimStatusUpdate(
  { spec, status }: PersistentVolumeClaim,
  _old: PersistentVolumeClaim,
  errors: FieldErrors,
): void {
  if (!spec.accessModes?.length) errors.required('Spec.accessModes');
  validateAmounts(status.capacity, 'status.capacity', errors);
  const states = status.allocatedResourceStatuses ?? {};
  for (const name of Object.keys(states).sort()) {
    validateResourceName(name, 'status.allocatedResourceStatus', errors);
    if (RESIZE_STATES.includes(states[name])) continue;
    errors.notSupported('status.allocatedResourceStatus', name, RESIZE_STATES);
  }
  for (const name of Object.keys(status.allocatedResources ?? {}).sort()) {
    validateResourceName(name, 'status.allocatedResources', errors);
  }
  validateAmounts(status.allocatedResources, 'status.allocatedResources', errors);
}

/** The new spec with the old values of all that may change. */
function maskChangeable(
  next: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
  errors: FieldErrors,
): PersistentVolumeClaimSpec {
  const masked = { ...next.spec };
  const oldClass = old.metadata.annotations?.[CLASS_ANNOTATION];
  const newClass = next.metadata.annotations?.[CLASS_ANNOTATION];
  const isUpgraded =
    oldClass !== undefined &&
    old.spec.storageClassName == null &&
    masked.storageClassName === oldClass &&
    (newClass === undefined || newClass === oldClass);
  if (isUpgraded) delete masked.storageClassName;
  else {
    if (newClass !== oldClass) {
      errors.invalid(
        `metadata.annotations[${CLASS_ANNOTATION}]`,
        newClass ?? '',
        'field is immutable',
      );
    }
    const isFirst = masked.storageClassName != null && old.spec.storageClassName == null;
    if (isFirst && (oldClass === undefined || masked.storageClassName === oldClass)) {
      delete masked.storageClassName;
    }
  }
  if (next.status?.phase !== 'Bound') return masked;
  const { requests } = masked.resources ?? {};
  const size = old.spec.resources?.requests?.storage;
  if (requests && size !== undefined) {
    masked.resources = { ...masked.resources, requests: { ...requests, storage: size } };
  }
  if (masked.volumeAttributesClassName != null) {
    if (old.spec.volumeAttributesClassName == null) delete masked.volumeAttributesClassName;
    else masked.volumeAttributesClassName = old.spec.volumeAttributesClassName;
  }
  return masked;
}

function withName(
  spec: PersistentVolumeClaimSpec,
  volumeName: string | undefined,
): PersistentVolumeClaimSpec {
  const named = { ...spec };
  if (volumeName === undefined) delete named.volumeName;
  else named.volumeName = volumeName;
  return named;
}

function validateAttributesClass(
  { volumeAttributesClassName: next }: PersistentVolumeClaimSpec,
  { volumeAttributesClassName: old }: PersistentVolumeClaimSpec,
  errors: FieldErrors,
): void {
  if (old == null || next === old) return;
  if (next == null) {
    errors.forbidden(ATTRIBUTES_PATH, 'update from non-nil value to nil is forbidden');
  } else if (next === '') {
    errors.forbidden(ATTRIBUTES_PATH, 'update from non-nil value to an empty string is forbidden');
  }
}

type Amounts = Record<string, string | number> | undefined;

function validateAmounts(amounts: Amounts, path: string, errors: FieldErrors): void {
  for (const name of Object.keys(amounts ?? {}).sort()) {
    const quantity = amounts![name];
    const isValid = quantityError(quantity) === undefined && parseQuantity(quantity) >= 0;
    if (isValid) continue;
    errors.invalid(`${path}[${name}]`, amount(quantity), 'must be a valid resource quantity');
  }
}

/** Of what Kubernetes itself names, only storage can be resized. */
function validateResourceName(name: string, path: string, errors: FieldErrors): void {
  const problems = qualifiedName(name);
  errors.invalidEach(path, name, problems);
  const isNative = !name.includes('/') || name.includes('kubernetes.io/');
  if (problems.length === 0 && isNative && name !== 'storage') {
    errors.notSupported(path, name, ['storage']);
  }
}

function amount(quantity: string | number | undefined): number {
  if (quantity === undefined || quantityError(quantity) !== undefined) return 0;
  return parseQuantity(quantity);
}

function goText(spec: PersistentVolumeClaimSpec): string {
  return JSON.stringify(goStruct(spec, 'Spec', STRUCTS), undefined, 2);
}
