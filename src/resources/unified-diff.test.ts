import { expect, test } from 'vitest';
import { unifiedDiff } from './unified-diff';

const lines = (...words: string[]): string => words.join('\n');

test('equal texts have no difference', () => {
  expect(unifiedDiff('a\nb', 'a\nb')).toBe('');
});

test('a changed line shows with three lines around it', () => {
  const before = lines('1', '2', '3', '4', '5', '6', '7', '8', '9');
  expect(unifiedDiff(before, before.replace('5', 'five'))).toBe(
    '@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
  );
});

test('added and removed lines count in the ranges', () => {
  expect(unifiedDiff(lines('a', 'b', 'c'), lines('a', 'x', 'b', 'c'))).toBe(
    '@@ -1,3 +1,4 @@\n a\n+x\n b\n c\n',
  );
  expect(unifiedDiff(lines('a', 'b', 'c'), lines('a', 'c'))).toBe('@@ -1,3 +1,2 @@\n a\n-b\n c\n');
});

test('changes far apart get hunks of their own', () => {
  const before = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  const after = before.map((line, index) => (index === 1 || index === 17 ? line + '!' : line));
  expect(unifiedDiff(before.join('\n'), after.join('\n')).match(/^@@ .*$/gm)).toEqual([
    '@@ -1,5 +1,5 @@',
    '@@ -15,6 +15,6 @@',
  ]);
});
