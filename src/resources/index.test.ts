import { expect, test } from 'vitest';
import { definitionByKey, definitionByKind, definitionByName, resourceDefinitions } from './index';

test('kinds are found by key, by kind and by every name that kubectl takes', () => {
  expect(definitionByKey.get('deployments.apps')?.ref.kind).toBe('Deployment');
  expect(definitionByKind.get('v1/Pod')?.ref.resource).toBe('pods');
  const names = ['po', 'pod', 'pods', 'svc', 'ep', 'endpoints', 'deploy', 'pc', 'leases', 'mc'];
  expect(names.map((name) => definitionByName.get(name)?.ref.kind)).toEqual([
    'Pod',
    'Pod',
    'Pod',
    'Service',
    'Endpoints',
    'Endpoints',
    'Deployment',
    'PriorityClass',
    'Lease',
    'Machine',
  ]);
});

test('every kind has a list kind and a table that shows its name', () => {
  for (const { ref, listKind, columns } of resourceDefinitions) {
    expect(listKind).toBe(ref.kind.endsWith('List') ? ref.kind : `${ref.kind}List`);
    expect(columns?.filter(({ format }) => format === 'name')).toHaveLength(1);
  }
});
