// Upstream: ValidatePersistentVolume and its kin in pkg/apis/core/validation/validation.go.
import { deepEqual } from '../../api/deep-equal';
import type { PersistentVolume, PersistentVolumeSpec } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { dnsSubdomain } from '../../api/names';
import { parseQuantity, quantityError } from '../../api/quantity';
import { goStruct, type GoStructs } from '../go-struct';
import { unifiedDiff } from '../unified-diff';
import {
  validateAccessModes,
  validateClassName,
  validatePositive,
  validateVolumeMode,
} from './persistentvolumeclaim-validation';
import { VOLUME_SOURCES } from './persistentvolume-sources';
import { validateNodeSelector } from './pod/affinity-validation';

const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain'];

const STRUCTS: GoStructs = {
  Source:
    'GCEPersistentDisk:? AWSElasticBlockStore:? HostPath:HostPath Glusterfs:? NFS:NFS RBD:? ' +
    'Quobyte:? ISCSI:? FlexVolume:? Cinder:? CephFS:? FC:? Flocker:? AzureFile:? ' +
    'VsphereVolume:? AzureDisk:? PhotonPersistentDisk:? PortworxVolume:? ScaleIO:? Local:Local ' +
    'StorageOS:? CSI:CSI',
  HostPath: 'Path:s Type:?',
  NFS: 'Server:s Path:s ReadOnly:b',
  Local: 'Path:s FSType:?',
  CSI:
    'Driver:s VolumeHandle:s ReadOnly:b FSType:s VolumeAttributes:? ControllerPublishSecretRef:? ' +
    'NodeStageSecretRef:? NodePublishSecretRef:? ControllerExpandSecretRef:? NodeExpandSecretRef:?',
  Affinity: 'Required:Selector',
  Selector: 'NodeSelectorTerms:[]Term',
  Term: 'MatchExpressions:[]Requirement MatchFields:[]Requirement',
  Requirement: 'Key:s Operator:s Values:?',
};

export function validateVolume({ spec }: PersistentVolume, errors: FieldErrors): void {
  validateVolumeSpec(spec, 'spec', errors, false);
}

/** `isInline`: the spec of a volume without an object of its own, as in a VolumeAttachment. */
export function validateVolumeSpec(
  spec: PersistentVolumeSpec,
  path: string,
  errors: FieldErrors,
  isInline: boolean,
): void {
  const inline = 'in the context of inline volumes';
  if (isInline) {
    if (spec.claimRef) errors.forbidden(`${path}.claimRef`, `may not be specified ${inline}`);
    if (Object.keys(spec.capacity ?? {}).length > 0) {
      errors.forbidden(`${path}.capacity`, `may not be specified ${inline}`);
    }
    if (!spec.csi) errors.required(`${path}.csi`, `has to be specified ${inline}`);
  }
  if (!spec.accessModes?.length) errors.required(`${path}.accessModes`);
  validateAccessModes(spec.accessModes ?? [], `${path}.accessModes`, errors);
  if (!isInline) validateCapacity(spec.capacity, `${path}.capacity`, errors);
  validateReclaimPolicy(spec, path, errors, isInline);
  validateNodeAffinity(spec, path, errors, isInline);
  validateSource(spec, path, errors);
  if (isInline) {
    if (spec.storageClassName) {
      errors.forbidden(`${path}.storageClassName`, `may not be specified ${inline}`);
    }
    if (spec.volumeMode != null && spec.volumeMode !== 'Filesystem') {
      const why = `may not specify volumeMode other than Filesystem ${inline}`;
      errors.forbidden(`${path}.volumeMode`, why);
    }
  } else {
    validateClassName(spec.storageClassName, `${path}.storageClassName`, errors);
    validateVolumeMode(spec.volumeMode, `${path}.volumeMode`, errors);
  }
  validateAttributesClass(spec, path, errors);
}

export function validateVolumeUpdate(
  next: PersistentVolume,
  old: PersistentVolume,
  errors: FieldErrors,
): void {
  const before = sourceText(old.spec);
  const after = sourceText(withoutFirstSecret(next.spec, old.spec));
  if (before !== after) {
    const why = 'spec.persistentvolumesource is immutable after creation';
    errors.forbidden('spec.persistentvolumesource', `${why}\n${unifiedDiff(before, after)}`);
  }
  if (next.spec.volumeMode !== old.spec.volumeMode) {
    errors.invalid('volumeMode', next.spec.volumeMode, 'field is immutable');
  }
  const { nodeAffinity } = old.spec;
  if (nodeAffinity && !deepEqual(next.spec.nodeAffinity, nodeAffinity)) {
    const value = next.spec.nodeAffinity && goStruct(next.spec.nodeAffinity, 'Affinity', STRUCTS);
    errors.invalid('nodeAffinity', value ?? null, 'field is immutable');
  }
  if (old.spec.volumeAttributesClassName != null && next.spec.volumeAttributesClassName == null) {
    const why = 'update from non-nil value to nil is forbidden';
    errors.forbidden('spec.volumeAttributesClassName', why);
  }
}

function validateCapacity(
  capacity: PersistentVolumeSpec['capacity'],
  path: string,
  errors: FieldErrors,
): void {
  const names = Object.keys(capacity ?? {}).sort();
  if (names.length === 0) errors.required(path);
  if (names.length !== 1 || names[0] !== 'storage') {
    errors.notSupported(path, capacity ?? null, ['storage']);
  }
  for (const name of names) {
    const quantity = capacity![name];
    if (quantityError(quantity) === undefined && parseQuantity(quantity) < 0) {
      const why = 'must be a valid resource quantity';
      errors.invalid(`${path}[${name}]`, parseQuantity(quantity), why);
    }
    validatePositive(quantity, `${path}[${name}]`, errors);
  }
}

function validateReclaimPolicy(
  { persistentVolumeReclaimPolicy: policy }: PersistentVolumeSpec,
  path: string,
  errors: FieldErrors,
  isInline: boolean,
): void {
  const at = `${path}.persistentVolumeReclaimPolicy`;
  if (!policy) return;
  if (isInline) {
    if (policy === 'Retain') return;
    errors.forbidden(at, 'may only be Retain in the context of inline volumes');
  } else if (!RECLAIM_POLICIES.includes(policy)) errors.notSupported(at, policy, RECLAIM_POLICIES);
}

function validateNodeAffinity(
  { nodeAffinity }: PersistentVolumeSpec,
  path: string,
  errors: FieldErrors,
  isInline: boolean,
): void {
  const at = `${path}.nodeAffinity`;
  if (!nodeAffinity) return;
  if (isInline) errors.forbidden(at, 'may not be specified in the context of inline volumes');
  else if (nodeAffinity.required) {
    validateNodeSelector(nodeAffinity.required, `${at}.required`, errors);
  } else errors.required(`${at}.required`, 'must specify required node constraints');
}

function validateSource(spec: PersistentVolumeSpec, path: string, errors: FieldErrors): void {
  const sources = spec as unknown as Record<string, Readonly<Record<string, unknown>> | undefined>;
  let count = 0;
  for (const [kind, check] of VOLUME_SOURCES) {
    const source = sources[kind];
    if (source == null) continue;
    const at = `${path}.${kind}`;
    if (count++ > 0 && kind !== 'flexVolume') {
      errors.forbidden(at, 'may not specify more than 1 volume type');
      continue;
    }
    check(source, at, errors);
    if (kind === 'local' && !spec.nodeAffinity) {
      errors.required(`${path}.nodeAffinity`, 'Local volume requires node affinity');
    }
  }
  if (count === 0) errors.required(path, 'must specify a volume type');
  const { hostPath, persistentVolumeReclaimPolicy } = spec;
  const isRoot = /^\/(\.?\/)*\.?$/.test(hostPath?.path ?? '');
  if (hostPath && isRoot && persistentVolumeReclaimPolicy === 'Recycle') {
    const why = "may not be 'recycle' for a hostPath mount of '/'";
    errors.forbidden(`${path}.persistentVolumeReclaimPolicy`, why);
  }
}

function validateAttributesClass(
  { volumeAttributesClassName: name, csi }: PersistentVolumeSpec,
  path: string,
  errors: FieldErrors,
): void {
  if (name == null) return;
  const at = `${path}.volumeAttributesClassName`;
  if (name === '') errors.required(at, 'an empty string is disallowed');
  else errors.invalidEach(at, name, dnsSubdomain(name));
  if (!csi) {
    errors.required(`${path}.csi`, 'has to be specified when using volumeAttributesClassName');
  }
}

/** The secret for growing may be added to a volume that has none. */
function withoutFirstSecret(
  next: PersistentVolumeSpec,
  old: PersistentVolumeSpec,
): PersistentVolumeSpec {
  if (!next.csi || !old.csi || old.csi.controllerExpandSecretRef) return next;
  const { controllerExpandSecretRef: _added, ...csi } = next.csi;
  return { ...next, csi };
}

function sourceText(spec: PersistentVolumeSpec): string {
  return JSON.stringify(goStruct(spec, 'Source', STRUCTS), undefined, 2);
}
