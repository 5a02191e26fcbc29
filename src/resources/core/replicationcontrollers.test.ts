import { expect, test } from 'vitest';
import { prepared, refusal } from '../../testing/refusal';
import { replicationControllerDefinition } from './replicationcontrollers';

const template = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'main', image: 'app:1' }] },
};

test('what is left out comes from the template', () => {
  const { metadata, spec } = prepared(replicationControllerDefinition, { spec: { template } });
  expect([metadata.labels, spec.selector, spec.replicas]).toEqual([
    { app: 'web' },
    { app: 'web' },
    1,
  ]);
  const own = { metadata: { name: 'x', labels: { a: 'b' } }, spec: { template, selector: {} } };
  expect(prepared(replicationControllerDefinition, own).metadata.labels).toEqual({ a: 'b' });
});

test.each<[object, string[]]>([
  [{ template }, []],
  [{}, ['spec.selector: Required value', 'spec.template: Required value']],
  [
    { template, selector: { a: 'b' } },
    [
      'spec.template.metadata.labels: Invalid value: {"app":"web"}: ' +
        '`selector` does not match template `labels`',
    ],
  ],
  [
    { template, replicas: -1, minReadySeconds: -2 },
    [
      'spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0',
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ],
  ],
  [
    { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } },
    ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
  ],
])('%o', (spec, complaints) => {
  expect(refusal(replicationControllerDefinition, { spec })).toEqual(complaints);
});
