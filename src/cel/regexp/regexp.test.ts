import { describe, expect, test } from 'vitest';
import { Regexp, regexpProblem } from './regexp';

describe('what matches', () => {
  test.each<[string, string, string[]]>([
    ['abc', 'xabcabc', ['abc', 'abc']],
    ['a|ab', 'ab', ['a']],
    ['(?:ab|a)(?:c|bcd)?', 'abcd', ['abc']],
    ['a*', 'baac', ['', 'aa', '']],
    ['a*?', 'aa', ['', '', '']],
    ['(a|b)+?c', 'abc', ['abc']],
    ['a{2}', 'aaaaa', ['aa', 'aa']],
    ['a{2,}', 'aaaaa', ['aaaaa']],
    ['a{1,2}?', 'aaa', ['a', 'a', 'a']],
    ['a{,2}', 'a{,2}', ['a{,2}']],
    ['^a|b$', 'aab', ['a', 'b']],
    ['(?m)^a$', 'a\nb\na', ['a', 'a']],
    ['a.c', 'a\nc abc', ['abc']],
    ['(?s)a.c', 'a\nc', ['a\nc']],
    ['(?i)straSSe', 'STRASSE', ['STRASSE']],
    ['(?i:a)b', 'Ab AB', ['Ab']],
    ['(?i)k', '\u212a', ['\u212a']],
    ['a(?i)b', 'aB AB', ['aB']],
    ['(?i)a(?-i)b', 'Ab AB', ['Ab']],
    ['(?U)a+', 'aa', ['a', 'a']],
    ['[[:alpha:]_]+', 'ab_1', ['ab_']],
    ['[[:^digit:]]+', '12ab', ['ab']],
    ['[^a-c]+', 'abxyc', ['xy']],
    ['[]a]+', ']a]', [']a]']],
    ['[a-]+', 'a-b', ['a-']],
    ['\\pL+', 'aé1', ['aé']],
    ['\\p{Greek}+', 'aβγ', ['βγ']],
    ['\\P{Lu}+', 'ABcd', ['cd']],
    ['\\p{^Lu}', 'Ab', ['b']],
    ['[\\d\\-]+', 'a1-2', ['1-2']],
    ['\\s', 'a\u00a0b\tc', ['\t']],
    ['\\Aa', 'aa', ['a']],
    ['a\\z', 'aa\n', []],
    ['\\ba\\B', 'ab a', ['a']],
    ['\\Qa.b\\E+', 'a.bb', ['a.bb']],
    ['\\x41\\x{1F600}\\101', 'A😀A', ['A😀A']],
    ['.', '😀', ['😀']],
    ['(?P<a>x)(?<b>y)', 'xy', ['xy']],
    ['(|a)*', 'aa', ['', '', '']],
    ['(|a)+', 'aa', ['', '', '']],
    ['', 'a', ['', '']],
    ['a**'.slice(0, 2), 'aa', ['aa']],
  ])('%s in %j', (pattern, text, found) => {
    const matches = new Regexp(pattern).all(text);
    expect(matches.map(({ start, end }) => text.slice(start, end))).toEqual(found);
    expect(new Regexp(pattern).test(text)).toBe(found.length > 0);
  });

  test('what would take other engines for ever', () => {
    expect(new Regexp('^(a+)+$').test('a'.repeat(2000) + 'b')).toBe(false);
  });
});

describe('what is no expression, in the words of Go', () => {
  test.each([
    ['(', 'missing closing ): `(`'],
    ['a(b', 'missing closing ): `a(b`'],
    ['a)b', 'unexpected ): `a)b`'],
    ['[a', 'missing closing ]: `[a`'],
    ['x[]', 'missing closing ]: `[]`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['a|+?', 'missing argument to repetition operator: `+?`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['a+?*', 'invalid nested repetition operator: `+?*`'],
    ['a{2}{3}', 'invalid nested repetition operator: `{2}{3}`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['a{3,2}', 'invalid repeat count: `{3,2}`'],
    ['(a{100}){100}', 'invalid repeat count: `{100}`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
    ['\\1', 'invalid escape sequence: `\\1`'],
    ['(a)\\1', 'invalid escape sequence: `\\1`'],
    ['\\Z', 'invalid escape sequence: `\\Z`'],
    ['\\xg', 'invalid escape sequence: `\\xg`'],
    ['[b-a]', 'invalid character class range: `b-a`'],
    ['[[:foo:]]', 'invalid character class range: `[:foo:]`'],
    ['\\p{Foo}', 'invalid character class range: `\\p{Foo}`'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['a(?!b)', 'invalid or unsupported Perl syntax: `(?!`'],
    ['(?<=a)b', 'invalid named capture: `(?<=a)b`'],
    ['(?P<n', 'invalid named capture: `(?P<n`'],
    ['(?P<a-b>x)', 'invalid named capture: `(?P<a-b>`'],
    ['(?P=n)', 'invalid or unsupported Perl syntax: `(?P`'],
    ['(?x)a', 'invalid or unsupported Perl syntax: `(?x`'],
    ['(?i-)a', 'invalid or unsupported Perl syntax: `(?i-)`'],
  ])('%s', (pattern, problem) => {
    expect(regexpProblem(pattern)).toBe(`error parsing regexp: ${problem}`);
  });
});
