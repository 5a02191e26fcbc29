// MutatingAdmissionPolicyBindings. Upstream: as the policies.
import { mutatingAdmissionPolicyBindings } from '../../api/extension-refs';
import type { MutatingAdmissionPolicyBinding } from '../../api/extension-types';
import type { ResourceDefinition } from '../definition';
import { bindingColumns, defaultBinding, validateBinding } from './policy-binding';

export const mutatingPolicyBindingDefinition: ResourceDefinition<MutatingAdmissionPolicyBinding> = {
  ref: mutatingAdmissionPolicyBindings,
  singular: 'mutatingadmissionpolicybinding',
  listKind: 'MutatingAdmissionPolicyBindingList',
  categories: ['api-extensions'],
  hasGeneration: true,
  applyDefaults: defaultBinding,
  validate: validateBinding,
  columns: bindingColumns,
};
