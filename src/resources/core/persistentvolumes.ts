// PersistentVolumes. Upstream: pkg/registry/core/persistentvolume/strategy.go,
// pkg/api/persistentvolume/util.go, pkg/apis/core/v1/defaults.go.
import { persistentVolumes } from '../../api/extension-refs';
import type { PersistentVolume } from '../../api/extension-types';
import { formatTime } from '../../api/time';
import { CLASS_ANNOTATION, volumeClassName } from '../../api/volume-binding';
import { canonicalResourceList } from '../canonical-resources';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { fill } from '../fill';
import { accessModesText } from './access-modes-text';
import { validateVolume, validateVolumeUpdate } from './persistentvolume-validation';
import { OLD_LABELS } from './pod/warnings';

const MOUNT_ANNOTATION = 'volume.beta.kubernetes.io/mount-options';
const OLD_SOURCES: Readonly<Record<string, string>> = {
  photonPersistentDisk: 'photonPersistentDisk: deprecated in v1.11, non-functional in v1.16+',
  scaleIO: 'scaleIO: deprecated in v1.16, non-functional in v1.22+',
  storageos: 'storageOS: deprecated in v1.22, non-functional in v1.25+',
  glusterfs: 'glusterfs: deprecated in v1.25, non-functional in v1.26+',
  rbd: 'rbd: deprecated in v1.28, non-functional in v1.31+',
  cephfs: 'cephfs: deprecated in v1.28, non-functional in v1.31+',
};

/** What sources are filled with. */
const SOURCE_DEFAULTS: Readonly<Record<string, object>> = {
  hostPath: { type: '' },
  iscsi: { iscsiInterface: 'default' },
  rbd: { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' },
  azureDisk: { cachingMode: 'ReadWrite', kind: 'Shared', fsType: 'ext4', readOnly: false },
  scaleIO: { storageMode: 'ThinProvisioned', fsType: 'xfs' },
};

export const persistentVolumeDefinition: ResourceDefinition<PersistentVolume> = {
  ref: persistentVolumes,
  singular: 'persistentvolume',
  listKind: 'PersistentVolumeList',
  shortNames: ['pv'],
  subresources: ['status'],
  applyDefaults(volume) {
    volume.spec ??= {};
    volume.status ??= {};
    const { spec, status } = volume;
    if (!Object.isFrozen(status)) status.phase ??= 'Pending';
    if (Object.isFrozen(spec)) return volume;
    spec.persistentVolumeReclaimPolicy ??= 'Retain';
    spec.volumeMode ??= 'Filesystem';
    if (spec.capacity) spec.capacity = canonicalResourceList(spec.capacity);
    const sources = spec as Record<string, object | undefined>;
    for (const kind in SOURCE_DEFAULTS) {
      if (sources[kind]) sources[kind] = fill(sources[kind], SOURCE_DEFAULTS[kind]);
    }
    return volume;
  },
  prepareForCreate(volume, { nowMs }) {
    volume.status = { phase: 'Pending', lastPhaseTransitionTime: formatTime(nowMs) };
    return volume;
  },
  prepareForStatusUpdate(volume, old, { nowMs }) {
    const before = old.status?.lastPhaseTransitionTime;
    const isTold = volume.status.lastPhaseTransitionTime !== before;
    if (volume.status.phase !== old.status?.phase && !isTold) {
      volume.status = { ...volume.status, lastPhaseTransitionTime: formatTime(nowMs) };
    }
    return volume;
  },
  validate: validateVolume,
  validateUpdate: validateVolumeUpdate,
  warn: ({ metadata, spec }, _old, warnings) => {
    if (metadata.annotations?.[CLASS_ANNOTATION] !== undefined) {
      const why = 'deprecated since v1.8; use "storageClassName" attribute instead';
      warnings.push(`metadata.annotations[${CLASS_ANNOTATION}]: ${why}`);
    }
    if (metadata.annotations?.[MOUNT_ANNOTATION] !== undefined) {
      const why = 'deprecated since v1.31; use "mountOptions" attribute instead';
      warnings.push(`metadata.annotations[${MOUNT_ANNOTATION}]: ${why}`);
    }
    if (spec.persistentVolumeReclaimPolicy === 'Recycle') {
      warnings.push(
        'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, ' +
          'the recommended approach is to use dynamic provisioning.',
      );
    }
    warnOfOldLabels(spec, warnings);
    for (const kind in OLD_SOURCES) {
      if (kind in spec) warnings.push(`spec.${OLD_SOURCES[kind]}`);
    }
  },
  columns: [
    nameColumn,
    column(
      'Capacity',
      'string',
      "capacity is the description of the persistent volume's resources and capacity. More info: " +
        'https://kubernetes.io/docs/concepts/storage/persistent-volumes#capacity',
      ({ spec }) => String(spec.capacity?.storage ?? '0'),
    ),
    column(
      'Access Modes',
      'string',
      'accessModes contains all ways the volume can be mounted. More info: ' +
        'https://kubernetes.io/docs/concepts/storage/persistent-volumes#access-modes',
      ({ spec }) => accessModesText(spec.accessModes),
    ),
    column(
      'Reclaim Policy',
      'string',
      'persistentVolumeReclaimPolicy defines what happens to a persistent volume when released ' +
        'from its claim. Valid options are Retain (default for manually created ' +
        'PersistentVolumes), Delete (default for dynamically provisioned PersistentVolumes), and ' +
        'Recycle (deprecated). Recycle must be supported by the volume plugin underlying this ' +
        'PersistentVolume. More info: ' +
        'https://kubernetes.io/docs/concepts/storage/persistent-volumes#reclaiming',
      ({ spec }) => spec.persistentVolumeReclaimPolicy ?? '',
    ),
    column(
      'Status',
      'string',
      'phase indicates if a volume is available, bound to a claim, or released by a claim. More ' +
        'info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#phase',
      ({ metadata, status }) =>
        metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
    ),
    column(
      'Claim',
      'string',
      'claimRef is part of a bi-directional binding between PersistentVolume and ' +
        'PersistentVolumeClaim. Expected to be non-nil when bound. claim.VolumeName is the ' +
        'authoritative bind between PV and PVC. More info: ' +
        'https://kubernetes.io/docs/concepts/storage/persistent-volumes#binding',
      ({ spec: { claimRef } }) =>
        claimRef ? `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}` : '',
    ),
    column('StorageClass', 'string', 'StorageClass of the pv', volumeClassName),
    column(
      'VolumeAttributesClass',
      'string',
      'Name of VolumeAttributesClass to which this persistent volume belongs. Empty value is not ' +
        'allowed. When this field is not set, it indicates that this volume does not belong to ' +
        'any VolumeAttributesClass. This field is mutable and can be changed by the CSI driver ' +
        'after a volume has been updated successfully to a new class. For an unbound ' +
        'PersistentVolume, the volumeAttributesClassName will be matched with unbound ' +
        'PersistentVolumeClaims during the binding process.',
      ({ spec }) => spec.volumeAttributesClassName ?? '<unset>',
    ),
    column(
      'Reason',
      'string',
      'reason is a brief CamelCase string that describes any failure and is meant for machine ' +
        'parsing and tidy display in the CLI.',
      ({ status }) => status?.reason ?? '',
    ),
    ageColumn,
    column(
      'VolumeMode',
      'string',
      'volumeMode defines if a volume is intended to be used with a formatted filesystem or to ' +
        'remain in raw block state. Value of Filesystem is implied when not included in spec.',
      ({ spec }) => spec.volumeMode ?? '<unset>',
      1,
    ),
  ],
};

function warnOfOldLabels({ nodeAffinity }: PersistentVolume['spec'], warnings: string[]): void {
  nodeAffinity?.required?.nodeSelectorTerms.forEach((term, index) => {
    term.matchExpressions?.forEach(({ key }, position) => {
      const at = `nodeSelectorTerms[${index}].matchExpressions[${position}].key`;
      const old = OLD_LABELS[key];
      if (old) warnings.push(`spec.nodeAffinity.required.${at}: ${key} is ${old}`);
    });
  });
}
