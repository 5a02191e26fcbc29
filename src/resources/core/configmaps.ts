// ConfigMaps. Upstream: pkg/registry/core/configmap/strategy.go, pkg/apis/core/validation.
import { configMaps } from '../../api/resource-ref';
import type { ConfigMap } from '../../api/types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateConfigMap, validateConfigMapUpdate } from './data-validation';

export const configMapDefinition: ResourceDefinition<ConfigMap> = {
  ref: configMaps,
  singular: 'configmap',
  listKind: 'ConfigMapList',
  shortNames: ['cm'],
  validate: validateConfigMap,
  validateUpdate: validateConfigMapUpdate,
  columns: [
    nameColumn,
    column(
      'Data',
      'string',
      'Data contains the configuration data. Each key must consist of alphanumeric ' +
        "characters, '-', '_' or '.'. Values with non-UTF-8 byte sequences must use the " +
        'BinaryData field. The keys stored in Data must not overlap with the keys in the ' +
        'BinaryData field, this is enforced during validation process.',
      ({ data, binaryData }) => size(data) + size(binaryData),
    ),
    ageColumn,
  ],
};

function size(map: object | undefined): number {
  return map ? Object.keys(map).length : 0;
}
