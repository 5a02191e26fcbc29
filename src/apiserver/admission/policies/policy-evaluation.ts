// Policies at work: which bindings concern a request, with which parameters, and what the policy's
// expressions say of it. Both kinds of policies share this.
// Upstream: apiserver/pkg/admission/plugin/policy/generic, cel/condition.go.
import type { IMatchCondition } from 'kubernetes-models/admissionregistration.k8s.io/v1/MatchCondition';
import type { IParamRef } from 'kubernetes-models/admissionregistration.k8s.io/v1/ParamRef';
import type { IVariable } from 'kubernetes-models/admissionregistration.k8s.io/v1/Variable';
import { selectorFromLabelSelector, type LabelSelectorObject } from '../../../api/label-selector';
import type { KubeObject } from '../../../api/object';
import type { ResourceRef } from '../../../api/resource-ref';
import { compile, evaluate, type Program, type Result } from '../../../cel/cel';
import type { Variables } from '../../../cel/evaluator';
import { fromJson } from '../../../cel/json-values';
import { DYN, type CelType } from '../../../cel/types';
import { CelError, type CelValue, type StructValue } from '../../../cel/values';
import {
  declarationsFor,
  type ExpressionScope,
} from '../../../resources/admissionregistration/policy-expressions';
import type { AdmissionRequest } from '../chain';

export interface PolicySpec {
  readonly paramKind?: { apiVersion?: string; kind?: string };
  readonly failurePolicy?: string;
  readonly matchConditions?: readonly IMatchCondition[];
  readonly variables?: readonly IVariable[];
}

/** What cannot be set up: the policy names a kind that is not there, or finds no parameters. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** When all expressions of a policy together cost more than they may. */
export class OutOfBudget extends Error {
  constructor() {
    super(
      'validation failed due to running out of cost budget, ' +
        'no further validation rules will be run',
    );
  }
}

/** The most that one look at a request may cost, with all expressions of the policy. */
const COST_MAX = 10_000_000;
const MATCH_COST_MAX = 2_500_000;

interface Budget {
  left: number;
}

/** By the variables of one look. */
const budgets = new WeakMap<Variables, Budget>();

/** The compiled expressions of one version of a policy. */
export class CompiledPolicy {
  private readonly programs = new Map<string, Program | string>();
  private readonly variableTypes: Record<string, CelType> = {};
  private readonly scope: ExpressionScope;

  constructor(
    private readonly spec: PolicySpec,
    canConstruct = false,
  ) {
    this.scope = { hasParams: spec.paramKind !== undefined, canConstruct };
    for (const { name, expression } of spec.variables ?? []) {
      const program = this.program(expression, true);
      this.variableTypes[name] = typeof program === 'string' ? DYN : program.resultType;
      // What follows may speak of it too.
      this.programs.clear();
    }
  }

  /** The value of an expression of the policy. Throws OutOfBudget. */
  evaluate(expression: string, given: Variables): Result {
    const program = this.program(expression, true);
    if (typeof program === 'string') return { error: program, isCostLimit: false, cost: 0 };
    const result = evaluate(program, given);
    spend(budgets.get(given), result);
    return result;
  }

  /** The variables of a request, with those of the policy, each evaluated when first read. */
  variables(given: Variables, params: KubeObject | undefined): Variables {
    const known: Variables = {
      ...given,
      ...(this.scope.hasParams && {
        params: () => (params ? fromJson(params, DYN) : null),
      }),
    };
    const own: PolicyVariables = new PolicyVariables(
      new Set(Object.keys(this.variableTypes)),
      (name) => {
        const { expression } = this.spec.variables!.find((each) => each.name === name)!;
        const result = this.evaluate(expression, all);
        if ('error' in result) {
          throw new CelError(`composited variable "${name}" fails to evaluate: ${result.error}`);
        }
        return result.value;
      },
    );
    const all: Variables = { ...known, variables: () => own };
    budgets.set(all, { left: COST_MAX });
    return all;
  }

  /** Whether the policy looks at the request at all; an error when that cannot be said. */
  matchConditions(given: Variables): boolean | string {
    let problem: string | undefined;
    const budget = { left: MATCH_COST_MAX };
    for (const { expression } of this.spec.matchConditions ?? []) {
      const program = this.program(expression, false);
      const result =
        typeof program === 'string' ? { error: program, cost: 0 } : evaluate(program, given);
      if ((budget.left -= result.cost) < 0) return new OutOfBudget().message;
      if ('value' in result && result.value === false) return false;
      if ('value' in result && result.value === true) continue;
      const why = 'error' in result ? result.error : 'not a boolean';
      problem ??= `expression '${expression}' resulted in error: ${why}`;
    }
    return problem ?? true;
  }

  private program(expression: string, isBody: boolean): Program | string {
    const key = `${isBody}${expression}`;
    let program = this.programs.get(key);
    if (program === undefined) {
      const scope = isBody
        ? { ...this.scope, variables: { ...this.variableTypes } }
        : { hasParams: this.scope.hasParams, isMatchCondition: true };
      const compiled = compile(expression, declarationsFor(scope));
      program = 'errors' in compiled ? `compilation failed: ${compiled.text}` : compiled;
      this.programs.set(key, program);
    }
    return program;
  }
}

function spend(budget: Budget | undefined, { cost }: Pick<Result, 'cost'>): void {
  if (budget && (budget.left -= cost) < 0) throw new OutOfBudget();
}

class PolicyVariables implements StructValue {
  readonly isStruct = true;
  readonly typeName = 'kubernetes.variables';
  private readonly known = new Map<string, CelValue>();

  constructor(
    private readonly names: ReadonlySet<string>,
    private readonly valueOf: (name: string) => CelValue,
  ) {}

  get(name: string): CelValue | undefined {
    if (!this.names.has(name)) return undefined;
    let value = this.known.get(name);
    if (value === undefined) this.known.set(name, (value = this.valueOf(name)));
    return value;
  }

  fields(): string[] {
    return [...this.names];
  }
}

/**
 * The parameters that a binding names, one evaluation each; one undefined when the policy takes
 * none. Throws ConfigurationError.
 */
export function paramsOf(
  spec: PolicySpec,
  paramRef: IParamRef | undefined,
  request: AdmissionRequest,
): readonly (KubeObject | undefined)[] {
  if (!spec.paramKind) return [undefined];
  const ref = findKind(spec.paramKind, request);
  if (!paramRef) return [undefined];
  const { store, namespace: ofRequest } = request;
  const namespace = ref.namespaced ? paramRef.namespace || ofRequest : '';
  if (!ref.namespaced && paramRef.namespace) {
    throw new ConfigurationError(
      'paramRef.namespace must not be provided for a cluster-scoped `paramKind`',
    );
  }
  if (ref.namespaced && namespace === '') {
    throw new ConfigurationError(
      'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources',
    );
  }
  const found = paramRef.name
    ? [store.get(ref.key, namespace, paramRef.name)].filter((each) => each !== undefined)
    : store
        .list(ref.key, namespace)
        .filter(({ metadata }) =>
          selectorFromLabelSelector((paramRef.selector ?? {}) as LabelSelectorObject).matches(
            metadata.labels ?? {},
          ),
        );
  if (found.length > 0) return found;
  if (paramRef.parameterNotFoundAction === 'Deny') {
    throw new ConfigurationError(
      'no params found for policy binding with `Deny` parameterNotFoundAction',
    );
  }
  return [];
}

function findKind(
  { apiVersion, kind }: NonNullable<PolicySpec['paramKind']>,
  { context }: AdmissionRequest,
): ResourceRef {
  const ref = context
    .resources()
    .find((each) => each.apiVersion === apiVersion && each.kind === kind);
  if (ref) return ref;
  const [group, version] = apiVersion?.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  throw new ConfigurationError(
    `failed to find resource referenced by paramKind: '${group}/${version}, Kind=${kind}'`,
  );
}
