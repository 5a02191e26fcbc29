// ValidatingAdmissionPolicyBindings. Upstream: as the policies.
import { validatingAdmissionPolicyBindings } from '../../api/extension-refs';
import type { ValidatingAdmissionPolicyBinding } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateParamRef, validatePolicyName } from './policy-validation';
import { defaultMatchResources, validateMatchResources } from './rule-validation';

const ACTIONS = ['Audit', 'Deny', 'Warn'];

type Binding = ValidatingAdmissionPolicyBinding;

export const validatingPolicyBindingDefinition: ResourceDefinition<Binding> = {
  ref: validatingAdmissionPolicyBindings,
  singular: 'validatingadmissionpolicybinding',
  listKind: 'ValidatingAdmissionPolicyBindingList',
  categories: ['api-extensions'],
  hasGeneration: true,
  applyDefaults(binding) {
    binding.spec ??= {} as ValidatingAdmissionPolicyBinding['spec'];
    const { spec } = binding;
    if (spec.matchResources) spec.matchResources = defaultMatchResources(spec.matchResources);
    return binding;
  },
  validate,
  columns: [
    nameColumn,
    column(
      'PolicyName',
      'string',
      'PolicyName indicates the policy definition which the policy binding binded to',
      ({ spec }) => spec.policyName ?? '',
    ),
    column(
      'ParamRef',
      'string',
      'ParamRef indicates the param resource which sets the configration param',
      ({ spec: { paramRef: ref } }) => paramRefText(ref),
    ),
    ageColumn,
  ],
};

/** How a table names the parameters of a binding. */
export function paramRefText(
  ref: { name?: string; namespace?: string; selector?: unknown } | undefined,
): string {
  if (!ref) return '<unset>';
  if (ref.name) return ref.namespace ? `${ref.namespace}/${ref.name}` : `*/${ref.name}`;
  return ref.selector ? JSON.stringify(ref.selector) : '<unset>';
}

function validate({ spec }: ValidatingAdmissionPolicyBinding, errors: FieldErrors): void {
  validatePolicyName(spec.policyName, errors);
  validateParamRef(spec.paramRef, errors);
  validateMatchResources(spec.matchResources, false, 'spec.matchResouces', errors);
  const actions: readonly string[] = spec.validationActions ?? [];
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
