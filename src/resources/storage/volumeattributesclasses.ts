// VolumeAttributesClasses. Upstream: pkg/registry/storage/volumeattributesclass/strategy.go,
// pkg/apis/storage/validation/validation.go.
import { volumeAttributesClasses } from '../../api/extension-refs';
import type { VolumeAttributesClass } from '../../api/extension-types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import {
  validateParameters,
  validateProvisioner,
  validateSameParameters,
} from './class-validation';

export const volumeAttributesClassDefinition: ResourceDefinition<VolumeAttributesClass> = {
  ref: volumeAttributesClasses,
  singular: 'volumeattributesclass',
  listKind: 'VolumeAttributesClassList',
  shortNames: ['vac'],
  validate({ driverName, parameters }, errors) {
    validateProvisioner(driverName ?? '', 'driverName', errors);
    validateParameters(parameters, 'parameters', errors);
    if (Object.keys(parameters ?? {}).length > 0) return;
    errors.required('parameters', 'must contain at least one key/value pair');
  },
  validateUpdate(next, old, errors) {
    if (next.driverName !== old.driverName) {
      errors.forbidden('driverName', 'updates to driverName are forbidden.');
    }
    validateSameParameters(next.parameters, old.parameters, errors);
  },
  columns: [
    nameColumn,
    column('DriverName', 'string', 'Name of the CSI driver', ({ driverName }) => driverName),
    ageColumn,
  ],
};
