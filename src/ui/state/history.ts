// What the page knows of the cluster's past, and the way back. A person's acts are noted just
// before they are sent, so that each can be undone: undoing goes on from the moment before the act,
// and the future that is left behind stays listed until the page is left.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { HistoryReport, PastMoment, SkippedReport } from '../../host/protocol';
import { engineStore } from './engine-store';

/** To go on from what is shown, or from before the last act. */
export type AskedApart = { type: 'branch'; seed?: number } | { type: 'undo'; label: string };

export interface HistoryState extends HistoryReport {
  /** True once the engine has told whether it keeps a history. */
  heard: boolean;
  /** The moment that is looked at; null while the page shows now. */
  past: PastMoment | null;
  /** What the person wants to go on from, of a cluster that others share: it is asked first. */
  asked: AskedApart | null;
  /** What went by too fast to be seen; null once that has been read. */
  skipped: SkippedReport | null;
}

/** As long as nothing has been heard of the past. */
export const noHistory: HistoryState = {
  heard: false,
  kept: false,
  fromMs: 0,
  letGo: 0,
  acts: [],
  undone: [],
  isShared: false,
  branches: [],
  past: null,
  asked: null,
  skipped: null,
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
  historyStore.setState({ skipped: null });
  engineStore.getState().engine?.send({ type: 'note', label });
}

/**
 * Goes back to the moment before the last act and on from there; does nothing without an act. Of a
 * cluster that others share it is asked first, as by `branchHere`: what goes on is another cluster.
 */
export function undo(): void {
  const { isShared, acts } = historyStore.getState();
  const last = acts.at(-1);
  if (isShared) {
    if (last) historyStore.setState({ asked: { type: 'undo', label: last.label } });
    return;
  }
  engineStore.getState().engine?.send({ type: 'undo' });
}

/** Goes to the future that the last undo left, as it was left; nothing after another act. */
export function redo(): void {
  engineStore.getState().engine?.send({ type: 'redo' });
}

/** Shows the cluster as it was at that virtual time; from its newest moment on, as it is. */
export function lookAt(atMs: number): void {
  engineStore.getState().engine?.send({ type: 'look', atMs });
}

/** Shows it so many events later or, when negative, earlier than what is shown. */
export function lookBy(events: number): void {
  engineStore.getState().engine?.send({ type: 'look', by: events });
}

/** Back from the past to the cluster as it is. */
export function lookAtNow(): void {
  engineStore.getState().engine?.send({ type: 'now' });
}

/** Goes on from the moment that is shown, with the same dice or those of another seed. */
export function branchHere(seed?: number): void {
  const message = { type: 'branch', ...(seed !== undefined && { seed }) } as const;
  if (historyStore.getState().isShared) return historyStore.setState({ asked: message });
  engineStore.getState().engine?.send(message);
}

/** Takes up another course where it was left. */
export function takeBranch(branch: number): void {
  engineStore.getState().engine?.send({ type: 'switch', branch });
}
