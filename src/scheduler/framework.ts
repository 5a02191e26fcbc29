// What a scheduler plugin is: a name and the extension points it takes part in. A cycle asks them
// in the registry's order: preFilter once, filter node by node, postFilter when no node is left,
// preScore once, score node by node, normalize once.
// Invariants: one cycle runs at a time, so a plugin keeps a cycle's state in itself between its
// points; what a plugin says it `reads` is all it reads, so its answers are kept until that
// changes.
// Upstream: staging/src/k8s.io/kube-scheduler/framework/interface.go.
import type { LabelSelector } from '../api/label-selector';
import type { Pod } from '../api/types';
import type { Component } from '../client/component';
import type { SeriesRecorder } from '../client/series-recorder';
import type { SchedulerCache } from './cache';
import type { ClusterEvent, ClusterEventKind } from './cluster-event';
import type { NodeInfo } from './node-info';
import type { PodShape } from './pod-shape';
import type { NodeFilter } from './node-filter';
import type { Nominator } from './nominator';
import type { QueuedPod } from './queued-pod';
import type { SpreadSelectors } from './plugins/pod-topology-spread/spread-selectors';

export const MAX_NODE_SCORE = 100;

/** What a pre-step answers when the plugin has nothing to do with this pod. */
export const SKIP = 'skip';

/** Why a node, or all of them, cannot take the pod. Made once for each reason, then shared. */
export interface Rejection {
  readonly plugin: string;
  readonly reasons: readonly string[];
  /** False when removing pods could not help (UnschedulableAndUnresolvable). */
  readonly isResolvable: boolean;
}

/** The pod that a cycle is about. */
export interface Cycle {
  readonly pod: Pod;
  readonly shape: PodShape;
}

/** The nodes that can take the pod. */
export interface Candidates {
  readonly nodes: readonly NodeInfo[];
  /** `slots[i]` is that of `nodes[i]`; there may be more room in it. */
  readonly slots: Int32Array;
}

export type PreFilterResult =
  | typeof SKIP
  | { readonly rejection: Rejection }
  /** Only these nodes are worth looking at. */
  | { readonly nodeNames: readonly string[] }
  | void;

/** What may make a pod schedulable that this plugin rejected. */
export interface QueueingHint {
  readonly on: readonly ClusterEventKind[];
  /** Whether this event may help this pod; without it every such event may. */
  mayHelp?(queued: QueuedPod, event: ClusterEvent): boolean;
}

export interface FailedCycle {
  readonly queued: QueuedPod;
  /** Nodes that were looked at and why they were rejected. */
  readonly rejections: ReadonlyMap<NodeInfo, Rejection>;
}

export interface PostFilterResult {
  /** True when the pod will fit once what was set in motion is done. */
  readonly isHelped: boolean;
  readonly message: string;
  /** Undefined leaves the pod's nomination as it is; '' takes it away. */
  readonly nominatedNode: string | undefined;
  /** Retry soon: something went wrong on the way. */
  readonly retry?: boolean;
}

/** What a plugin may use of its scheduler. */
export interface Handle {
  readonly component: Component;
  /** Of Events about pods; its source is the profile's name. */
  readonly recorder: SeriesRecorder;
  readonly cache: SchedulerCache;
  readonly nominator: Nominator;
  readonly spreadSelectors: SpreadSelectors;
  /** Asks the filters of this cycle; there from the first cycle on. */
  readonly filter: NodeFilter;
  /** What may not be disrupted; nothing until the extension knows of budgets. */
  budgets: () => readonly DisruptionBudget[];
  /** Gives up devices of the pod's claims that keep it from every node, and says what it did. */
  deallocate: (pod: Pod) => string;
  /** Whether devices stand for the resource on nodes that do not have it themselves. */
  isBackedByDevices: (resource: string) => boolean;
  /** Lets pods be tried again that the event may help. */
  move(event: ClusterEvent): void;
}

/** What a PodDisruptionBudget allows right now. */
export interface DisruptionBudget {
  readonly namespace: string;
  readonly selector: LabelSelector;
  readonly disruptionsAllowed: number;
  /** Names of pods whose disruption is already counted. */
  readonly disruptedPods: Readonly<Record<string, unknown>>;
}

/** A plugin that a scheduler is to have. */
export interface Registration {
  readonly create: (handle: Handle) => Plugin;
  /** Of its scores; 0 for plugins that do not score. */
  readonly weight: number;
}

/** Thrown by a filter that cannot tell: the cycle ends, and the pod is tried again. */
export class PluginError extends Error {
  constructor(plugin: string, message: string) {
    super(`running "${plugin}" filter plugin: ${message}`);
  }
}

/** What `preBind` answers when there is something to wait for. */
export const WAIT = 'wait';

export interface Plugin {
  readonly name: string;
  /**
   * What filter and score depend on besides the pod's shape: the Node alone, or also the load that
   * the pods on it are. Without it they may read everything, and are asked anew in every cycle.
   */
  readonly reads?: 'node' | 'load';
  readonly hints?: readonly QueueingHint[];
  /** Whether `a` is to be tried before `b`. */
  isBefore?(a: QueuedPod, b: QueuedPod): boolean;
  /** Why the pod must not be queued yet; undefined when it may. */
  preEnqueue?(pod: Pod): string | undefined;
  preFilter?(cycle: Cycle): PreFilterResult;
  filter?(cycle: Cycle, node: NodeInfo): Rejection | undefined;
  /** Between preFilter and filter: as if a pod of this shape had come to the node, or left it. */
  imagine?(cycle: Cycle, shape: PodShape, node: NodeInfo, by: 1 | -1): void;
  postFilter?(failed: FailedCycle): PostFilterResult;
  preScore?(cycle: Cycle, candidates: Candidates): typeof SKIP | void;
  /** A whole number of 16 bits; from 0 to MAX_NODE_SCORE unless `normalize` brings it there. */
  score?(cycle: Cycle, node: NodeInfo): number;
  /**
   * As `score`, for all candidates at once, where that is less work; it is asked instead. Answers
   * the score when all have the same, and need not write it down then: only without `normalize`.
   */
  scoreAll?(cycle: Cycle, candidates: Candidates, scores: Int32Array): number | void;
  /**
   * `scores[i]` belongs to the candidate `i`; there may be more room in it. Of a plugin that says
   * what it `reads`, equal scores stay equal.
   */
  normalize?(cycle: Cycle, candidates: Candidates, scores: Int32Array): void;
  reserve?(pod: Pod, nodeName: string): void;
  /** Called for each pod that was reserved and will not be bound. */
  unreserve?(pod: Pod, nodeName: string): void;
  /**
   * What must be done before the binding; throws when it fails. After WAIT `settled` is called
   * once: with '' when the pod can be bound, else with why it cannot.
   */
  preBind?(pod: Pod, nodeName: string, settled: (problem: string) => void): typeof WAIT | void;
  /** Throws when the binding fails. */
  bind?(pod: Pod, nodeName: string): void;
}

/** Stretches scores so that the greatest becomes MAX_NODE_SCORE; `isReversed` turns them around. */
export function normalizeToMax(scores: Int32Array, length: number, isReversed: boolean): void {
  let max = 0;
  for (let index = 0; index < length; index++) if (scores[index] > max) max = scores[index];
  if (max === 0) {
    if (isReversed) scores.fill(MAX_NODE_SCORE, 0, length);
    return;
  }
  for (let index = 0; index < length; index++) {
    const score = Math.trunc((MAX_NODE_SCORE * scores[index]) / max);
    scores[index] = isReversed ? MAX_NODE_SCORE - score : score;
  }
}
