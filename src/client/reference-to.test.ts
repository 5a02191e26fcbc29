import { expect, it } from 'vitest';
import { referenceTo } from './reference-to';

const common = { name: 'web', uid: 'u1', resourceVersion: '7' };

function object(kind: string, namespace?: string) {
  return { apiVersion: 'v1', kind, metadata: { ...common, namespace, creationTimestamp: '' } };
}

it.each([
  ['a pod', object('Pod', 'shop'), undefined, { kind: 'Pod', namespace: 'shop' }],
  [
    'a part of a pod',
    object('Pod', 'shop'),
    'spec.containers{web}',
    { kind: 'Pod', namespace: 'shop', fieldPath: 'spec.containers{web}' },
  ],
  ['what has no namespace', object('Node'), undefined, { kind: 'Node' }],
  [
    'a part of what has no namespace',
    object('Node'),
    'status',
    { kind: 'Node', fieldPath: 'status' },
  ],
])('refers to %s', (_, about, fieldPath, expected) => {
  const reference = referenceTo(about, fieldPath);
  expect(reference).toStrictEqual({ apiVersion: 'v1', ...common, ...expected });
});
