// ServiceCIDRs: the ranges that Service addresses come from.
// Upstream: pkg/registry/networking/servicecidr/strategy.go, pkg/apis/networking/validation.
import { serviceCIDRs } from '../../api/extension-refs';
import type { ServiceCIDR } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { cidrErrors, isIpv4 } from '../../api/ip';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';

const IMMUTABLE = 'field is immutable';

export const serviceCidrDefinition: ResourceDefinition<ServiceCIDR> = {
  ref: serviceCIDRs,
  singular: 'servicecidr',
  listKind: 'ServiceCIDRList',
  subresources: ['status'],
  applyDefaults(cidr) {
    cidr.spec ??= {} as ServiceCIDR['spec'];
    return cidr;
  },
  prepareForCreate(cidr) {
    cidr.status = {};
    return cidr;
  },
  validateCreate: validate,
  validateUpdate,
  columns: [
    nameColumn,
    column(
      'CIDRs',
      'string',
      'CIDRs defines the IP blocks in CIDR notation (e.g. "192.168.0.0/24" or ' +
        '"2001:db8::/64") from which to assign service cluster IPs. Max of two CIDRs is ' +
        'allowed, one of each IP family. This field is immutable.',
      ({ spec }) => (spec.cidrs ?? []).join(','),
    ),
    ageColumn,
  ],
};

function validate({ spec }: ServiceCIDR, errors: FieldErrors): void {
  const cidrs = spec.cidrs ?? [];
  if (cidrs.length === 0) errors.required('spec.cidrs', 'at least one CIDR required');
  if (cidrs.length > 2) {
    errors.invalid('spec.cidrs', { CIDRs: cidrs }, 'may only hold up to 2 values');
    return;
  }
  cidrs.forEach((cidr, index) => {
    errors.invalidEach(`spec.cidrs[${index}]`, cidr, cidrErrors(cidr));
  });
  if (cidrs.length === 2 && isV4(cidrs[0]) === isV4(cidrs[1])) {
    const why =
      'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64';
    errors.invalid('spec.cidrs', cidrs, why);
  }
}

/** Nothing may change but that a range of the other family comes along. */
function validateUpdate(cidr: ServiceCIDR, old: ServiceCIDR, errors: FieldErrors): void {
  const cidrs = cidr.spec.cidrs ?? [];
  const before = old.spec.cidrs ?? [];
  const isWidened = before.length === 1 && cidrs.length === 2;
  if (!isWidened && before.length !== cidrs.length) {
    errors.invalid('spec.cidrs', cidrs, IMMUTABLE);
    return;
  }
  before.forEach((each, index) => {
    if (each !== cidrs[index]) errors.invalid(`spec.cidrs[${index}]`, cidrs[index], IMMUTABLE);
  });
  if (isWidened) validate(cidr, errors);
}

function isV4(cidr: string): boolean {
  return isIpv4(cidr.split('/')[0]);
}
