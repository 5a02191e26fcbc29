// What the page knows of the cluster's past, and the way back. A person's acts are noted just
// before they are sent, so that each can be undone: undoing goes on from the moment before the act,
// and the future that is left behind stays listed until the page is left.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { PastAct, PastBranch, PastMoment } from '../../host/protocol';
import { engineStore } from './engine-store';

export interface HistoryState {
  /** False where the engine keeps no history (a served cluster), or has not said yet. */
  kept: boolean;
  /** The moment that is looked at; null while the page shows now. */
  past: PastMoment | null;
  /** Acts of the branch on which the cluster runs, oldest first: the last is undone next. */
  acts: readonly PastAct[];
  /** Acts that were undone, the next to be done again last. */
  undone: readonly PastAct[];
  /** All that the cluster has been since the page came, the one that runs included. */
  branches: readonly PastBranch[];
}

export const noHistory: HistoryState = {
  kept: false,
  past: null,
  acts: [],
  undone: [],
  branches: [],
};

export const historyStore = createStore<HistoryState>()(() => noHistory);

/** Selects from what the page knows of the cluster's past. */
export function useHistory<T>(selector: (state: HistoryState) => T): T {
  return useStore(historyStore, selector);
}

/**
 * Notes that a person is about to act: call it just before the request is sent, once for what is
 * one act to the person, however many requests that takes. `label` says it in the language of the
 * page, as a verb and its object ('power off n2', 'apply web.yaml'); undo, the timeline and its
 * marks show it.
 */
export function noteAct(label: string): void {
  engineStore.getState().engine?.send({ type: 'note', label });
}

/** Goes back to the moment before the last act and on from there; does nothing without an act. */
export function undo(): void {
  engineStore.getState().engine?.send({ type: 'undo' });
}

/** Goes to the future that the last undo left, as it was left; nothing after another act. */
export function redo(): void {
  engineStore.getState().engine?.send({ type: 'redo' });
}
