import { expect, it } from 'vitest';
import type { ObjectMeta } from '../api/object';
import { wholeMetadata } from './whole-metadata';

const bare = { name: 'web', uid: 'u1', resourceVersion: '7', creationTimestamp: 't' };
const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u2' };
const ofController = {
  ...bare,
  generateName: 'web-',
  namespace: 'shop',
  generation: 1,
  labels: { app: 'web' },
  ownerReferences: [owner],
};

it.each<[string, ObjectMeta]>([
  ['an object without a namespace', bare],
  ['an Event', { ...bare, namespace: 'shop' }],
  ['a pod of a controller', ofController],
  ['an annotated pod of a controller', { ...ofController, annotations: { a: 'b' } }],
  [
    'a pod that ends',
    { ...ofController, deletionTimestamp: 't', deletionGracePeriodSeconds: 30, finalizers: ['f'] },
  ],
  ['a pod without labels', { ...bare, namespace: 'shop', generation: 2 }],
])('copies the metadata of %s and leaves out what is undefined', (_, metadata) => {
  const copy = wholeMetadata({ annotations: undefined, labels: undefined, ...metadata });
  expect(copy).toStrictEqual(metadata);
  expect(copy).not.toBe(metadata);
});

it("keeps the server's order of fields", () => {
  expect(Object.keys(wholeMetadata({ ...ofController, finalizers: ['f'] }))).toEqual([
    'name',
    'generateName',
    'namespace',
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'labels',
    'ownerReferences',
    'finalizers',
  ]);
});
