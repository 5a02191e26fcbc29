import { expect, test } from 'vitest';
import { parseLabelSelector } from './label-selector';

test.each([
  ['app=web', 'app=web', { app: 'web' }, true],
  ['app == web , tier!=back', 'app==web,tier!=back', { app: 'web' }, true],
  ['tier in (b,a),app', 'app,tier in (a,b)', { app: '', tier: 'a' }, true],
  ['tier notin (a,b)', 'tier notin (a,b)', {}, true],
  ['!debug', '!debug', { debug: 'yes' }, false],
  ['x in (,a)', 'x in (,a)', { x: '' }, true],
  ['x in ()', 'x in ()', { x: '' }, true],
  ['x=', 'x=', { x: '' }, true],
  ['in in (in,notin)', 'in in (in,notin)', { in: 'notin' }, true],
  ['n>1,m<5', 'm<5,n>1', { n: '2', m: '5' }, false],
  ['', '', undefined, true],
])('%s', (text, formatted, labels, expected) => {
  const selector = parseLabelSelector(text);
  expect(selector.toString()).toBe(formatted);
  expect(selector.matches(labels as Record<string, string>)).toBe(expected);
});

test.each([
  ['a=b=c', "found '=', expected: ',' or 'end of string'"],
  ['=a', "found '=', expected: !, identifier, or 'end of string'"],
  ['a,', "found '', expected: identifier after ','"],
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  ['a in b', "unable to parse requirement: found 'b' expected: '('"],
  ['a in (b c)', "unable to parse requirement: found 'c', expected: ',' or ')'"],
  [
    'a=-b',
    'unable to parse requirement: values[0][a]: Invalid value: "-b": a valid label must be an empty ' +
      "string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
      "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation " +
      "is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
  ],
  [
    'a/b/c',
    'unable to parse requirement: <nil>: Invalid value: "a/b/c": a valid label key must consist of ' +
      "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
      "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
      "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' " +
      "(e.g. 'example.com/MyName')",
  ],
])('refuses %s', (text, message) => {
  expect(() => parseLabelSelector(text)).toThrow(message);
});
