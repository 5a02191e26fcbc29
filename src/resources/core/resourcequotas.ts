// ResourceQuotas. Upstream: pkg/registry/core/resourcequota/strategy.go.
import { resourceQuotas } from '../../api/extension-refs';
import type { ResourceQuota } from '../../api/extension-types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import {
  validateResourceQuota,
  validateResourceQuotaStatus,
  validateResourceQuotaUpdate,
} from './resource-quota-validation';

export const resourceQuotaDefinition: ResourceDefinition<ResourceQuota> = {
  ref: resourceQuotas,
  singular: 'resourcequota',
  listKind: 'ResourceQuotaList',
  shortNames: ['quota'],
  subresources: ['status'],
  applyDefaults(quota) {
    quota.spec ??= {};
    return quota;
  },
  prepareForCreate(quota) {
    quota.status = {};
    return quota;
  },
  validate: validateResourceQuota,
  validateUpdate: validateResourceQuotaUpdate,
  validateStatusUpdate: (quota, _old, errors) => validateResourceQuotaStatus(quota, errors),
  columns: [
    nameColumn,
    column(
      'Request',
      'string',
      'Request represents a minimum amount of cpu/memory that a container may consume.',
      (quota) => usedOfHard(quota, (name) => !name.startsWith('limits.')),
    ),
    column(
      'Limit',
      'string',
      'Limits control the maximum amount of cpu/memory that a container may use independent ' +
        'of contention on the node.',
      (quota) => usedOfHard(quota, (name) => name.startsWith('limits.')),
    ),
    ageColumn,
  ],
};

function usedOfHard({ status }: ResourceQuota, wants: (name: string) => boolean): string {
  const names = Object.keys(status?.hard ?? {}).filter(wants);
  return names
    .sort()
    .map((name) => `${name}: ${String(status!.used?.[name] ?? 0)}/${String(status!.hard![name])}`)
    .join(', ');
}
