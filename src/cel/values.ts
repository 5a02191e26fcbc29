// The values of expressions. Integers are bigint and doubles number, so that neither is taken for
// the other; JSON is wrapped lazily by its declared type (`json-values.ts`), never copied.
// Upstream: cel-go common/types, apiserver/pkg/cel/common/values.go.
import type { CelType } from './types';

export type CelValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint
  | Uint8Array
  | Timestamp
  | Duration
  | CelList
  | MapValue
  | StructValue
  | OptionalValue
  | TypeValue
  | OpaqueValue;

/** An unsigned integer. */
export class Uint {
  constructor(readonly value: bigint) {}
}

/** Nanoseconds since 1970, UTC. */
export class Timestamp {
  constructor(readonly nanos: bigint) {}
}

/** Nanoseconds. */
export class Duration {
  constructor(readonly nanos: bigint) {}
}

export class CelList {
  constructor(
    readonly items: readonly CelValue[],
    /** Sets and maps are equal and add up whatever their order. */
    readonly listType?: 'set' | 'map',
    readonly mapKeys: readonly string[] = [],
  ) {}
}

/** A map, by keys of bool, int, uint or string. */
export interface MapValue {
  readonly isMap: true;
  readonly size: number;
  keys(): CelValue[];
  /** Undefined when the key is not there. */
  get(key: CelValue): CelValue | undefined;
  /** Of maps that have an answer for keys too which they do not have. */
  has?(key: CelValue): boolean;
}

/** An object with declared fields. */
export interface StructValue {
  readonly isStruct: true;
  readonly typeName: string;
  /** Names of the fields that are set. */
  fields(): string[];
  /** Undefined when the field is not set. */
  get(field: string): CelValue | undefined;
}

export class OptionalValue {
  static readonly none = new OptionalValue(undefined);
  constructor(readonly value: CelValue | undefined) {}
}

export class TypeValue {
  constructor(readonly type: CelType) {}
}

/** A value of a library's own type: an address, a quantity. */
export class OpaqueValue {
  constructor(
    readonly typeName: string,
    readonly content: unknown,
    /** Equality within the type; by default that of the content. */
    readonly equals: (other: OpaqueValue) => boolean = (other) => other.content === content,
  ) {}
}

/** What went wrong at run time. */
export class CelError extends Error {
  override readonly name = 'CelError';
}

/** A map literal, or what a macro makes. */
export class CelMap implements MapValue {
  readonly isMap = true;
  private readonly entries = new Map<unknown, { key: CelValue; value: CelValue }>();

  get size(): number {
    return this.entries.size;
  }

  keys(): CelValue[] {
    return [...this.entries.values()].map(({ key }) => key);
  }

  get(key: CelValue): CelValue | undefined {
    return this.entries.get(mapKey(key))?.value;
  }

  /** Throws when the key is there already, or can be no key. */
  insert(key: CelValue, value: CelValue): void {
    const plain = mapKey(key);
    if (plain === undefined) throw new CelError('unsupported key type');
    if (this.entries.has(plain))
      throw new CelError(`insert failed: key ${keyText(key)} already exists`);
    this.entries.set(plain, { key, value });
  }
}

export function isMapValue(value: CelValue): value is MapValue {
  return typeof value === 'object' && value !== null && 'isMap' in value;
}

export function isStructValue(value: CelValue): value is StructValue {
  return typeof value === 'object' && value !== null && 'isStruct' in value;
}

/** Numbers of all types that are equal are one key. Undefined for what can be no key. */
function mapKey(key: CelValue): unknown {
  if (typeof key === 'number') return Number.isInteger(key) ? BigInt(key) : key;
  if (key instanceof Uint) return key.value;
  return typeof key === 'object' ? undefined : key;
}

/** A map's key as text. */
export function keyText(key: CelValue): string {
  return key instanceof Uint ? String(key.value) : `${key as string | bigint | boolean}`;
}

/** The name of a value's type, as run-time errors and `type()` have it. */
export function runtimeType(value: CelValue): CelType {
  if (value === null) return { kind: 'null' };
  switch (typeof value) {
    case 'boolean':
      return { kind: 'bool' };
    case 'bigint':
      return { kind: 'int' };
    case 'number':
      return { kind: 'double' };
    case 'string':
      return { kind: 'string' };
  }
  if (value instanceof Uint) return { kind: 'uint' };
  if (value instanceof Uint8Array) return { kind: 'bytes' };
  if (value instanceof Timestamp) return { kind: 'timestamp' };
  if (value instanceof Duration) return { kind: 'duration' };
  if (value instanceof CelList) return { kind: 'list', element: { kind: 'dyn' } };
  if (value instanceof OptionalValue) return { kind: 'optional', element: { kind: 'dyn' } };
  if (value instanceof TypeValue) return { kind: 'typeOf', element: { kind: 'dyn' } };
  if (value instanceof OpaqueValue) return { kind: 'opaque', name: value.typeName };
  if (isStructValue(value)) return { kind: 'opaque', name: value.typeName };
  return { kind: 'map', key: { kind: 'dyn' }, element: { kind: 'dyn' } };
}

/** 'int', 'list', 'google.protobuf.Timestamp'. */
export function runtimeTypeName(value: CelValue): string {
  return typeNameOf(runtimeType(value));
}

/** A type's name without its parameters. */
export function typeNameOf(type: CelType): string {
  switch (type.kind) {
    case 'null':
      return 'null_type';
    case 'timestamp':
      return 'google.protobuf.Timestamp';
    case 'duration':
      return 'google.protobuf.Duration';
    case 'optional':
      return 'optional_type';
    case 'typeOf':
      return 'type';
    case 'opaque':
    case 'object':
    case 'param':
      return type.name;
    default:
      return type.kind;
  }
}
