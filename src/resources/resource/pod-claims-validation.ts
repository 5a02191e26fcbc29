// The claims that a pod names, and which of them its containers use.
// Where the real one differs: the claims' names are not checked together with the pod's, which the
// controller shortens.
// Upstream: validatePodResourceClaims and validateResourceClaimNames in
// pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import { dnsLabel, dnsSubdomain } from '../../api/names';
import type { PodClaim } from '../../api/resource-claims';
import type { Container, PodSpec } from '../../api/types';

type ContainerClaim = NonNullable<NonNullable<Container['resources']>['claims']>[number];

export function validatePodClaims(spec: PodSpec, path: string, errors: FieldErrors): void {
  const { resourceClaims, containers, initContainers } = spec;
  const names = new Set<string>();
  resourceClaims?.forEach((claim, index) => {
    validateClaim(claim, names, `${path}.resourceClaims[${index}]`, errors);
  });
  const validate = (list: readonly Container[], at: string): void =>
    list.forEach(({ resources }, index) => {
      const claims = resources?.claims;
      if (claims) validateUses(claims, names, `${at}[${index}].resources.claims`, errors);
    });
  if (Array.isArray(containers)) validate(containers, `${path}.containers`);
  if (initContainers) validate(initContainers, `${path}.initContainers`);
}

function validateClaim(
  claim: Partial<PodClaim>,
  names: Set<string>,
  path: string,
  errors: FieldErrors,
): void {
  const { name = '', resourceClaimName, resourceClaimTemplateName } = claim;
  if (name === '') errors.required(`${path}.name`);
  else if (names.has(name)) errors.duplicate(`${path}.name`, name);
  else {
    errors.invalidEach(`${path}.name`, name, dnsLabel(name));
    names.add(name);
  }
  if (resourceClaimName != null && resourceClaimTemplateName != null) {
    const words =
      'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified';
    errors.invalid(path, shown(claim), words);
  }
  if (resourceClaimName == null && resourceClaimTemplateName == null) {
    const words = 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`';
    errors.invalid(path, shown(claim), words);
  }
  for (const field of ['resourceClaimName', 'resourceClaimTemplateName'] as const) {
    const value = claim[field];
    if (value != null) errors.invalidEach(`${path}.${field}`, value, dnsSubdomain(value));
  }
}

/** As Go prints the struct. */
function shown({ name = '', resourceClaimName, resourceClaimTemplateName }: Partial<PodClaim>) {
  return {
    Name: name,
    ResourceClaimName: resourceClaimName ?? null,
    ResourceClaimTemplateName: resourceClaimTemplateName ?? null,
  };
}

function validateUses(
  claims: readonly Partial<ContainerClaim>[],
  known: ReadonlySet<string>,
  path: string,
  errors: FieldErrors,
): void {
  const seen = new Set<string>();
  claims.forEach(({ name = '', request = '' }, index) => {
    const at = `${path}[${index}]`;
    if (name === '') {
      errors.required(at);
      return;
    }
    if (seen.has(name)) errors.duplicate(at, name);
    else {
      if (request) errors.invalidEach(`${at}.request`, request, dnsLabel(request));
      const key = request ? `${name}/${request}` : name;
      if (seen.has(key)) errors.duplicate(at, key);
      else if (!request && [...seen].some((each) => each.startsWith(name + '/'))) {
        errors.duplicate(at, name);
      }
      seen.add(key);
    }
    if (known.has(name)) return;
    const list = known.size > 0 ? `: ${[...known].sort().join(', ')}` : ' which is empty';
    const why = `must be one of the names in pod.spec.resourceClaims${list}`;
    errors.add('FieldValueNotFound', at, `Not found: ${JSON.stringify(name)}: ${why}`);
  });
}
