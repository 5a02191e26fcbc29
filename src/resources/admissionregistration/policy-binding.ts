// What the bindings of validating and of mutating policies have in common.
import type { IMatchResources } from 'kubernetes-models/admissionregistration.k8s.io/v1/MatchResources';
import type { IParamRef } from 'kubernetes-models/admissionregistration.k8s.io/v1/ParamRef';
import type { FieldErrors } from '../../api/field-errors';
import type { KubeObject } from '../../api/object';
import { ageColumn, column, nameColumn } from '../columns';
import type { TableColumn } from '../definition';
import { validateParamRef, validatePolicyName } from './policy-validation';
import { defaultMatchResources, validateMatchResources } from './rule-validation';

interface PolicyBinding extends KubeObject {
  spec: { policyName?: string; paramRef?: IParamRef; matchResources?: IMatchResources };
}

export function defaultBinding<T extends PolicyBinding>(binding: T): T {
  binding.spec ??= {};
  const { spec } = binding;
  if (spec.matchResources) spec.matchResources = defaultMatchResources(spec.matchResources);
  return binding;
}

export function validateBinding({ spec }: PolicyBinding, errors: FieldErrors): void {
  validatePolicyName(spec.policyName, errors);
  validateParamRef(spec.paramRef, errors);
  validateMatchResources(spec.matchResources, false, 'spec.matchResouces', errors);
}

export const bindingColumns: readonly TableColumn<PolicyBinding>[] = [
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
    ({ spec: { paramRef } }) => paramRefText(paramRef),
  ),
  ageColumn,
];

function paramRefText(ref: IParamRef | undefined): string {
  if (!ref) return '<unset>';
  if (ref.name) return ref.namespace ? `${ref.namespace}/${ref.name}` : `*/${ref.name}`;
  return ref.selector ? JSON.stringify(ref.selector) : '<unset>';
}
