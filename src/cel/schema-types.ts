// The types of values that a structural schema describes, with the most elements that they can have
// in one request. Upstream: apiserver/pkg/cel/common/schemas.go, apiserver/pkg/cel/limits.go.
import { escapeField, unescapeField } from './field-names';
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  STRING,
  TIMESTAMP,
  type CelType,
  type ObjectType,
  type SizedType,
} from './types';

/** As much of a schema as types are made of. */
export interface TypedSchema {
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, TypedSchema>>;
  readonly additionalProperties?: TypedSchema | boolean;
  readonly items?: TypedSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly maxProperties?: number;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
}

export interface SchemaType {
  readonly type: SizedType;
  /** The fewest bytes of JSON that a value takes. */
  readonly minBytes: number;
}

/** The real estimate counts the keys of maps as if they were empty. */
const KEY: SizedType = { ...STRING, maxElements: 0 } as SizedType;
const REQUEST_BYTES_MAX = 3 * 1024 * 1024;
const TEXT_BYTES_MAX = REQUEST_BYTES_MAX - 2;
const known = new WeakMap<TypedSchema, SchemaType | null>();
const knownRoots = new WeakMap<TypedSchema, SchemaType | null>();

/** Undefined for what expressions cannot read: values without a type. */
export function schemaType(schema: TypedSchema, isRoot = false): SchemaType | undefined {
  const cache = isRoot ? knownRoots : known;
  let found = cache.get(schema);
  if (found === undefined) {
    found = makeType(isRoot ? withObjectMeta(schema) : schema) ?? null;
    cache.set(schema, found);
  }
  return found ?? undefined;
}

function makeType(schema: TypedSchema): SchemaType | undefined {
  if (schema['x-kubernetes-int-or-string']) return sized(DYN, TEXT_BYTES_MAX, 1);
  switch (schema.type) {
    case 'array':
      return arrayType(schema);
    case 'object':
      return objectOrMap(schema);
    case 'string':
      return stringType(schema);
    case 'boolean':
      return { type: BOOL, minBytes: 4 };
    case 'number':
      return { type: DOUBLE, minBytes: 1 };
    case 'integer':
      return { type: INT, minBytes: 1 };
    default:
      return undefined;
  }
}

function sized(type: CelType, maxElements: number, minBytes: number): SchemaType {
  return { type: { ...type, maxElements } as SizedType, minBytes };
}

function child(schema: TypedSchema): SchemaType | undefined {
  return schemaType(schema, schema['x-kubernetes-embedded-resource'] === true);
}

function arrayType(schema: TypedSchema): SchemaType | undefined {
  const items = schema.items && child(schema.items);
  if (!items) return undefined;
  const fitting = Math.floor(TEXT_BYTES_MAX / (items.minBytes + 1));
  const maxElements = Math.max(0, schema.maxItems ?? fitting);
  const listType = schema['x-kubernetes-list-type'];
  const merged = listType === 'set' || listType === 'map' ? { listType } : {};
  const mapKeys = schema['x-kubernetes-list-map-keys'];
  const element = items.type;
  const type = { kind: 'list', element, maxElements, ...merged, ...(mapKeys && { mapKeys }) };
  return { type: type as CelType, minBytes: 2 };
}

function objectOrMap(schema: TypedSchema): SchemaType | undefined {
  const { additionalProperties } = schema;
  if (typeof additionalProperties === 'object') {
    const values = child(additionalProperties);
    if (!values) return undefined;
    const fitting = Math.floor(TEXT_BYTES_MAX / (values.minBytes + 6));
    const maxElements = Math.max(0, schema.maxProperties ?? fitting);
    const type = { kind: 'map', key: KEY, element: values.type, maxElements };
    return { type: type as CelType, minBytes: 2 };
  }
  return { type: objectOf(schema), minBytes: minBytesOf(schema) };
}

/** Fields are made when they are first asked for. */
function objectOf({ properties = {} }: TypedSchema): ObjectType {
  return {
    kind: 'object',
    name: 'object',
    field(name) {
      const property = unescapeField(name);
      if (escapeField(property) !== name || !Object.hasOwn(properties, property)) return undefined;
      return child(properties[property])?.type;
    },
    jsonName: unescapeField,
  };
}

function minBytesOf({ properties = {}, required = [] }: TypedSchema): number {
  let bytes = 2;
  for (const name of new Set(required)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const value = property?.default === undefined ? property && child(property) : undefined;
    if (value) bytes += name.length + value.minBytes + 4;
  }
  return bytes;
}

function stringType(schema: TypedSchema): SchemaType {
  const { format, maxLength, enum: choices } = schema;
  const limit = maxLength === undefined ? undefined : Math.max(0, maxLength);
  switch (format) {
    case 'byte':
      return sized(BYTES, limit ?? TEXT_BYTES_MAX, 2);
    case 'duration':
      return sized(DURATION, 32, 5);
    case 'date':
      return sized(TIMESTAMP, 12, 12);
    case 'date-time':
      return sized(TIMESTAMP, 29, 21);
  }
  if (limit !== undefined) return sized(STRING, limit * 4, 2);
  if (!choices?.length) return sized(STRING, TEXT_BYTES_MAX, 2);
  const lengths = choices.map((choice) => (typeof choice === 'string' ? choice.length + 2 : 2));
  return sized(STRING, Math.max(...lengths), 2);
}

/** Roots are read with their kind, name and nothing else of what every object has. */
function withObjectMeta(schema: TypedSchema): TypedSchema {
  const properties = {
    ...schema.properties,
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: {
      type: 'object',
      properties: { name: { type: 'string' }, generateName: { type: 'string' } },
    },
  };
  return { ...schema, properties };
}
