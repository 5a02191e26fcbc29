// Which of the two panels for looking is open.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export interface SearchUi {
  open: 'find' | 'filter' | null;
}

export const searchUi = createStore<SearchUi>()(() => ({ open: null }));

export function useSearchUi<T>(selector: (ui: SearchUi) => T): T {
  return useStore(searchUi, selector);
}
