// RoleBindings. Upstream: pkg/registry/rbac/rolebinding/strategy.go.
import { roleBindings } from '../../api/extension-refs';
import type { RoleBinding } from '../../api/extension-types';
import type { ResourceDefinition } from '../definition';
import {
  applyBindingDefaults,
  bindingColumns,
  validateBinding,
  validateBindingUpdate,
} from './binding';

export const roleBindingDefinition: ResourceDefinition<RoleBinding> = {
  ref: roleBindings,
  singular: 'rolebinding',
  listKind: 'RoleBindingList',
  nameFormat: 'path-segment',
  applyDefaults: applyBindingDefaults,
  validate: (binding, errors) => validateBinding(binding, ['Role', 'ClusterRole'], errors),
  validateUpdate: validateBindingUpdate,
  columns: bindingColumns(
    'roleBinding',
    'RoleRef can reference a Role in the current namespace or a ClusterRole in the global ' +
      'namespace. If the RoleRef cannot be resolved, the Authorizer must return an error. This ' +
      'field is immutable.',
  ),
};
