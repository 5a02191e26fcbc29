// ResourceClaims: devices that pods ask for, and which they got.
// Where the real one differs: that admin access needs a label on the namespace is checked in
// admission (apiserver/admission/device-admin-access.ts), which can see namespaces.
// Upstream: pkg/registry/resource/resourceclaim/strategy.go.
import { deepEqual } from '../../api/deep-equal';
import { resourceClaims } from '../../api/extension-refs';
import type { ResourceClaim } from '../../api/extension-types';
import { ageColumn, column, nameColumn } from '../columns';
import { addSpecCheck } from '../core/pod/spec-validation';
import type { ResourceDefinition } from '../definition';
import { validateClaimStatus, withoutFreedDevices } from './claim-status';
import { defaultDeviceClaim, validateDeviceClaim } from './device-requests';
import { validatePodClaims } from './pod-claims-validation';

addSpecCheck(validatePodClaims);

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
  prepareForStatusUpdate(claim, old) {
    if (claim.status) claim.status = withoutFreedDevices(claim.status, old.status);
    return claim;
  },
  validate: ({ spec }, errors) => validateDeviceClaim(spec.devices ?? {}, 'spec.devices', errors),
  validateUpdate({ spec }, old, errors) {
    if (!deepEqual(spec, old.spec)) errors.invalid('spec', spec, 'field is immutable');
  },
  validateStatusUpdate: validateClaimStatus,
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
  if (status?.allocation) {
    words.push('allocated');
    if (status.reservedFor?.length) words.push('reserved');
  } else if (!metadata.deletionTimestamp) words.push('pending');
  return words.join(',');
}
