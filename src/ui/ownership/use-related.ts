// The objects of every kind that stands in the ownership view, as they are now.
import { useEffect, useState } from 'react';
import type { KubeObject } from '../../api/object';
import { useEngine } from '../state/engine-store';
import { collectionPath } from '../state/object-path';
import { watchList } from '../state/watch-list';
import { RELATED_KINDS } from './related-kinds';

type Collections = ReadonlyMap<string, ReadonlyMap<string, KubeObject>>;

/**
 * All of one namespace, or of all namespaces; undefined until every kind has been listed, or while
 * `namespace` is null.
 */
export function useRelated(namespace: string | null): Collections | undefined {
  const engine = useEngine((state) => state.engine);
  const [held, setHeld] = useState<Collections>(new Map());
  useEffect(() => {
    setHeld(new Map());
    if (!engine || namespace === null) return;
    const stops = RELATED_KINDS.map(({ ref }) =>
      watchList(engine, collectionPath(ref, namespace), {}, (items) =>
        setHeld((before) => new Map(before).set(ref.kind, items)),
      ),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [engine, namespace]);
  return held.size === RELATED_KINDS.length ? held : undefined;
}
