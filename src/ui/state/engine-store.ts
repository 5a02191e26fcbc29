// What the page knows of the engine: whether it runs, its clock, and what has to be said about it.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ClockState } from '../../host/protocol';
import type { Engine } from './engine';
import { CLUSTER_START_MS } from './first-cluster';
import type { BadLink } from './share-link';

export type Notice =
  | { kind: 'startedFresh' }
  | { kind: 'badLink'; why: BadLink }
  | { kind: 'sharedCluster' }
  | { kind: 'otherTab' }
  /** It went on apart from one that others share; or should have, but is kept no more. */
  | { kind: 'branch' | 'branchGone' }
  /** Too large to be kept. */
  | { kind: 'madeAnew' }
  | { kind: 'actionFailed'; what: string; message: string };

export interface EngineState {
  phase: 'starting' | 'running' | 'crashed';
  /** 'v1.36.0' once it runs. */
  version: string;
  clock: ClockState;
  /** The line to it; another after a new start, so that watches begin anew. */
  engine: Engine | null;
  crash: { message: string; stack: string } | null;
  notice: Notice | null;
  /** True while the clock runs ahead to the next change. */
  warping: boolean;
}

export const engineStore = createStore<EngineState>()(() => ({
  phase: 'starting',
  version: '',
  clock: {
    nowMs: CLUSTER_START_MS,
    startMs: CLUSTER_START_MS,
    speed: 1,
    paused: false,
    actualSpeed: 1,
  },
  engine: null,
  crash: null,
  notice: null,
  warping: false,
}));

/** Selects from what the page knows of the engine. */
export function useEngine<T>(selector: (state: EngineState) => T): T {
  return useStore(engineStore, selector);
}
