import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../api/object';
import { StatusError } from '../api/status-error';
import { Store } from './store';
import type { WatchFilter } from './watcher';

interface Item extends KubeObject {
  color: string;
}

const item = (namespace: string, name: string, color = 'red'): Item => ({
  apiVersion: 'v1',
  kind: 'Item',
  color,
  metadata: { name, namespace, uid: name, resourceVersion: '', creationTimestamp: '' },
});

function newStore(historyMax = 1000): Store {
  const store = new Store({ historyMax });
  store.defineTable('items', { indexOf: (object) => (object as Item).color });
  store.defineTable('others');
  return store;
}

function change(store: Store, object: KubeObject, color: string): KubeObject {
  const draft = { ...object, color, metadata: { ...object.metadata } } as Item;
  return store.update('items', draft, object);
}

const names = (objects: KubeObject[]): string[] =>
  objects.map(
    ({ metadata, ...rest }) => `${metadata.namespace}/${metadata.name} ${(rest as Item).color}`,
  );

function record(store: Store, filter: WatchFilter, revision = store.revision) {
  const log: string[] = [];
  const stop = store.watch('items', filter, revision, {
    event: (type, { metadata }, at) =>
      log.push(`${type} ${metadata.name}@${metadata.resourceVersion} ${at}`),
    closed: () => log.push('closed'),
  });
  return { log, stop };
}

describe('the store', () => {
  it('gives every write the next revision, on a frozen object', () => {
    const store = newStore();
    const created = store.create('items', item('a', 'one'));
    expect(created.metadata.resourceVersion).toBe('2');
    expect(Object.isFrozen(created) && Object.isFrozen(created.metadata)).toBe(true);
    const changed = change(store, created, 'blue');
    expect([changed.metadata.resourceVersion, store.revision]).toEqual(['3', 3]);
    const last = store.delete('items', changed);
    expect(last.metadata.resourceVersion).toBe('4');
    expect(changed.metadata.resourceVersion).toBe('3');
    expect(store.get('items', 'a', 'one')).toBeUndefined();
    expect(store.objectCount).toBe(0);
  });

  it('refuses to replace or remove anything but the newest version', () => {
    const store = newStore();
    const first = store.create('items', item('a', 'one'));
    change(store, first, 'blue');
    expect(() => change(store, first, 'green')).toThrow('newest version');
    expect(() => store.delete('items', first)).toThrow('newest version');
    expect(() => store.create('items', item('a', 'one'))).toThrow('finds it free');
  });

  it('lists in key order, of one namespace or of all', () => {
    const store = newStore();
    for (const [namespace, name] of [
      ['b', 'x'],
      ['a', 'z'],
      ['a', 'y'],
    ]) {
      store.create('items', item(namespace, name));
    }
    expect(names(store.list('items'))).toEqual(['a/y red', 'a/z red', 'b/x red']);
    expect(names(store.list('items', 'b'))).toEqual(['b/x red']);
    expect(names(store.list('items', 'none'))).toEqual([]);
  });

  it('tells how things stood at any revision that is not compacted', () => {
    const store = newStore();
    const one = store.create('items', item('a', 'one'));
    const two = store.create('items', item('a', 'two'));
    change(store, one, 'blue');
    store.delete('items', two);
    store.create('items', item('b', 'three'));
    const at = (revision: number): string[] => names(store.listAt('items', '', revision));
    expect(at(2)).toEqual(['a/one red']);
    expect(at(3)).toEqual(['a/one red', 'a/two red']);
    expect(at(4)).toEqual(['a/one blue', 'a/two red']);
    expect(at(5)).toEqual(['a/one blue']);
    expect(at(6)).toEqual(['a/one blue', 'b/three red']);
    store.compact(4);
    expect(at(4)).toEqual(['a/one blue', 'a/two red']);
    expect(() => at(3)).toThrow(new StatusError(410, 'Expired', 'too old resource version: 3 (5)'));
  });

  it('keeps no more history than it may', () => {
    const store = newStore(3);
    let object = store.create('items', item('a', 'one'));
    for (const color of ['b', 'c', 'd', 'e']) object = change(store, object, color);
    expect([store.revision, store.compactedRevision]).toEqual([6, 3]);
  });

  it('comes back from a snapshot whole, with its revision and without its history', () => {
    const store = newStore();
    store.create('items', item('a', 'one'));
    store.create('others', item('b', 'two'));
    const snapshot = JSON.parse(JSON.stringify(store.snapshot()));
    const other = newStore();
    const { log } = record(other, {});
    other.restore(snapshot);
    expect(other.snapshot()).toEqual(store.snapshot());
    expect(log).toEqual(['closed']);
    expect(other.objectCount).toBe(2);
    expect(() => other.listAt('items', '', 1)).toThrow('too old resource version');
  });
});

describe('a watch', () => {
  it('replays what was written after its revision, then follows', () => {
    const store = newStore();
    const one = store.create('items', item('a', 'one'));
    const blue = change(store, one, 'blue');
    const { log, stop } = record(store, {}, 2);
    store.create('items', item('b', 'two'));
    store.create('others', item('b', 'other'));
    store.delete('items', blue);
    stop();
    store.create('items', item('b', 'unseen'));
    expect(log).toEqual(['MODIFIED one@3 3', 'ADDED two@4 4', 'DELETED one@6 6']);
  });

  it.each<[string, WatchFilter, string[]]>([
    ['namespace', { namespace: 'b' }, ['ADDED two@3 3']],
    ['name', { name: 'one' }, ['ADDED one@2 2', 'MODIFIED one@4 4', 'DELETED one@5 5']],
    [
      'an indexed value, seeing objects come to match and cease to',
      { indexValue: 'blue', matches: (object) => (object as Item).color === 'blue' },
      ['ADDED one@4 4', 'DELETED one@5 5'],
    ],
    [
      'a predicate',
      { matches: (object) => (object as Item).color === 'red' },
      ['ADDED one@2 2', 'ADDED two@3 3', 'DELETED one@4 4'],
    ],
  ])('filters by %s', (_, filter, expected) => {
    const store = newStore();
    const { log } = record(store, filter);
    const one = store.create('items', item('a', 'one'));
    store.create('items', item('b', 'two'));
    const blue = change(store, one, 'blue');
    store.delete('items', blue);
    expect(log).toEqual(expected);
    expect(store.watcherCount).toBe(1);
  });

  it('throws when its revision is compacted, and is told when the store closes', () => {
    const store = newStore();
    store.create('items', item('a', 'one'));
    store.create('items', item('a', 'two'));
    store.compact(3);
    expect(() => record(store, {}, 2)).toThrow('too old resource version: 2 (4)');
    const { log } = record(store, { indexValue: 'red' });
    store.closeWatches();
    store.create('items', item('a', 'three'));
    expect(log).toEqual(['closed']);
  });
});

it('objects are found by their indexed field as they come, change and go', () => {
  const store = new Store();
  store.defineTable('pods', { indexOf: (object) => (object as { node?: string }).node ?? '' });
  const pod = (name: string, node: string, namespace = 'default') =>
    ({ metadata: { name, namespace }, node }) as unknown as KubeObject;
  const namesOn = (node: string) =>
    store.listIndexed('pods', node).map(({ metadata }) => metadata.name);
  const b = store.create('pods', pod('b', 'n1'));
  expect(namesOn('n1')).toEqual(['b']);
  store.create('pods', pod('a', 'n1'));
  const moved = store.update('pods', pod('b', 'n2'), b);
  expect([namesOn('n1'), namesOn('n2')]).toEqual([['a'], ['b']]);
  const waiting = store.update('pods', pod('b', ''), moved);
  store.create('pods', pod('c', 'n1', 'another'));
  expect([namesOn('n1'), namesOn('n2'), namesOn('')]).toEqual([['c', 'a'], [], ['b']]);
  store.delete('pods', store.update('pods', pod('b', 'n2'), waiting));
  expect([namesOn('n2'), namesOn('')]).toEqual([[], []]);
});
