import { expect, it } from 'vitest';
import { lockFileProblems } from './lock-file';
import { projectText } from './source-file';

it('accepts an entry with version and integrity alone', () => {
  const entry = { version: '1.0.0', integrity: 'sha512-x' };
  expect(lockFileProblems(JSON.stringify({ packages: { 'node_modules/x': entry } }))).toEqual([]);
});

it('catches an entry that says where it was fetched', () => {
  const entry = { version: '1.0.0', resolved: 'https://registry.example/x.tgz' };
  expect(lockFileProblems(JSON.stringify({ packages: { 'node_modules/x': entry } }))).toEqual([
    expect.stringMatching(/node_modules\/x names where it came from/),
  ]);
});

it('holds in the project', () => {
  expect(lockFileProblems(projectText('package-lock.json'))).toEqual([]);
});
