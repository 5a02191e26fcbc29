// Resources within resources: they say what they are.
// Upstream: apiextensions-apiserver/pkg/apiserver/schema/objectmeta/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import {
  childPath,
  fieldSchema,
  isJson,
  sortedKeys,
  type Json,
  type JsonSchema,
} from './json-schema';

/** Adds an error for each embedded resource without an apiVersion or kind. */
export function validateEmbedded(
  value: unknown,
  schema: JsonSchema,
  errors: FieldErrors,
  path = '',
): void {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!items) return;
    value.forEach((item, index) => validateEmbedded(item, items, errors, `${path}[${index}]`));
  } else if (isJson(value)) {
    if (schema['x-kubernetes-embedded-resource'] === true) typeMeta(value, errors, path);
    for (const name of sortedKeys(value)) {
      const own = fieldSchema(schema, name);
      if (own) validateEmbedded(value[name], own, errors, childPath(path, name));
    }
  }
}

function typeMeta(value: Json, errors: FieldErrors, path: string): void {
  for (const field of ['apiVersion', 'kind']) {
    const at = childPath(path, field);
    const given = value[field];
    if (given === undefined) errors.required(at, 'must not be empty');
    else if (typeof given !== 'string') errors.invalid(at, given, 'must be a string');
    else if (given === '') errors.invalid(at, given, 'must not be empty');
    else if (field === 'apiVersion' && given.split('/').length > 2) {
      errors.invalid(at, given, `unexpected GroupVersion string: ${given}`);
    }
  }
}
