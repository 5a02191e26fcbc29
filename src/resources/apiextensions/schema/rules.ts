// `x-kubernetes-validations`: the rules of a schema, compiled once and run over a value and, for
// those about transitions, its older version. The cost of all rules together is bounded.
// Upstream: apiextensions-apiserver/pkg/apiserver/schema/cel/{compilation,validation}.go.
import { deepEqual } from '../../../api/deep-equal';
import type { FieldErrors } from '../../../api/field-errors';
import { compile, evaluate, type CompileErrors, type Program } from '../../../cel/cel';
import { fromJson } from '../../../cel/json-values';
import { schemaType } from '../../../cel/schema-types';
import { optionalOf, type CelType } from '../../../cel/types';
import { CelError, OptionalValue, type CelValue } from '../../../cel/values';
import {
  childPath,
  isJson,
  sortedKeys,
  valueSchema,
  type JsonSchema,
  type ValidationRule,
} from './json-schema';
import { correlated, NO_OLD } from './validate-value';

const COST_BUDGET = 10_000_000;
const MESSAGE_BYTES_MAX = 5 * 1024;
const OUT_OF_BUDGET =
  'validation failed due to running out of cost budget, no further validation rules will be run';

/** A rule with its programs; a program that is no program says why. */
export interface CompiledRule {
  readonly rule: ValidationRule;
  readonly program: Program | CompileErrors;
  readonly message?: Program | CompileErrors;
  readonly usesOldSelf: boolean;
}

const compiled = new WeakMap<JsonSchema, readonly CompiledRule[]>();
const holdsRules = new WeakMap<JsonSchema, boolean>();

/** The rules at one node of a schema; `isResource` where apiVersion, kind and metadata are seen. */
export function compileRules(schema: JsonSchema, isResource: boolean): readonly CompiledRule[] {
  let rules = compiled.get(schema);
  if (!rules) {
    const type = schemaType(schema, isResource)?.type;
    const given = schema['x-kubernetes-validations'] ?? [];
    rules = type ? given.map((rule) => compileRule(rule, type)) : [];
    compiled.set(schema, rules);
  }
  return rules;
}

function compileRule(rule: ValidationRule, self: CelType): CompiledRule {
  const oldSelf = rule.optionalOldSelf === true ? optionalOf(self) : self;
  const variables = { self, oldSelf };
  const program = compile(rule.rule, { variables });
  const usesOldSelf = 'references' in program && program.references.has('oldSelf');
  const message = rule.messageExpression?.trim()
    ? compile(rule.messageExpression, { variables })
    : undefined;
  return { rule, program, usesOldSelf, ...(message && { message }) };
}

/** Runs the rules of a schema and of all within it. */
export function validateRules(
  value: unknown,
  schema: JsonSchema,
  errors: FieldErrors,
  old: unknown = NO_OLD,
  base = '',
): void {
  if (!hasRules(schema)) return;
  const walk = new RuleWalk(errors);
  walk.node(value, schema, true, base, old, false);
}

function hasRules(schema: JsonSchema): boolean {
  let known = holdsRules.get(schema);
  if (known === undefined) {
    const within = [
      ...Object.values(schema.properties ?? {}),
      ...(schema.items ? [schema.items] : []),
      ...(valueSchema(schema) ? [valueSchema(schema)!] : []),
    ];
    known = Boolean(schema['x-kubernetes-validations']?.length) || within.some(hasRules);
    holdsRules.set(schema, known);
  }
  return known;
}

class RuleWalk {
  private budget = COST_BUDGET;
  private isOver = false;

  constructor(private readonly errors: FieldErrors) {}

  /** `isSame`: an ancestor has not changed, so that nothing within is held against the update. */
  node(
    value: unknown,
    schema: JsonSchema,
    isResource: boolean,
    path: string,
    old: unknown,
    isSame: boolean,
  ): void {
    if (value === null || value === undefined || this.isOver || !hasRules(schema)) return;
    const unchanged = isSame || (old !== NO_OLD && deepEqual(value, old));
    this.rules(value, schema, isResource, path, old, unchanged);
    if (Array.isArray(value)) this.list(value, schema, path, old, unchanged);
    else if (isJson(value)) this.object(value, schema, path, old, unchanged);
  }

  private list(
    value: readonly unknown[],
    schema: JsonSchema,
    path: string,
    old: unknown,
    isSame: boolean,
  ): void {
    const { items } = schema;
    if (!items) return;
    const before = correlated(old, schema);
    const isResource = items['x-kubernetes-embedded-resource'] === true;
    for (const [index, item] of value.entries()) {
      this.node(item, items, isResource, `${path}[${index}]`, before(item), isSame);
    }
  }

  private object(
    value: Readonly<Record<string, unknown>>,
    schema: JsonSchema,
    path: string,
    old: unknown,
    isSame: boolean,
  ): void {
    const { properties = {} } = schema;
    const values = valueSchema(schema);
    const isAtomic = schema['x-kubernetes-map-type'] === 'atomic';
    for (const name of sortedKeys(value)) {
      const isDeclared = Object.hasOwn(properties, name);
      const own = isDeclared ? properties[name] : values;
      if (!own) continue;
      const at = isDeclared ? childPath(path, name) : `${path}[${name}]`;
      const before = !isAtomic && isJson(old) && Object.hasOwn(old, name) ? old[name] : NO_OLD;
      const isResource = own['x-kubernetes-embedded-resource'] === true;
      this.node(value[name], own, isResource, at, before, isSame);
    }
  }

  private rules(
    value: unknown,
    schema: JsonSchema,
    isResource: boolean,
    path: string,
    old: unknown,
    isSame: boolean,
  ): void {
    const rules = compileRules(schema, isResource);
    if (rules.length === 0) return;
    const type = schemaType(schema, isResource)!.type;
    const hasOld = old !== NO_OLD && old !== null && old !== undefined;
    const self = lazily(() => fromJson(value, type));
    const oldSelf = lazily(() => fromJson(old, type));
    for (const each of rules) {
      if (this.isOver) return;
      const isOptional = each.rule.optionalOldSelf === true;
      if (each.usesOldSelf && !hasOld && !isOptional) continue;
      if (isSame && !each.usesOldSelf) continue;
      const before = (): CelValue =>
        !isOptional ? oldSelf() : hasOld ? new OptionalValue(oldSelf()) : OptionalValue.none;
      this.rule(each, schema.type ?? '', path, { self, oldSelf: before });
    }
  }

  private rule(
    { rule, program, message }: CompiledRule,
    type: string,
    path: string,
    variables: Record<string, () => CelValue>,
  ): void {
    const at = path || '<nil>';
    const name = (rule.message || rule.rule).trim();
    if ('errors' in program) {
      const why = `compilation failed: ${program.text}`;
      this.errors.invalid(at, type, `rule compile error: ${why}`);
      return;
    }
    const result = this.run(program, variables);
    this.budget -= result.cost;
    if (this.budget < 0) {
      this.errors.invalid(at, type, OUT_OF_BUDGET);
      this.isOver = true;
    } else if ('error' in result) {
      this.failed(result, name, type, at);
    } else if (result.value !== true) {
      const text =
        this.messageOf(message, variables) ?? (rule.message?.trim() || `failed rule: ${name}`);
      this.add(rule.reason, fieldOf(path, rule) || '<nil>', type, text);
    }
  }

  private failed(
    { error, isCostLimit }: { error: string; isCostLimit: boolean },
    name: string,
    type: string,
    at: string,
  ): void {
    if (isCostLimit) {
      const why = 'no further validation rules will be run due to call cost exceeds limit for rule';
      this.errors.invalid(at, type, `'${error}': ${why}: ${name}`);
      this.isOver = true;
    } else if (error.startsWith('no such overload')) {
      const why = 'call arguments did not match a supported operator, function or macro signature';
      this.errors.invalid(at, type, `'${error}': ${why} for rule: ${name}`);
    } else {
      this.errors.invalid(at, type, `${error} evaluating rule: ${name}`);
    }
  }

  private run(program: Program, variables: Record<string, () => CelValue>) {
    try {
      return evaluate(program, variables);
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      return { error: error.message, isCostLimit: false, cost: 0 };
    }
  }

  /** Undefined when the expression does not give a message that can be shown. */
  private messageOf(
    program: Program | CompileErrors | undefined,
    variables: Record<string, () => CelValue>,
  ): string | undefined {
    if (!program || 'errors' in program) return undefined;
    const result = this.run(program, variables);
    this.budget -= result.cost;
    if ('error' in result || typeof result.value !== 'string') return undefined;
    const text = result.value.trim();
    const isShown = text !== '' && text.length <= MESSAGE_BYTES_MAX && !text.includes('\n');
    return isShown ? text : undefined;
  }

  private add(reason: string | undefined, at: string, type: string, text: string): void {
    if (reason === 'FieldValueForbidden') this.errors.forbidden(at, text);
    else if (reason === 'FieldValueRequired') this.errors.required(at, text);
    else if (reason === 'FieldValueDuplicate') this.errors.duplicate(at, type);
    else this.errors.invalid(at, type, text);
  }
}

function lazily(make: () => CelValue): () => CelValue {
  let made: CelValue | undefined;
  return () => (made ??= make());
}

/** Where an error of the rule is shown. */
function fieldOf(path: string, { fieldPath }: ValidationRule): string {
  const below = normalized(fieldPath);
  return below === '' ? path : childPath(path, below);
}

/** '.spec.x' is 'spec.x'; "['a-b'].c" is 'a-b.c'. */
function normalized(fieldPath = ''): string {
  return fieldPath
    .trim()
    .replace(/\['((?:[^'\\]|\\.)*)'\]/g, '.$1')
    .replace(/^\./, '');
}
