import { expect, test } from 'vitest';
import { hasLabels, selectsAll, selectsLabels } from './label-selector';

const web = { app: 'web', tier: 'front' };
const requirement = (operator: string, values?: string[], key = 'app') => ({
  matchExpressions: [{ key, operator, values }],
});

test.each([
  ['an absent selector selects nothing', undefined, web, false],
  ['an empty selector selects everything', {}, web, true],
  ['an empty selector selects the unlabelled', {}, undefined, true],
  ['all pairs must be there', { matchLabels: { app: 'web', tier: 'front' } }, web, true],
  ['one wrong value is enough to fail', { matchLabels: { app: 'web', tier: 'back' } }, web, false],
  ['In holds', requirement('In', ['db', 'web']), web, true],
  ['In needs the key', requirement('In', ['web'], 'other'), web, false],
  ['NotIn fails on the value', requirement('NotIn', ['web']), web, false],
  ['NotIn holds without the key', requirement('NotIn', ['web'], 'other'), web, true],
  ['Exists holds', requirement('Exists'), web, true],
  ['DoesNotExist fails', requirement('DoesNotExist'), web, false],
  [
    'labels and expressions both count',
    { matchLabels: { app: 'web' }, ...requirement('DoesNotExist') },
    web,
    false,
  ],
  ['an unknown operator selects nothing', requirement('Like', ['web']), web, false],
])('%s', (_name, selector, labels, expected) => {
  expect(selectsLabels(selector, labels)).toBe(expected);
});

test('a map of labels asks for its pairs only', () => {
  expect(hasLabels(web, { app: 'web' })).toBe(true);
  expect(hasLabels(undefined, { app: 'web' })).toBe(false);
  expect(hasLabels(undefined, {})).toBe(true);
});

test('a selector without requirements is known as selecting all', () => {
  expect(selectsAll({ matchLabels: {}, matchExpressions: [] })).toBe(true);
  expect(selectsAll({ matchLabels: { app: 'web' } })).toBe(false);
  expect(selectsAll(requirement('Exists'))).toBe(false);
});
