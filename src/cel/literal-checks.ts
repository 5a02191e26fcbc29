// What the compiler checks of literals once types are right: durations, times and patterns that are
// none. Upstream: cel-go cel/validator.go.
import type { Call, Expr } from './ast';
import { regexpProblem } from './regexp/regexp';
import type { SourceErrors } from './source-error';
import { parseDuration, parseTimestamp } from './time-values';

/** Notes what is wrong in `errors`. */
export function checkLiterals(expr: Expr, errors: SourceErrors): void {
  if (expr.kind === 'call') checkCall(expr, errors);
  for (const child of childrenOf(expr)) checkLiterals(child, errors);
}

/** The expressions directly within one. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'ident':
      return [];
    case 'select':
      return [expr.operand];
    case 'call':
      return expr.target ? [expr.target, ...expr.args] : expr.args;
    case 'list':
      return expr.elements;
    case 'map':
      return expr.entries.flatMap(({ key, value }) => [key, value]);
    case 'struct':
      return expr.fields.map(({ value }) => value);
    case 'comprehension':
      return [expr.range, expr.init, expr.condition, expr.step, expr.result];
  }
}

function checkCall({ name, args }: Call, errors: SourceErrors): void {
  const last = args[args.length - 1];
  if (last?.kind !== 'literal' || typeof last.value !== 'string') return;
  const text = last.value;
  if (name === 'duration' && !parseDuration(text)) {
    errors.add(last.offset, 'invalid duration argument');
  } else if (name === 'timestamp' && !parseTimestamp(text)) {
    errors.add(last.offset, 'invalid timestamp argument');
  } else if (name === 'matches' && regexpProblem(text) !== undefined) {
    errors.add(last.offset, 'invalid matches argument');
  }
}
