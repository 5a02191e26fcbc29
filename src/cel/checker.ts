// The checker: finds each node's type and each call's overloads, or says in the real compiler's
// words why there is none. Upstream: cel-go checker/checker.go.
import type { Call, Comprehension, Expr, ListExpr, MapExpr, Select, StructExpr } from './ast';
import type { Overload } from './overload';
import { qualifiedName } from './parser';
import type { SourceErrors } from './source-error';
import { isMoreGeneral, TypeVariables } from './type-variables';
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  ERROR,
  INT,
  NULL,
  STRING,
  TIMESTAMP,
  UINT,
  formatType,
  listOf,
  mapOf,
  optionalOf,
  typeOf,
  type CelType,
  type ObjectType,
} from './types';
import { runtimeType } from './values';

export interface CheckScope {
  readonly functions: ReadonlyMap<string, readonly Overload[]>;
  variable(name: string): CelType | undefined;
  structType(name: string): ObjectType | undefined;
}

/** Types by the names by which expressions call them. */
export const NAMED_TYPES: Readonly<Record<string, CelType>> = {
  bool: BOOL,
  bytes: BYTES,
  double: DOUBLE,
  int: INT,
  list: listOf(DYN),
  map: mapOf(DYN, DYN),
  null_type: NULL,
  string: STRING,
  type: typeOf(DYN),
  uint: UINT,
  optional_type: optionalOf(DYN),
  'google.protobuf.Timestamp': TIMESTAMP,
  'google.protobuf.Duration': DURATION,
  'net.IP': { kind: 'opaque', name: 'net.IP' },
  'net.CIDR': { kind: 'opaque', name: 'net.CIDR' },
};

/** Checks the tree and writes types and overloads on it. Errors go to `errors`. */
export function check(expr: Expr, scope: CheckScope, errors: SourceErrors): CelType {
  const checker = new Checker(scope, errors);
  checker.check(expr);
  checker.settle();
  return expr.type!;
}

class Checker {
  private readonly types = new TypeVariables();
  private readonly locals: { name: string; type: CelType }[] = [];
  private readonly checked: Expr[] = [];

  constructor(
    private readonly scope: CheckScope,
    private readonly errors: SourceErrors,
  ) {}

  /** Fills in what became known of type parameters after their node was checked. */
  settle(): void {
    for (const expr of this.checked) expr.type = this.types.substitute(expr.type!, true);
  }

  check(expr: Expr): CelType {
    const type = this.typeOf(expr);
    expr.type = type;
    this.checked.push(expr);
    return type;
  }

  private typeOf(expr: Expr): CelType {
    switch (expr.kind) {
      case 'literal':
        return runtimeType(expr.value);
      case 'ident':
        return this.named(expr.name) ?? this.undeclared(expr, expr.name);
      case 'select':
        return this.select(expr);
      case 'call':
        return this.call(expr);
      case 'list':
        return this.list(expr);
      case 'map':
        return this.map(expr);
      case 'struct':
        return this.struct(expr);
      case 'comprehension':
        return this.comprehension(expr);
    }
  }

  private named(name: string): CelType | undefined {
    const plain = name.startsWith('.') ? name.slice(1) : name;
    if (plain === name) {
      const local = this.locals.findLast((each) => each.name === name);
      if (local) return local.type;
    }
    const variable = this.scope.variable(plain);
    if (variable) return variable;
    if (Object.hasOwn(NAMED_TYPES, plain)) return typeOf(NAMED_TYPES[plain]);
    const struct = this.scope.structType(plain);
    return struct && typeOf(struct);
  }

  private undeclared({ offset }: { offset: number }, name: string): CelType {
    this.errors.add(offset, `undeclared reference to '${name}' (in container '')`);
    return ERROR;
  }

  private select(expr: Select): CelType {
    const path = qualifiedName(expr);
    if (path !== undefined && !this.isLocal(path)) {
      const whole = this.named(path);
      if (whole) {
        expr.variable = path;
        return whole;
      }
    }
    const target = this.types.substitute(this.check(expr.operand), false);
    const inner = target.kind === 'optional' ? target.element : target;
    const field = this.fieldOf(expr, inner, expr.field);
    if (expr.testOnly) return BOOL;
    return target.kind === 'optional' && field.kind !== 'error' ? optionalOf(field) : field;
  }

  private isLocal(path: string): boolean {
    const root = path.slice(0, path.indexOf('.'));
    return this.locals.some(({ name }) => name === root);
  }

  private fieldOf({ offset }: { offset: number }, target: CelType, field: string): CelType {
    switch (target.kind) {
      case 'error':
      case 'dyn':
      case 'param':
        return DYN;
      case 'map':
        return target.element;
      case 'object': {
        const type = target.field(field);
        if (type) return type;
        this.errors.add(offset, `undefined field '${field}'`);
        return ERROR;
      }
      default: {
        const message = `type '${formatType(target)}' does not support field selection`;
        this.errors.add(offset, message);
        return ERROR;
      }
    }
  }

  private call(expr: Call): CelType {
    if (expr.name === '_?._') return this.optionalSelect(expr);
    for (const arg of expr.args) this.check(arg);
    if (!expr.target) return this.overloaded(expr, expr.name, expr.args, false);
    const path = qualifiedName(expr.target);
    if (path !== undefined && this.scope.functions.has(`${path}.${expr.name}`)) {
      expr.isGlobal = true;
      return this.overloaded(expr, `${path}.${expr.name}`, expr.args, false);
    }
    this.check(expr.target);
    return this.overloaded(expr, expr.name, [expr.target, ...expr.args], true);
  }

  private optionalSelect(expr: Call): CelType {
    const [operand, field] = expr.args;
    this.check(field);
    const target = this.types.substitute(this.check(operand), false);
    const inner = target.kind === 'optional' ? target.element : target;
    const name = field.kind === 'literal' ? (field.value as string) : '';
    return optionalOf(this.fieldOf(expr, inner, name));
  }

  private overloaded(
    expr: Call,
    name: string,
    values: readonly Expr[],
    isMember: boolean,
  ): CelType {
    const plain = name.startsWith('.') ? name.slice(1) : name;
    const overloads = this.scope.functions.get(plain);
    if (!overloads) return this.undeclared(expr, name);
    const actual = values.map((value) => this.types.substitute(value.type!, false));
    if (actual.some(({ kind }) => kind === 'error')) return ERROR;
    if (plain === '_&&_' || plain === '_||_') return this.logical(expr, overloads, values);
    const found: Overload[] = [];
    let result: CelType | undefined;
    for (const overload of overloads) {
      if (overload.isMember !== isMember) continue;
      const fresh = this.instantiate(overload);
      if (!this.types.assign(fresh.args, actual)) continue;
      found.push(overload);
      const own = this.types.substitute(fresh.result, false);
      result = result === undefined || sameType(result, own) ? own : DYN;
    }
    if (result) {
      expr.overloads = found;
      return result;
    }
    const shown = actual.map((type) => formatType(this.types.substitute(type, true)));
    const signature = isMember
      ? `${shown[0]}.(${shown.slice(1).join(', ')})`
      : `(${shown.join(', ')})`;
    const message = `found no matching overload for '${plain}' applied to '${signature}'`;
    this.errors.add(expr.offset, message);
    return ERROR;
  }

  /** Complains of each side that is no bool, at its own place. */
  private logical(expr: Call, overloads: readonly Overload[], values: readonly Expr[]): CelType {
    let result: CelType = BOOL;
    for (const value of values) {
      if (this.types.assign([BOOL], [value.type!])) continue;
      this.mismatch(value, BOOL, value.type!);
      result = ERROR;
    }
    expr.overloads = overloads;
    return result;
  }

  private instantiate({ params, args, result }: Overload): Pick<Overload, 'args' | 'result'> {
    if (params.length === 0) return { args, result };
    const own = new TypeVariables();
    for (const name of params) own.assign([{ kind: 'param', name }], [this.types.fresh()]);
    return {
      args: args.map((type) => own.substitute(type, false)),
      result: own.substitute(result, false),
    };
  }

  private list({ elements, optional }: ListExpr): CelType {
    let joined: CelType | undefined;
    for (const [index, element] of elements.entries()) {
      const type = this.check(element);
      joined = this.join(element, joined, optional.has(index) ? this.unwrap(element, type) : type);
    }
    return listOf(joined ?? this.types.fresh());
  }

  private map({ entries }: MapExpr): CelType {
    let keys: CelType | undefined;
    let values: CelType | undefined;
    for (const { key, value, optional } of entries) {
      keys = this.join(key, keys, this.check(key));
      const type = this.check(value);
      values = this.join(value, values, optional ? this.unwrap(value, type) : type);
    }
    return mapOf(keys ?? this.types.fresh(), values ?? this.types.fresh());
  }

  /** What is in an optional value, which is the only kind that may stand after '?'. */
  private unwrap(expr: Expr, type: CelType): CelType {
    const known = this.types.substitute(type, false);
    if (known.kind === 'optional') return known.element;
    if (known.kind === 'dyn' || known.kind === 'error') return known;
    this.mismatch(expr, optionalOf(known), known);
    return known;
  }

  private join(at: Expr, previous: CelType | undefined, current: CelType): CelType {
    if (previous === undefined) return current;
    if (this.types.assign([previous], [current])) {
      return isMoreGeneral(current, previous) ? current : previous;
    }
    this.mismatch(at, previous, current);
    return previous;
  }

  private mismatch({ offset }: Expr, expected: CelType, found: CelType): void {
    const [a, b] = [expected, found].map((type) => formatType(this.types.substitute(type, true)));
    this.errors.add(offset, `expected type '${a}' but found '${b}'`);
  }

  private struct({ typeName, fields, offset }: StructExpr): CelType {
    const plain = typeName.startsWith('.') ? typeName.slice(1) : typeName;
    const struct = this.scope.structType(plain);
    for (const { value } of fields) this.check(value);
    if (!struct) {
      if (!this.named(plain)) return this.undeclared({ offset }, typeName);
      this.errors.add(offset, `'${plain}' is not a message type`);
      return ERROR;
    }
    for (const field of fields) {
      const declared = struct.field(field.name);
      if (!declared) {
        this.errors.add(field.offset, `undefined field '${field.name}'`);
        continue;
      }
      const given = field.optional
        ? this.unwrap(field.value, field.value.type!)
        : field.value.type!;
      if (this.types.assign([declared], [given])) continue;
      const provided = formatType(this.types.substitute(given, true));
      const expected = `expected type of field '${field.name}' is '${formatType(declared)}'`;
      this.errors.add(field.offset, `${expected} but provided type is '${provided}'`);
    }
    return struct;
  }

  private comprehension(expr: Comprehension): CelType {
    const range = this.types.substitute(this.check(expr.range), false);
    const accu = this.check(expr.init);
    const [first, second] = this.iterated(expr, range);
    const depth = this.locals.length;
    this.locals.push({ name: expr.accuVar, type: accu });
    this.locals.push({ name: expr.iterVar, type: first });
    if (expr.iterVar2 !== undefined) this.locals.push({ name: expr.iterVar2, type: second });
    this.expect(expr.condition, BOOL);
    this.expect(expr.step, accu);
    this.locals.length = depth + 1;
    const result = this.check(expr.result);
    this.locals.length = depth;
    return this.types.substitute(result, false);
  }

  private iterated({ range, iterVar2 }: Comprehension, type: CelType): [CelType, CelType] {
    switch (type.kind) {
      case 'list':
        return iterVar2 === undefined ? [type.element, DYN] : [INT, type.element];
      case 'map':
        return [type.key, type.element];
      case 'dyn':
      case 'error':
      case 'param':
        return [DYN, DYN];
      default: {
        const message =
          `expression of type '${formatType(type)}' cannot be range of a comprehension ` +
          '(must be list, map, or dynamic)';
        this.errors.add(range.offset, message);
        return [ERROR, ERROR];
      }
    }
  }

  private expect(expr: Expr, wanted: CelType): void {
    const found = this.check(expr);
    if (!this.types.assign([wanted], [found])) this.mismatch(expr, wanted, found);
  }
}

function sameType(a: CelType, b: CelType): boolean {
  return formatType(a) === formatType(b);
}
