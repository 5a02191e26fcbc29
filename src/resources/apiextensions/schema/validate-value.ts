// Validation of a value by its schema, in the words of the real server's validator. Of an update,
// what did not change is not held against it (ratcheting).
// Where the real one differs: fields are looked at in the order of their names, there in any.
// Upstream: kube-openapi/pkg/validation/validate, apiextensions-apiserver/pkg/apiserver/validation.
import { deepEqual } from '../../../api/deep-equal';
import { FieldErrors } from '../../../api/field-errors';
import { compileRegexp } from '../../../cel/regexp/regexp';
import { isOfFormat } from './formats';
import {
  childPath,
  isJson,
  sortedKeys,
  valueSchema,
  type Json,
  type JsonSchema,
} from './json-schema';

/** Stands for a value that there is no older version of. */
export const NO_OLD = Symbol('no old value');

/** `base` is the field that errors are shown at, `path` the place within the value. */
export function validateValue(
  value: unknown,
  schema: JsonSchema,
  errors: FieldErrors,
  old: unknown = NO_OLD,
  base = '',
): void {
  new Validator(errors, base).validate(value, schema, '', old);
}

class Validator {
  constructor(
    private readonly errors: FieldErrors,
    private readonly base: string,
  ) {}

  validate(value: unknown, schema: JsonSchema, path: string, old: unknown): void {
    if (old !== NO_OLD && deepEqual(value, old)) return;
    this.checkType(value, schema, path);
    if (value !== null) this.composite(value, schema, path);
    if (typeof value === 'string') this.text(value, schema, path);
    if (typeof value === 'number') this.number(value, schema, path);
    if (Array.isArray(value)) this.list(value, schema, path, old);
    this.choice(value, schema, path);
    if (isJson(value)) this.object(value, schema, path, old);
  }

  private at(path: string): string {
    return (path === '' ? this.base : childPath(this.base, path)) || '<nil>';
  }

  private invalid(path: string, value: unknown, what: string): void {
    this.errors.invalid(this.at(path), value, `${path} in body ${what}`);
  }

  private checkType(value: unknown, schema: JsonSchema, path: string): void {
    const isEither = schema['x-kubernetes-int-or-string'] === true;
    const wanted = isEither ? ['integer', 'string'] : schema.type ? [schema.type] : [];
    if (value === null && schema.nullable === true) return;
    const actual = jsonType(value);
    if (wanted.length === 0) return;
    if (wanted.includes(actual) || (actual === 'integer' && wanted.includes('number'))) return;
    const message = `${path} in body must be of type ${wanted.join(',')}: "${actual}"`;
    this.errors.typeInvalid(this.at(path), actual, message);
  }

  private composite(value: unknown, schema: JsonSchema, path: string): void {
    const { allOf, anyOf, oneOf, not } = schema;
    if (anyOf) this.anyOf(value, anyOf, path);
    if (oneOf) this.oneOf(value, oneOf, path);
    if (allOf) this.allOf(value, allOf, path);
    if (not && this.attempt(value, not, path).isEmpty) {
      this.whole(`"${path}" must not validate the schema (not)`);
    }
  }

  private anyOf(value: unknown, schemas: readonly JsonSchema[], path: string): void {
    const results = schemas.map((schema) => this.attempt(value, schema, path));
    if (schemas.length === 0 || results.some(({ isEmpty }) => isEmpty)) return;
    this.whole(`"${path}" must validate at least one schema (anyOf)`);
    this.takeBest(results);
  }

  private oneOf(value: unknown, schemas: readonly JsonSchema[], path: string): void {
    const results = schemas.map((schema) => this.attempt(value, schema, path));
    const count = results.filter(({ isEmpty }) => isEmpty).length;
    if (schemas.length === 0 || count === 1) return;
    const found = count === 0 ? 'Found none valid' : `Found ${count} valid alternatives`;
    this.whole(`"${path}" must validate one and only one schema (oneOf). ${found}`);
    if (count === 0) this.takeBest(results);
  }

  private allOf(value: unknown, schemas: readonly JsonSchema[], path: string): void {
    const results = schemas.map((schema) => this.attempt(value, schema, path));
    for (const { causes } of results) this.errors.causes.push(...causes);
    const count = results.filter(({ isEmpty }) => isEmpty).length;
    if (count === schemas.length) return;
    const none = count === 0 ? '. None validated' : '';
    this.whole(`"${path}" must validate all the schemas (allOf)${none}`);
  }

  private attempt(value: unknown, schema: JsonSchema, path: string): FieldErrors {
    const errors = new FieldErrors();
    new Validator(errors, this.base).validate(value, schema, path, NO_OLD);
    return errors;
  }

  /** Of several that failed, what the one that came nearest found. */
  private takeBest(results: readonly FieldErrors[]): void {
    const best = results.reduce((a, b) => (b.causes.length < a.causes.length ? b : a));
    this.errors.causes.push(...best.causes);
  }

  /** Such an error names no field. */
  private whole(message: string): void {
    this.errors.invalid(this.base || '<nil>', '', message);
  }

  private text(value: string, schema: JsonSchema, path: string): void {
    const { minLength, maxLength, pattern, format } = schema;
    const length = [...value].length;
    if (maxLength !== undefined && length > maxLength) {
      this.errors.tooLong(this.at(path), maxLength);
    }
    if (minLength !== undefined && length < minLength) {
      this.invalid(path, value, `should be at least ${minLength} chars long`);
    }
    if (pattern && !compileRegexp(pattern).test(value)) {
      this.invalid(path, value, `should match '${pattern}'`);
    }
    if (format && !isOfFormat(value, format)) {
      const message = `${path} in body must be of type ${format}: ${JSON.stringify(value)}`;
      this.errors.typeInvalid(this.at(path), value, message);
    }
  }

  private number(value: number, schema: JsonSchema, path: string): void {
    const { minimum, maximum, multipleOf, format } = schema;
    if (multipleOf !== undefined && !isMultiple(value, multipleOf)) {
      this.invalid(path, value, `should be a multiple of ${multipleOf}`);
    }
    if (maximum !== undefined) {
      const isOver = schema.exclusiveMaximum ? value >= maximum : value > maximum;
      const than = schema.exclusiveMaximum ? 'less than' : 'less than or equal to';
      if (isOver) this.invalid(path, value, `should be ${than} ${maximum}`);
    }
    if (minimum !== undefined) {
      const isUnder = schema.exclusiveMinimum ? value <= minimum : value < minimum;
      const than = schema.exclusiveMinimum ? 'greater than' : 'greater than or equal to';
      if (isUnder) this.invalid(path, value, `should be ${than} ${minimum}`);
    }
    const isTooWide = value > 2 ** 31 - 1 || value < -(2 ** 31);
    if (format === 'int32' && Number.isInteger(value) && isTooWide) {
      this.invalid(path, value, `must be of type integer with format int32`);
    }
  }

  private list(value: readonly unknown[], schema: JsonSchema, path: string, old: unknown): void {
    const { minItems, maxItems, items } = schema;
    if (items) {
      const before = correlated(old, schema);
      for (const [index, item] of value.entries()) {
        this.validate(item, items, `${path}[${index}]`, before(item));
      }
    }
    if (minItems !== undefined && value.length < minItems) {
      this.invalid(path, value.length, `should have at least ${minItems} items`);
    }
    if (maxItems !== undefined && value.length > maxItems) {
      this.errors.tooMany(this.at(path), value.length, maxItems);
    }
  }

  private choice(value: unknown, schema: JsonSchema, path: string): void {
    const choices = schema.enum;
    if (!choices || choices.some((each) => deepEqual(each, value))) return;
    if (value === null && schema.nullable !== true) return;
    const texts = choices.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
    this.errors.notSupported(this.at(path), value, texts);
  }

  private object(value: Json, schema: JsonSchema, path: string, old: unknown): void {
    const { minProperties, maxProperties, properties = {}, required = [] } = schema;
    const count = Object.keys(value).length;
    if (minProperties !== undefined && count < minProperties) {
      this.invalid(path, count, `should have at least ${minProperties} properties`);
      return;
    }
    if (maxProperties !== undefined && count > maxProperties) {
      this.errors.tooMany(this.at(path), count, maxProperties);
      return;
    }
    const before = (name: string): unknown =>
      isJson(old) && schema['x-kubernetes-map-type'] !== 'atomic' && Object.hasOwn(old, name)
        ? old[name]
        : NO_OLD;
    const values = valueSchema(schema);
    for (const name of sortedKeys(value)) {
      const isDeclared = Object.hasOwn(properties, name);
      const own = isDeclared ? properties[name] : values;
      if (own) this.validate(value[name], own, childPath(path, name), before(name));
    }
    for (const name of required) {
      if (!Object.hasOwn(value, name)) this.errors.required(this.at(childPath(path, name)));
    }
  }
}

/** 'integer' and 'number' apart, as messages name them. */
export function jsonType(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'object' ? 'object' : typeof value;
}

/** Finds the older version of a list's item: only lists of type map know which that is. */
export function correlated(old: unknown, schema: JsonSchema): (item: unknown) => unknown {
  const keys = schema['x-kubernetes-list-map-keys'];
  const isMap = schema['x-kubernetes-list-type'] === 'map' && keys !== undefined;
  if (!isMap || !Array.isArray(old)) return () => NO_OLD;
  const byKey = new Map(old.map((item) => [itemKey(item, keys), item as unknown]));
  return (item) => {
    const key = itemKey(item, keys);
    return byKey.has(key) ? byKey.get(key) : NO_OLD;
  };
}

/** What tells an item of a list of type map from the others. */
export function itemKey(item: unknown, keys: readonly string[]): string {
  return JSON.stringify(keys.map((key) => (isJson(item) ? (item[key] ?? null) : null)));
}

function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return of > 0 && Math.abs(quotient - Math.round(quotient)) < 1e-9;
}
