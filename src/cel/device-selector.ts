// The expressions that choose devices: what `device` is to them, what is wrong with one that cannot
// be used, and whether a device is one of those that it means.
// Upstream: k8s.io/dynamic-resource-allocation/cel/compile.go.
import type { IDevice } from 'kubernetes-models/resource.k8s.io/v1/Device';
import { compile, evaluate, type Program } from './cel';
import { toSemver } from './library/kubernetes';
import { QUANTITY, toQuantity } from './library/quantity';
import { estimateCost } from './static-cost';
import {
  BOOL,
  DYN,
  STRING,
  formatType,
  objectType,
  opaque,
  type CelType,
  type SizedType,
} from './types';
import { CelMap, type CelValue, type MapValue, type StructValue } from './values';

/** The longest expression, in bytes, and the most that one may cost. */
export const EXPRESSION_MAX = 10 * 1024;
const COST_MAX = 1_000_000;
const DOMAIN_MAX = 63;
const ID_MAX = 32;
const VALUE_MAX = 64;
const ENTRIES_MAX = 32;

const sized = (type: CelType, maxElements: number): CelType =>
  ({ ...type, maxElements }) as SizedType;

const byName = (element: CelType): CelType => ({
  kind: 'map',
  key: sized(STRING, DOMAIN_MAX),
  element: { kind: 'map', key: sized(STRING, ID_MAX), element, maxElements: ENTRIES_MAX },
  maxElements: ENTRIES_MAX,
});

const DEVICE = objectType('kubernetes.DRADevice', {
  driver: sized(STRING, DOMAIN_MAX),
  attributes: byName(sized(DYN, VALUE_MAX)),
  capacity: byName(opaque(QUANTITY)),
  allowMultipleAllocations: BOOL,
});

/** A selector that compiles; or why it cannot be used, in the compiler's words. */
export type DeviceSelector = { readonly program: Program } | { readonly problem: string };

/** Those compiled last: few classes and templates make many claims. */
const KEPT_MAX = 256;
const kept = new Map<string, DeviceSelector>();

export function compileSelector(expression: string): DeviceSelector {
  let selector = kept.get(expression);
  if (selector === undefined) {
    if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value!);
    kept.set(expression, (selector = compileAnew(expression)));
  }
  return selector;
}

function compileAnew(expression: string): DeviceSelector {
  const compiled = compile(expression, { variables: { device: DEVICE } });
  if ('errors' in compiled) return { problem: `compilation failed: ${compiled.text}` };
  const { resultType } = compiled;
  if (resultType.kind === 'bool' || resultType.kind === 'dyn') return { program: compiled };
  return { problem: `must evaluate to bool or the unknown type, not ${formatType(resultType)}` };
}

/** Whether it may cost more than is allowed. */
export function isTooComplex({ expr }: Program): boolean {
  return estimateCost(expr).max > COST_MAX;
}

/** Whether the device is meant, or what went wrong in finding out. */
export function matchesDevice(
  program: Program,
  driver: string,
  device: IDevice,
): { readonly isMatch: boolean } | { readonly error: string } {
  const result = evaluate(program, { device: () => new DeviceValue(driver, device) }, COST_MAX);
  if ('error' in result) return { error: result.error };
  if (typeof result.value === 'boolean') return { isMatch: result.value };
  return { error: 'CEL result could not be converted to bool' };
}

class DeviceValue implements StructValue {
  readonly isStruct = true;
  readonly typeName = 'kubernetes.DRADevice';

  constructor(
    private readonly driver: string,
    private readonly device: IDevice,
  ) {}

  fields(): string[] {
    return ['driver', 'attributes', 'capacity', 'allowMultipleAllocations'];
  }

  get(field: string): CelValue | undefined {
    const { driver, device } = this;
    switch (field) {
      case 'driver':
        return driver;
      case 'attributes':
        return new DomainMap(driver, device.attributes ?? {}, attributeValue);
      case 'capacity':
        return new DomainMap(driver, device.capacity ?? {}, ({ value }) =>
          toQuantity(String(value)),
        );
      case 'allowMultipleAllocations':
        return device.allowMultipleAllocations ?? false;
      default:
        return undefined;
    }
  }
}

/** What a device has, by domain and name. A domain of which it has nothing is empty. */
class DomainMap<T> implements MapValue {
  readonly isMap = true;
  private readonly domains = new Map<string, CelMap>();

  constructor(driver: string, entries: Readonly<Record<string, T>>, read: (entry: T) => CelValue) {
    for (const [name, entry] of Object.entries(entries)) {
      const { domain, id } = qualified(name, driver);
      let values = this.domains.get(domain);
      if (values === undefined) this.domains.set(domain, (values = new CelMap()));
      if (values.get(id) === undefined) values.insert(id, read(entry));
    }
  }

  get size(): number {
    return this.domains.size;
  }

  keys(): CelValue[] {
    return [...this.domains.keys()];
  }

  get(key: CelValue): CelValue {
    return this.domains.get(key as string) ?? NOTHING;
  }

  has(key: CelValue): boolean {
    return this.domains.has(key as string);
  }
}

const NOTHING = new CelMap();

/** A name without a domain is of the driver's. */
export function qualified(name: string, driver: string): { domain: string; id: string } {
  const slash = name.indexOf('/');
  if (slash < 0) return { domain: driver, id: name };
  return { domain: name.slice(0, slash), id: name.slice(slash + 1) };
}

type Attribute = NonNullable<IDevice['attributes']>[string];

function attributeValue({ int, bool, string, version }: Attribute): CelValue {
  if (int !== undefined) return BigInt(int);
  if (bool !== undefined) return bool;
  if (string !== undefined) return string;
  return toSemver(version ?? '');
}
