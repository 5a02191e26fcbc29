// Rules of roles: what they are and when they are valid.
// Upstream: pkg/apis/rbac/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import type { Role } from '../../api/extension-types';

/** One rule of a Role or ClusterRole. */
export type PolicyRule = NonNullable<Role['rules']>[number];

/** Reports what is wrong with the rules of a role, under 'rules'. */
export function validateRules(
  rules: readonly PolicyRule[] | null | undefined,
  isNamespaced: boolean,
  errors: FieldErrors,
): void {
  rules?.forEach((rule, index) => validateRule(rule, isNamespaced, `rules[${index}]`, errors));
}

function validateRule(
  { verbs, apiGroups, resources, resourceNames, nonResourceURLs: urls }: PolicyRule,
  isNamespaced: boolean,
  path: string,
  errors: FieldErrors,
): void {
  if (!verbs?.length) errors.required(`${path}.verbs`, 'verbs must contain at least one value');
  if (urls?.length) {
    const field = `${path}.nonResourceURLs`;
    if (isNamespaced) {
      errors.invalid(field, urls, 'namespaced rules cannot apply to non-resource URLs');
    }
    if (apiGroups?.length || resources?.length || resourceNames?.length) {
      const why = 'rules cannot apply to both regular resources and non-resource URLs';
      errors.invalid(field, urls, why);
    }
    return;
  }
  if (!apiGroups?.length) {
    errors.required(`${path}.apiGroups`, 'resource rules must supply at least one api group');
  }
  if (!resources?.length) {
    errors.required(`${path}.resources`, 'resource rules must supply at least one resource');
  }
}

/** The role as it comes out of the store. */
export function withoutEmptyRules<T extends { rules?: readonly unknown[] | null }>(role: T): T {
  if (role.rules?.length === 0) role.rules = null;
  return role;
}
