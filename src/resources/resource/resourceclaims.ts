// ResourceClaims: devices that pods ask for. They are kept and checked; no driver allocates here
// unless somebody writes the status. Upstream: pkg/registry/resource/resourceclaim/strategy.go.
import { deepEqual } from '../../api/deep-equal';
import { resourceClaims } from '../../api/extension-refs';
import type { ResourceClaim } from '../../api/extension-types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { defaultDeviceClaim, validateDeviceClaim } from './device-requests';

const RESERVED_MAX = 256;

export const resourceClaimDefinition: ResourceDefinition<ResourceClaim> = {
  ref: resourceClaims,
  singular: 'resourceclaim',
  listKind: 'ResourceClaimList',
  subresources: ['status'],
  applyDefaults(claim) {
    claim.spec ??= {};
    if (claim.spec.devices) claim.spec.devices = defaultDeviceClaim(claim.spec.devices);
    return claim;
  },
  prepareForCreate(claim) {
    claim.status = {};
    return claim;
  },
  validate: ({ spec }, errors) => validateDeviceClaim(spec.devices ?? {}, 'spec.devices', errors),
  validateUpdate({ spec }, old, errors) {
    if (!deepEqual(spec, old.spec)) errors.invalid('spec', spec, 'field is immutable');
  },
  validateStatusUpdate({ status }, _old, errors) {
    const reserved = status?.reservedFor ?? [];
    if (reserved.length > RESERVED_MAX) {
      errors.tooMany('status.reservedFor', reserved.length, RESERVED_MAX);
    }
    if (reserved.length > 0 && !status?.allocation) {
      errors.forbidden('status.reservedFor', 'may not be specified when `allocated` is not set');
    }
  },
  columns: [
    nameColumn,
    column(
      'State',
      'string',
      'A summary of the current state (allocated, pending, reserved, etc.).',
      state,
    ),
    ageColumn,
  ],
};

function state({ metadata, status }: ResourceClaim): string {
  const words = [];
  if (metadata.deletionTimestamp) words.push('deleted');
  if (!status?.allocation) words.push('pending');
  else if (!metadata.deletionTimestamp) {
    words.push('allocated');
    words.push(status.reservedFor?.length ? 'reserved' : '');
  }
  return words.filter(Boolean).join(',');
}
