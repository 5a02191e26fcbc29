// What type parameters stand for while an expression is checked.
// Upstream: cel-go checker/types.go.
import type { CelType } from './types';

/** Types that may be null wherever they are a value of their own. */
const NULLABLE: ReadonlySet<string> = new Set(['object', 'timestamp', 'duration', 'opaque']);

export class TypeVariables {
  private bound = new Map<string, CelType>();
  private counter = 0;

  fresh(): CelType {
    return { kind: 'param', name: `_var${this.counter++}` };
  }

  /** True when a value of `actual` can stand where `wanted` is; binds parameters when so. */
  assign(wanted: readonly CelType[], actual: readonly CelType[]): boolean {
    if (wanted.length !== actual.length) return false;
    const before = new Map(this.bound);
    if (wanted.every((type, index) => this.fits(type, actual[index]))) return true;
    this.bound = before;
    return false;
  }

  /** The type with its parameters filled in; those that are free become dyn when asked. */
  substitute(type: CelType, freeIsDyn: boolean): CelType {
    switch (type.kind) {
      case 'param': {
        const bound = this.bound.get(type.name);
        if (bound) return this.substitute(bound, freeIsDyn);
        return freeIsDyn ? { kind: 'dyn' } : type;
      }
      case 'list': {
        const element = this.substitute(type.element, freeIsDyn);
        return element === type.element ? type : { ...type, element };
      }
      case 'optional':
      case 'typeOf': {
        const element = this.substitute(type.element, freeIsDyn);
        return element === type.element ? type : { ...type, element };
      }
      case 'map': {
        const key = this.substitute(type.key, freeIsDyn);
        const element = this.substitute(type.element, freeIsDyn);
        return key === type.key && element === type.element ? type : { ...type, key, element };
      }
      default:
        return type;
    }
  }

  private fits(wanted: CelType, actual: CelType): boolean {
    if (wanted.kind === 'param') return this.bind(wanted, actual, wanted, actual);
    if (actual.kind === 'param') return this.bind(actual, wanted, wanted, actual);
    if (isLoose(wanted) || isLoose(actual)) return true;
    if (wanted.kind === 'null' || actual.kind === 'null') {
      const other = wanted.kind === 'null' ? actual : wanted;
      return other.kind === 'null' || NULLABLE.has(other.kind);
    }
    if (wanted.kind !== actual.kind) return false;
    switch (wanted.kind) {
      case 'list':
      case 'optional':
        return this.fits(wanted.element, (actual as typeof wanted).element);
      case 'map': {
        const other = actual as typeof wanted;
        return this.fits(wanted.key, other.key) && this.fits(wanted.element, other.element);
      }
      case 'object':
      case 'opaque':
        return wanted.name === (actual as typeof wanted).name;
      default:
        return true;
    }
  }

  private bind(
    param: CelType & { kind: 'param' },
    other: CelType,
    wanted: CelType,
    actual: CelType,
  ): boolean {
    if (other.kind === 'param' && other.name === param.name) return true;
    const bound = this.bound.get(param.name);
    if (bound) {
      const isFit = wanted === param ? this.fits(bound, actual) : this.fits(wanted, bound);
      if (isFit && isMoreGeneral(other, bound)) this.bound.set(param.name, other);
      return isFit;
    }
    if (this.mentions(other, param.name)) return false;
    this.bound.set(param.name, other);
    return true;
  }

  private mentions(type: CelType, param: string): boolean {
    switch (type.kind) {
      case 'param': {
        if (type.name === param) return true;
        const bound = this.bound.get(type.name);
        return bound !== undefined && this.mentions(bound, param);
      }
      case 'list':
      case 'optional':
      case 'typeOf':
        return this.mentions(type.element, param);
      case 'map':
        return this.mentions(type.key, param) || this.mentions(type.element, param);
      default:
        return false;
    }
  }
}

/** True when `a` says as much as `b` or less: the one to keep of two that were joined. */
export function isMoreGeneral(a: CelType, b: CelType): boolean {
  if (isLoose(a) || a.kind === 'param') return true;
  if (b.kind === 'null') return a.kind !== 'null';
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'list':
    case 'optional':
      return isMoreGeneral(a.element, (b as typeof a).element);
    case 'map': {
      const other = b as typeof a;
      return isMoreGeneral(a.key, other.key) && isMoreGeneral(a.element, other.element);
    }
    default:
      return true;
  }
}

function isLoose({ kind }: CelType): boolean {
  return kind === 'dyn' || kind === 'error';
}
