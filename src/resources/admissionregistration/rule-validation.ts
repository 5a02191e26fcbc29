// Which requests a webhook or policy is about: the rules of a configuration.
// Upstream: pkg/apis/admissionregistration/validation/validation.go.
import type { INamedRuleWithOperations } from 'kubernetes-models/admissionregistration.k8s.io/v1/NamedRuleWithOperations';
import type { IMatchResources } from 'kubernetes-models/admissionregistration.k8s.io/v1/MatchResources';
import type { IRuleWithOperations } from 'kubernetes-models/admissionregistration.k8s.io/v1/RuleWithOperations';
import type { FieldErrors } from '../../api/field-errors';
import { dnsSubdomain } from '../../api/names';
import { aloneIfAll } from '../alone-if-all';
import { validateLabelSelector } from '../label-selector-validation';

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const SCOPES = ['*', 'Cluster', 'Namespaced'];
const MATCH_POLICIES = ['Equivalent', 'Exact'];

/** Rules with their scopes, selectors and match policy filled in. */
export function defaultMatchResources<T extends IMatchResources>(match: T): T {
  return {
    ...match,
    matchPolicy: match.matchPolicy ?? 'Equivalent',
    namespaceSelector: match.namespaceSelector ?? {},
    objectSelector: match.objectSelector ?? {},
    ...(match.resourceRules && { resourceRules: match.resourceRules.map(defaultRule) }),
    ...(match.excludeResourceRules && {
      excludeResourceRules: match.excludeResourceRules.map(defaultRule),
    }),
  };
}

export function defaultRule<T extends IRuleWithOperations>(rule: T): T {
  return { ...rule, scope: rule.scope ?? '*' };
}

/** `isPolicy`: a policy has to name what it constrains. */
export function validateMatchResources(
  match: IMatchResources | undefined,
  isPolicy: boolean,
  path: string,
  errors: FieldErrors,
): void {
  if (!match) {
    if (isPolicy) errors.required(path);
    return;
  }
  const { matchPolicy, namespaceSelector, objectSelector } = match;
  if (matchPolicy === undefined) errors.required(`${path}.matchPolicy`);
  else if (!MATCH_POLICIES.includes(matchPolicy)) {
    errors.notSupported(`${path}.matchPolicy`, matchPolicy, MATCH_POLICIES);
  }
  if (!namespaceSelector) errors.required(`${path}.namespaceSelector`);
  else validateLabelSelector(namespaceSelector as never, `${path}.namespaceSelector`, errors);
  if (!objectSelector) errors.required(`${path}.labelSelector`);
  else validateLabelSelector(objectSelector as never, `${path}.labelSelector`, errors);
  validateNamedRules(match.resourceRules ?? [], `${path}.resourceRules`, errors);
  validateNamedRules(match.excludeResourceRules ?? [], `${path}.excludeResourceRules`, errors);
  if (isPolicy && !match.resourceRules?.length) errors.required(`${path}.resourceRules`);
}

export function validateRules(
  rules: readonly IRuleWithOperations[],
  path: string,
  errors: FieldErrors,
): void {
  rules.forEach((rule, index) => validateRule(rule, `${path}[${index}]`, errors));
}

function validateNamedRules(
  rules: readonly INamedRuleWithOperations[],
  path: string,
  errors: FieldErrors,
): void {
  rules.forEach((rule, index) => {
    const at = `${path}[${index}]`;
    validateRule(rule, at, errors);
    const seen = new Set<string>();
    rule.resourceNames?.forEach((name, position) => {
      const where = `${at}.resourceNames[${position}]`;
      if (/[/%]/.test(name) || name === '.' || name === '..') {
        errors.invalid(where, name, `may not be '${name}'`);
      }
      if (seen.has(name)) errors.duplicate(where, name);
      seen.add(name);
    });
  });
}

function validateRule(
  { operations = [], apiGroups = [], apiVersions = [], resources = [], scope }: IRuleWithOperations,
  path: string,
  errors: FieldErrors,
): void {
  if (operations.length === 0) errors.required(`${path}.operations`);
  aloneIfAll(operations, `${path}.operations`, 'operations', errors);
  operations.forEach((operation, index) => {
    if (OPERATIONS.includes(operation)) return;
    errors.notSupported(`${path}.operations[${index}]`, operation, OPERATIONS);
  });
  if (apiGroups.length === 0) errors.required(`${path}.apiGroups`);
  aloneIfAll(apiGroups, `${path}.apiGroups`, 'API groups', errors);
  if (apiVersions.length === 0) errors.required(`${path}.apiVersions`);
  aloneIfAll(apiVersions, `${path}.apiVersions`, 'API versions', errors);
  apiVersions.forEach((version, index) => {
    if (version === '') errors.required(`${path}.apiVersions[${index}]`);
  });
  validateResources(resources, `${path}.resources`, errors);
  if (scope != null && !SCOPES.includes(scope)) {
    errors.notSupported(`${path}.scope`, scope, SCOPES);
  }
}

function validateResources(resources: readonly string[], path: string, errors: FieldErrors): void {
  if (resources.length === 0) errors.required(path);
  /** Names before '/*', and subresources after it: what a wildcard has covered so far. */
  const wholes = new Set<string>();
  const everywhere = new Set<string>();
  let lastPlain = '*';
  resources.forEach((resource, index) => {
    const at = `${path}[${index}]`;
    if (resource === '') errors.required(at);
    const slash = resource.indexOf('/');
    if (slash < 0) {
      if (resource !== '') lastPlain = resource;
      return;
    }
    const [name, part] = [resource.slice(0, slash), resource.slice(slash + 1)];
    if (wholes.has(name)) {
      errors.invalid(at, resource, `if '${name}/*' is present, must not specify ${resource}`);
    }
    if (everywhere.has(part)) {
      errors.invalid(at, resource, `if '*/${part}' is present, must not specify ${resource}`);
    }
    if (part === '*') wholes.add(name);
    if (name === '*') everywhere.add(part);
  });
  if (resources.length > 1 && resources.includes('*/*')) {
    errors.invalid(path, resources, "if '*/*' is present, must not specify other resources");
  }
  // The real server looks at the last of those without a subresource alone.
  if (resources.includes('*') && lastPlain !== '*') {
    const why = "if '*' is present, must not specify other resources without subresources";
    errors.invalid(path, resources, why);
  }
}

/** A name of three parts or more: 'check.example.com'. */
export function validateWebhookName(name: string, path: string, errors: FieldErrors): void {
  if (name === '') {
    errors.required(path);
    return;
  }
  const problems = dnsSubdomain(name);
  errors.invalidEach(path, name, problems);
  if (problems.length === 0 && name.split('.').length < 3) {
    errors.invalid(path, name, 'should be a domain with at least three segments separated by dots');
  }
}
