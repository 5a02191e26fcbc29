// PersistentVolumeClaims. Upstream: pkg/registry/core/persistentvolumeclaim/strategy.go,
// pkg/api/persistentvolumeclaim/util.go, pkg/apis/core/v1/defaults.go.
import { persistentVolumeClaims } from '../../api/extension-refs';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../api/extension-types';
import { canonicalQuantity, milliValue, quantityError } from '../../api/quantity';
import { CLASS_ANNOTATION, claimClassName } from '../../api/volume-binding';
import { canonicalResources } from '../canonical-resources';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { accessModesText } from './access-modes-text';
import { validateClaim, validateEphemeral } from './persistentvolumeclaim-validation';
import { addSourceCheck } from './pod/volume-validation';
import {
  validateClaimStatusUpdate,
  validateClaimUpdate,
} from './persistentvolumeclaim-update-validation';

addSourceCheck('ephemeral', validateEphemeral);

export const persistentVolumeClaimDefinition: ResourceDefinition<PersistentVolumeClaim> = {
  ref: persistentVolumeClaims,
  singular: 'persistentvolumeclaim',
  listKind: 'PersistentVolumeClaimList',
  shortNames: ['pvc'],
  subresources: ['status'],
  applyDefaults(claim) {
    claim.spec = defaultClaimSpec(claim.spec ?? {});
    claim.status ??= {};
    if (!Object.isFrozen(claim.status)) claim.status.phase ??= 'Pending';
    return claim;
  },
  prepareForCreate(claim) {
    claim.status = { phase: 'Pending' };
    claim.spec = normalizeSources(claim.spec);
    return claim;
  },
  prepareForUpdate(claim, old) {
    if (claim.spec !== old.spec) claim.spec = normalizeSources(claim.spec);
    return claim;
  },
  validate: validateClaim,
  validateUpdate: validateClaimUpdate,
  validateStatusUpdate: validateClaimStatusUpdate,
  warn({ metadata, spec }, _old, warnings) {
    if (metadata.annotations?.[CLASS_ANNOTATION] !== undefined) {
      const why = 'deprecated since v1.8; use "storageClassName" attribute instead';
      warnings.push(`metadata.annotations[${CLASS_ANNOTATION}]: ${why}`);
    }
    for (const list of ['requests', 'limits'] as const) {
      const storage = spec.resources?.[list]?.storage;
      if (storage === undefined || quantityError(storage) !== undefined) continue;
      if (milliValue(storage) % 1000 === 0) continue;
      const value = `fractional byte value "${canonicalQuantity(storage)}"`;
      warnings.push(`spec.resources.${list}[storage]: ${value} is invalid, must be an integer`);
    }
  },
  columns: [
    nameColumn,
    column(
      'Status',
      'string',
      'phase represents the current phase of PersistentVolumeClaim.',
      ({ metadata, status }) =>
        metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
    ),
    column(
      'Volume',
      'string',
      'volumeName is the binding reference to the PersistentVolume backing this claim.',
      ({ spec }) => spec.volumeName ?? '',
    ),
    column(
      'Capacity',
      'string',
      'capacity represents the actual resources of the underlying volume.',
      ({ spec, status }) => (spec.volumeName ? String(status?.capacity?.storage ?? '0') : ''),
    ),
    column(
      'Access Modes',
      'string',
      'accessModes contains the actual access modes the volume backing the PVC has. More info: ' +
        'https://kubernetes.io/docs/concepts/storage/persistent-volumes#access-modes-1',
      ({ spec, status }) => (spec.volumeName ? accessModesText(status?.accessModes) : ''),
    ),
    column('StorageClass', 'string', 'StorageClass of the pvc', claimClassName),
    column(
      'VolumeAttributesClass',
      'string',
      'volumeAttributesClassName may be used to set the VolumeAttributesClass used by this claim.',
      ({ spec }) => spec.volumeAttributesClassName ?? '<unset>',
    ),
    ageColumn,
    column(
      'VolumeMode',
      'string',
      'volumeMode defines what type of volume is required by the claim. Value of Filesystem is ' +
        'implied when not included in claim spec.',
      ({ spec }) => spec.volumeMode ?? '<unset>',
      1,
    ),
  ],
};

/** A claim's spec with its defaults, as StatefulSets and ephemeral volumes carry it too. */
export function defaultClaimSpec(spec: PersistentVolumeClaimSpec): PersistentVolumeClaimSpec {
  const filled = { ...spec };
  filled.volumeMode ??= 'Filesystem';
  filled.resources = canonicalResources(filled.resources ?? {});
  return filled;
}

/** dataSource and dataSourceRef say the same; a dataSource alone must be one of two kinds. */
function normalizeSources(spec: PersistentVolumeClaimSpec): PersistentVolumeClaimSpec {
  const { dataSource, dataSourceRef } = spec;
  if (dataSource && !dataSourceRef) {
    const { dataSource: _dropped, ...others } = spec;
    return isCloneable(dataSource) ? { ...spec, dataSourceRef: { ...dataSource } } : others;
  }
  if (!dataSourceRef || dataSource || dataSourceRef.namespace) return spec;
  const { namespace: _empty, ...source } = dataSourceRef;
  return { ...spec, dataSource: source };
}

function isCloneable({ apiGroup, kind }: { apiGroup?: string; kind: string }): boolean {
  if (kind === 'PersistentVolumeClaim') return !apiGroup;
  return kind === 'VolumeSnapshot' && apiGroup === 'snapshot.storage.k8s.io';
}
