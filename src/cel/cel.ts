// CEL as Kubernetes has it: expressions over typed values, without side effects and with a bound on
// what they cost. A room of its own, for CRD rules and admission policies alike:
//
//   const compiled = compile('self.replicas <= params.max', { variables: { self, params } });
//   if ('errors' in compiled) ... compiled.text ...             // as the real compiler words them
//   const result = evaluate(compiled, { self: fromJson(object, type), params: () => ... });
//   if ('error' in result) ... else toJson(result.value)
//
// Types come from a structural schema or from the wire schema (`schema-types.ts`), or are made with
// `types.ts`; `declarations.structType` names the types that an expression may construct, as
// `Object{spec: Object.spec{...}}` and `JSONPatch{...}` (`mutation-types.ts`). Integers are bigint
// within and exact on the way in and out. Values given as functions are read when first asked for.
// Upstream: cel-go, apiserver/pkg/cel/{environment,library}.
import type { Expr } from './ast';
import { check } from './checker';
import { CostLimitError, Evaluator, type Variables } from './evaluator';
import { authorizerLibrary } from './library/authorizer';
import { conversionLibrary } from './library/conversions';
import { formatLibrary, kubernetesLibrary } from './library/kubernetes';
import { listLibrary, optionalLibrary } from './library/lists';
import { networkLibrary } from './library/network';
import { arithmeticLibrary } from './library/operators';
import { quantityLibrary } from './library/quantity';
import { stringLibrary } from './library/strings';
import { checkLiterals } from './literal-checks';
import { gather, type Overload } from './overload';
import { parse } from './parser';
import { SourceErrors, type CompileError } from './source-error';
import type { CelType, ObjectType } from './types';
import { CelError, type CelValue } from './values';

export interface Declarations {
  readonly variables: Readonly<Record<string, CelType>>;
  /** The types that expressions may construct, by name. */
  structType?(name: string): ObjectType | undefined;
}

/** A checked expression, to be evaluated any number of times. */
export interface Program {
  readonly source: string;
  readonly resultType: CelType;
  readonly expr: Expr;
  /** The declared variables that it reads. */
  readonly references: ReadonlySet<string>;
  readonly declarations: Declarations;
}

export interface CompileErrors {
  readonly errors: readonly CompileError[];
  /** All of them as the real compiler prints them. */
  readonly text: string;
}

export type Result = { readonly cost: number } & (
  | { readonly value: CelValue }
  | { readonly error: string; readonly isCostLimit: boolean }
);

/** The most that one evaluation may cost. */
export const PER_CALL_COST_MAX = 1_000_000;

let functions: ReadonlyMap<string, readonly Overload[]> | undefined;

/** Parses and checks an expression. */
export function compile(source: string, declarations: Declarations): Program | CompileErrors {
  const errors = new SourceErrors(source);
  const expr = parse(source, errors);
  if (!expr) return { errors: errors.errors, text: errors.text() };
  functions ??= gather(
    arithmeticLibrary,
    conversionLibrary,
    stringLibrary,
    listLibrary,
    optionalLibrary,
    networkLibrary,
    quantityLibrary,
    kubernetesLibrary,
    formatLibrary,
    authorizerLibrary,
  );
  const { variables, structType = () => undefined } = declarations;
  const references = new Set<string>();
  const scope = {
    functions,
    variable(name: string) {
      if (!Object.hasOwn(variables, name)) return undefined;
      references.add(name);
      return variables[name];
    },
    structType,
  };
  const resultType = check(expr, scope, errors);
  if (errors.isEmpty) checkLiterals(expr, errors);
  if (!errors.isEmpty) return { errors: errors.errors, text: errors.text() };
  return { source, resultType, expr, references, declarations };
}

/** The value of a program, or the error that it ended in; never throws for what it was given. */
export function evaluate(
  { expr, declarations }: Program,
  variables: Variables,
  costMax = PER_CALL_COST_MAX,
): Result {
  const { structType = () => undefined } = declarations;
  const evaluator = new Evaluator({ variables, structType }, costMax);
  try {
    const value = evaluator.evaluate(expr);
    return { value, cost: evaluator.cost };
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    const isCostLimit = error instanceof CostLimitError;
    return { error: error.message, isCostLimit, cost: evaluator.cost };
  }
}
