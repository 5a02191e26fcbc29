// Whether one rule of a role allows a request.
// Upstream: pkg/apis/rbac/v1/evaluation_helpers.go, plugin/pkg/auth/authorizer/rbac.
import type { PolicyRule } from '../../resources/rbac/policy-rule';
import type { Attributes } from './attributes';

export function ruleAllows(rule: PolicyRule, attributes: Attributes): boolean {
  if (!includes(rule.verbs, attributes.verb)) return false;
  if (!attributes.isResourceRequest) {
    return rule.nonResourceURLs?.some((url) => coversPath(url, attributes.path)) ?? false;
  }
  const { resourceNames } = rule;
  return (
    includes(rule.apiGroups, attributes.apiGroup) &&
    allowsResource(rule, attributes) &&
    (!resourceNames?.length || resourceNames.includes(attributes.name))
  );
}

/** Whether the path of a rule, perhaps ending in '*', stands for `path` too. */
export function coversPath(rulePath: string, path: string): boolean {
  if (rulePath === path) return true;
  return rulePath.endsWith('*') && path.startsWith(rulePath.replace(/\*+$/, ''));
}

function includes(values: readonly string[] | undefined, wanted: string): boolean {
  return values?.some((value) => value === '*' || value === wanted) ?? false;
}

function allowsResource({ resources }: PolicyRule, attributes: Attributes): boolean {
  const { resource, subresource } = attributes;
  const combined = subresource ? `${resource}/${subresource}` : resource;
  const everySuch = subresource ? `*/${subresource}` : '*';
  return (
    resources?.some((each) => each === '*' || each === combined || each === everySuch) ?? false
  );
}
