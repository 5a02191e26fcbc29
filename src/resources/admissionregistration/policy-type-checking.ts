// Checks the expressions of a policy against each kind that its rules name without wildcards, for
// the policy's status. What does not fit is only warned of: the policy works all the same.
// Upstream: apiserver/pkg/admission/plugin/policy/validating/typechecking.go.
import type { IRuleWithOperations } from 'kubernetes-models/admissionregistration.k8s.io/v1/RuleWithOperations';
import type { ValidatingAdmissionPolicy } from '../../api/extension-types';
import type { ResourceRef } from '../../api/resource-ref';
import { compile } from '../../cel/cel';
import { DYN, type CelType } from '../../cel/types';
import { declarationsFor } from './policy-expressions';

export interface ExpressionWarning {
  readonly fieldRef: string;
  readonly warning: string;
}

/** What is known of the kinds that are served now. */
export interface KnownKinds {
  resources(): readonly ResourceRef[];
  /** Undefined when the kind has no schema. */
  typeOf(ref: ResourceRef): CelType | undefined;
}

const KINDS_MAX = 10;

/** A warning for each expression that does not fit, in the order of the policy's validations. */
export function typeWarnings(
  { spec }: ValidatingAdmissionPolicy,
  kinds: KnownKinds,
): ExpressionWarning[] {
  const refs = refsOf(spec.matchConstraints?.resourceRules ?? [], kinds);
  const params = paramsType(spec.paramKind, kinds);
  const checks = refs.map((ref) => checkOf(spec, ref, kinds.typeOf(ref)!, params));
  const warnings: ExpressionWarning[] = [];
  const check = (expression: string | undefined, fieldRef: string): void => {
    const found = expression ? checks.map((errorsIn) => errorsIn(expression)).filter(Boolean) : [];
    if (found.length > 0) warnings.push({ fieldRef, warning: found.join('\n') });
  };
  (spec.validations ?? []).forEach(({ expression, messageExpression }, index) => {
    check(expression, `spec.validations[${index}].expression`);
    check(messageExpression, `spec.validations[${index}].messageExpression`);
  });
  return warnings;
}

/** What is wrong with an expression for one kind; undefined when it fits. */
function checkOf(
  spec: ValidatingAdmissionPolicy['spec'],
  { apiVersion, kind }: ResourceRef,
  object: CelType,
  params: CelType | undefined,
): (expression: string) => string | undefined {
  const variables: Record<string, CelType> = {};
  const compiled = (expression: string) => {
    const declared = declarationsFor({ hasParams: params !== undefined, variables });
    const own = { object, oldObject: object, ...(params && { params }) };
    return compile(expression, { ...declared, variables: { ...declared.variables, ...own } });
  };
  for (const { name, expression } of spec.variables ?? []) {
    const program = compiled(expression);
    variables[name] = 'errors' in program ? DYN : program.resultType;
  }
  return (expression) => {
    const program = compiled(expression);
    if (!('errors' in program)) return undefined;
    return `${apiVersion}, Kind=${kind}: ${program.text}`;
  };
}

function paramsType(
  paramKind: ValidatingAdmissionPolicy['spec']['paramKind'],
  kinds: KnownKinds,
): CelType | undefined {
  if (!paramKind) return undefined;
  const { apiVersion, kind } = paramKind;
  const ref = kinds
    .resources()
    .find((each) => each.apiVersion === apiVersion && each.kind === kind);
  return (ref && kinds.typeOf(ref)) ?? DYN;
}

/** The kinds that the rules name, each once, as many as are checked. */
function refsOf(rules: readonly IRuleWithOperations[], kinds: KnownKinds): ResourceRef[] {
  const found = new Set<ResourceRef>();
  const served = kinds.resources();
  for (const { apiGroups = [], apiVersions = [], resources = [] } of rules) {
    if (apiGroups.includes('*') || apiVersions.includes('*')) continue;
    const names = resources.filter((name) => !/[*/]/.test(name)).toSorted();
    for (const group of apiGroups.toSorted()) {
      for (const version of apiVersions.toSorted()) {
        for (const name of names) {
          const ref = served.find(
            (each) => each.group === group && each.version === version && each.resource === name,
          );
          if (ref && kinds.typeOf(ref)) found.add(ref);
        }
      }
    }
  }
  const sorted = [...found].toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  return sorted.slice(0, KINDS_MAX);
}

const textOf = ({ apiVersion, kind }: ResourceRef): string => `${apiVersion}, Kind=${kind}`;
