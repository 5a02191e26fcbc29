import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../api/object';
import { ObjectCache } from './object-cache';

function object(namespace: string | undefined, name: string, resourceVersion = '1'): KubeObject {
  const metadata = { name, namespace, uid: name, resourceVersion, creationTimestamp: '' };
  return { apiVersion: 'v1', kind: 'Item', metadata };
}

describe('the cache of an informer', () => {
  it('finds objects by key and by those of the same name, in every namespace and in none', () => {
    const cache = new ObjectCache();
    const objects = [object('a', 'one'), object('b', 'one'), object(undefined, 'one')];
    for (const each of objects) cache.put(each);
    expect(['a/one', 'b/one', 'one', 'a/two', 'c/one'].map((key) => cache.get(key))).toEqual([
      ...objects,
      undefined,
      undefined,
    ]);
    expect([cache.find('b', 'one'), cache.find('b', 'two')]).toEqual([objects[1], undefined]);
    expect(cache.like(object('b', 'one', '2'))).toBe(objects[1]);
    expect(cache.like(object('b', 'two'))).toBeUndefined();
  });

  it('keeps the newest put and forgets what is removed', () => {
    const cache = new ObjectCache();
    cache.put(object('a', 'one'));
    const newest = object('a', 'one', '2');
    cache.put(newest);
    cache.put(object('a', 'two'));
    cache.remove(object('a', 'two', '7'));
    cache.remove(object('c', 'never'));
    expect([...cache]).toEqual([['a/one', newest]]);
    cache.remove(newest);
    expect([[...cache.keys()], [...cache.values()]]).toEqual([[], []]);
  });
});
