// What an expression may cost at the most, from the sizes that its types allow: the bound that
// rules of a CRD must keep. Counted in doubles, for which the unknown is the largest integer of 64
// bits.
// Upstream: cel-go checker/cost.go, apiserver/pkg/cel/library/cost.go.
import type { Call, Comprehension, Expr, ListExpr, MapExpr } from './ast';
import type { CelType, SizedType } from './types';

export interface Estimate {
  readonly min: number;
  readonly max: number;
}

/** The cost of a checked expression. */
export function estimateCost(expr: Expr): Estimate {
  return new CostEstimator().cost(expr);
}

const MAX = 2 ** 64;
const STRING_TRAVERSAL = 0.1;
const REGEX_LENGTH = 0.25;
const UNKNOWN: Estimate = { min: 0, max: MAX };
const ZERO: Estimate = { min: 0, max: 0 };
const ONE: Estimate = { min: 1, max: 1 };
const SCALARS: ReadonlySet<string> = new Set([
  'bool',
  'double',
  'duration',
  'int',
  'timestamp',
  'typeOf',
  'uint',
]);
const COMPARISONS: ReadonlySet<string> = new Set(['_==_', '_!=_', '_<_', '_<=_', '_>_', '_>=_']);

const fixed = (cost: number): Estimate => ({ min: cost, max: cost });
const plus = (a: Estimate, b: Estimate): Estimate => ({
  min: Math.min(MAX, a.min + b.min),
  max: Math.min(MAX, a.max + b.max),
});
const times = (a: Estimate, b: Estimate): Estimate => ({
  min: Math.min(MAX, a.min * b.min),
  max: Math.min(MAX, a.max * b.max),
});
const scale = (a: Estimate, factor: number): Estimate => ({
  min: Math.min(MAX, Math.ceil(a.min * factor)),
  max: Math.min(MAX, Math.ceil(a.max * factor)),
});
const union = (a: Estimate, b: Estimate): Estimate => ({
  min: Math.min(a.min, b.min),
  max: Math.max(a.max, b.max),
});

class CostEstimator {
  private readonly sizes = new Map<Expr, Estimate>();
  private readonly locals: { name: string; size: Estimate | undefined }[] = [];

  cost(expr: Expr): Estimate {
    switch (expr.kind) {
      case 'literal':
        return ZERO;
      case 'ident':
        return ONE;
      case 'select': {
        const operand = this.cost(expr.operand);
        if (expr.testOnly) return operand;
        const { kind } = expr.operand.type!;
        return ['map', 'object', 'param'].includes(kind) ? plus(operand, ONE) : operand;
      }
      case 'call':
        return this.call(expr);
      case 'list':
        return this.list(expr);
      case 'map':
        return this.map(expr);
      case 'struct':
        return expr.fields.reduce((sum, { value }) => plus(sum, this.cost(value)), fixed(40));
      case 'comprehension':
        return this.comprehension(expr);
    }
  }

  private list({ elements }: ListExpr): Estimate {
    return elements.reduce((sum, element) => plus(sum, this.cost(element)), fixed(10));
  }

  private map({ entries }: MapExpr): Estimate {
    const one = (sum: Estimate, { key, value }: MapExpr['entries'][number]): Estimate =>
      plus(plus(sum, this.cost(key)), this.cost(value));
    return entries.reduce(one, fixed(30));
  }

  private call(expr: Call): Estimate {
    const { name, args } = expr;
    const target = expr.isGlobal ? undefined : expr.target;
    const costs = args.map((arg) => this.cost(arg));
    const given = costs.reduce(plus, ZERO);
    if (name === 'dyn') {
      this.sizes.set(expr, this.size(args[0]));
      return plus(ONE, given);
    }
    const before = target ? this.cost(target) : ZERO;
    if (name === '_&&_' || name === '_||_') return { min: costs[0].min, max: given.max };
    if (name === '_?_:_') {
      this.sizes.set(expr, union(this.size(args[1]), this.size(args[2])));
      return plus(costs[0], union(costs[1], costs[2]));
    }
    return plus(before, plus(given, this.own(expr, target)));
  }

  /** Of the call itself; notes the size of its result where it is known. */
  private own(expr: Call, target: Expr | undefined): Estimate {
    const { name, args } = expr;
    const sizes = args.map((arg) => this.size(arg));
    const subject = target ? this.size(target) : sizes[0];
    const strings = (size: Estimate = UNKNOWN, factor = 1): Estimate =>
      scale(size, STRING_TRAVERSAL * factor);
    switch (name) {
      case 'check':
        return fixed(350_000);
      case 'isSorted':
      case 'sum':
      case 'max':
      case 'min':
      case 'indexOf':
      case 'lastIndexOf':
        return target ? this.everyElement(target) : ONE;
      case 'lowerAscii':
      case 'upperAscii':
      case 'substring':
      case 'trim':
        this.sizes.set(expr, subject);
        return strings(subject);
      case 'replace':
        this.sizes.set(expr, replaced(subject, sizes[0] ?? UNKNOWN, sizes[1] ?? UNKNOWN));
        return strings(subject, 2);
      case 'split':
        this.sizes.set(expr, { min: 0, max: subject.max });
        return strings(subject, 2);
      case 'join':
        return this.join(expr, target ?? args[0], sizes[0]);
      case 'find':
      case 'findAll':
      case 'matches': {
        const pattern = sizes[sizes.length - 1] ?? UNKNOWN;
        if (name !== 'matches') this.sizes.set(expr, { min: 0, max: subject.max });
        return times(strings(plus(subject, ONE)), scale(pattern, REGEX_LENGTH));
      }
      case 'contains':
        return times(strings(subject), strings(sizes[0]));
      case 'startsWith':
      case 'endsWith':
      case 'url':
      case 'ip':
      case 'cidr':
      case 'isIP':
      case 'isCIDR':
      case 'quantity':
      case 'isQuantity':
      case 'validate':
        return args.length > 0 ? strings(sizes[0]) : ONE;
      case '@in':
        return args[1].type?.kind === 'map' ? ONE : sizes[1];
      case '_+_':
        return this.add(expr, sizes);
      case 'bytes':
        this.sizes.set(expr, { min: subject.min, max: Math.min(MAX, subject.max * 4) });
        return isText(args[0]) ? strings(subject) : ONE;
      case 'string':
        return args[0].type?.kind === 'bytes' ? strings(subject) : ONE;
    }
    if (!COMPARISONS.has(name)) return ONE;
    const max = Math.min(sizes[0].max, sizes[1].max);
    return scale({ min: max > 0 ? 1 : 0, max }, STRING_TRAVERSAL);
  }

  private everyElement(target: Expr): Estimate {
    const size = this.size(target);
    const type = target.type!;
    if (type.kind !== 'list') return scale(size, STRING_TRAVERSAL);
    const isText = type.element.kind === 'string' || type.element.kind === 'bytes';
    const each = isText
      ? plus(ONE, scale(typeSize(type.element) ?? UNKNOWN, STRING_TRAVERSAL))
      : ONE;
    return times(size, each);
  }

  private join(expr: Call, target: Expr, separator: Estimate | undefined): Estimate {
    const count = this.size(target);
    const type = target.type!;
    const element = type.kind === 'list' ? (typeSize(type.element) ?? UNKNOWN) : UNKNOWN;
    let size = times(count, element);
    if (separator) {
      const gaps = { min: Math.max(0, count.min - 1), max: Math.max(0, count.max - 1) };
      size = plus(size, times(separator, gaps));
    }
    this.sizes.set(expr, size);
    return scale(size, STRING_TRAVERSAL);
  }

  private add(expr: Call, sizes: readonly Estimate[]): Estimate {
    const { kind } = expr.type!;
    if (!['string', 'bytes', 'list'].includes(kind)) return ONE;
    const size = plus(sizes[0], sizes[1]);
    this.sizes.set(expr, size);
    return kind === 'list' ? ONE : scale(size, STRING_TRAVERSAL);
  }

  private comprehension(expr: Comprehension): Estimate {
    const { range, init, accuVar, condition, step, result } = expr;
    const isBinding = range.kind === 'list' && range.elements.length === 0;
    let sum = plus(this.cost(range), this.cost(init));
    this.locals.push({ name: accuVar, size: isBinding ? this.size(init) : undefined });
    if (!isBinding) {
      const each = plus(this.cost(condition), this.cost(step));
      sum = plus(sum, times(this.size(range), each));
    }
    sum = plus(sum, this.cost(result));
    this.locals.pop();
    if (init.kind === 'list' || init.kind === 'map') this.sizes.set(expr, this.size(range));
    return sum;
  }

  private size(expr: Expr): Estimate {
    return this.sizes.get(expr) ?? ownSize(expr) ?? this.declaredSize(expr) ?? UNKNOWN;
  }

  /** What is reached from a variable has the size that its schema allows. */
  private declaredSize(expr: Expr): Estimate | undefined {
    if (expr.kind === 'ident') {
      const local = this.locals.findLast(({ name }) => name === expr.name);
      if (local?.size) return local.size;
    }
    const isReached =
      expr.kind === 'ident' ||
      expr.kind === 'select' ||
      (expr.kind === 'call' && expr.name === '_[_]');
    const { kind } = expr.type!;
    if (isReached) return typeSize(expr.type!);
    return SCALARS.has(kind) ? ONE : undefined;
  }
}

/** The size of a literal. */
function ownSize(expr: Expr): Estimate | undefined {
  if (expr.kind === 'list') return fixed(expr.elements.length);
  if (expr.kind === 'map') return fixed(expr.entries.length);
  if (expr.kind !== 'literal') return undefined;
  const { value } = expr;
  if (typeof value === 'string') return fixed([...value].length);
  return value instanceof Uint8Array ? fixed(value.length) : ONE;
}

function typeSize(type: CelType): Estimate | undefined {
  if (SCALARS.has(type.kind)) return ONE;
  const { maxElements } = type as SizedType;
  return maxElements === undefined ? undefined : { min: 0, max: maxElements };
}

function replaced(text: Estimate, old: Estimate, next: Estimate): Estimate {
  const count = { min: 0, max: 0 };
  const kept = { min: 0, max: 0 };
  if (old.min === 0) {
    count.max = text.max + 1;
    kept.max = text.max;
  } else if (next.max <= old.min) kept.max = text.max;
  else count.max = Math.ceil(text.max / old.min);
  if (old.max === 0) {
    count.min = text.min + 1;
    kept.min = text.min;
  } else if (old.max <= next.min) kept.min = text.min;
  else count.min = Math.ceil(text.min / old.max);
  return plus(times(count, next), kept);
}

function isText({ type }: Expr): boolean {
  return type?.kind === 'string';
}
