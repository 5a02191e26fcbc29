// The types of expressions: what the checker infers and what declarations say. Objects are named
// and know their fields, whether these are read from a schema or made up as a mutation needs them.
// Upstream: cel-go common/types, apiserver/pkg/cel/types.go.

export type CelType =
  | { readonly kind: SimpleKind }
  | ListType
  | MapType
  | { readonly kind: 'optional' | 'typeOf'; readonly element: CelType }
  | { readonly kind: 'opaque'; readonly name: string }
  | { readonly kind: 'param'; readonly name: string }
  | ObjectType;

export type SimpleKind =
  | 'int'
  | 'uint'
  | 'double'
  | 'bool'
  | 'string'
  | 'bytes'
  | 'null'
  | 'timestamp'
  | 'duration'
  | 'dyn'
  | 'error';

/** The most elements that a value of the type can have, for estimates of cost. */
interface Sized {
  readonly maxElements?: number;
}

export interface ListType extends Sized {
  readonly kind: 'list';
  readonly element: CelType;
  /** Sets and maps compare and add without regard to order. */
  readonly listType?: 'set' | 'map';
  readonly mapKeys?: readonly string[];
}

export interface MapType extends Sized {
  readonly kind: 'map';
  readonly key: CelType;
  readonly element: CelType;
}

export interface ObjectType {
  readonly kind: 'object';
  readonly name: string;
  /** The type of a field by its name in expressions; undefined when there is none. */
  field(name: string): CelType | undefined;
  /** The field's name in JSON, when it is not the same ('__namespace__' is 'namespace'). */
  jsonName?(name: string): string;
}

/** A type of values whose size is bounded: a string with maxLength. */
export type SizedType = CelType & Sized;

export const DYN: CelType = { kind: 'dyn' };
export const ERROR: CelType = { kind: 'error' };
export const BOOL: CelType = { kind: 'bool' };
export const INT: CelType = { kind: 'int' };
export const UINT: CelType = { kind: 'uint' };
export const DOUBLE: CelType = { kind: 'double' };
export const STRING: CelType = { kind: 'string' };
export const BYTES: CelType = { kind: 'bytes' };
export const NULL: CelType = { kind: 'null' };
export const TIMESTAMP: CelType = { kind: 'timestamp' };
export const DURATION: CelType = { kind: 'duration' };

export const listOf = (element: CelType): ListType => ({ kind: 'list', element });
export const mapOf = (key: CelType, element: CelType): MapType => ({ kind: 'map', key, element });
export const optionalOf = (element: CelType): CelType => ({ kind: 'optional', element });
export const typeOf = (element: CelType): CelType => ({ kind: 'typeOf', element });
export const opaque = (name: string): CelType => ({ kind: 'opaque', name });

/** An object type whose fields are all known. */
export function objectType(name: string, fields: Readonly<Record<string, CelType>>): ObjectType {
  return {
    kind: 'object',
    name,
    field: (field) => (Object.hasOwn(fields, field) ? fields[field] : undefined),
  };
}

/** A type as messages name it: 'map(string, int)'. */
export function formatType(type: CelType): string {
  switch (type.kind) {
    case 'list':
      return `list(${formatType(type.element)})`;
    case 'map':
      return `map(${formatType(type.key)}, ${formatType(type.element)})`;
    case 'optional':
      return `optional_type(${formatType(type.element)})`;
    case 'typeOf':
      return `type(${formatType(type.element)})`;
    case 'opaque':
    case 'object':
    case 'param':
      return type.name;
    case 'error':
      return '!error!';
    default:
      return type.kind;
  }
}
