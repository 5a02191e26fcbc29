// Defaults of a schema; nulls where the schema takes none are dropped first. What does not change
// is shared.
// Upstream: apiextensions-apiserver/pkg/apiserver/schema/defaulting.
import { isJson, valueSchema, type Json, type JsonSchema } from './json-schema';
import { set } from './prune';

const defaulting = new WeakMap<JsonSchema, boolean>();

/** The value with what its schema says of fields that are missing or null. */
export function applyDefaults(value: unknown, schema: JsonSchema): unknown {
  if (isJson(value)) return ofObject(value, schema);
  if (!Array.isArray(value) || !schema.items) return value;
  const { items } = schema;
  const next = value.map((item) => {
    const isMissing = item === null && items.nullable !== true && items.default !== undefined;
    return isMissing ? items.default : applyDefaults(item, items);
  });
  return next.every((item, index) => item === value[index]) ? value : next;
}

function ofObject(object: Json, schema: JsonSchema): Json {
  let next: Record<string, unknown> | undefined;
  const put = (name: string, value: unknown): void => set((next ??= { ...object }), name, value);
  const { properties = {} } = schema;
  for (const name of Object.keys(properties)) {
    const property = properties[name];
    const given = Object.hasOwn(object, name) ? object[name] : undefined;
    if (given === null && property.nullable !== true) {
      if (property.default === undefined) delete (next ??= { ...object })[name];
    } else if (given !== undefined) {
      const value = applyDefaults(given, property);
      if (value !== given) put(name, value);
      continue;
    }
    if (given === null && property.nullable === true) continue;
    if (property.default !== undefined) put(name, applyDefaults(property.default, property));
  }
  const values = valueSchema(schema);
  if (values && mayDefault(values)) {
    for (const name of Object.keys(object)) {
      if (Object.hasOwn(properties, name)) continue;
      const value = applyDefaults(object[name], values);
      if (value !== object[name]) put(name, value);
    }
  }
  return next ?? object;
}

/** False for schemas of scalars, within which there is nothing to fill. */
function mayDefault(schema: JsonSchema): boolean {
  let known = defaulting.get(schema);
  if (known === undefined) {
    known = schema.type !== 'string' && schema.type !== 'integer' && schema.type !== 'boolean';
    defaulting.set(schema, known);
  }
  return known;
}
