// What the page and the engine say to each other. The page never holds the engine: it sends API
// requests in the shape of HTTP, clock commands and little else, and receives answers, watch chunks
// and scene deltas. The same messages would cross a WebSocket to an engine in Node.
import type { Machine } from '../api/machine';
import type { Draft } from '../api/object';
import type { SceneDelta } from '../scene/scene';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /**
   * Path with query: '/api/v1/pods?watch=true'. World objects:
   * '/apis/sim.kubarium.dev/v1alpha1/machines'.
   */
  path: string;
  headers?: Record<string, string>;
  /** JSON text. */
  body?: string;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface StartOptions {
  seed: number;
  preset: string;
  /** Virtual start time, ms since the epoch. */
  startMs: number;
  /** Machine objects instead of the preset's, as a share link carries them. */
  machines?: Draft<Machine>[];
  /** A saved cluster (`SavedCluster` of the engine), as it came from a 'saved' message. */
  saved?: unknown;
  speed: number;
  paused: boolean;
}

export interface ClockState {
  nowMs: number;
  startMs: number;
  speed: number;
  paused: boolean;
  /** Speed the engine really reaches; below `speed` when the machine is too slow for it. */
  actualSpeed: number;
}

export type ToEngine =
  | { type: 'start'; options: StartOptions }
  /** A 'start' with these options is likely to come: the cluster may be made ahead of it. */
  | { type: 'prepare'; options: StartOptions }
  /** What the page needs first has come: the rest of the engine may load now. */
  | { type: 'extend' }
  /**
   * Answered by 'response'; a watch is answered by 'response' with an empty body, then 'chunk's.
   */
  | { type: 'request'; id: number; request: HttpRequest }
  | { type: 'abort'; id: number }
  | { type: 'clock'; command: 'pause' | 'resume' | 'step' }
  | { type: 'clock'; command: 'speed'; speed: number }
  /** Runs flat out (within the CPU budget a tick) to that virtual time. */
  | { type: 'clock'; command: 'warp'; toMs: number }
  /** Answered by 'saved'. */
  | { type: 'save'; id: number }
  | ToHistory
  /** The scheduler's queues and its last cycles; answered by 'scheduling'. */
  | { type: 'scheduling'; id: number }
  /** Result of the scheduler's last cycle for a pod; answered by 'why'. */
  | { type: 'why'; id: number; namespace: string; name: string };

/** What a page says to the engine about the past; an engine that keeps none says so once. */
export type ToHistory =
  /** A person is about to act; `label` names the act in the person's language. */
  | { type: 'note'; label: string }
  /** Goes on from the moment before the last act noted. */
  | { type: 'undo' }
  /** Takes up the future that the last undo left. */
  | { type: 'redo' };

/** A person's act, as it was noted. */
export interface PastAct {
  id: number;
  label: string;
  /** Virtual time just before it. */
  atMs: number;
}

/** A moment that has been. */
export interface PastMoment {
  atMs: number;
  /** Newest revision of the cluster at that moment. */
  revision: number;
}

/** One course that the cluster took. */
export interface PastBranch {
  id: number;
  /** The branch it left, and where; absent for the first. */
  from?: { branch: number; atMs: number };
  /** Its last moment so far. */
  nowMs: number;
  /** Whether the cluster runs on this one. */
  current: boolean;
}

export interface WaitingPod {
  /** 'namespace/name'. */
  pod: string;
  priority: number;
  /** Cycles so far. */
  attempts: number;
  /** When it came to this queue, virtual ms. */
  sinceMs: number;
  /** When its backoff ends, virtual ms; 0 outside the backoff queue. */
  untilMs: number;
  /** Plugins for whose sake it waits. */
  rejectedBy: string[];
  /** The plugin that does not let it into the queue, '' for none. */
  gatedBy: string;
}

export interface WaitingQueue {
  count: number;
  /** The first hundred, the next to be tried first. */
  pods: WaitingPod[];
}

export interface SchedulerOverview {
  active: WaitingQueue;
  backoff: WaitingQueue;
  unschedulable: WaitingQueue;
  /** The newest cycles first; node '' when none was found. */
  recent: { pod: string; atMs: number; attempts: number; node: string; message: string }[];
}

export interface SchedulingReport {
  pod: string;
  atMs: number;
  attempts: number;
  /** Node it went to, '' when none fits. */
  node: string;
  message: string;
  filters: { plugin: string; rejected: Record<string, string> }[];
  scores: { plugin: string; weight: number; byNode: Record<string, number> }[];
  totals: Record<string, number>;
}

export type FromEngine =
  | { type: 'started'; version: string; bootMs: number }
  | { type: 'response'; id: number; response: HttpResponse }
  | { type: 'chunk'; id: number; text: string; last: boolean }
  | { type: 'clock'; clock: ClockState }
  | { type: 'scene'; delta: SceneDelta }
  | { type: 'saved'; id: number; saved: unknown }
  | { type: 'why'; id: number; report: SchedulingReport | null }
  /** Null while no scheduler leads. */
  | { type: 'scheduling'; id: number; overview: SchedulerOverview | null }
  /** The engine broke: a bug, shown to the person with what to do. */
  | { type: 'crashed'; message: string; stack: string };
