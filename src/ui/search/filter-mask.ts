import { useEffect, useState } from 'react';
import { POD_LOOKS } from '../../scene/packed-pods';
import type { Crowd } from '../state/crowd';
import { sceneStore } from '../state/scene-store';
import { filterStore, hasLabel, isFiltering, ownerText, type Filters } from './filters';

/** For each row of a crowd 1 when the filters let its pod through; null when there are none. */
export function filterMask(crowd: Crowd, filters: Filters): Uint8Array | null {
  if (!isFiltering(filters)) return null;
  const { namespace, label, owner, look } = filters;
  const mask = new Uint8Array(crowd.keys.length);
  const wanted = {
    namespace: namespace === '' ? -1 : (crowd.namespaces.find(namespace) ?? -2),
    look: look === '' ? -1 : POD_LOOKS.indexOf(look),
    owners: owner === '' ? null : crowd.owners.words.map((each) => ownerText(each) === owner),
    labels: label === '' ? null : crowd.labels.words.map((each) => hasLabel(each, label)),
  };
  for (const row of crowd.rows.values()) {
    const passes =
      (wanted.namespace === -1 || crowd.namespace[row] === wanted.namespace) &&
      (wanted.look === -1 || crowd.look[row] === wanted.look) &&
      (wanted.owners === null || wanted.owners[crowd.owner[row]!]) &&
      (wanted.labels === null || wanted.labels[crowd.label[row]!]);
    if (passes) mask[row] = 1;
  }
  return mask;
}

/** How often a mask is made anew while pods change, wall ms. */
const paceMs = 250;

/** The mask of the page's filters, kept up to date. */
export function useFilterMask(crowd: Crowd): Uint8Array | null {
  const [mask, setMask] = useState(() => filterMask(crowd, filterStore.getState()));
  useEffect(() => {
    let version = -1;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const make = (): void => {
      timer = undefined;
      version = crowd.version;
      setMask(filterMask(crowd, filterStore.getState()));
    };
    const onScene = (): void => {
      if (crowd.version === version || !isFiltering(filterStore.getState())) return;
      timer ??= setTimeout(make, paceMs);
    };
    make();
    const stops = [filterStore.subscribe(make), sceneStore.subscribe(onScene)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [crowd]);
  return mask;
}
