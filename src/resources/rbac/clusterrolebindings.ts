// ClusterRoleBindings. Upstream: pkg/registry/rbac/clusterrolebinding/strategy.go.
import { clusterRoleBindings } from '../../api/extension-refs';
import type { ClusterRoleBinding } from '../../api/extension-types';
import type { ResourceDefinition } from '../definition';
import {
  applyBindingDefaults,
  bindingColumns,
  validateBinding,
  validateBindingUpdate,
} from './binding';

export const clusterRoleBindingDefinition: ResourceDefinition<ClusterRoleBinding> = {
  ref: clusterRoleBindings,
  singular: 'clusterrolebinding',
  listKind: 'ClusterRoleBindingList',
  nameFormat: 'path-segment',
  applyDefaults: applyBindingDefaults,
  validate: (binding, errors) => validateBinding(binding, ['ClusterRole'], errors),
  validateUpdate: validateBindingUpdate,
  columns: bindingColumns(
    'clusterRoleBinding',
    'RoleRef can only reference a ClusterRole in the global namespace. If the RoleRef cannot ' +
      'be resolved, the Authorizer must return an error. This field is immutable.',
  ),
};
