import type { NodeSelectorTerm } from './types';
import { expect, test } from 'vitest';
import { matchesNodeSelectorTerm, matchesRequiredNodeAffinity } from './node-affinity';
import type { Node } from './types';

const node = { metadata: { name: 'n1', labels: { zone: 'a', cores: '8' } } } as unknown as Node;
const term = (operator: string, values: string[] | undefined, key = 'zone') => ({
  matchExpressions: [{ key, operator, values }],
});

test.each([
  ['In', term('In', ['a', 'b']), true],
  ['NotIn', term('NotIn', ['a']), false],
  ['NotIn without the label', term('NotIn', ['a'], 'rack'), true],
  ['Exists', term('Exists', undefined), true],
  ['DoesNotExist', term('DoesNotExist', undefined, 'rack'), true],
  ['Gt', term('Gt', ['7'], 'cores'), true],
  ['Lt is strict', term('Lt', ['8'], 'cores'), false],
  ['Gt of what is no number', term('Gt', ['7']), false],
  ['a field', { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] }, true],
  [
    'a field of another node',
    { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n2'] }] },
    false,
  ],
  ['an empty term', {}, false],
])('a node selector term: %s', (_name, selectorTerm, expected) => {
  expect(matchesNodeSelectorTerm(selectorTerm as NodeSelectorTerm, node)).toBe(expected);
});

test('the node selector and one of the required terms must hold', () => {
  const affinity = (...terms: object[]) => ({
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } },
  });
  expect(matchesRequiredNodeAffinity({}, node)).toBe(true);
  expect(matchesRequiredNodeAffinity({ nodeSelector: { zone: 'b' } }, node)).toBe(false);
  const either = affinity(term('In', ['x']), term('In', ['a']));
  expect(matchesRequiredNodeAffinity({ affinity: either }, node)).toBe(true);
  expect(matchesRequiredNodeAffinity({ affinity: affinity() }, node)).toBe(false);
});
