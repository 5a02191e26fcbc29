// The wire schema: the fields of every built-in type of Kubernetes 1.36, as the API server decodes
// them, in the smallest form that validation and strict decoding can read. The data is generated
// (`npm run generate`) into generated/wire-schema.ts; this file only gives it types and accessors.

/**
 * One field's type in short form: 's' string, 'b' boolean, 'i' int32, 'l' int64, 'n' number,
 * 't' RFC 3339 time, 'T' time with microseconds, 'q' quantity, 'x' int-or-string, 'y' base64 bytes,
 * 'o' any JSON, '@PodSpec' an object of that type, '[' followed by the item's type for a list,
 * '{' followed by the value's type for a map with string keys.
 */
export type FieldType = string;

export interface TypeSchema {
  readonly fields: Readonly<Record<string, FieldType>>;
  readonly required?: readonly string[];
}

export interface WireSchema {
  /** By short type name: 'PodSpec'; where groups share a name, prefixed: 'EventsV1Event'. */
  readonly types: Readonly<Record<string, TypeSchema>>;
  /** Type name by 'apiVersion/kind': 'apps/v1/Deployment', 'v1/Pod'. */
  readonly kinds: Readonly<Record<string, string>>;
}

/** The schema of a kind, by its apiVersion ('apps/v1') and kind; undefined when not built in. */
export function kindSchema(
  schema: WireSchema,
  apiVersion: string,
  kind: string,
): TypeSchema | undefined {
  const typeName = schema.kinds[`${apiVersion}/${kind}`];
  return typeName === undefined ? undefined : schema.types[typeName];
}

/** The schema behind '@PodSpec', also inside lists and maps; undefined for scalars. */
export function fieldSchema(schema: WireSchema, type: FieldType): TypeSchema | undefined {
  const at = type.indexOf('@');
  return at < 0 ? undefined : schema.types[type.slice(at + 1)];
}

/** The item type of a list ('[s' gives 's') or the value type of a map; undefined for the rest. */
export function elementType(type: FieldType): FieldType | undefined {
  return type[0] === '[' || type[0] === '{' ? type.slice(1) : undefined;
}
