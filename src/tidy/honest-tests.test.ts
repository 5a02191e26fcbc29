import { describe, expect, it } from 'vitest';
import { honestTestProblems } from './honest-tests';
import { sourceFile } from './source-file';

function problems(text: string, path = 'src/api/x.test.ts'): string[] {
  return honestTestProblems(sourceFile(path, text));
}

describe('the rule on tests', () => {
  it.each([
    [`it('works', () => { expect(1).toBe(1); });`],
    [`it.each([1])('works', (x) => { expect(x).toBe(1); });`],
    ['it.each`a\n${1}`("works", ({ a }) => { expect(a).toBe(1); });'],
    [`test('works', async ({ page }) => { await expect(page).toHaveTitle('x'); });`],
    [`it('works', () => expectSame(1, 1));`],
    [`it('works', () => { fc.assert(fc.property(run)); });`],
    [`test.use({ locale: 'en' }); test.beforeEach(async () => {});`],
    [`test.describe('x', () => {});`],
    [`lesson.only(1); list.skip(2);`],
    [`const text = "it.skip('x', () => {})"; // it.only`],
  ])('accepts %s', (text) => {
    expect(problems(text)).toEqual([]);
  });

  it.each([
    [`it.skip('x', () => { expect(1).toBe(1); });`, /:1: \.skip: every test runs/],
    [`it.only('x', () => { expect(1).toBe(1); });`, /\.only/],
    [`describe.skip('x', () => {});`, /\.skip/],
    [`describe.only('x', () => {});`, /\.only/],
    [`test.describe.only('x', () => {});`, /\.only/],
    [`it.skipIf(slow)('x', () => { expect(1).toBe(1); });`, /\.skipIf/],
    [`it.only.each([1])('x', (x) => { expect(x).toBe(1); });`, /\.only/],
    [`it.todo('x');`, /\.todo/],
    [`it('x');`, /without an assertion/],
    [`it('x', () => { run(); });`, /without an assertion/],
    [`it.each([1])('x', (x) => { run(x); });`, /without an assertion/],
    [`test('x', () => { const expected = 1; });`, /without an assertion/],
  ])('catches %s', (text, message) => {
    expect(problems(text)).toEqual([expect.stringMatching(message)]);
  });

  it('asks tests only', () => {
    expect(problems(`it('x', () => { run(); });`, 'src/lessons/test-runner.ts')).toEqual([]);
  });
});
