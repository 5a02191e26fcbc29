import type { PodStatus } from '../api/types';
import type { PodActions } from './pod-actions';
import type { PodWorker } from './pod-worker';

/** What the extension does for pods that change while they run; others never come here. */
export interface PodChanges {
  /** Takes up a pod whose spec is no longer that of the last pass, or that ran here before. */
  changed(worker: PodWorker): void;
  /** Adds to what the pass does. */
  plan(worker: PodWorker, actions: PodActions): void;
  /** Adds to what the new status tells. */
  tell(worker: PodWorker, status: PodStatus, old: PodStatus): void;
  /** Some pod has left the machine, which makes room. */
  freed(): void;
}

/**
 * True when a pod was given containers for debugging, is being resized, or has its own resources.
 */
export function isChanging({ pod, resize }: PodWorker): boolean {
  const { ephemeralContainers, resources } = pod.spec;
  return resize !== undefined || ephemeralContainers !== undefined || resources !== undefined;
}
