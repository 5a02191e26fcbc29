// ValidatingAdmissionPolicyBindings. Upstream: as the policies.
import { validatingAdmissionPolicyBindings } from '../../api/extension-refs';
import type { ValidatingAdmissionPolicyBinding } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import type { ResourceDefinition } from '../definition';
import { bindingColumns, defaultBinding, validateBinding } from './policy-binding';

const ACTIONS = ['Audit', 'Deny', 'Warn'];

type Binding = ValidatingAdmissionPolicyBinding;

export const validatingPolicyBindingDefinition: ResourceDefinition<Binding> = {
  ref: validatingAdmissionPolicyBindings,
  singular: 'validatingadmissionpolicybinding',
  listKind: 'ValidatingAdmissionPolicyBindingList',
  categories: ['api-extensions'],
  hasGeneration: true,
  applyDefaults: defaultBinding,
  validate,
  columns: bindingColumns,
};

function validate(binding: Binding, errors: FieldErrors): void {
  validateBinding(binding, errors);
  const actions: readonly string[] = binding.spec.validationActions ?? [];
  if (actions.length === 0) {
    errors.required('spec.validationActions', 'at least one validation action is required');
  }
  const seen = new Set<string>();
  actions.forEach((action, index) => {
    const path = `spec.validationActions[${index}]`;
    if (!ACTIONS.includes(action)) errors.notSupported(path, action, ACTIONS);
    if (seen.has(action)) errors.duplicate(path, action);
    seen.add(action);
  });
  if (seen.has('Deny') && seen.has('Warn')) {
    const why =
      'must not contain both Deny and Warn (repeating the same validation failure information ' +
      'in the API response and headers serves no purpose)';
    errors.invalid('spec.validationActions', actions, why);
  }
}
