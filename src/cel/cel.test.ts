import { describe, expect, test } from 'vitest';
import { compile, evaluate, type Program } from './cel';
import { fromJson, toJson } from './json-values';
import { mutationType } from './mutation-types';
import { schemaType } from './schema-types';
import { estimateCost } from './static-cost';
import { INT, type CelType } from './types';

const schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        replicas: { type: 'integer' },
        name: { type: 'string', maxLength: 10 },
        share: { type: 'number' },
        tags: { type: 'array', items: { type: 'string' }, maxItems: 5 },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        port: { 'x-kubernetes-int-or-string': true },
        owners: {
          type: 'array',
          items: { type: 'string' },
          'x-kubernetes-list-type': 'set',
        },
        when: { type: 'string', format: 'date-time' },
        'max-age': { type: 'integer' },
        namespace: { type: 'string' },
      },
    },
  },
};
const json = {
  kind: 'Web',
  metadata: { name: 'w' },
  spec: {
    replicas: 3,
    name: 'web',
    share: 2,
    tags: ['a', 'b'],
    labels: { x: '1', y: '2' },
    port: 'http',
    owners: ['p', 'q'],
    when: '2024-02-03T04:05:06Z',
    'max-age': 5,
    namespace: 'n',
  },
};
const self = schemaType(schema, true)!.type;
const variables: Record<string, CelType> = { self, x: INT };

function program(source: string): Program {
  const compiled = compile(source, { variables, structType: mutationType });
  if ('text' in compiled) throw new Error(compiled.text);
  return compiled;
}

function run(source: string): unknown {
  const result = evaluate(program(source), { self: () => fromJson(json, self), x: 5n });
  return 'error' in result ? { error: result.error } : toJson(result.value);
}

function problem(source: string): string {
  const compiled = compile(source, { variables, structType: mutationType });
  return 'text' in compiled ? compiled.text : 'none';
}

describe('values', () => {
  test.each<[string, unknown]>([
    ['1 + 2 * 3 - 4 / 2 % 3', 5],
    ['-x + 7', 2],
    ['--x', 5],
    ['!(-1 == - 1) || [-1.5, - -2.5] == [-1.5, 2.5]', true],
    ['0x10 + 1', 17],
    ['1 < 2.5 && 2u >= 2 && dyn(1.0) == 1', true],
    ['"a" + "b" < "b"', true],
    ['true ? 1 : 2', 1],
    ['1 / 0 == 1 || true', true],
    ['false && 1 / 0 == 1', false],
    ['self.spec.replicas > 2', true],
    ['self.spec.share', 2],
    ['self.metadata.name + self.kind', 'wWeb'],
    ['self.spec.max__dash__age + 1', 6],
    ['self.spec.__namespace__', 'n'],
    ['self.spec.labels.x == self.spec.labels["x"]', true],
    ['"x" in self.spec.labels && !("z" in self.spec.labels)', true],
    ['has(self.spec.name) && !has(self.spec.labels.z)', true],
    ['self.spec.tags.all(t, t.size() == 1)', true],
    ['self.spec.tags.exists(t, t == "b") && self.spec.tags.exists_one(t, t == "a")', true],
    ['self.spec.tags.map(t, t + "!").filter(t, t.startsWith("a"))', ['a!']],
    ['self.spec.tags.map(t, t != "a", t)', ['b']],
    ['[1, 0].exists(d, 1 / d == 1)', true],
    ['self.spec.labels.all(k, v, k != v)', true],
    ['self.spec.tags.transformList(i, t, t + string(i))', ['a0', 'b1']],
    ['self.spec.labels.transformMap(k, v, v + k)', { x: '1x', y: '2y' }],
    ['{"a": 1}.transformMapEntry(k, v, {v: k})', { 1: 'a' }],
    ['self.spec.owners == ["q", "p"]', true],
    ['self.spec.owners + ["q", "r"]', ['p', 'q', 'r']],
    ['self.spec.port == "http" && type(self.spec.port) == string', true],
    ['self.spec.when.getFullYear() + self.spec.when.getMonth()', 2025],
    ['self.spec.when - duration("1h") < self.spec.when', true],
    ['timestamp("2024-01-01T00:00:00Z").getHours("+05:30")', 5],
    [
      'string(duration("90m")) + string(timestamp("2024-01-01T00:00:00.5Z"))',
      '5400s2024-01-01T00:00:00.5Z',
    ],
    ['"%s is %d, %.1f %x".format([dyn("a"), 3, 2.25, 255])', 'a is 3, 2.3 ff'],
    ['"a,b,c".split(",", 2).join("|")', 'a|b,c'],
    ['"aXbX".replace("X", "-", 1) + "abc".substring(1) + " x ".trim()', 'a-bXbcx'],
    ['"héllo".indexOf("l") + "héllo".size()', 7],
    ['"abc 123".find("[0-9]+") + string("a1b2".findAll("[0-9]").size())', '1232'],
    ['"foo".matches("^f(?P<x>o)+$") && "FOO".matches("^(?i)fo+")', true],
    ['[3, 1, 2].isSorted() || [1, 2].sum() == 3 && [1, 3].max() == 3', true],
    ['sets.contains([1, 2], [1]) && sets.equivalent([1], [1, 1])', true],
    ['quantity("1.5Gi").isGreaterThan(quantity("500Mi")) && isQuantity("1k")', true],
    ['quantity("1k").add(quantity("24")).asInteger()', 1024],
    ['quantity("0.1").add(quantity("0.2")) == quantity("300m")', true],
    ['quantity("9007199254740993").isGreaterThan(quantity("9007199254740992"))', true],
    ['quantity("50k").add(20).sub(quantity("100k")).sub(-50000).asInteger()', 20],
    ['["1k", "0.5k", "1Gi", "2e3"].all(q, quantity(q).isInteger())', true],
    ['["1.0", "1000m", "1.5Gi", "99999999999999999999"].exists(q, quantity(q).isInteger())', false],
    ['quantity("50.703k").asApproximateFloat()', 50703],
    ['quantity("10Ei") == quantity("9223372036854775807")', true],
    ['[quantity("-1n").sign(), quantity("0").sign(), quantity("1E").sign()]', [-1, 0, 1]],
    ['ip("::1").isLoopback() && ip("10.0.0.1").family() == 4 && !isIP("10.0.0.01")', true],
    ['string(cidr("10.1.2.3/8").masked())', '10.0.0.0/8'],
    ['cidr("10.0.0.0/8").containsIP("10.1.1.1") && cidr("::/0").containsCIDR("fe80::/10")', true],
    ['url("https://user@h.io:80/p?a=1&a=2").getHostname()', 'h.io'],
    ['url("https://h.io/p?a=1&a=2").getQuery()', { a: ['1', '2'] }],
    ['semver("1.2.3-rc.1").isLessThan(semver("v1.2.3", true))', true],
    ['format.dns1123Label().validate("A").hasValue()', true],
    ['format.uri().validate("x").value()', ['parse "x": invalid URI for request']],
    ['format.portName().validate("http").hasValue() || isURL(":x")', false],
    ['self.?spec.labels.?z.orValue("z") + self.spec.labels[?"x"].orValue("")', 'z1'],
    ['optional.of(1).optMap(v, v + 1).value()', 2],
    ['[1, 2].first().value() + [1, 2].last().value()', 3],
    ['[].first().hasValue() || [1].exists_one(i, v, i == v)', false],
    ['duration("1.5s").getMilliseconds()', 1500],
    ['{?"a": optional.none(), "b": 1}', { b: 1 }],
    ['[1, ?optional.of(2)]', [1, 2]],
    ['type(1) == int && type([]) == list && type(type(1)) == type', true],
    ['b"\\x41" == bytes("A")', true],
    ["r'\\d' + '\\n\\u00e9'", '\\d\né'],
    ['int("12") + int(2.9) + int(3u)', 17],
    ['Object{spec: Object.spec{replicas: 3}}', { spec: { replicas: 3 } }],
    [
      '[JSONPatch{op: "add", path: "/a/" + jsonpatch.escapeKey("b/c"), value: 1}]',
      [{ op: 'add', path: '/a/b~1c', value: 1 }],
    ],
  ])('%s', (source, expected) => {
    expect(run(source)).toEqual(expected);
  });
});

describe('errors while evaluating', () => {
  test.each([
    ['1 / 0', 'division by zero'],
    ['9223372036854775807 + 1', 'integer overflow'],
    ['[1][3]', 'index out of bounds: 3'],
    ['self.spec.labels.z', 'no such key: z'],
    ['self.spec.port > 3', 'no such overload'],
    ['int("a")', 'strconv.ParseInt: parsing "a": invalid syntax'],
    ['"abc".substring(1, 9)', 'index out of range: 9'],
    ['{1: 2, 1: 3}', 'insert failed: key 1 already exists'],
    ['optional.none().value()', 'optional.none() dereference'],
    ['quantity("1.5Gi").asInteger()', 'cannot convert value to integer'],
    ['quantity("10Mm")', "unable to parse quantity's suffix"],
    [
      'quantity("10Mo")',
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    ...Object.entries({
      x: 'unable to parse IP',
      '1.2.3': 'IPv4 address too short',
      '1.2.3.4.5': 'IPv4 address too long',
      '1.2.3.256': 'IPv4 field has value >255',
      '01.2.3.4': 'IPv4 field has octet with leading zero',
      '1..2.3': String.raw`IPv4 field must have at least one digit (at ".2.3")`,
      '1.a.2.3': 'unexpected character (at "a.2.3")',
      '1:2:3': 'address string too short',
      '1::2::3': 'multiple :: in address (at ":3")',
      'g::1': 'each colon-separated field must have at least one digit (at "g::1")',
      '12345::': 'each group must have 4 or less digits (at "12345::")',
      '1:2:3:4:5:6:7:8:9': 'trailing garbage after address (at "9")',
      '1:2:3:4:5:6:7:': 'colon must be followed by more characters (at ":")',
    }).map(([text, why]) => [
      `ip("${text}")`,
      `IP Address "${text}" parse error during conversion from string: ParseAddr("${text}"): ${why}`,
    ]),
    ...Object.entries({
      '10.0.0.0': "no '/'",
      '10.0.0.0/33': 'prefix length out of range',
      '10.0.0.0/08': 'bad bits after slash: "08"',
      '10.0.0/8': 'ParseAddr("10.0.0"): IPv4 address too short',
    }).map(([text, why]) => [
      `cidr("${text}")`,
      'network address parse error during conversion from string: network address parse error ' +
        `during conversion from string: netip.ParsePrefix("${text}"): ${why}`,
    ]),
    [
      'cidr("::ffff:1.2.3.0/120")',
      'network address parse error during conversion from string: ' +
        'IPv4-mapped IPv6 address "::ffff:1.2.3.0/120" is not allowed',
    ],
    ['[1, 2].all(v, 1 / (v - 1) == 1)', 'division by zero'],
  ])('%s', (source, error) => {
    expect(run(source)).toEqual({ error });
  });

  test('integers that JSON cannot hold are no answer, and not a near one', () => {
    expect(() => run('9007199254740993')).toThrow('cannot be written exactly');
    expect(run('9007199254740993 - 2 == 9007199254740991')).toBe(true);
  });

  test('an expression that costs more than it may is stopped', () => {
    const result = evaluate(program('[1, 2, 3].all(a, [1, 2, 3].all(b, a < 9))'), {}, 20);
    expect(result).toMatchObject({
      error: 'operation cancelled: actual cost limit exceeded',
      isCostLimit: true,
    });
  });
});

describe('errors of compiling, as the real compiler prints them', () => {
  const starts =
    "expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', " +
    'NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}';
  test.each([
    ['self +', `1:7: Syntax error: mismatched input '<EOF>' ${starts}`],
    ['1 + 1 1', "1:7: Syntax error: extraneous input '1' expecting <EOF>"],
    ['a b c', "1:3: Syntax error: mismatched input 'b' expecting <EOF>"],
    ['(1 + 2', "1:7: Syntax error: missing ')' at '<EOF>'"],
    ['[1 2]', "1:4: Syntax error: extraneous input '2' expecting {']', ','}"],
    ['{1: 2, 3}', "1:9: Syntax error: mismatched input '}' expecting ':'"],
    ['x ? 1', "1:6: Syntax error: mismatched input '<EOF>' expecting ':'"],
    ['{"a": 1}."a"', `1:10: Syntax error: no viable alternative at input '."a"'`],
    ['x.true', "1:3: Syntax error: mismatched input 'true' expecting IDENTIFIER"],
    ['x . ', "1:5: Syntax error: no viable alternative at input '. '"],
    ['x && && x', `1:6: Syntax error: extraneous input '&&' ${starts}`],
    ['!-x', "1:3: Syntax error: no viable alternative at input '-x'"],
    ['self.spec.foo', "1:10: undefined field 'foo'"],
    [
      'self.spec.replicas == "a"',
      "1:20: found no matching overload for '_==_' applied to '(int, string)'",
    ],
    [
      'self.spec.name.startsWith(1)',
      "1:26: found no matching overload for 'startsWith' applied to 'string.(int)'",
    ],
    ['x.y', "1:2: type 'int' does not support field selection"],
    ['foo(1)', "1:4: undeclared reference to 'foo' (in container '')"],
    ['self.spec.tags.all(t, u)', "1:23: undeclared reference to 'u' (in container '')"],
    ['x && true', "1:1: expected type 'bool' but found 'int'"],
    ['[1, "a"]', "1:5: expected type 'int' but found 'string'"],
    [
      'x.all(t, true)',
      "1:1: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)",
    ],
    ['has(x)', '1:4: invalid argument to has() macro'],
    ['self.spec.tags.all(1, true)', '1:20: argument must be a simple name'],
    ['"a".matches("(")', '1:13: invalid matches argument'],
    ['duration("x") > duration("1s")', '1:10: invalid duration argument'],
    [
      'JSONPatch{op: 1}',
      "1:13: expected type of field 'op' is 'string' but provided type is 'int'",
    ],
    ['9223372036854775808', '1:1: invalid int literal'],
  ])('%s', (source, message) => {
    const [place] = /^\d+:\d+/.exec(message)!;
    const column = Number(place.split(':')[1]);
    expect(problem(source)).toBe(
      `ERROR: <input>:${message}\n | ${source}\n | ${'.'.repeat(column - 1)}^`,
    );
  });

  test.each([
    [
      '1 + +',
      [
        `1:5: Syntax error: mismatched input '+' ${starts}`,
        `1:6: Syntax error: mismatched input '<EOF>' ${starts}`,
      ],
    ],
    [
      '*@a | b',
      [
        `1:1: Syntax error: extraneous input '*' ${starts}`,
        "1:2: Syntax error: token recognition error at: '@'",
        "1:5: Syntax error: token recognition error at: '| '",
        "1:7: Syntax error: extraneous input 'b' expecting <EOF>",
      ],
    ],
    [
      String.raw`"\xFh"`,
      [
        String.raw`1:1: Syntax error: token recognition error at: '"\xFh'`,
        `1:6: Syntax error: token recognition error at: '"'`,
        `1:7: Syntax error: mismatched input '<EOF>' ${starts}`,
      ],
    ],
  ])('%s: what is wrong is mended, and the rest read', (source, messages) => {
    const lines = problem(source).split('\n');
    const shown = lines.filter((line) => line.startsWith('ERROR'));
    expect(shown).toEqual(messages.map((message) => `ERROR: <input>:${message}`));
  });

  test('all of them are told, each at its line', () => {
    expect(problem('x == "a" ||\n  y')).toBe(
      [
        "ERROR: <input>:1:3: found no matching overload for '_==_' applied to '(int, string)'",
        ' | x == "a" ||',
        ' | ..^',
        "ERROR: <input>:2:3: undeclared reference to 'y' (in container '')",
        ' |   y',
        ' | ..^',
      ].join('\n'),
    );
  });
});

describe('the most that an expression may cost', () => {
  test.each([
    ['true', 0],
    ['self.spec.replicas > 2', 4],
    ['self.spec.name.startsWith("ab")', 4],
    ['self.spec.name.contains(self.spec.name)', 22],
    ['self.spec.tags.all(t, t == "abc")', 29],
    ['self.spec.tags.exists(t, self.spec.tags.exists(u, t == u))', 7_864_519],
  ])('%s', (source, max) => {
    expect(estimateCost(program(source).expr).max).toBe(max);
  });
});

test('a program tells which variables it reads', () => {
  expect([...program('self.spec.replicas > 1').references]).toEqual(['self']);
});
