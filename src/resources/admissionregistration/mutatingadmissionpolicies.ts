// MutatingAdmissionPolicies. Upstream: pkg/registry/admissionregistration,
// pkg/apis/admissionregistration/validation/validation.go.
import { mutatingAdmissionPolicies } from '../../api/extension-refs';
import type { MutatingAdmissionPolicy } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateExpression, type ExpressionScope } from './policy-expressions';
import { defaultPolicy, paramKindColumn, validatePolicy } from './policy';

const PATCH_TYPES = ['ApplyConfiguration', 'JSONPatch'];
const REINVOCATIONS = ['IfNeeded', 'Never'];

type Mutation = NonNullable<MutatingAdmissionPolicy['spec']['mutations']>[number];

export const mutatingAdmissionPolicyDefinition: ResourceDefinition<MutatingAdmissionPolicy> = {
  ref: mutatingAdmissionPolicies,
  singular: 'mutatingadmissionpolicy',
  listKind: 'MutatingAdmissionPolicyList',
  categories: ['api-extensions'],
  hasGeneration: true,
  applyDefaults(policy) {
    defaultPolicy(policy);
    policy.spec.reinvocationPolicy ??= 'Never';
    return policy;
  },
  validate,
  columns: [
    nameColumn,
    column(
      'Mutations',
      'integer',
      'Mutation indicates the number of mutations rules defined in this configuration',
      ({ spec }) => spec.mutations?.length ?? 0,
    ),
    paramKindColumn,
    ageColumn,
  ],
};

function validate({ spec }: MutatingAdmissionPolicy, errors: FieldErrors): void {
  const scope: ExpressionScope = { ...validatePolicy(spec, errors), canConstruct: true };
  const { mutations = [], reinvocationPolicy } = spec;
  if (mutations.length === 0) {
    errors.required('spec.mutations', 'mutations must contain at least one item');
  }
  mutations.forEach((each, index) => {
    validateMutation(each, `spec.mutations[${index}]`, scope, errors);
  });
  if (!reinvocationPolicy) errors.required('spec.reinvocationPolicy');
  else if (!REINVOCATIONS.includes(reinvocationPolicy)) {
    errors.notSupported('spec.reinvocationPolicy', reinvocationPolicy, REINVOCATIONS);
  }
}

function validateMutation(
  { patchType, applyConfiguration, jsonPatch }: Mutation,
  path: string,
  scope: ExpressionScope,
  errors: FieldErrors,
): void {
  if (!patchType) errors.required(`${path}.patchType`);
  else if (!PATCH_TYPES.includes(patchType)) {
    errors.notSupported(`${path}.patchType`, patchType, PATCH_TYPES);
  } else if (patchType === 'ApplyConfiguration') {
    const at = `${path}.applyConfiguration`;
    if (jsonPatch) {
      errors.forbidden(
        `${path}.jsonPatch`,
        'must not be specified when patchType is ApplyConfiguration',
      );
    }
    if (!applyConfiguration) {
      errors.required(at, 'must be specified when patchType is ApplyConfiguration');
    } else {
      const { expression } = applyConfiguration;
      validateExpression(expression, `${at}.expression`, scope, undefined, errors);
    }
  } else {
    const at = `${path}.jsonPatch`;
    if (applyConfiguration) {
      const why = 'must not be specified when patchType is JSONPatch';
      errors.forbidden(`${path}.applyConfiguration`, why);
    }
    if (!jsonPatch) errors.required(at, 'must be specified when patchType is JSONPatch');
    else validateExpression(jsonPatch.expression, `${at}.expression`, scope, undefined, errors);
  }
}
