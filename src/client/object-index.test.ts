import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../api/object';
import { ObjectIndex } from './object-index';

function object(uid: string, resourceVersion: string, ...finalizers: string[]): KubeObject {
  const metadata = { name: uid, uid, resourceVersion, creationTimestamp: '', finalizers };
  return { apiVersion: 'v1', kind: 'Item', metadata };
}

describe('an index', () => {
  const [a1, a2, a3] = [object('a', '1', 'x'), object('a', '2', 'x', 'y'), object('a', '3', 'y')];
  const b1 = object('b', '1', 'x');

  it.each<[string, [KubeObject?, KubeObject?][], KubeObject[], KubeObject[]]>([
    ['nothing', [], [], []],
    [
      'new objects',
      [
        [undefined, a1],
        [undefined, b1],
      ],
      [a1, b1],
      [],
    ],
    [
      'a version that takes the place of the last',
      [
        [undefined, a1],
        [undefined, b1],
        [a1, a2],
      ],
      [a2, b1],
      [a2],
    ],
    [
      'a version that leaves a bucket',
      [
        [undefined, a2],
        [a2, a3],
      ],
      [],
      [a3],
    ],
    [
      'what goes',
      [
        [undefined, a2],
        [undefined, b1],
        [a2, undefined],
      ],
      [b1],
      [],
    ],
    [
      'another object of the same name',
      [
        [undefined, a1],
        [a1, b1],
      ],
      [b1],
      [],
    ],
  ])('holds %s', (_, changes, x, y) => {
    const index = new ObjectIndex<KubeObject>(({ metadata }) => metadata.finalizers ?? []);
    for (const change of changes) index.change(...(change as [KubeObject, KubeObject]));
    const found = ['x', 'y'].map((value) => [...index.bucket(value)]);
    expect(found).toEqual([x, y]);
    expect(['x', 'y'].map((value) => index.bucket(value).size)).toEqual([x.length, y.length]);
  });
});
