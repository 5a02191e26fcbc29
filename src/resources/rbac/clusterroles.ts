// ClusterRoles. Upstream: pkg/registry/rbac/clusterrole/strategy.go.
import type { FieldErrors } from '../../api/field-errors';
import { clusterRoles } from '../../api/extension-refs';
import type { ClusterRole } from '../../api/extension-types';
import type { LabelSelectorObject } from '../../api/label-selector';
import type { ResourceDefinition } from '../definition';
import { validateLabelSelector } from '../label-selector-validation';
import { validateRules, withoutEmptyRules } from './policy-rule';
import { roleColumns } from './role-columns';

export const clusterRoleDefinition: ResourceDefinition<ClusterRole> = {
  ref: clusterRoles,
  singular: 'clusterrole',
  listKind: 'ClusterRoleList',
  nameFormat: 'path-segment',
  applyDefaults(role) {
    role.rules ??= null as never;
    return role;
  },
  // An empty list is stored like none.
  prepareForCreate: withoutEmptyRules,
  prepareForUpdate: withoutEmptyRules,
  validate(role, errors) {
    validateRules(role.rules, false, errors);
    validateAggregation(role, errors);
  },
  columns: roleColumns,
};

function validateAggregation({ aggregationRule }: ClusterRole, errors: FieldErrors): void {
  if (!aggregationRule) return;
  const path = 'aggregationRule.clusterRoleSelectors';
  const selectors = aggregationRule.clusterRoleSelectors ?? [];
  if (selectors.length === 0) {
    const why = 'at least one clusterRoleSelector required if aggregationRule is non-nil';
    errors.required(path, why);
  }
  selectors.forEach((selector, index) => {
    const field = `${path}[${index}]`;
    const isValid = validateLabelSelector(selector as LabelSelectorObject, field, errors);
    // The selector that could not be made is what the real server shows here.
    if (!isValid) errors.invalid(field, null, 'invalid label selector.');
  });
}
