// What the page and the engine say to each other. The page never holds the engine: it sends API
// requests in the shape of HTTP, clock commands and little else, and receives answers, watch chunks
// and scene deltas. The same messages would cross a WebSocket to an engine in Node.
import type { Machine } from '../api/machine';
import type { Draft } from '../api/object';
import type { CountSample } from '../scene/count-samples';
import type { PodLook, SceneDelta } from '../scene/scene';

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
  /** Pods of workloads that it is filled with, beside those of the system. */
  pods?: number;
  /** Machine objects instead of the preset's, as a share link carries them. */
  machines?: Draft<Machine>[];
  /** A saved cluster, as it came from a 'saved' message: bytes, or the engine's plain form. */
  saved?: unknown;
  speed: number;
  paused: boolean;
}

/** A larger cluster takes too long to be brought back: it is not kept, but made anew. */
export const KEPT_MAX = { nodes: 1_100, pods: 12_000 } as const;

export interface ClockState {
  nowMs: number;
  startMs: number;
  speed: number;
  paused: boolean;
  /** Speed the engine really reaches; below `speed` when the machine is too slow for it. */
  actualSpeed: number;
  /** Set while the past is shown: all other fields are of that moment then. */
  past?: PastMoment;
  /** What the clock runs ahead to; absent when it does not. */
  warpingTo?: WarpTarget;
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
  /** Several at one moment, none of them a watch: one act on many objects. */
  | { type: 'requests'; requests: readonly { id: number; request: HttpRequest }[] }
  | { type: 'abort'; id: number }
  /** A step goes to the next event, a hop to the next arrival of a message. */
  | { type: 'clock'; command: 'pause' | 'resume' | 'step' | 'hop' }
  | { type: 'clock'; command: 'speed'; speed: number }
  /** Runs flat out (within the CPU budget a tick) to that virtual time. */
  | { type: 'clock'; command: 'warp'; toMs: number }
  /** Runs flat out until the next of what is named. */
  | { type: 'clock'; command: 'warpTo'; target: WarpTarget }
  /** Answered by 'saved'. */
  | { type: 'save'; id: number }
  | ToHistory
  | Follow
  /** What a scheduler would make of a pod now, whether one runs or not; answered by 'why'. */
  | { type: 'judge'; id: number; namespace: string; name: string }
  /** The scheduler's queues and its last cycles; answered by 'scheduling'. */
  | { type: 'scheduling'; id: number }
  /** Result of the scheduler's last cycle for a pod; answered by 'why'. */
  | { type: 'why'; id: number; namespace: string; name: string };

/** Somebody follows what becomes of one act: in a large cluster, too, messages of pods are told. */
export interface Follow {
  type: 'follow';
  on: boolean;
}

/**
 * What a page says about the past. An engine that keeps no history answers the first of these with
 * a 'history' message that says so.
 */
export type ToHistory =
  /** A person is about to act; `label` names the act in the person's language. */
  | { type: 'note'; label: string }
  /** Goes on from the moment before the last act noted. */
  | { type: 'undo' }
  /** Takes up the future that the last undo left. */
  | { type: 'redo' }
  /** Shows the cluster as it was at that virtual time; from its last moment on, as it is. */
  | { type: 'look'; atMs: number }
  /** Shows it so many events later or, when negative, earlier than what is shown. */
  | { type: 'look'; by: number }
  /** Shows it as it is. */
  | { type: 'now' }
  /** Goes on from the moment that is shown, with another seed when one is given. */
  | { type: 'branch'; seed?: number }
  /** Takes up another course where it was left. */
  | { type: 'switch'; branch: number }
  /**
   * From now on the page is told what to draw as a timeline, with lanes of pods while there are no
   * more of them than `podLanesMax`.
   */
  | { type: 'timeline'; on: boolean; podLanesMax?: number }
  /** Which of the moments that can be warped to are to come; answered by 'coming'. */
  | { type: 'coming'; id: number };

/** Moments that have a name: the clock can run ahead to the next of its kind. */
export const WARP_TARGETS = [
  'change',
  'scheduled',
  'pulled',
  'ready',
  'rollout',
  'restart',
  'node',
  'eviction',
  'job',
  'cronJob',
] as const;

export type WarpTarget = (typeof WARP_TARGETS)[number];

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
  /** Virtual time of the newest moment, where the cluster waits. */
  nowMs: number;
  /** The write that made it so; absent at the beginning. */
  wrote?: { type: 'ADDED' | 'MODIFIED' | 'DELETED'; kind: string; name: string };
}

/** One course that the cluster took. */
export interface PastBranch {
  id: number;
  /** The branch it left, and when; absent for the first. */
  from?: { branch: number; atMs: number };
  /** Its seed, when it is not that of the branch it left. */
  seed?: number;
  /** Its last moment so far. */
  nowMs: number;
  /** Whether the cluster runs on this one. */
  current: boolean;
}

export interface HistoryReport {
  /** False where no history is kept, since what keeps it did not load. */
  kept: boolean;
  /**
   * True of a cluster that others use too: it goes on while its past is shown here, and what goes
   * on from a moment of it is answered by 'apart'.
   */
  isShared?: boolean;
  /** The oldest moment that can be shown, virtual ms. */
  fromMs: number;
  /** Revisions that were let go, so that the history does not outgrow the memory. */
  letGo: number;
  acts: PastAct[];
  /** The next to be done again last. */
  undone: PastAct[];
  branches: PastBranch[];
}

/** What happened while nobody could look. */
export interface SkippedReport {
  fromMs: number;
  toMs: number;
  /** How many of each, none left out that is not zero. */
  counts: Partial<Record<SkippedCount, number>>;
  /** What was run ahead to, and has not come. */
  missed?: WarpTarget;
}

export const SKIPPED_COUNTS = [
  'podsCreated',
  'podsDeleted',
  'podsEvicted',
  'podsReady',
  'podsFailed',
  'restarts',
  'rolloutsDone',
  'nodesLost',
  'nodesReady',
  'jobsDone',
  'warnings',
] as const;

export type SkippedCount = (typeof SKIPPED_COUNTS)[number];

/** What is new for a timeline; lanes are whole and replace those of their key. */
export interface TimelineDelta {
  /** Forget all that was told before. */
  reset: boolean;
  /** True when there are more pods than can have lanes. */
  isFull: boolean;
  /** The oldest moment that can be shown; what lies before it may be forgotten. */
  fromMs: number;
  /** False while there are more pods than the page wants lanes of. */
  hasPodLanes: boolean;
  pods: PodLane[];
  /** How many pods look how; the first may be of the moment of the last that was told. */
  counts: readonly CountSample[];
  rollouts: RolloutLane[];
  nodes: NodeLane[];
  marks: TimelineMark[];
}

export interface PodLane {
  uid: string;
  namespace: string;
  name: string;
  /** Who owns it at the top; absent for a pod that stands alone. */
  owner?: { kind: string; name: string };
  /** Owner colour, 1 to 8; 0 for none. */
  hue: number;
  /** Oldest first; each lasts until the next, the last until `endMs`, or now. */
  spans: { fromMs: number; look: PodLook; reason?: string }[];
  restarts: { atMs: number; container: string; reason: string; exitCode: number }[];
  endMs?: number;
}

export interface RolloutLane {
  uid: string;
  kind: string;
  namespace: string;
  name: string;
  hue: number;
  spans: {
    fromMs: number;
    /** 'stalled' when it has taken longer than its deadline. */
    state: 'rolling' | 'done' | 'stalled';
    revision: string;
    updated: number;
    wanted: number;
  }[];
  endMs?: number;
}

export interface NodeLane {
  name: string;
  spans: {
    fromMs: number;
    state: 'Ready' | 'NotReady' | 'Unknown' | 'absent';
    power: 'On' | 'Off' | '';
    network: 'Connected' | 'Cut' | '';
    cordoned: boolean;
  }[];
  endMs?: number;
}

/** A moment that stands out. */
export interface TimelineMark {
  kind: 'act' | 'rollout' | 'rolloutDone' | 'nodeLost' | 'nodeReady' | 'warning';
  atMs: number;
  /** An act's label, a rollout's or node's name, a warning's reason. */
  text: string;
  /** 'Pod/web-…' for a warning; the revision of a rollout. */
  about: string;
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
  | { type: 'history'; report: HistoryReport }
  /**
   * The cluster of a moment, for `start` to take: going on from there does not touch the one that
   * is shared. Null when it is too large.
   */
  | { type: 'apart'; saved: unknown; preset: string; seed: number }
  /** Another moment or another course is shown: what is watched has to be read anew. */
  | { type: 'turned' }
  | { type: 'timeline'; delta: TimelineDelta }
  | { type: 'coming'; id: number; targets: WarpTarget[] }
  /** After a warp, or after a while at a speed at which nobody can follow. */
  | { type: 'skipped'; report: SkippedReport }
  | { type: 'why'; id: number; report: SchedulingReport | null }
  /** Null while no scheduler leads. */
  | { type: 'scheduling'; id: number; overview: SchedulerOverview | null }
  /** The engine broke: a bug, shown to the person with what to do. */
  | { type: 'crashed'; message: string; stack: string };
