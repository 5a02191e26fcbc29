// The evaluator: walks a checked tree. Errors are thrown, and taken back where `&&` and `||` do not
// need the side that failed. Cost is counted as it goes, in the units of the real one.
// Upstream: cel-go interpreter/{interpretable,runtimecost}.go.
import type { Call, Comprehension, Expr, ListExpr, MapExpr, Select, StructExpr } from './ast';
import { NAMED_TYPES } from './checker';
import { numeric } from './equality';
import type { Overload } from './overload';
import { callCost } from './runtime-cost';
import type { CelType, ObjectType } from './types';
import {
  CelError,
  CelList,
  CelMap,
  OptionalValue,
  TypeValue,
  isMapValue,
  isStructValue,
  runtimeType,
  runtimeTypeName,
  typeNameOf,
  type CelValue,
  type StructValue,
} from './values';

/** Values by variable; a function is called when its variable is first read. */
export type Variables = Readonly<Record<string, CelValue | (() => CelValue)>>;

export interface EvaluationScope {
  readonly variables: Variables;
  structType(name: string): ObjectType | undefined;
}

interface Local {
  readonly name: string;
  value: CelValue | Failure;
  readonly outer: Local | undefined;
}

/** Thrown when an expression costs more than it may. */
export class CostLimitError extends CelError {}

export class Evaluator {
  cost = 0;
  private readonly read = new Map<string, CelValue>();

  constructor(
    private readonly scope: EvaluationScope,
    private readonly costMax: number,
  ) {}

  evaluate(expr: Expr): CelValue {
    return this.value(expr, undefined);
  }

  private value(expr: Expr, local: Local | undefined): CelValue {
    switch (expr.kind) {
      case 'literal':
        return expr.value;
      case 'ident':
        return this.ident(expr.name, local);
      case 'select':
        return this.select(expr, local);
      case 'call':
        return this.call(expr, local);
      case 'list':
        return this.list(expr, local);
      case 'map':
        return this.map(expr, local);
      case 'struct':
        return this.struct(expr, local);
      case 'comprehension':
        return this.comprehension(expr, local);
    }
  }

  private charge(units: number): void {
    this.cost += units;
    if (this.cost > this.costMax) {
      throw new CostLimitError('operation cancelled: actual cost limit exceeded');
    }
  }

  private ident(name: string, local: Local | undefined): CelValue {
    this.charge(1);
    for (let each = local; each; each = each.outer) {
      if (each.name !== name) continue;
      if (each.value instanceof Failure) throw each.value.error;
      return each.value;
    }
    return this.variable(name.startsWith('.') ? name.slice(1) : name);
  }

  private variable(name: string): CelValue {
    const known = this.read.get(name);
    if (known !== undefined) return known;
    const { variables } = this.scope;
    if (Object.hasOwn(variables, name)) {
      const given = variables[name];
      const value = typeof given === 'function' ? given() : given;
      this.read.set(name, value);
      return value;
    }
    if (Object.hasOwn(NAMED_TYPES, name)) return new TypeValue(NAMED_TYPES[name]);
    const struct = this.scope.structType(name);
    if (struct) return new TypeValue(struct);
    throw new CelError(`no such attribute(s): ${name}`);
  }

  private select(expr: Select, local: Local | undefined): CelValue {
    if (expr.variable !== undefined) {
      this.charge(1);
      return this.variable(expr.variable);
    }
    const target = this.value(expr.operand, local);
    const { field } = expr;
    if (expr.testOnly) return this.has(target, field);
    this.charge(1);
    if (target instanceof OptionalValue) return optionalMember(target, field);
    const found = member(target, field);
    if (found !== undefined) return found;
    throw new CelError(`no such key: ${field}`);
  }

  private has(target: CelValue, field: string): boolean {
    const inner = target instanceof OptionalValue ? target.value : target;
    return inner !== undefined && member(inner, field) !== undefined;
  }

  private call(expr: Call, local: Local | undefined): CelValue {
    switch (expr.name) {
      case '_&&_':
        return this.logical(expr, local, false);
      case '_||_':
        return this.logical(expr, local, true);
      case '_?_:_': {
        const [condition, yes, no] = expr.args;
        const chosen = this.value(condition, local);
        if (typeof chosen !== 'boolean') throw new CelError('no such overload');
        return this.value(chosen ? yes : no, local);
      }
      case '@not_strictly_false':
        return this.notStrictlyFalse(expr.args[0], local);
      case '_?._':
      case '_[?_]':
        return this.optionalIndex(expr, local);
    }
    const values = expr.args.map((arg) => this.value(arg, local));
    if (expr.target && !expr.isGlobal) values.unshift(this.value(expr.target, local));
    const { id, run } = this.dispatch(expr, values);
    const result = run(...values);
    this.charge(callCost(expr.name, id, values, result));
    return result;
  }

  private dispatch({ name, overloads = [] }: Call, values: readonly CelValue[]): Overload {
    for (const overload of overloads) {
      if (overload.args.every((type, index) => isOf(values[index], type))) return overload;
    }
    if (/^[^a-z]*$/.test(name) || name === '@in') throw new CelError('no such overload');
    const types = values.map(runtimeTypeName).join(', ');
    throw new CelError(`no such overload: ${name}(${types})`);
  }

  /** `decisive` is the value of one side that settles the matter, whatever the other. */
  private logical({ args }: Call, local: Local | undefined, decisive: boolean): CelValue {
    let failure: CelError | undefined;
    for (const arg of args) {
      try {
        const value = this.value(arg, local);
        if (value === decisive) return decisive;
        if (typeof value !== 'boolean') failure ??= new CelError('no such overload');
      } catch (error) {
        if (!(error instanceof CelError) || error instanceof CostLimitError) throw error;
        failure ??= error;
      }
    }
    if (failure) throw failure;
    return !decisive;
  }

  private notStrictlyFalse(expr: Expr, local: Local | undefined): boolean {
    try {
      return this.value(expr, local) !== false;
    } catch (error) {
      if (error instanceof CelError && !(error instanceof CostLimitError)) return true;
      throw error;
    }
  }

  private optionalIndex({ args }: Call, local: Local | undefined): CelValue {
    const target = this.value(args[0], local);
    const key = this.value(args[1], local);
    this.charge(1);
    const inner = target instanceof OptionalValue ? target.value : target;
    if (inner === undefined) return OptionalValue.none;
    const found = member(inner, key);
    return found === undefined ? OptionalValue.none : new OptionalValue(found);
  }

  private list({ elements, optional }: ListExpr, local: Local | undefined): CelValue {
    const items: CelValue[] = [];
    for (const [index, element] of elements.entries()) {
      const value = this.value(element, local);
      if (!optional.has(index)) items.push(value);
      else if (value instanceof OptionalValue && value.value !== undefined) items.push(value.value);
    }
    this.charge(LIST_COST);
    return new CelList(items);
  }

  private map({ entries }: MapExpr, local: Local | undefined): CelValue {
    const map = new CelMap();
    for (const { key, value, optional } of entries) {
      const name = this.value(key, local);
      const given = this.value(value, local);
      if (!optional) map.insert(name, given);
      else if (given instanceof OptionalValue && given.value !== undefined) {
        map.insert(name, given.value);
      }
    }
    this.charge(MAP_COST);
    return map;
  }

  private struct({ typeName, fields }: StructExpr, local: Local | undefined): CelValue {
    const values = new Map<string, CelValue>();
    for (const { name, value, optional } of fields) {
      const given = this.value(value, local);
      if (!optional) values.set(name, given);
      else if (given instanceof OptionalValue && given.value !== undefined) {
        values.set(name, given.value);
      }
    }
    this.charge(STRUCT_COST);
    return new MadeStruct(typeName, values);
  }

  private comprehension(expr: Comprehension, outer: Local | undefined): CelValue {
    const range = this.value(expr.range, outer);
    const accumulator: Local = {
      name: expr.accuVar,
      value: this.value(expr.init, outer),
      outer,
    };
    const growing = appended(expr);
    const collected: CelValue[] = [];
    if (growing) accumulator.value = new CelList(collected);
    for (const [key, value] of iterate(range, expr.iterVar2 !== undefined)) {
      let local: Local = { name: expr.iterVar, value: key, outer: accumulator };
      if (expr.iterVar2 !== undefined) {
        local = { name: expr.iterVar2, value, outer: local };
      }
      if (this.value(expr.condition, local) !== true) break;
      if (!growing) this.step(expr.step, local, accumulator);
      else if (!growing.filter || this.isChosen(growing.filter, local)) {
        collected.push(this.value(growing.element, local));
        this.charge(LIST_COST + 1);
      }
    }
    return this.value(expr.result, accumulator);
  }

  /** An error of one step is the accumulator's: `exists` goes on past it. */
  private step(step: Expr, local: Local, accumulator: Local): void {
    const isLogical = step.kind === 'call' && (step.name === '_&&_' || step.name === '_||_');
    if (!isLogical) {
      accumulator.value = this.value(step, local);
      return;
    }
    const held = accumulator.value;
    try {
      const value = this.value(step.args[1], local);
      const decisive = step.name === '_||_';
      if (typeof value !== 'boolean') throw new CelError('no such overload');
      if (value === decisive) accumulator.value = decisive;
    } catch (error) {
      if (!(error instanceof CelError) || error instanceof CostLimitError) throw error;
      accumulator.value = held instanceof Failure ? held : new Failure(error);
    }
  }

  private isChosen(filter: Expr, local: Local): boolean {
    const chosen = this.value(filter, local);
    if (typeof chosen !== 'boolean') throw new CelError('no such overload');
    return chosen;
  }
}

const LIST_COST = 10;
const MAP_COST = 30;
const STRUCT_COST = 40;

/** An error held as the accumulator of a loop. */
class Failure {
  constructor(readonly error: CelError) {}
}

/** An object that an expression made. */
export class MadeStruct implements StructValue {
  readonly isStruct = true;
  constructor(
    readonly typeName: string,
    private readonly values: ReadonlyMap<string, CelValue>,
  ) {}

  fields(): string[] {
    return [...this.values.keys()];
  }

  get(field: string): CelValue | undefined {
    return this.values.get(field);
  }
}

/** For loops that append one element a turn: what they append, and when. */
function appended({
  step,
  accuVar,
  init,
}: Comprehension): { element: Expr; filter?: Expr } | undefined {
  if (init.kind !== 'list' || step.kind !== 'call') return undefined;
  const add = step.name === '_?_:_' ? step.args[1] : step;
  if (add.kind !== 'call' || add.name !== '_+_') return undefined;
  const [left, right] = add.args;
  if (left.kind !== 'ident' || left.name !== accuVar || right.kind !== 'list') return undefined;
  const [element] = right.elements;
  return step.name === '_?_:_' ? { element, filter: step.args[0] } : { element };
}

function* iterate(range: CelValue, inPairs: boolean): Generator<[CelValue, CelValue]> {
  if (range instanceof CelList) {
    for (const [index, item] of range.items.entries()) {
      yield inPairs ? [BigInt(index), item] : [item, null];
    }
  } else if (range !== null && isMapValue(range)) {
    for (const key of range.keys()) yield [key, inPairs ? range.get(key)! : null];
  } else {
    throw new CelError('no such overload');
  }
}

/** What is at a field, key or index; undefined when nothing is. */
export function member(target: CelValue, key: CelValue): CelValue | undefined {
  if (target instanceof CelList) {
    const number = numeric(key);
    if (number === undefined || !Number.isInteger(Number(number))) {
      throw new CelError(`unsupported index type '${runtimeTypeName(key)}' in list`);
    }
    return target.items[Number(number)];
  }
  if (target !== null && isStructValue(target)) {
    return typeof key === 'string' ? target.get(key) : undefined;
  }
  // What has no members has none by any name.
  return target !== null && isMapValue(target) ? target.get(key) : undefined;
}

function optionalMember(target: OptionalValue, field: string): CelValue {
  if (target.value === undefined) return target;
  const found = member(target.value, field);
  return found === undefined ? OptionalValue.none : new OptionalValue(found);
}

/** True when the value can be an argument of the type; types within are not looked at. */
function isOf(value: CelValue, type: CelType): boolean {
  if (type.kind === 'dyn' || type.kind === 'param') return true;
  const actual = runtimeType(value);
  if (type.kind === 'object') return value === null || typeNameOf(actual) === type.name;
  if (type.kind === 'opaque') return actual.kind === 'opaque' && actual.name === type.name;
  return actual.kind === type.kind;
}
