// What validating and mutating policies have in common.
import type { IMatchCondition } from 'kubernetes-models/admissionregistration.k8s.io/v1/MatchCondition';
import type { IMatchResources } from 'kubernetes-models/admissionregistration.k8s.io/v1/MatchResources';
import type { IParamKind } from 'kubernetes-models/admissionregistration.k8s.io/v1/ParamKind';
import type { IVariable } from 'kubernetes-models/admissionregistration.k8s.io/v1/Variable';
import type { FieldErrors } from '../../api/field-errors';
import type { KubeObject } from '../../api/object';
import { column } from '../columns';
import type { TableColumn } from '../definition';
import { validateMatchConditions } from './match-condition-validation';
import type { ExpressionScope } from './policy-expressions';
import { validateFailurePolicy, validateParamKind, validateVariables } from './policy-validation';
import { defaultMatchResources, validateMatchResources } from './rule-validation';

interface PolicySpec {
  failurePolicy?: 'Fail' | 'Ignore';
  matchConditions?: IMatchCondition[];
  matchConstraints?: IMatchResources;
  paramKind?: IParamKind;
  variables?: IVariable[];
}

interface Policy extends KubeObject {
  spec: PolicySpec;
}

export function defaultPolicy<T extends Policy>(policy: T): T {
  policy.spec ??= {};
  const { spec } = policy;
  spec.failurePolicy ??= 'Fail';
  if (spec.matchConstraints) spec.matchConstraints = defaultMatchResources(spec.matchConstraints);
  return policy;
}

/** Returns what the policy's own expressions may speak of. */
export function validatePolicy(spec: PolicySpec, errors: FieldErrors): ExpressionScope {
  const hasParams = spec.paramKind !== undefined;
  validateFailurePolicy(spec.failurePolicy, errors);
  validateParamKind(spec.paramKind, errors);
  validateMatchResources(spec.matchConstraints, true, 'spec.matchConstraints', errors);
  validateMatchConditions(spec.matchConditions ?? [], 'spec.matchConditions', hasParams, errors);
  return { hasParams, variables: validateVariables(spec.variables ?? [], { hasParams }, errors) };
}

export const paramKindColumn: TableColumn<Policy> = column(
  'ParamKind',
  'string',
  'ParamKind specifies the kind of resources used to parameterize this policy',
  ({ spec: { paramKind: kind } }) => (kind ? `${kind.apiVersion}/${kind.kind}` : '<unset>'),
);
