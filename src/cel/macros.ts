// The macros: calls that are written out as loops, presence tests or conditions before checking.
// Upstream: cel-go parser/macro.go, ext/comprehensions.go, cel/macro.go (optional types).
import type { Call, Expr } from './ast';
import type { SourceErrors } from './source-error';
import type { CelValue } from './values';

/** Not spelled as any identifier can be. */
export const ACCUMULATOR = '@result';

type Expand = (call: Call, at: Builder, errors: SourceErrors) => Expr | undefined;

/** What the call stands for; undefined when it is no macro. Errors are noted in `errors`. */
export function expandMacro(call: Call, errors: SourceErrors): Expr | undefined {
  const key = `${call.target ? '.' : ''}${call.name}/${call.args.length}`;
  if (!Object.hasOwn(MACROS, key)) return undefined;
  return MACROS[key](call, new Builder(call.offset), errors);
}

/** Makes nodes that all stand at the place of the macro. */
class Builder {
  constructor(readonly offset: number) {}

  literal(value: CelValue): Expr {
    return { kind: 'literal', value, offset: this.offset };
  }

  ident(name: string): Expr {
    return { kind: 'ident', name, offset: this.offset };
  }

  call(name: string, ...args: Expr[]): Expr {
    return { kind: 'call', name, args, offset: this.offset };
  }

  memberCall(target: Expr, name: string, ...args: Expr[]): Expr {
    return { kind: 'call', name, target, args, offset: this.offset };
  }

  list(...elements: Expr[]): Expr {
    return { kind: 'list', elements, optional: new Set(), offset: this.offset };
  }

  accumulator(): Expr {
    return this.ident(ACCUMULATOR);
  }

  loop(
    range: Expr,
    [iterVar, iterVar2]: readonly string[],
    init: Expr,
    condition: Expr,
    step: Expr,
    result: Expr = this.accumulator(),
  ): Expr {
    const { offset } = this;
    const variables = { iterVar, ...(iterVar2 !== undefined && { iterVar2 }) };
    const accuVar = ACCUMULATOR;
    const loop = { range, accuVar, init, condition, step, result, offset };
    return { kind: 'comprehension', ...variables, ...loop };
  }
}

const MACROS: Readonly<Record<string, Expand>> = {
  'has/1': has,
  '.all/2': quantifier(1, all),
  '.all/3': quantifier(2, all),
  '.exists/2': quantifier(1, exists),
  '.exists/3': quantifier(2, exists),
  '.exists_one/2': quantifier(1, existsOne),
  '.exists_one/3': quantifier(2, existsOne),
  '.existsOne/2': quantifier(1, existsOne),
  '.existsOne/3': quantifier(2, existsOne),
  '.map/2': quantifier(1, (range, variables, [body], at) =>
    at.loop(range, variables, at.list(), at.literal(true), append(at, body)),
  ),
  '.map/3': quantifier(1, (range, variables, [filter, body], at) =>
    at.loop(range, variables, at.list(), at.literal(true), when(at, filter, append(at, body))),
  ),
  '.filter/2': quantifier(1, (range, variables, [filter], at) => {
    const step = when(at, filter, append(at, at.ident(variables[0])));
    return at.loop(range, variables, at.list(), at.literal(true), step);
  }),
  '.transformList/3': quantifier(2, (range, variables, [body], at) =>
    at.loop(range, variables, at.list(), at.literal(true), append(at, body)),
  ),
  '.transformList/4': quantifier(2, (range, variables, [filter, body], at) =>
    at.loop(range, variables, at.list(), at.literal(true), when(at, filter, append(at, body))),
  ),
  '.transformMap/3': quantifier(2, (range, variables, [body], at) =>
    at.loop(range, variables, emptyMap(at), at.literal(true), insert(at, variables[0], body)),
  ),
  '.transformMap/4': quantifier(2, (range, variables, [filter, body], at) => {
    const step = when(at, filter, insert(at, variables[0], body));
    return at.loop(range, variables, emptyMap(at), at.literal(true), step);
  }),
  '.transformMapEntry/3': quantifier(2, (range, variables, [body], at) =>
    at.loop(range, variables, emptyMap(at), at.literal(true), insertEntry(at, body)),
  ),
  '.transformMapEntry/4': quantifier(2, (range, variables, [filter, body], at) => {
    const step = when(at, filter, insertEntry(at, body));
    return at.loop(range, variables, emptyMap(at), at.literal(true), step);
  }),
  '.bind/3': bind,
  '.optMap/2': optional((at, value) => at.call('optional.of', value)),
  '.optFlatMap/2': optional((_at, value) => value),
};

function has({ args: [tested] }: Call, at: Builder, errors: SourceErrors): Expr | undefined {
  if (tested.kind === 'select') return { ...tested, testOnly: true, offset: at.offset };
  errors.add(at.offset, 'invalid argument to has() macro');
  return at.literal(false);
}

type Loop = (
  range: Expr,
  variables: readonly string[],
  bodies: readonly Expr[],
  at: Builder,
) => Expr;

function quantifier(count: 1 | 2, build: Loop): Expand {
  return (call, at, errors) => {
    const variables: string[] = [];
    for (const [index, arg] of call.args.slice(0, count).entries()) {
      if (arg.kind !== 'ident' || arg.name.startsWith('.')) {
        errors.add(arg.offset, count === 1 ? 'argument must be a simple name' : NTH_SIMPLE[index]);
        return at.literal(false);
      }
      variables.push(arg.name);
    }
    if (count === 2 && variables[0] === variables[1]) {
      const message = `duplicate variable name: ${variables[0]}`;
      errors.add(call.args[1].offset, message);
    }
    return build(call.target!, variables, call.args.slice(count), at);
  };
}

const NTH_SIMPLE = ['argument must be a simple name', 'argument must be a simple name'];

function all(
  range: Expr,
  variables: readonly string[],
  [body]: readonly Expr[],
  at: Builder,
): Expr {
  const condition = at.call('@not_strictly_false', at.accumulator());
  const step = at.call('_&&_', at.accumulator(), body);
  return at.loop(range, variables, at.literal(true), condition, step);
}

function exists(
  range: Expr,
  variables: readonly string[],
  [body]: readonly Expr[],
  at: Builder,
): Expr {
  const notYet = at.call('!_', at.accumulator());
  const condition = at.call('@not_strictly_false', notYet);
  const step = at.call('_||_', at.accumulator(), body);
  return at.loop(range, variables, at.literal(false), condition, step);
}

function existsOne(
  range: Expr,
  variables: readonly string[],
  [body]: readonly Expr[],
  at: Builder,
): Expr {
  const step = when(at, body, at.call('_+_', at.accumulator(), at.literal(1n)));
  const result = at.call('_==_', at.accumulator(), at.literal(1n));
  return at.loop(range, variables, at.literal(0n), at.literal(true), step, result);
}

function append(at: Builder, element: Expr): Expr {
  return at.call('_+_', at.accumulator(), at.list(element));
}

function when(at: Builder, condition: Expr, step: Expr): Expr {
  return at.call('_?_:_', condition, step, at.accumulator());
}

function emptyMap(at: Builder): Expr {
  return { kind: 'map', entries: [], offset: at.offset };
}

function insert(at: Builder, key: string, value: Expr): Expr {
  return at.call('cel.@mapInsert', at.accumulator(), at.ident(key), value);
}

function insertEntry(at: Builder, entry: Expr): Expr {
  return at.call('cel.@mapInsert', at.accumulator(), entry);
}

/** `cel.bind(v, e, body)`: the body with a name for what `e` is; no macro of any other target. */
function bind(
  { target, args: [variable, value, body] }: Call,
  at: Builder,
  errors: SourceErrors,
): Expr | undefined {
  if (target?.kind !== 'ident' || target.name !== 'cel') return undefined;
  if (variable.kind === 'ident') return bound(at, variable.name, value, body);
  errors.add(variable.offset, 'cel.bind() variable names must be simple identifiers');
  return at.literal(false);
}

/** A loop over nothing, whose accumulator is the name. */
function bound(at: Builder, name: string, init: Expr, result: Expr): Expr {
  return {
    kind: 'comprehension',
    range: at.list(),
    iterVar: '#unused',
    accuVar: name,
    init,
    condition: at.literal(false),
    step: at.ident(name),
    result,
    offset: at.offset,
  };
}

/** `x.optMap(v, e)`: nothing of nothing, else what `e` makes of the value. */
function optional(wrap: (at: Builder, value: Expr) => Expr): Expand {
  return ({ target, args: [variable, body] }, at, errors) => {
    if (variable.kind !== 'ident') {
      errors.add(variable.offset, 'optMap() variable name must be a simple identifier');
      return at.literal(false);
    }
    const value = bound(at, variable.name, at.memberCall(target!, 'value'), body);
    const present = at.memberCall(target!, 'hasValue');
    return at.call('_?_:_', present, wrap(at, value), at.call('optional.none'));
  };
}
