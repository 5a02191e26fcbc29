// `x-kubernetes-list-type`, `-list-map-keys` and `-map-type`, and what they ask of the items.
// Upstream: apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import type { JsonSchema } from './json-schema';

const LIST_TYPES = ['atomic', 'set', 'map'];
const MAP_TYPES = ['atomic', 'granular'];

/** Adds what is wrong with them at one node of a schema. */
export function validateListType(schema: JsonSchema, path: string, errors: FieldErrors): void {
  const listType = schema['x-kubernetes-list-type'];
  const mapType = schema['x-kubernetes-map-type'];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  if (mapType !== undefined) {
    needsType(schema, 'object', 'map', path, errors);
    if (!MAP_TYPES.includes(mapType)) {
      errors.notSupported(`${path}.x-kubernetes-map-type`, mapType, MAP_TYPES);
    }
  }
  if (listType !== undefined) {
    if (schema.type !== 'array') needsType(schema, 'array', 'list', path, errors);
    else if (listType === 'set') setItems(schema, path, errors);
    if (!LIST_TYPES.includes(listType)) {
      errors.notSupported(`${path}.x-kubernetes-list-type`, listType, LIST_TYPES);
    }
  }
  if (keys.length > 0 && listType !== 'map') {
    const why = 'must be map if x-kubernetes-list-map-keys is non-empty';
    const field = `${path}.x-kubernetes-list-type`;
    if (listType === undefined) errors.required(field, why);
    else errors.invalid(field, listType, why);
  }
  if (listType === 'map') mapItems(schema, keys, path, errors);
  if (listType === 'set' || listType === 'map') notNullable(schema, listType, keys, path, errors);
}

function needsType(
  { type = '' }: JsonSchema,
  wanted: string,
  what: string,
  path: string,
  errors: FieldErrors,
): void {
  if (type === wanted) return;
  const why = `must be ${wanted} if x-kubernetes-${what}-type is specified`;
  if (type === '') errors.required(`${path}.type`, why);
  else errors.invalid(`${path}.type`, type, why);
}

function setItems({ items }: JsonSchema, path: string, errors: FieldErrors): void {
  const why = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const listType = items?.['x-kubernetes-list-type'];
  if (items?.type === 'array' && listType !== undefined && listType !== 'atomic') {
    errors.invalid(`${path}.items.x-kubernetes-list-type`, listType, why);
  }
  if (items?.type === 'object' && items['x-kubernetes-map-type'] !== 'atomic') {
    errors.invalid(`${path}.items.x-kubernetes-map-type`, listType ?? null, why);
  }
}

function mapItems(
  { items }: JsonSchema,
  keys: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  const field = `${path}.x-kubernetes-list-map-keys`;
  if (keys.length === 0) {
    errors.required(field, 'must not be empty if x-kubernetes-list-type is map');
  }
  if (!items) {
    errors.required(`${path}.items`, 'must have a schema if x-kubernetes-list-type is map');
    return;
  }
  if (items.type !== 'object') {
    const why = "must be object if parent array's x-kubernetes-list-type is map";
    errors.invalid(`${path}.items.type`, items.type ?? '', why);
    return;
  }
  const seen = new Set<string>();
  for (const key of keys) {
    const { properties = {} } = items;
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!own) errors.invalid(field, keys, 'entries must all be names of item properties');
    else if (own.type === 'array' || own.type === 'object') {
      const why = "must be a scalar type if parent array's x-kubernetes-list-type is map";
      errors.invalid(`${path}.items.properties[${key}].type`, items.type, why);
    }
    if (seen.has(key)) errors.invalid(field, keys, 'must not contain duplicate entries');
    seen.add(key);
  }
}

function notNullable(
  { items }: JsonSchema,
  listType: string,
  keys: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  if (items?.nullable) {
    const why = `cannot be nullable when x-kubernetes-list-type is ${listType}`;
    errors.forbidden(`${path}.items.nullable`, why);
  }
  if (listType !== 'map') return;
  for (const key of keys) {
    const { properties = {}, required = [] } = items ?? {};
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!own) continue;
    const at = `${path}.items.properties[${key}]`;
    const which = 'this property is in x-kubernetes-list-map-keys, so it';
    if (!required.includes(key) && own.default === undefined) {
      errors.required(`${at}.default`, `${which} must have a default or be a required property`);
    }
    if (own.nullable) errors.forbidden(`${at}.nullable`, `${which} cannot be nullable`);
  }
}
