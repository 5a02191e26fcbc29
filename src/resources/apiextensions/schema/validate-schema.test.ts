import { describe, expect, test } from 'vitest';
import type { JsonSchema } from './json-schema';
import { structuralErrors } from './structural';
import { validateDefaults, validateSchema } from './validate-schema';

function problems(property: JsonSchema): string[] {
  const schema: JsonSchema = { type: 'object', properties: { a: property } };
  const errors = structuralErrors(schema, 's');
  if (errors.isEmpty) {
    validateDefaults(schema, 's', errors);
    validateSchema(schema, 's', errors);
  }
  return errors.causes.map(({ field, message }) => `${field}: ${message}`);
}

const at = 's.properties[a]';
const rule = (text: string, more: object = {}): Partial<JsonSchema> => ({
  'x-kubernetes-validations': [{ rule: text, ...more }],
});
const shownRule = (text: string): string =>
  `{"Rule":${JSON.stringify(text)},"Message":"","MessageExpression":"","Reason":null,` +
  '"FieldPath":"","OptionalOldSelf":null}';

describe('schemas that are wrong', () => {
  test.each<[JsonSchema, string[]]>([
    [{}, [`${at}.type: Required value: must not be empty for specified object fields`]],
    [
      { type: 'bogus' },
      [
        `${at}.type: Unsupported value: "bogus": supported values: "array", "boolean", "integer", ` +
          '"number", "object", "string"',
      ],
    ],
    [{ type: 'array' }, [`${at}.items: Required value: must be specified`]],
    [
      { type: 'string', pattern: '(' },
      [
        `${at}.pattern: Invalid value: "(": must be a valid regular expression, but isn't: error ` +
          'parsing regexp: missing closing ): `(`',
      ],
    ],
    [
      { type: 'object', anyOf: [{ properties: { b: { type: 'string' } } }] },
      [
        `${at}.anyOf[0].properties[b].type: Forbidden: must be empty to be structural`,
        `${at}.properties[b]: Required value: because it is defined in ${at}.anyOf[0].properties[b]`,
      ],
    ],
    [{ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] }, []],
    [
      { type: 'object', 'x-kubernetes-embedded-resource': true },
      [
        `${at}.properties: Required value: must not be empty if x-kubernetes-embedded-resource is ` +
          'true without x-kubernetes-preserve-unknown-fields',
      ],
    ],
    [
      { type: 'integer', default: 'x' },
      [`${at}.default: Invalid value: "string":  in body must be of type integer: "string"`],
    ],
    [
      { type: 'object', default: { b: 1 } },
      [`${at}.default: Invalid value: {"b":1}: must not have unknown fields`],
    ],
    [
      { type: 'object', properties: { b: { type: 'string' } }, additionalProperties: false },
      [
        `${at}.additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive`,
      ],
    ],
    [
      {
        type: 'array',
        items: { type: 'object', properties: { b: { type: 'string' } } },
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['b'],
      },
      [
        `${at}.items.properties[b].default: Required value: this property is in ` +
          'x-kubernetes-list-map-keys, so it must have a default or be a required property',
      ],
    ],
    [
      { type: 'string', 'x-kubernetes-list-type': 'set' },
      [`${at}.type: Invalid value: "string": must be array if x-kubernetes-list-type is specified`],
    ],
    [
      { type: 'string', ...rule('self') },
      [
        `${at}.x-kubernetes-validations[0].rule: Invalid value: ${shownRule('self')}: cel expression ` +
          'must evaluate to a bool',
      ],
    ],
    [
      { type: 'string', ...rule('self == 1') },
      [
        `${at}.x-kubernetes-validations[0].rule: Invalid value: ${shownRule('self == 1')}: compilation ` +
          "failed: ERROR: <input>:1:6: found no matching overload for '_==_' applied to '(string, " +
          "int)'\n | self == 1\n | .....^",
      ],
    ],
    [
      { type: 'array', items: { type: 'string', maxLength: 9, ...rule('self == oldSelf') } },
      [
        `${at}.items.x-kubernetes-validations[0].rule: Invalid value: "self == oldSelf": oldSelf cannot ` +
          `be used on the uncorrelatable portion of the schema within ${at}`,
      ],
    ],
    [
      { type: 'object', ...rule('true', { fieldPath: '.x', reason: 'Odd' }) },
      [
        `${at}.x-kubernetes-validations[0].reason: Unsupported value: "Odd": supported values: ` +
          '"FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"',
        `${at}.x-kubernetes-validations[0].fieldPath: Invalid value: ".x": fieldPath must be a valid path`,
      ],
    ],
    [
      {
        type: 'array',
        items: { type: 'string' },
        ...rule('self.all(x, self.exists_one(y, x == y))'),
      },
      [
        `${at}.x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds budget by ` +
          'factor of more than 100x (try simplifying the rule, or adding maxItems, maxProperties, ' +
          'and maxLength where arrays, maps, and strings are declared)',
        `${at}.x-kubernetes-validations[0].rule: Forbidden: contributed to estimated rule cost total ` +
          'exceeding cost limit for entire OpenAPIv3 schema',
        's: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema ' +
          'exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems, ' +
          'maxProperties, and maxLength where arrays, maps, and strings are declared)',
      ],
    ],
  ])('%j', (schema, expected) => {
    expect(problems(schema)).toEqual(expected);
  });
});

describe('rules in the manner of what people install', () => {
  const requirement: JsonSchema = {
    type: 'object',
    required: ['key', 'operator'],
    properties: {
      key: { type: 'string', maxLength: 316, ...rule("self != 'kubernetes.io/hostname'") },
      operator: { type: 'string', enum: ['In', 'NotIn', 'Exists'] },
      values: { type: 'array', maxItems: 50, items: { type: 'string', maxLength: 63 } },
      minValues: { type: 'integer', maximum: 50, minimum: 1 },
    },
  };
  test.each<[string, JsonSchema]>([
    [
      'keys of a map are looked through',
      {
        type: 'object',
        maxProperties: 100,
        additionalProperties: { type: 'string', maxLength: 63 },
        ...rule('self.all(x, x in ["a.io/b"] || !x.find("^([^/]+)").endsWith("a.io"))'),
      },
    ],
    [
      'lists are counted and compared',
      {
        type: 'array',
        maxItems: 100,
        items: requirement,
        'x-kubernetes-validations': [
          { rule: "self.all(x, x.operator == 'In' ? x.values.size() != 0 : true)" },
          {
            rule: "self.all(x, (x.operator == 'In' && has(x.minValues)) ? x.values.size() >= x.minValues : true)",
          },
        ],
      },
    ],
    [
      'texts are told apart',
      { type: 'string', maxLength: 64, ...rule("self.matches('^[a-z]+$') || self == ''") },
    ],
    [
      'either of two is there',
      {
        type: 'object',
        properties: { b: { type: 'string' }, c: { type: 'string' } },
        ...rule('has(self.b) != has(self.c)', { message: 'one of b and c' }),
      },
    ],
    [
      'what is set once stays',
      {
        type: 'string',
        maxLength: 99,
        ...rule('!oldSelf.hasValue() || oldSelf.value() == self', { optionalOldSelf: true }),
      },
    ],
    [
      'quantities are compared',
      { type: 'string', maxLength: 20, ...rule("quantity(self).isLessThan(quantity('1Ti'))") },
    ],
    [
      'durations are compared',
      { type: 'string', format: 'duration', ...rule("self < duration('1h')") },
    ],
  ])('%s', (_name, schema) => {
    expect(problems(schema)).toEqual([]);
  });
});
