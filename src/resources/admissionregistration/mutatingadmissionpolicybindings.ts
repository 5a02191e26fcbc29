// MutatingAdmissionPolicyBindings. Upstream: as the policies.
import { mutatingAdmissionPolicyBindings } from '../../api/extension-refs';
import type { MutatingAdmissionPolicyBinding } from '../../api/extension-types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateParamRef, validatePolicyName } from './policy-validation';
import { defaultMatchResources, validateMatchResources } from './rule-validation';
import { paramRefText } from './validatingadmissionpolicybindings';

export const mutatingPolicyBindingDefinition: ResourceDefinition<MutatingAdmissionPolicyBinding> = {
  ref: mutatingAdmissionPolicyBindings,
  singular: 'mutatingadmissionpolicybinding',
  listKind: 'MutatingAdmissionPolicyBindingList',
  categories: ['api-extensions'],
  hasGeneration: true,
  applyDefaults(binding) {
    binding.spec ??= {};
    const { spec } = binding;
    if (spec.matchResources) spec.matchResources = defaultMatchResources(spec.matchResources);
    return binding;
  },
  validate({ spec }, errors) {
    validatePolicyName(spec.policyName, errors);
    validateParamRef(spec.paramRef, errors);
    validateMatchResources(spec.matchResources, false, 'spec.matchResouces', errors);
  },
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
