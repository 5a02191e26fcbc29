// Roles. Upstream: pkg/registry/rbac/role/strategy.go.
import { roles } from '../../api/extension-refs';
import type { Role } from '../../api/extension-types';
import type { ResourceDefinition } from '../definition';
import { validateRules, withoutEmptyRules } from './policy-rule';
import { roleColumns } from './role-columns';

export const roleDefinition: ResourceDefinition<Role> = {
  ref: roles,
  singular: 'role',
  listKind: 'RoleList',
  nameFormat: 'path-segment',
  applyDefaults(role) {
    role.rules ??= null as never;
    return role;
  },
  // An empty list is stored like none.
  prepareForCreate: withoutEmptyRules,
  prepareForUpdate: withoutEmptyRules,
  validate: ({ rules }, errors) => validateRules(rules, true, errors),
  columns: roleColumns,
};
