import { expect, test } from 'vitest';
import { formatFieldSelector, matchesFields, parseFieldSelector } from './field-selector';

test('reads, matches and writes terms', () => {
  const selector = parseFieldSelector('spec.nodeName==n1,,status.phase!=Running,x=a\\,b\\=c\\\\');
  expect(selector).toEqual([
    { field: 'spec.nodeName', operator: '=', value: 'n1' },
    { field: 'status.phase', operator: '!=', value: 'Running' },
    { field: 'x', operator: '=', value: 'a,b=c\\' },
  ]);
  expect(formatFieldSelector(selector)).toBe(
    'spec.nodeName=n1,status.phase!=Running,x=a\\,b\\=c\\\\',
  );
  const fields: Record<string, string> = { 'spec.nodeName': 'n1', x: 'a,b=c\\' };
  expect(matchesFields(selector, (field) => fields[field] ?? '')).toBe(true);
  expect(matchesFields(selector, () => 'n1')).toBe(false);
});

test.each([
  ['abc', "invalid selector: 'abc'; can't understand 'abc'"],
  ['a=b=c', 'invalid field selector: unescaped character in value: ='],
  ['a=\\b', 'invalid field selector: invalid escape sequence: \\b'],
])('refuses %s', (text, message) => {
  expect(() => parseFieldSelector(text)).toThrow(message);
});
