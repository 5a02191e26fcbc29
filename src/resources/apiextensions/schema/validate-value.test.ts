import { describe, expect, test } from 'vitest';
import { FieldErrors } from '../../../api/field-errors';
import { applyDefaults } from './apply-defaults';
import type { JsonSchema } from './json-schema';
import { prune } from './prune';
import { validateRules } from './rules';
import { validateLists } from './validate-lists';
import { NO_OLD, validateValue } from './validate-value';

function problems(value: unknown, schema: JsonSchema, old: unknown = NO_OLD): string[] {
  const errors = new FieldErrors();
  validateValue(value, schema, errors, old);
  validateLists(value, schema, errors);
  if (errors.isEmpty) validateRules(value, schema, errors, old);
  return errors.causes.map(({ field, message }) => `${field}: ${message}`);
}

const inSpec = (schema: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: { a: schema },
});

describe('values that are wrong', () => {
  test.each<[string, JsonSchema, unknown, string[]]>([
    [
      'type',
      { type: 'integer' },
      'x',
      ['a: Invalid value: "string": a in body must be of type integer: "string"'],
    ],
    [
      'null',
      { type: 'string' },
      null,
      ['a: Invalid value: "null": a in body must be of type string: "null"'],
    ],
    ['nullable', { type: 'string', nullable: true }, null, []],
    [
      'int or string',
      { 'x-kubernetes-int-or-string': true },
      true,
      ['a: Invalid value: "boolean": a in body must be of type integer,string: "boolean"'],
    ],
    ['whole numbers are numbers', { type: 'number' }, 3, []],
    [
      'enum',
      { type: 'string', enum: ['x', 'y'] },
      'z',
      ['a: Unsupported value: "z": supported values: "x", "y"'],
    ],
    [
      'pattern',
      { type: 'string', pattern: '^a+$' },
      'b',
      ['a: Invalid value: "b": a in body should match \'^a+$\''],
    ],
    [
      'maxLength',
      { type: 'string', maxLength: 2 },
      'abc',
      ['a: Too long: may not be more than 2 bytes'],
    ],
    [
      'minLength',
      { type: 'string', minLength: 2 },
      'a',
      ['a: Invalid value: "a": a in body should be at least 2 chars long'],
    ],
    [
      'exclusive bounds',
      { type: 'integer', minimum: 1, exclusiveMinimum: true },
      1,
      ['a: Invalid value: 1: a in body should be greater than 1'],
    ],
    ['multipleOf', { type: 'number', multipleOf: 0.1 }, 0.3, []],
    [
      'multipleOf',
      { type: 'integer', multipleOf: 3 },
      4,
      ['a: Invalid value: 4: a in body should be a multiple of 3'],
    ],
    [
      'format',
      { type: 'string', format: 'date-time' },
      '2024-02-30T00:00:00Z',
      [
        'a: Invalid value: "2024-02-30T00:00:00Z": a in body must be of type date-time: ' +
          '"2024-02-30T00:00:00Z"',
      ],
    ],
    ['formats nobody knows', { type: 'string', format: 'nobody' }, '?', []],
    [
      'maxItems',
      { type: 'array', items: { type: 'string' }, maxItems: 1 },
      ['x', 'y'],
      ['a: Too many: 2: must have at most 1 item'],
    ],
    [
      'minItems and items',
      { type: 'array', items: { type: 'string' }, minItems: 3 },
      ['x', 1],
      [
        'a[1]: Invalid value: "integer": a[1] in body must be of type string: "integer"',
        'a: Invalid value: 2: a in body should have at least 3 items',
      ],
    ],
    [
      'maps and required',
      {
        type: 'object',
        additionalProperties: {
          type: 'object',
          required: ['b'],
          properties: { b: { type: 'string' } },
        },
      },
      { k: {} },
      ['a.k.b: Required value'],
    ],
    [
      'oneOf',
      {
        type: 'object',
        properties: { b: { type: 'string' }, c: { type: 'string' } },
        oneOf: [{ required: ['b'] }, { required: ['c'] }],
      },
      {},
      [
        '<nil>: Invalid value: "": "a" must validate one and only one schema (oneOf). Found none valid',
        'a.b: Required value',
      ],
    ],
    [
      'oneOf twice',
      {
        type: 'object',
        properties: { b: { type: 'string' }, c: { type: 'string' } },
        oneOf: [{ required: ['b'] }, { required: ['c'] }],
      },
      { b: '', c: '' },
      [
        '<nil>: Invalid value: "": "a" must validate one and only one schema (oneOf). Found 2 valid alternatives',
      ],
    ],
    [
      'not',
      { type: 'integer', not: { minimum: 3 } },
      4,
      ['<nil>: Invalid value: "": "a" must not validate the schema (not)'],
    ],
    [
      'sets',
      { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
      ['x', 'y', 'x'],
      ['a[2]: Duplicate value: "x"'],
    ],
    [
      'lists of type map',
      {
        type: 'array',
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['n'],
        items: { type: 'object', properties: { n: { type: 'string' } } },
      },
      [{ n: 'x' }, { n: 'x' }],
      ['a[1]: Duplicate value: {"n":"x"}'],
    ],
    [
      'rules',
      { type: 'integer', 'x-kubernetes-validations': [{ rule: 'self > 3' }] },
      1,
      ['a: Invalid value: "integer": failed rule: self > 3'],
    ],
    [
      'rules with a reason, a field and a message of their own',
      {
        type: 'object',
        properties: { b: { type: 'integer' } },
        'x-kubernetes-validations': [
          {
            rule: 'self.b > 3',
            reason: 'FieldValueForbidden',
            fieldPath: '.b',
            messageExpression: '"b is " + (self.b > 0 ? "too small" : "none")',
          },
        ],
      },
      { b: 1 },
      ['a.b: Forbidden: b is too small'],
    ],
    [
      'rules that fail to say',
      {
        type: 'object',
        properties: { b: { 'x-kubernetes-int-or-string': true } },
        'x-kubernetes-validations': [{ rule: 'self.b > 3' }],
      },
      { b: 'x' },
      [
        `a: Invalid value: "object": 'no such overload': call arguments did not match a supported ` +
          'operator, function or macro signature for rule: self.b > 3',
      ],
    ],
  ])('%s', (_name, schema, a, expected) => {
    expect(problems({ a }, inSpec(schema))).toEqual(expected);
  });
});

describe('updates', () => {
  const schema = inSpec({
    type: 'object',
    properties: { size: { type: 'integer', maximum: 5 }, name: { type: 'string' } },
    'x-kubernetes-validations': [
      { rule: '!has(self.name) || self.name != "bad"' },
      { rule: 'self.size >= oldSelf.size', message: 'may not shrink' },
    ],
  });

  test.each([
    ['keep what was wrong and did not change', { size: 9, name: 'x' }, { size: 9 }, []],
    [
      'may not change it to what is wrong too',
      { size: 8 },
      { size: 7 },
      ['a.size: Invalid value: 8: a.size in body should be less than or equal to 5'],
    ],
    [
      'are held to rules about transitions',
      { size: 1 },
      { size: 2 },
      ['a: Invalid value: "object": may not shrink'],
    ],
    [
      'keep to rules that were broken before',
      { size: 2, name: 'bad' },
      { size: 2, name: 'bad' },
      [],
    ],
  ])('%s', (_name, a, old, expected) => {
    expect(problems({ a }, schema, { a: old })).toEqual(expected);
  });
});

describe('defaults and pruning', () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: {
      a: { type: 'integer', default: 1 },
      b: { type: 'object', properties: { c: { type: 'string', default: 'x' } } },
      d: { type: 'string', nullable: true, default: 'y' },
      e: {
        type: 'array',
        items: { type: 'object', properties: { f: { type: 'integer', default: 2 } } },
      },
      open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
  };

  test('fill what is missing or may not be null, and drop nulls that nobody takes', () => {
    const value = { a: null, b: {}, d: null, e: [{}, { f: 3 }] };
    expect(applyDefaults(value, schema)).toEqual({
      a: 1,
      b: { c: 'x' },
      d: null,
      e: [{ f: 2 }, { f: 3 }],
    });
    expect(applyDefaults({ b: null }, schema)).toEqual({ a: 1, d: 'y' });
  });

  test('share what does not change', () => {
    const whole = { a: 1, d: 'y', b: { c: 'z' }, e: [{ f: 1 }] };
    expect(applyDefaults(whole, schema)).toBe(whole);
    expect(prune(whole, schema, true)).toBe(whole);
  });

  test('drop what the schema does not know, and say what', () => {
    const dropped: string[] = [];
    const value = {
      kind: 'X',
      metadata: {},
      g: 1,
      e: [{ h: 1 }],
      open: { i: 1 },
      ['__proto__']: 1,
    };
    expect(prune(value, schema, true, dropped)).toEqual({
      kind: 'X',
      metadata: {},
      e: [{}],
      open: { i: 1 },
    });
    expect(dropped).toEqual(['g', 'e[0].h', '__proto__']);
  });
});
