// Whether a schema is structural: every field has a type where it is named, and what stands under
// allOf, anyOf, oneOf and not only narrows it.
// Upstream: apiextensions-apiserver/pkg/apiserver/schema/{validation,complete}.go.
import { deepEqual } from '../../../api/deep-equal';
import { FieldErrors } from '../../../api/field-errors';
import { regexpProblem } from '../../../cel/regexp/regexp';
import { sortedKeys, valueSchema, type JsonSchema } from './json-schema';

type Level = 'root' | 'field' | 'item';

const INT_OR_STRING = [{ type: 'integer' }, { type: 'string' }];
const EMPTY_TYPE: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

/** What keeps the schema from being structural, sorted by its text. */
export function structuralErrors(schema: JsonSchema, path: string): FieldErrors {
  const errors = new FieldErrors();
  invariants(schema, 'root', path, errors);
  complete(schema, path, errors);
  errors.causes.sort((a, b) => {
    const [x, y] = [a, b].map(({ field = '', message }) => `${field}: ${message}`);
    return x < y ? -1 : x > y ? 1 : 0;
  });
  return errors;
}

function invariants(schema: JsonSchema, level: Level, path: string, errors: FieldErrors): void {
  const { type = '', items, properties = {}, additionalProperties } = schema;
  if (type === 'array' && !items) errors.required(`${path}.items`, 'must be specified');
  if (items) invariants(items, 'item', `${path}.items`, errors);
  for (const name of sortedKeys(properties)) {
    invariants(properties[name], 'field', `${path}.properties[${name}]`, errors);
  }
  if (additionalProperties !== undefined) {
    const at = `${path}.additionalProperties`;
    if (level === 'root') errors.forbidden(at, 'must not be used at the root');
    const values = valueSchema(schema);
    if (values) invariants(values, 'field', at, errors);
  }
  extensions(schema, path, errors);
  const isAnyOf = deepEqual(schema.anyOf, INT_OR_STRING);
  const isAllOf = deepEqual(schema.allOf?.[0]?.anyOf, INT_OR_STRING);
  valueValidation(schema, isAnyOf, isAllOf, level, path, errors);
  typeAndMetadata(schema, level, path, errors);
}

function extensions(schema: JsonSchema, path: string, errors: FieldErrors): void {
  if (schema['x-kubernetes-int-or-string'] !== true) return;
  for (const name of ['preserve-unknown-fields', 'embedded-resource'] as const) {
    const key = `x-kubernetes-${name}` as const;
    if (schema[key] === true) {
      errors.invalid(`${path}.${key}`, true, 'must be false if x-kubernetes-int-or-string is true');
    }
  }
}

function typeAndMetadata(
  schema: JsonSchema,
  level: Level,
  path: string,
  errors: FieldErrors,
): void {
  const { type = '', properties = {} } = schema;
  const isEmbedded = schema['x-kubernetes-embedded-resource'] === true;
  const keepsUnknown = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (isEmbedded && type !== 'object') {
    const why = 'must be object if x-kubernetes-embedded-resource is true';
    if (type === '') errors.required(`${path}.type`, why);
    else errors.invalid(`${path}.type`, type, why);
  } else if (type === '' && schema['x-kubernetes-int-or-string'] !== true && !keepsUnknown) {
    errors.required(`${path}.type`, EMPTY_TYPE[level]);
  }
  if (isEmbedded && schema.additionalProperties !== undefined) {
    const why = 'must not be used if x-kubernetes-embedded-resource is set';
    errors.forbidden(`${path}.additionalProperties`, why);
  }
  if (level === 'root' && type !== '' && type !== 'object') {
    errors.invalid(`${path}.type`, type, 'must be object at the root');
  }
  const isResource = level === 'root' || isEmbedded;
  for (const name of ['kind', 'apiVersion']) {
    const own = isResource && Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (own && own.type !== 'string') {
      errors.invalid(`${path}.properties[${name}].type`, own.type ?? '', 'must be string');
    }
  }
  if (Object.hasOwn(properties, 'metadata')) {
    metadata(properties.metadata, isResource, level, `${path}.properties[metadata]`, errors);
  }
  if (isEmbedded && !keepsUnknown && Object.keys(properties).length === 0) {
    errors.required(
      `${path}.properties`,
      'must not be empty if x-kubernetes-embedded-resource is true without ' +
        'x-kubernetes-preserve-unknown-fields',
    );
  }
}

function metadata(
  schema: JsonSchema,
  isResource: boolean,
  level: Level,
  path: string,
  errors: FieldErrors,
): void {
  if (isResource && schema.type !== 'object') {
    errors.invalid(`${path}.type`, schema.type ?? '', 'must be object');
  }
  if (level !== 'root') return;
  const { type: _type, description: _description, default: _default, properties, ...rest } = schema;
  const isNamesOnly = Object.keys(properties ?? {}).every(
    (name) => name === 'name' || name === 'generateName',
  );
  if (isNamesOnly && Object.keys(rest).length === 0) return;
  errors.forbidden(
    path,
    'must not specify anything other than name and generateName, but metadata is implicitly ' +
      'specified',
  );
}

function valueValidation(
  schema: JsonSchema,
  skipsAnyOf: boolean,
  skipsFirstAllOf: boolean,
  level: Level,
  path: string,
  errors: FieldErrors,
): void {
  const { anyOf = [], allOf = [], oneOf = [], not, pattern } = schema;
  if (!skipsAnyOf)
    anyOf.forEach((each, at) => nested(each, false, level, `${path}.anyOf[${at}]`, errors));
  allOf.forEach((each, at) => {
    nested(each, skipsFirstAllOf && at === 0, level, `${path}.allOf[${at}]`, errors);
  });
  oneOf.forEach((each, at) => nested(each, false, level, `${path}.oneOf[${at}]`, errors));
  if (not) nested(not, false, level, `${path}.not`, errors);
  const problem = pattern ? regexpProblem(pattern) : undefined;
  if (problem !== undefined) {
    const why = `must be a valid regular expression, but isn't: ${problem}`;
    errors.invalid(`${path}.pattern`, pattern, why);
  }
}

/** What must not stand under a logical junctor, and how the server words it. */
const FORBIDDEN: readonly (readonly [keyof JsonSchema, string])[] = [
  ['type', 'must be empty to be structural'],
  ['additionalProperties', 'must be undefined to be structural'],
  ['default', 'must be undefined to be structural'],
  ['title', 'must be empty to be structural'],
  ['description', 'must be empty to be structural'],
  ['nullable', 'must be false to be structural'],
  ['externalDocs', 'must be undefined to be structural'],
  ['x-kubernetes-preserve-unknown-fields', 'must be false to be structural'],
  ['x-kubernetes-embedded-resource', 'must be false to be structural'],
  ['x-kubernetes-int-or-string', 'must be false to be structural'],
  ['x-kubernetes-list-map-keys', 'must be empty to be structural'],
  ['x-kubernetes-list-type', 'must be undefined to be structural'],
  ['x-kubernetes-map-type', 'must be undefined to be structural'],
  ['x-kubernetes-validations', 'must be empty to be structural'],
];

function nested(
  schema: JsonSchema,
  skipsAnyOf: boolean,
  level: Level,
  path: string,
  errors: FieldErrors,
): void {
  valueValidation(schema, skipsAnyOf, false, level, path, errors);
  const { items, properties = {} } = schema;
  if (items) nested(items, false, level, `${path}.items`, errors);
  for (const name of sortedKeys(properties)) {
    nested(properties[name], false, 'field', `${path}.properties[${name}]`, errors);
  }
  for (const [key, why] of FORBIDDEN) {
    const value = schema[key];
    const isEmpty = value === undefined || value === '' || value === false;
    if (!isEmpty && !(Array.isArray(value) && value.length === 0)) {
      errors.forbidden(`${path}.${key}`, why);
    }
  }
  if (Object.hasOwn(properties, 'metadata')) {
    const why = 'must not be specified in a nested context';
    errors.forbidden(`${path}.properties[metadata]`, why);
  }
}

/** Fields that are only named under a junctor. */
function complete(schema: JsonSchema, path: string, errors: FieldErrors): void {
  junctors(schema, schema, path, path, errors);
  const { items, properties = {} } = schema;
  if (items) complete(items, `${path}.items`, errors);
  for (const name of sortedKeys(properties)) {
    complete(properties[name], `${path}.properties[${name}]`, errors);
  }
  const values = valueSchema(schema);
  if (values) complete(values, `${path}.additionalProperties`, errors);
}

function junctors(
  validation: JsonSchema,
  schema: JsonSchema,
  path: string,
  from: string,
  errors: FieldErrors,
): void {
  const { not } = validation;
  if (not) covered(not, schema, path, `${from}.not`, errors);
  for (const name of ['allOf', 'anyOf', 'oneOf'] as const) {
    (validation[name] ?? []).forEach((each, at) => {
      covered(each, schema, path, `${from}.${name}[${at}]`, errors);
    });
  }
}

function covered(
  validation: JsonSchema,
  schema: JsonSchema | undefined,
  path: string,
  from: string,
  errors: FieldErrors,
): void {
  if (!schema) {
    errors.required(path, `because it is defined in ${from}`);
    return;
  }
  junctors(validation, schema, path, from, errors);
  const { items, properties = {} } = validation;
  if (items) covered(items, schema.items, `${path}.items`, `${from}.items`, errors);
  for (const name of sortedKeys(properties)) {
    const own = schema.properties;
    const spine = own && Object.hasOwn(own, name) ? own[name] : undefined;
    const at = `.properties[${name}]`;
    covered(properties[name], spine, path + at, from + at, errors);
  }
}
