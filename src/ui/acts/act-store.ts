// The act that was done last, or is being done: the line at the canvas's foot shows it.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export interface DoneAct {
  /** Different for each act. */
  id: number;
  /** What a person would type. */
  command: string;
  state: 'running' | 'done' | 'refused';
  /** How far it has come, or what became of it. */
  message: string;
  /** Ends it early; absent for what is sent at once. */
  stop?: () => void;
}

export interface ActState {
  last: DoneAct | null;
}

export const actStore = createStore<ActState>()(() => ({ last: null }));

/** Selects from what was done last. */
export function useActs<T>(selector: (state: ActState) => T): T {
  return useStore(actStore, selector);
}

let lastId = 0;

/** Begins a line; what it returns changes the line while it is still the last. */
export function beginLine(command: string): (change: Partial<DoneAct>) => void {
  const id = ++lastId;
  actStore.setState({ last: { id, command, state: 'running', message: '' } });
  return (change) =>
    actStore.setState(({ last }) => (last?.id === id ? { last: { ...last, ...change } } : {}));
}
