// ValidatingAdmissionPolicies. Upstream: pkg/registry/admissionregistration,
// pkg/apis/admissionregistration/{v1/defaults.go,validation/validation.go}.
import type { IValidation } from 'kubernetes-models/admissionregistration.k8s.io/v1/Validation';
import { validatingAdmissionPolicies } from '../../api/extension-refs';
import type { ValidatingAdmissionPolicy } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { qualifiedName } from '../../api/names';
import { BOOL, STRING } from '../../cel/types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateExpression, type ExpressionScope } from './policy-expressions';
import { defaultPolicy, paramKindColumn, validatePolicy } from './policy';

const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge', 'Unauthorized'];
const AUDIT_ANNOTATIONS_MAX = 20;

export const validatingAdmissionPolicyDefinition: ResourceDefinition<ValidatingAdmissionPolicy> = {
  ref: validatingAdmissionPolicies,
  singular: 'validatingadmissionpolicy',
  listKind: 'ValidatingAdmissionPolicyList',
  categories: ['api-extensions'],
  subresources: ['status'],
  hasGeneration: true,
  applyDefaults: defaultPolicy,
  prepareForCreate(policy) {
    policy.status = {};
    return policy;
  },
  validate,
  columns: [
    nameColumn,
    column(
      'Validations',
      'integer',
      'Validations indicates the number of validation rules defined in this configuration',
      ({ spec }) => spec.validations?.length ?? 0,
    ),
    paramKindColumn,
    ageColumn,
  ],
};

function validate({ spec }: ValidatingAdmissionPolicy, errors: FieldErrors): void {
  const scope = validatePolicy(spec, errors);
  const { validations = [], auditAnnotations = [] } = spec;
  if (validations.length === 0 && auditAnnotations.length === 0) {
    const why = 'validations or auditAnnotations must contain at least one item';
    errors.required('spec.validations', why);
    return;
  }
  validations.forEach((each, index) => {
    validateValidation(each, `spec.validations[${index}]`, scope, errors);
  });
  if (auditAnnotations.length > AUDIT_ANNOTATIONS_MAX) {
    errors.tooMany('spec.auditAnnotations', auditAnnotations.length, AUDIT_ANNOTATIONS_MAX);
  }
  const keys = new Set<string>();
  auditAnnotations.forEach(({ key, valueExpression }, index) => {
    const path = `spec.auditAnnotations[${index}]`;
    if (!key) errors.required(`${path}.key`);
    else errors.invalidEach(`${path}.key`, key, qualifiedName(key));
    if (keys.has(key)) errors.duplicate(`${path}.key`, key);
    keys.add(key);
    validateExpression(valueExpression, `${path}.valueExpression`, scope, undefined, errors);
  });
}

function validateValidation(
  { expression, message, messageExpression, reason }: IValidation,
  path: string,
  scope: ExpressionScope,
  errors: FieldErrors,
): void {
  if (!expression?.trim()) errors.required(`${path}.expression`, 'expression is not specified');
  else validateExpression(expression, `${path}.expression`, scope, BOOL, errors);
  if (message) {
    if (message.trim() === '') {
      errors.invalid(`${path}.message`, message, 'message must be non-empty if specified');
    } else if (/[\r\n]/.test(message)) {
      errors.invalid(`${path}.message`, message, 'message must not contain line breaks');
    }
  } else if (expression && /[\r\n]/.test(expression.trim())) {
    errors.required(
      `${path}.message`,
      'message must be specified if expression contains line breaks',
    );
  }
  if (messageExpression !== undefined && messageExpression !== '') {
    const at = `${path}.messageExpression`;
    if (messageExpression.trim() === '') {
      errors.invalid(at, messageExpression, 'must be non-empty if specified');
    } else validateExpression(messageExpression, at, scope, STRING, errors);
  }
  if (reason !== undefined && !REASONS.includes(reason)) {
    errors.notSupported(`${path}.reason`, reason, REASONS);
  }
}
