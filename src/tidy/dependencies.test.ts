import { expect, it } from 'vitest';
import { dependencyProblems } from './dependencies';
import { projectText } from './source-file';

const note =
  '| package | why |\n|---|---|\n| yaml, @types/* | x |\n| @fonts/plex-sans, -mono | y |';

function problems(dependencies: Record<string, string>): string[] {
  return dependencyProblems(JSON.stringify({ devDependencies: dependencies }), note);
}

it('accepts what is pinned and has a line', () => {
  const dependencies = { yaml: '2.9.1', '@types/node': '20.1.2', '@fonts/plex-mono': '5.3.0' };
  expect(problems(dependencies)).toEqual([]);
  expect(problems({ yaml: 'npm:@other/yaml@2.0.1' })).toEqual([]);
});

it('catches a range, and a package without a line', () => {
  expect(problems({ yaml: '^2.9.1' })).toEqual([expect.stringMatching(/pin one exact version/)]);
  expect(problems({ lodash: '4.0.0' })).toEqual([expect.stringMatching(/lodash has no line/)]);
});

it('holds in the project', () => {
  const noteText = projectText('docs/decisions/0001-dependencies.md');
  expect(dependencyProblems(projectText('package.json'), noteText)).toEqual([]);
});
