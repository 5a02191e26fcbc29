// StorageClasses. Upstream: pkg/registry/storage/storageclass/strategy.go,
// pkg/apis/storage/validation/validation.go, pkg/api/storage/util.go.
import { storageClasses } from '../../api/extension-refs';
import type { StorageClass } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { qualifiedName } from '../../api/names';
import { isDefaultClass } from '../../api/volume-binding';
import { ageColumn, column, nameColumn } from '../columns';
import { OLD_LABELS } from '../core/pod/warnings';
import type { ResourceDefinition } from '../definition';
import {
  validateParameters,
  validateProvisioner,
  validateSameParameters,
} from './class-validation';

const RECLAIM_POLICIES = ['Delete', 'Retain'];
const BINDING_MODES = ['Immediate', 'WaitForFirstConsumer'];

type Term = NonNullable<StorageClass['allowedTopologies']>[number];

export const storageClassDefinition: ResourceDefinition<StorageClass> = {
  ref: storageClasses,
  singular: 'storageclass',
  listKind: 'StorageClassList',
  shortNames: ['sc'],
  applyDefaults(storageClass) {
    storageClass.reclaimPolicy ??= 'Delete';
    storageClass.volumeBindingMode ??= 'Immediate';
    return storageClass;
  },
  validate,
  validateUpdate(next, old, errors) {
    validateSameParameters(next.parameters, old.parameters, errors);
    if (next.provisioner !== old.provisioner) {
      errors.forbidden('provisioner', 'updates to provisioner are forbidden.');
    }
    if (next.reclaimPolicy !== old.reclaimPolicy) {
      errors.forbidden('reclaimPolicy', 'updates to reclaimPolicy are forbidden.');
    }
    if (next.volumeBindingMode !== old.volumeBindingMode) {
      errors.invalid('volumeBindingMode', next.volumeBindingMode, 'field is immutable');
    }
  },
  warn({ allowedTopologies }, _old, warnings) {
    allowedTopologies?.forEach((term, index) => {
      term.matchLabelExpressions?.forEach(({ key }, position) => {
        const at = `allowedTopologies[${index}].matchLabelExpressions[${position}].key`;
        if (OLD_LABELS[key]) warnings.push(`${at}: ${key} is ${OLD_LABELS[key]}`);
      });
    });
  },
  columns: [
    {
      ...nameColumn,
      cell: (storageClass) =>
        storageClass.metadata.name + (isDefaultClass(storageClass) ? ' (default)' : ''),
    },
    column(
      'Provisioner',
      'string',
      'provisioner indicates the type of the provisioner.',
      ({ provisioner }) => provisioner,
    ),
    column(
      'ReclaimPolicy',
      'string',
      'reclaimPolicy controls the reclaimPolicy for dynamically provisioned PersistentVolumes of ' +
        'this storage class. Defaults to Delete.',
      ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete',
    ),
    column(
      'VolumeBindingMode',
      'string',
      'volumeBindingMode indicates how PersistentVolumeClaims should be provisioned and bound.  ' +
        'When unset, VolumeBindingImmediate is used. This field is only honored by servers that ' +
        'enable the VolumeScheduling feature.',
      ({ volumeBindingMode }) => volumeBindingMode ?? 'Immediate',
    ),
    column(
      'AllowVolumeExpansion',
      'string',
      'allowVolumeExpansion shows whether the storage class allow volume expand.',
      ({ allowVolumeExpansion }) => allowVolumeExpansion ?? false,
    ),
    ageColumn,
  ],
};

function validate(storageClass: StorageClass, errors: FieldErrors): void {
  const { provisioner, parameters, reclaimPolicy, volumeBindingMode } = storageClass;
  validateProvisioner(provisioner ?? '', 'provisioner', errors);
  validateParameters(parameters, 'parameters', errors);
  if (reclaimPolicy && !RECLAIM_POLICIES.includes(reclaimPolicy)) {
    errors.notSupported('reclaimPolicy', reclaimPolicy, RECLAIM_POLICIES);
  }
  if (!BINDING_MODES.includes(volumeBindingMode ?? '')) {
    errors.notSupported('volumeBindingMode', volumeBindingMode, BINDING_MODES);
  }
  const known: string[] = [];
  storageClass.allowedTopologies?.forEach((term, index) => {
    const path = `allowedTopologies[${index}].matchLabelExpressions`;
    validateTopology(term, path, errors);
    const content = contentOf(term);
    if (known.includes(content)) errors.duplicate(path, '');
    known.push(content);
  });
}

function validateTopology(
  { matchLabelExpressions = [] }: Term,
  path: string,
  errors: FieldErrors,
): void {
  if (matchLabelExpressions.length === 0) errors.required(path);
  const keys = new Set<string>();
  matchLabelExpressions.forEach((expression, index) => {
    const { key } = expression;
    const values = expression.values ?? [];
    const at = `${path}[${index}]`;
    if (values.length === 0) errors.required(`${at}.values`);
    values.forEach((value, position) => {
      if (values.indexOf(value) < position) errors.duplicate(`${at}.values[${position}]`, value);
    });
    errors.invalidEach(`${at}.key`, key ?? '', qualifiedName(key ?? ''));
    if (keys.has(key)) errors.duplicate(`${at}.key`, key);
    keys.add(key);
  });
}

/** Terms that ask for the same in another order are the same. */
function contentOf({ matchLabelExpressions = [] }: Term): string {
  const parts = matchLabelExpressions.map(
    ({ key, values }) => `${key}=${[...new Set(values)].sort().join(',')}`,
  );
  return parts.sort().join(';');
}
