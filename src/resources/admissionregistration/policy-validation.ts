// What validating and mutating policies, and the bindings of both, have in common.
// Upstream: pkg/apis/admissionregistration/validation/validation.go.
import type { IParamKind } from 'kubernetes-models/admissionregistration.k8s.io/v1/ParamKind';
import type { IParamRef } from 'kubernetes-models/admissionregistration.k8s.io/v1/ParamRef';
import type { IVariable } from 'kubernetes-models/admissionregistration.k8s.io/v1/Variable';
import type { FieldErrors } from '../../api/field-errors';
import { pathSegment } from '../../api/names';
import type { CelType } from '../../cel/types';
import { validateLabelSelector } from '../label-selector-validation';
import { validateExpression, type ExpressionScope } from './policy-expressions';

export const FAILURE_POLICIES = ['Fail', 'Ignore'];
const NOT_FOUND_ACTIONS = ['Allow', 'Deny'];
const IDENTIFIER = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

export function validateFailurePolicy(policy: string | undefined, errors: FieldErrors): void {
  if (policy === undefined) errors.required('spec.failurePolicy');
  else if (!FAILURE_POLICIES.includes(policy)) {
    errors.notSupported('spec.failurePolicy', policy, FAILURE_POLICIES);
  }
}

export function validateParamKind(paramKind: IParamKind | undefined, errors: FieldErrors): void {
  if (!paramKind) return;
  const { apiVersion = '', kind = '' } = paramKind;
  if (apiVersion === '') errors.required('spec.paramKind.apiVersion');
  else if (!/^([^/]+\/)?[^/]+$/.test(apiVersion)) {
    const why = `unexpected GroupVersion string: ${apiVersion}`;
    errors.invalid('spec.paramKind.apiVersion', apiVersion, why);
  }
  if (kind === '') errors.required('spec.paramKind.kind');
  else if (!/^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(kind)) {
    const why =
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with " +
      'an alphabetic character, and end with an alphanumeric character';
    errors.invalid('spec.paramKind.kind', kind, why);
  }
}

/** The types of the variables that compile, in order. */
export function validateVariables(
  variables: readonly IVariable[],
  scope: ExpressionScope,
  errors: FieldErrors,
): Record<string, CelType> {
  const types: Record<string, CelType> = {};
  const seen = new Set<string>();
  variables.forEach(({ name, expression }, index) => {
    const path = `spec.variables[${index}]`;
    if (!name) errors.required(`${path}.name`, 'name is required');
    else if (!IDENTIFIER.test(name)) {
      errors.invalid(`${path}.name`, name, 'name is not a valid CEL identifier');
    } else if (seen.has(name)) errors.duplicate(`${path}.name`, name);
    seen.add(name);
    const known = { ...scope, variables: types };
    const program = validateExpression(expression, `${path}.expression`, known, undefined, errors);
    types[name] = program?.resultType ?? { kind: 'dyn' };
  });
  return types;
}

export function validatePolicyName(policyName: string | undefined, errors: FieldErrors): void {
  if (!policyName) errors.required('spec.policyName');
  else errors.invalidEach('spec.policyName', policyName, pathSegment(policyName));
}

export function validateParamRef(paramRef: IParamRef | undefined, errors: FieldErrors): void {
  if (!paramRef) return;
  const { name, selector, parameterNotFoundAction: action } = paramRef;
  const path = 'spec.paramRef';
  if (name) {
    errors.invalidEach(`${path}.name`, name, pathSegment(name));
    if (selector) {
      const why = 'name and selector are mutually exclusive';
      errors.forbidden(`${path}.name`, why);
      errors.forbidden(`${path}.selector`, why);
    }
  } else if (selector) {
    validateLabelSelector(selector as never, `${path}.selector`, errors);
  } else errors.required(path, 'one of name or selector must be specified');
  if (action === undefined || action === '') errors.required(`${path}.parameterNotFoundAction`);
  else if (!NOT_FOUND_ACTIONS.includes(action)) {
    errors.notSupported(`${path}.parameterNotFoundAction`, action, NOT_FOUND_ACTIONS);
  }
}
