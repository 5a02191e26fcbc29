// Leases: who leads, and which nodes still breathe.
// Upstream: pkg/registry/coordination/lease/strategy.go, pkg/apis/coordination/validation.
import type { FieldErrors } from '../../api/field-errors';
import { leases } from '../../api/resource-ref';
import type { Lease } from '../../api/types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';

export const leaseDefinition: ResourceDefinition<Lease> = {
  ref: leases,
  singular: 'lease',
  listKind: 'LeaseList',
  allowCreateOnUpdate: true,
  allowUnconditionalUpdate: false,
  applyDefaults(lease) {
    lease.spec ??= {};
    return lease;
  },
  validate: validateLease,
  columns: [
    nameColumn,
    column(
      'Holder',
      'string',
      'holderIdentity contains the identity of the holder of a current lease. If Coordinated ' +
        'Leader Election is used, the holder identity must be equal to the elected ' +
        'LeaseCandidate.metadata.name field.',
      ({ spec }) => spec.holderIdentity ?? '',
    ),
    ageColumn,
  ],
};

function validateLease({ spec }: Lease, errors: FieldErrors): void {
  const { leaseDurationSeconds: seconds, leaseTransitions: transitions } = spec;
  if (seconds != null && seconds <= 0) {
    errors.invalid('spec.leaseDurationSeconds', seconds, 'must be greater than 0');
  }
  if (transitions != null && transitions < 0) {
    errors.invalid('spec.leaseTransitions', transitions, 'must be greater than or equal to 0');
  }
  if (spec.preferredHolder && !spec.strategy) {
    errors.forbidden(
      'spec.preferredHolder',
      '`preferredHolder` may only be specified if `strategy` is defined',
    );
  }
}
