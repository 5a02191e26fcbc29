// Live collections and objects for components; they follow whatever engine runs.
import { useEffect, useState } from 'react';
import type { KubeObject } from '../../api/object';
import type { Status } from '../../api/status-error';
import { useEngine } from './engine-store';
import { useHistory } from './history';
import { getObject } from './object-client';
import type { Transport } from './transport';
import { watchList } from './watch-list';

type Items = ReadonlyMap<string, KubeObject>;

interface SharedList {
  listeners: Set<(items: Items) => void>;
  items: Items | undefined;
  stop: () => void;
}

/** What several parts of the page show at once is asked for once. */
const lists = new WeakMap<Transport, Map<string, SharedList>>();

function shareList(
  engine: Transport,
  path: string,
  fieldSelector: string | undefined,
  listener: (items: Items) => void,
): () => void {
  const ofEngine = lists.get(engine) ?? new Map<string, SharedList>();
  lists.set(engine, ofEngine);
  const key = `${path} ${fieldSelector ?? ''}`;
  let list = ofEngine.get(key);
  if (!list) {
    const made: SharedList = { listeners: new Set(), items: undefined, stop: () => {} };
    ofEngine.set(key, (list = made));
    made.stop = watchList(engine, path, { fieldSelector }, (items) => {
      made.items = items;
      for (const each of made.listeners) each(items);
    });
  }
  const held = list;
  held.listeners.add(listener);
  if (held.items) listener(held.items);
  return () => {
    held.listeners.delete(listener);
    if (held.listeners.size > 0) return;
    held.stop();
    ofEngine.delete(key);
  };
}

/** A collection as it is now; undefined until the first list came, or while `path` is absent. */
export function useCollection<T extends KubeObject>(
  path: string | undefined,
  fieldSelector?: string,
): ReadonlyMap<string, T> | undefined {
  const engine = useEngine((state) => state.engine);
  const [items, setItems] = useState<ReadonlyMap<string, T>>();
  useEffect(() => {
    setItems(undefined);
    if (!engine || path === undefined) return;
    return shareList(engine, path, fieldSelector, (all) => setItems(all as ReadonlyMap<string, T>));
  }, [engine, path, fieldSelector]);
  return items;
}

export interface LiveObject<T> {
  object?: T;
  /** True once it was there and is no more. */
  gone: boolean;
  failure?: Status;
}

/** One object, read at once and kept up to date by a watch on its name. */
export function useLiveObject<T extends KubeObject>(
  collection: string | undefined,
  name: string,
): LiveObject<T> {
  const engine = useEngine((state) => state.engine);
  const items = useCollection<T>(collection, `metadata.name=${name}`);
  const [first, setFirst] = useState<LiveObject<T>>({ gone: false });
  useEffect(() => {
    let stale = false;
    setFirst({ gone: false });
    if (!engine || collection === undefined) return;
    getObject<T>(engine, `${collection}/${encodeURIComponent(name)}`).then(
      (answer) => {
        if (stale) return;
        setFirst(
          answer.ok
            ? { object: answer.object, gone: false }
            : { gone: answer.status.code === 404, failure: answer.status },
        );
      },
      () => {},
    );
    return () => {
      stale = true;
    };
  }, [engine, collection, name]);
  const isPast = useHistory((state) => state.past !== null);
  if (!items) return first;
  for (const object of items.values()) return { object, gone: false };
  // What was read of the present is nothing of a moment before.
  return { ...(first.object && !isPast ? { object: first.object } : {}), gone: true };
}
