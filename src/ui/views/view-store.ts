// Which view of the cluster is in front.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export type ViewId = 'cluster' | 'ownership' | 'scheduler';

export const viewStore = createStore<{ view: ViewId }>()(() => ({ view: 'cluster' }));

/** The view in front. */
export function useView(): ViewId {
  return useStore(viewStore, ({ view }) => view);
}
