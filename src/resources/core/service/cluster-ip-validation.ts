// clusterIPs, ipFamilies and ipFamilyPolicy: checked before addresses are given out, and again
// after.
// Upstream: ValidateServiceClusterIPsRelatedFields in pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import { ipErrors, isIpv4, isIpv6 } from '../../../api/ip';
import type { Service } from '../../../api/types';

const FAMILIES = ['IPv4', 'IPv6'];
const POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
const FIXED = 'may not change once set';

/** A Service that publishes its endpoints instead of a virtual address. */
export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === 'None';
}

export function validateClusterIps(service: Service, errors: FieldErrors): void {
  const { spec } = service;
  if (spec.type === 'ExternalName') return;
  const { clusterIP, clusterIPs = [] } = spec;
  const path = 'spec.clusterIPs';
  if (clusterIP) {
    if (clusterIPs.length === 0) errors.required(path);
    else if (clusterIPs[0] !== clusterIP) {
      errors.invalid(path, clusterIPs, 'first value must match `clusterIP`');
    }
  } else if (clusterIPs.length > 0) {
    errors.invalid(path, clusterIPs, 'must be empty when `clusterIP` is not specified');
  }
  validateFamilies(service, errors);
  if (!validateAddresses(clusterIPs, path, errors)) return;
  if (clusterIPs.length > 1 && isIpv4(clusterIPs[0]) === isIpv4(clusterIPs[1])) {
    errors.invalid(path, clusterIPs, 'may specify no more than one IP for each IP family');
  }
  if (!isHeadless(service)) matchFamilies(clusterIPs, spec.ipFamilies ?? [], path, errors);
}

/** Addresses and families stay for as long as the Service has any. */
export function validateClusterIpsUpdate(next: Service, old: Service, errors: FieldErrors): void {
  if (next.spec.type === 'ExternalName' || old.spec.type === 'ExternalName') return;
  const { clusterIPs: after = [], ipFamilies: familiesAfter = [] } = next.spec;
  const { clusterIPs: before = [], ipFamilies: familiesBefore = [] } = old.spec;
  const staysHeadless = isHeadless(next) && isHeadless(old);
  if (!staysHeadless) {
    if (before.length > 0 && after.length === 0) {
      errors.invalid('spec.clusterIPs[0]', after, 'primary clusterIP can not be unset');
    } else if (before.length > 0 && after[0] !== before[0]) {
      errors.invalid('spec.clusterIPs[0]', after, FIXED);
    }
  }
  if (isHeadless(next) || isHeadless(old)) return;
  if (
    familiesBefore.length > 0 &&
    familiesAfter.length > 0 &&
    familiesAfter[0] !== familiesBefore[0]
  ) {
    errors.invalid('spec.ipFamilies[0]', familiesAfter, FIXED);
  }
}

function validateFamilies({ spec }: Service, errors: FieldErrors): void {
  const seen = new Set<string>();
  spec.ipFamilies?.forEach((family, index) => {
    const at = `spec.ipFamilies[${index}]`;
    if (!FAMILIES.includes(family)) errors.notSupported(at, family, FAMILIES);
    if (seen.has(family)) errors.duplicate(at, family);
    seen.add(family);
  });
  if (spec.ipFamilyPolicy != null && !POLICIES.includes(spec.ipFamilyPolicy)) {
    errors.notSupported('spec.ipFamilyPolicy', spec.ipFamilyPolicy, POLICIES);
  }
}

/** False when any is no address, which would make the checks to follow meaningless. */
function validateAddresses(
  addresses: readonly string[],
  path: string,
  errors: FieldErrors,
): boolean {
  const before = errors.causes.length;
  addresses.forEach((address, index) => {
    if (index > 0 || address !== 'None') {
      errors.invalidEach(`${path}[${index}]`, address, ipErrors(address));
    } else if (addresses.length > 1) {
      errors.invalid(path, addresses, "'None' must be the first and only value");
    }
  });
  const isValid = errors.causes.length === before;
  if (addresses.length > 2) errors.invalid(path, addresses, 'may only hold up to 2 values');
  return isValid;
}

function matchFamilies(
  addresses: readonly string[],
  families: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  addresses.forEach((address, index) => {
    const family = families[index];
    if (family === undefined) return;
    const why = `expected an ${family} value as indicated by \`ipFamilies[${index}]\``;
    const isRight = family === 'IPv6' ? isIpv6(address) : isIpv4(address);
    if (!isRight) errors.invalid(`${path}[${index}]`, address, why);
  });
}
