// What of the pods shall stand out: by namespace, label, owner and look. All that is set must hold.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { PodLook, ScenePod } from '../../scene/scene';

export interface Filters {
  namespace: string;
  /** 'app=web', or 'app' for any value. */
  label: string;
  /** 'Deployment/web' */
  owner: string;
  look: PodLook | '';
}

export const noFilters: Filters = { namespace: '', label: '', owner: '', look: '' };

export const filterStore = createStore<Filters>()(() => noFilters);

export function useFilters<T>(selector: (filters: Filters) => T): T {
  return useStore(filterStore, selector);
}

export function isFiltering({ namespace, label, owner, look }: Filters): boolean {
  return namespace !== '' || label !== '' || owner !== '' || look !== '';
}

/** Whether the filters let a pod through. */
export function passes(filters: Filters, pod: ScenePod): boolean {
  const { namespace, label, owner, look } = filters;
  return (
    (namespace === '' || pod.namespace === namespace) &&
    (look === '' || pod.look === look) &&
    (owner === '' || ownerText(pod.owner) === owner) &&
    (label === '' || hasLabel(pod.labels, label))
  );
}

export function ownerText(owner: ScenePod['owner']): string {
  return owner ? `${owner.kind}/${owner.name}` : '';
}

/** `labels` as in ScenePod; `wanted` a pair, or a key alone. */
export function hasLabel(labels: string | undefined, wanted: string): boolean {
  const isPair = wanted.includes('=');
  return (labels ?? '')
    .split(',')
    .some((pair) => (isPair ? pair === wanted : pair.startsWith(`${wanted}=`)));
}
