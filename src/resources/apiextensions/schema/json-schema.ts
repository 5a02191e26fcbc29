// A CRD's schema, as JSON has it. Upstream: apiextensions-apiserver JSONSchemaProps.
import type { TypedSchema } from '../../../cel/schema-types';

export interface ValidationRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

export interface JsonSchema extends TypedSchema {
  readonly $ref?: string;
  readonly id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly additionalItems?: unknown;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly externalDocs?: unknown;
  readonly example?: unknown;
  readonly maximum?: number;
  readonly exclusiveMaximum?: boolean;
  readonly minimum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly multipleOf?: number;
  readonly minProperties?: number;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly 'x-kubernetes-map-type'?: string;
  readonly 'x-kubernetes-validations'?: readonly ValidationRule[];
}

export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema of a map's values; undefined where there is none. */
export function valueSchema({ additionalProperties }: JsonSchema): JsonSchema | undefined {
  return isJson(additionalProperties) ? (additionalProperties as JsonSchema) : undefined;
}

/** The schema of a field, that of a map's values included. */
export function fieldSchema(schema: JsonSchema, name: string): JsonSchema | undefined {
  const { properties } = schema;
  if (properties && Object.hasOwn(properties, name)) return properties[name];
  return valueSchema(schema);
}

/** 'spec' and 'size' give 'spec.size', without a dot where there is no path yet. */
export function childPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** Names of own members, sorted: the order in which the server shows what it found. */
export function sortedKeys(object: object): string[] {
  return Object.keys(object).sort();
}
