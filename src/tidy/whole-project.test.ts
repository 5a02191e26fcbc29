// Every rule on what a file says, over every file of the project: each is read and parsed once.
import { beforeAll, describe, expect, it } from 'vitest';
import { bannedGlobalProblems } from './banned-globals';
import { honestTestProblems } from './honest-tests';
import { importProblems } from './import-edges';
import { arrivalOf, lateWordsProblems, type Arrival } from './late-words';
import { longFiles, longFunctions, sizeProblems } from './sizes';
import { projectFiles } from './source-file';

const rules = {
  globals: bannedGlobalProblems,
  tests: honestTestProblems,
  imports: importProblems,
  sizes: sizeProblems,
};

type Rule = keyof typeof rules;

const names = Object.keys(rules) as Rule[];
const problems: Record<Rule, string[]> = { globals: [], tests: [], imports: [], sizes: [] };
const arrivals: Arrival[] = [];

beforeAll(() => {
  for (const file of projectFiles()) {
    arrivals.push(arrivalOf(file));
    for (const name of names) problems[name].push(...rules[name](file));
  }
});

describe('the whole project', () => {
  it('is read', () => {
    const paths = arrivals.map(({ path }) => path);
    expect(paths).toContain('src/ui/main.tsx');
    expect(paths).toContain('src/tidy/whole-project.test.ts');
    expect(paths.length).toBeGreaterThan(1_000);
  });

  it.each(names)('keeps the rule on %s', (name) => {
    expect(problems[name]).toEqual([]);
  });

  it('keeps the rule on late words', () => {
    expect(lateWordsProblems(arrivals)).toEqual([]);
  });

  it('lists no exception on sizes that is not needed', () => {
    const paths = new Set(arrivals.map(({ path }) => path));
    const listed = [...Object.keys(longFiles), ...Object.keys(longFunctions)];
    expect(listed.filter((entry) => !paths.has(entry.split('#')[0]))).toEqual([]);
  });
});
