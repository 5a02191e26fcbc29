// What the kubelet keeps of one pod. Plain fields and nothing else: a node holds hundreds, a
// cluster a hundred thousand, and a pod at rest must cost neither a timer nor a closure. What only
// pods in trouble or with probes need hangs on fields that are undefined for the others.
import type { Pod, PodCondition, PodSpec } from '../api/types';
import type { Sandbox } from '../runtime/container-runtime';
import type { Backoff } from './backoff';
import type { PodResize } from './pod-resize';
import type { ContainerProbes } from './prober';

/**
 * A pod is synced until it ends by itself or is told to, terminating until its containers are gone.
 */
export type Stage = 'Syncing' | 'Terminating' | 'Terminated' | 'Finished';

/** Why a container waits, as its status tells. */
export interface Waiting {
  reason: string;
  message: string;
}

/** Why a pod as a whole failed. */
export interface Failure extends Waiting {
  /** What its containers get to end; its own grace period when absent. */
  graceSeconds?: number;
  /** What its status says besides, once it has ended. */
  condition?: PodCondition;
}

export class PodWorker {
  stage: Stage = 'Syncing';
  /** True while a pass runs: its next step has a timer. */
  isBusy = false;
  /** True when something changed during the pass. */
  isStale = false;
  isAdmitted = false;
  areVolumesMounted = false;
  /** When the next sync is due; Infinity when nothing waits for one. */
  dueMs = Infinity;
  /** status.startTime: when the kubelet first saw the pod. */
  startTime = '';
  sandbox: Sandbox | undefined = undefined;
  waiting: Map<string, Waiting> | undefined = undefined;
  /** Restarts ('web') and image pulls ('image nginx:1.99') that failed. */
  backoffs: Map<string, Backoff> | undefined = undefined;
  probes: ContainerProbes[] | undefined = undefined;
  resize: PodResize | undefined = undefined;
  /** The spec of the last pass. */
  syncedSpec: PodSpec;
  /** Why the pod as a whole failed: rejected, evicted, past its deadline. */
  failure: Failure | undefined = undefined;
  /** Grace period of the deletion that is being carried out, s; undefined while there is none. */
  endingGraceSeconds: number | undefined = undefined;
  /** Revision of the write that led to what this worker does next. */
  cause = 0;

  constructor(
    /** The newest version known; of a static pod, what its manifest says. */
    public pod: Pod,
  ) {
    this.syncedSpec = pod.spec;
  }

  get uid(): string {
    return this.pod.metadata.uid;
  }

  setWaiting(container: string, reason: string, message: string): void {
    this.waiting ??= new Map();
    this.waiting.set(container, { reason, message });
  }

  clearWaiting(container: string): void {
    if (this.waiting?.delete(container) && this.waiting.size === 0) this.waiting = undefined;
  }
}

/** 'web_shop(2f1c...)': how the kubelet names a pod in messages. */
export function podText(pod: Pod): string {
  const { name, namespace, uid } = pod.metadata;
  return `${name}_${namespace}(${uid})`;
}
