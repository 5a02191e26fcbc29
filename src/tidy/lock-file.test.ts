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

it('catches a platform that is not locked', () => {
  const asks = { version: '1.0.0', optionalDependencies: { 'x-linux': '1.0.0' } };
  const packages = { 'node_modules/x': asks };
  expect(lockFileProblems(JSON.stringify({ packages }))).toEqual([
    'package-lock.json lacks x-linux: run node scripts/complete-lock.mjs',
  ]);
  const complete = { ...packages, 'node_modules/x-linux': { version: '1.0.0' } };
  expect(lockFileProblems(JSON.stringify({ packages: complete }))).toEqual([]);
});

it('holds in the project', () => {
  expect(lockFileProblems(projectText('package-lock.json'))).toEqual([]);
});
