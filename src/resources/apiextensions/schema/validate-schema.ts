// What else the server checks of a schema: OpenAPI's own rules, lists and maps, defaults, and the
// rules in it with what they may cost.
// Upstream: apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import { deepEqual } from '../../../api/deep-equal';
import { schemaType } from '../../../cel/schema-types';
import { estimateCost } from '../../../cel/static-cost';
import type { Program } from '../../../cel/cel';
import { applyDefaults } from './apply-defaults';
import { findPath } from './field-path';
import { isJson, sortedKeys, valueSchema, type JsonSchema } from './json-schema';
import { prune } from './prune';
import { compileRules, validateRules, type CompiledRule } from './rules';
import { goRule } from './go-rule';
import { validateListType } from './validate-list-type';
import { NO_OLD, validateValue } from './validate-value';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const REASONS = [
  'FieldValueDuplicate',
  'FieldValueForbidden',
  'FieldValueInvalid',
  'FieldValueRequired',
];
const META: ReadonlySet<string> = new Set(['metadata', 'kind', 'apiVersion']);
const RULE_COST_MAX = 10_000_000;
const SCHEMA_COST_MAX = 100_000_000;
const TOP_COSTS = 4;

interface Place {
  readonly isRoot: boolean;
  readonly insideMeta: boolean;
  /** Why defaults must not be set here; undefined where they may. */
  readonly noDefaults?: string;
  /** The first ancestor whose parts cannot be told from their older version. */
  readonly uncorrelated?: string;
  /** How many of this there may be in an object; undefined under a junctor, without rules. */
  readonly cardinality?: number;
}

/** Adds what is wrong with a schema; its rules are looked into only when it is structural. */
export function validateSchema(
  schema: JsonSchema,
  path: string,
  errors: FieldErrors,
  isStructural = true,
): void {
  new SchemaCheck(errors).whole(schema, path, isStructural);
}

/** Words of OpenAPI without which no structural schema can be made of a schema. */
export function hasUnsupportedWords(schema: JsonSchema): boolean {
  const { properties = {}, items, not, allOf = [], anyOf = [], oneOf = [] } = schema;
  const isSet = (value: unknown): boolean => isJson(value) && Object.keys(value).length > 0;
  if (schema.id || schema.$ref || schema.additionalItems !== undefined) return true;
  if (schema.dependencies || Array.isArray(items)) return true;
  if (isSet(schema.patternProperties) || isSet(schema.definitions)) return true;
  const inner = [...Object.values(properties), valueSchema(schema), items, not];
  return [...inner, ...allOf, ...anyOf, ...oneOf].some(
    (each) => isJson(each) && hasUnsupportedWords(each as JsonSchema),
  );
}

/** Adds what is wrong with the defaults of a schema that is structural. */
export function validateDefaults(
  schema: JsonSchema,
  path: string,
  errors: FieldErrors,
  isResource = true,
): void {
  if (schema.default !== undefined) checkDefault(schema, path, errors, isResource);
  const { items, properties = {} } = schema;
  const within = (each: JsonSchema, at: string): void =>
    validateDefaults(each, at, errors, each['x-kubernetes-embedded-resource'] === true);
  if (items) within(items, `${path}.items`);
  for (const name of sortedKeys(properties))
    within(properties[name], `${path}.properties[${name}]`);
  const values = valueSchema(schema);
  if (values) within(values, `${path}.additionalProperties`);
}

function checkDefault(
  schema: JsonSchema,
  path: string,
  errors: FieldErrors,
  isResource: boolean,
): void {
  const at = `${path}.default`;
  const value = schema.default;
  if (!deepEqual(prune(value, schema, isResource), value)) {
    errors.invalid(at, value, 'must not have unknown fields');
  }
  const before = errors.causes.length;
  const filled = applyDefaults(value, schema);
  validateValue(filled, schema, errors, NO_OLD, at);
  if (errors.causes.length === before) validateRules(filled, schema, errors, filled, at);
}

class SchemaCheck {
  private total = 0;
  private costly: { path: string; cost: number }[] = [];

  constructor(private readonly errors: FieldErrors) {}

  whole(schema: JsonSchema, path: string, isStructural: boolean): void {
    const cardinality = isStructural ? 1 : undefined;
    this.node(schema, path, { isRoot: true, insideMeta: false, cardinality });
    if (this.total <= SCHEMA_COST_MAX) return;
    for (const each of this.costly) {
      this.errors.forbidden(
        each.path,
        'contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema',
      );
    }
    const name = 'x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema';
    this.errors.forbidden(path, costMessage(name, this.total, SCHEMA_COST_MAX));
  }

  private node(schema: JsonSchema, path: string, place: Place): void {
    const before = this.errors.causes.length;
    this.standard(schema, path, place);
    this.children(schema, path, place);
    this.own(schema, path);
    const rules = schema['x-kubernetes-validations'] ?? [];
    if (rules.length === 0) return;
    rules.forEach((_rule, index) => this.ruleFields(schema, index, path));
    if (this.errors.causes.length === before && place.cardinality !== undefined) {
      this.compiled(schema, path, place);
    }
  }

  private standard(schema: JsonSchema, path: string, place: Place): void {
    const { errors } = this;
    const refuse = (field: string, why: string): void => errors.forbidden(`${path}.${field}`, why);
    const { type = '' } = schema;
    if (type !== '' && !TYPES.includes(type)) errors.notSupported(`${path}.type`, type, TYPES);
    if (schema.default !== undefined && place.noDefaults !== undefined) {
      refuse('default', `must not be set${place.noDefaults && ' ' + place.noDefaults}`);
    }
    if (schema.id) refuse('id', 'id is not supported');
    const isSet = (value: unknown): boolean => isJson(value) && Object.keys(value).length > 0;
    if (schema.additionalItems !== undefined)
      refuse('additionalItems', 'additionalItems is not supported');
    if (isSet(schema.patternProperties))
      refuse('patternProperties', 'patternProperties is not supported');
    if (isSet(schema.definitions)) refuse('definitions', 'definitions is not supported');
    if (schema.dependencies) refuse('dependencies', 'dependencies is not supported');
    if (schema.$ref) refuse('$ref', '$ref is not supported');
    if (type === 'null')
      refuse('type', 'type cannot be set to null, use nullable as an alternative');
    if (Array.isArray(schema.items))
      refuse('items', 'items must be a schema object and not an array');
    if (place.insideMeta && schema['x-kubernetes-embedded-resource']) {
      refuse('x-kubernetes-embedded-resource', 'must not be used inside of resource meta');
    }
    if (schema.uniqueItems) {
      refuse(
        'uniqueItems',
        'uniqueItems cannot be set to true since the runtime complexity becomes quadratic',
      );
    }
  }

  private children(schema: JsonSchema, path: string, place: Place): void {
    const { properties = {}, additionalProperties, items, not } = schema;
    const names = sortedKeys(properties);
    const inner: Place = { ...place, isRoot: false };
    if (additionalProperties !== undefined) {
      if (names.length > 0 && additionalProperties !== true) {
        const why = 'additionalProperties and properties are mutual exclusive';
        this.errors.forbidden(`${path}.additionalProperties`, why);
      }
      const values = valueSchema(schema);
      const noDefaults = place.insideMeta
        ? 'inside additionalProperties applying to object metadata'
        : place.noDefaults;
      const cardinality = times(place.cardinality, sizeOf(schema));
      if (values)
        this.node(values, `${path}.additionalProperties`, { ...inner, noDefaults, cardinality });
    }
    const isAtomic = schema['x-kubernetes-map-type'] === 'atomic';
    for (const name of names) {
      this.node(properties[name], `${path}.properties[${name}]`, {
        ...inner,
        ...(isAtomic && { uncorrelated: place.uncorrelated ?? path }),
        ...this.metaPlace(schema, name, place),
      });
    }
    const junctor: Place = { ...inner, cardinality: undefined };
    if (not) this.node(not, `${path}.not`, junctor);
    for (const key of ['allOf', 'oneOf', 'anyOf'] as const) {
      (schema[key] ?? []).forEach((each, at) => this.node(each, `${path}.${key}[${at}]`, junctor));
    }
    if (items && !Array.isArray(items)) {
      const isMap = schema['x-kubernetes-list-type'] === 'map';
      const cardinality = times(place.cardinality, sizeOf(schema));
      const uncorrelated = isMap ? place.uncorrelated : (place.uncorrelated ?? path);
      this.node(items, `${path}.items`, { ...inner, cardinality, uncorrelated });
    }
  }

  private metaPlace(schema: JsonSchema, name: string, { isRoot }: Place): Partial<Place> {
    const isResource = isRoot || schema['x-kubernetes-embedded-resource'] === true;
    if (!isResource || !META.has(name)) return {};
    return { insideMeta: true, ...(isRoot && { noDefaults: `in top-level ${name}` }) };
  }

  private own(schema: JsonSchema, path: string): void {
    if (schema['x-kubernetes-preserve-unknown-fields'] === false) {
      const field = `${path}.x-kubernetes-preserve-unknown-fields`;
      this.errors.invalid(field, false, 'must be true or undefined');
    }
    validateListType(schema, path, this.errors);
  }

  private ruleFields(schema: JsonSchema, index: number, path: string): void {
    const { errors } = this;
    const rule = schema['x-kubernetes-validations']![index];
    const at = `${path}.x-kubernetes-validations[${index}]`;
    const { message = '', messageExpression = '', reason, fieldPath = '' } = rule;
    const text = (rule.rule ?? '').trim();
    if (text === '') errors.required(`${at}.rule`, 'rule is not specified');
    else if (message !== '' && message.trim() === '') {
      errors.invalid(`${at}.message`, message, 'message must be non-empty if specified');
    } else if (hasLines(message.trim())) {
      errors.invalid(`${at}.message`, message, 'message must not contain line breaks');
    } else if (hasLines(text) && message.trim() === '') {
      const why = 'message must be specified if rule contains line breaks';
      errors.required(`${at}.message`, why);
    }
    if (messageExpression !== '' && messageExpression.trim() === '') {
      const why = 'messageExpression must be non-empty if specified';
      errors.required(`${at}.messageExpression`, why);
    }
    if (reason !== undefined && !REASONS.includes(reason)) {
      errors.notSupported(`${at}.reason`, reason, REASONS);
    }
    if (fieldPath === '') return;
    if (fieldPath.trim() === '') {
      errors.invalid(`${at}.fieldPath`, fieldPath, 'fieldPath must be non-empty if specified');
    }
    if (hasLines(fieldPath)) {
      errors.invalid(`${at}.fieldPath`, fieldPath, 'fieldPath must not contain line breaks');
    }
    if (typeof findPath(fieldPath, schema) === 'string') {
      errors.invalid(`${at}.fieldPath`, fieldPath, 'fieldPath must be a valid path');
    }
  }

  private compiled(schema: JsonSchema, path: string, place: Place): void {
    const isResource = place.isRoot || schema['x-kubernetes-embedded-resource'] === true;
    const key = `${path}.x-kubernetes-validations`;
    if (!schemaType(schema, isResource)) {
      const why =
        'internal error: failed to retrieve type information for x-kubernetes-validations';
      this.errors.add('InternalError', key, `Internal error: ${why}`);
      return;
    }
    compileRules(schema, isResource).forEach((rule, index) => {
      this.rule(rule, `${key}[${index}]`, place);
    });
  }

  private rule(
    { rule, program, message, usesOldSelf }: CompiledRule,
    at: string,
    place: Place,
  ): void {
    const { errors } = this;
    if ('errors' in program) {
      errors.invalid(`${at}.rule`, goRule(rule), `compilation failed: ${program.text}`);
    } else if (program.resultType.kind !== 'bool') {
      errors.invalid(`${at}.rule`, goRule(rule), 'cel expression must evaluate to a bool');
    } else {
      this.cost(program, `${at}.rule`, 'estimated rule cost', place.cardinality!);
    }
    if (message && 'errors' in message) {
      const why = `messageExpression compilation failed: ${message.text}`;
      errors.invalid(`${at}.messageExpression`, goRule(rule), why);
    } else if (message && message.resultType.kind !== 'string') {
      const why = 'messageExpression must evaluate to a string';
      errors.invalid(`${at}.messageExpression`, goRule(rule), why);
    } else if (message) {
      this.cost(message, `${at}.messageExpression`, 'estimated messageExpression cost', 1);
    }
    if (usesOldSelf && place.uncorrelated !== undefined) {
      const where = `within ${place.uncorrelated}`;
      const why = `oldSelf cannot be used on the uncorrelatable portion of the schema ${where}`;
      errors.invalid(`${at}.rule`, rule.rule, why);
    } else if (!usesOldSelf && rule.optionalOldSelf !== undefined) {
      const why = 'may not be set if oldSelf is not used in rule';
      errors.invalid(`${at}.optionalOldSelf`, rule.optionalOldSelf, why);
    }
  }

  private cost({ expr }: Program, path: string, name: string, cardinality: number): void {
    const cost = Math.min(2 ** 64, estimateCost(expr).max * cardinality);
    if (cost > RULE_COST_MAX) {
      this.errors.forbidden(path, costMessage(name, cost, RULE_COST_MAX));
    }
    this.total = Math.min(2 ** 64, this.total + cost);
    if (cost < SCHEMA_COST_MAX / 100) return;
    this.costly = [...this.costly, { path, cost }]
      .sort((a, b) => b.cost - a.cost)
      .slice(0, TOP_COSTS);
  }
}

function times(cardinality: number | undefined, size: number): number | undefined {
  return cardinality === undefined ? undefined : Math.min(2 ** 64, cardinality * size);
}

/** The most items or entries that a list or map can have. */
function sizeOf(schema: JsonSchema): number {
  const type = schemaType(schema)?.type as { maxElements?: number } | undefined;
  return type?.maxElements ?? schema.maxItems ?? schema.maxProperties ?? 3 * 1024 * 1024;
}

function costMessage(name: string, cost: number, max: number): string {
  const factor = cost / max;
  const shown =
    factor > 100
      ? 'more than 100x'
      : factor < 1.5
        ? `${factor.toFixed(6)}x`
        : `${factor.toFixed(1)}x`;
  return (
    `${name} exceeds budget by factor of ${shown} (try simplifying the rule, or adding maxItems, ` +
    'maxProperties, and maxLength where arrays, maps, and strings are declared)'
  );
}

function hasLines(text: string): boolean {
  return /[\n\r]/.test(text);
}
