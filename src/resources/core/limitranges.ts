// LimitRanges. Upstream: pkg/registry/core/limitrange/strategy.go, SetDefaults_LimitRangeItem.
import type { ILimitRangeItem } from 'kubernetes-models/v1/LimitRangeItem';
import { limitRanges } from '../../api/extension-refs';
import type { LimitRange } from '../../api/extension-types';
import { nameColumn, ageColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateLimitRange } from './limit-range-validation';

export const limitRangeDefinition: ResourceDefinition<LimitRange> = {
  ref: limitRanges,
  singular: 'limitrange',
  listKind: 'LimitRangeList',
  shortNames: ['limits'],
  applyDefaults(range) {
    range.spec ??= { limits: null as never };
    if (range.spec.limits) range.spec.limits = range.spec.limits.map(withDefaults);
    return range;
  },
  validate: validateLimitRange,
  columns: [
    nameColumn,
    {
      ...ageColumn,
      name: 'Created At',
      type: 'date',
      cell: ({ metadata }) => metadata.creationTimestamp,
    },
  ],
};

/** A container's limit is the greatest allowed, its request the limit or the least allowed. */
function withDefaults(limit: ILimitRangeItem): ILimitRangeItem {
  if (limit.type !== 'Container') return limit;
  const standard = { ...limit.max, ...limit.default };
  const request = { ...limit.min, ...standard, ...limit.defaultRequest };
  const filled = { ...limit };
  if (Object.keys(standard).length > 0) filled.default = standard;
  if (Object.keys(request).length > 0) filled.defaultRequest = request;
  return filled;
}
