// Creates and deletes pods on behalf of a controller, with the Events that say so on the owner.
// Upstream: pkg/controller/controller_utils.go, RealPodControl.
import type { KubeObject, OwnerReference } from '../api/object';
import { pods } from '../api/resource-ref';
import { isNotFound, StatusError } from '../api/status-error';
import type { Pod, PodSpec, PodTemplateSpec } from '../api/types';
import type { ControllerContext } from './controller';

/** The upper bound on pods that one reconcile creates or deletes. */
export const BURST = 500;

const SLOW_START_BATCH = 1;

/** Creates one pod from the template. Throws what the server threw, after an Event about it. */
export function createPod(
  context: ControllerContext,
  owner: KubeObject,
  ownerReferences: OwnerReference[],
  template: PodTemplateSpec,
  spec = template.spec as PodSpec,
  generateName = owner.metadata.name + '-',
): Pod {
  const { namespace } = owner.metadata;
  const { labels, annotations, finalizers } = template.metadata ?? {};
  const metadata = {
    namespace,
    generateName,
    labels,
    annotations,
    finalizers,
    ownerReferences,
  };
  try {
    const pod = context.client.create(pods, { metadata, spec });
    const message = 'Created pod: ' + pod.metadata.name;
    context.recorder.event(owner, 'Normal', 'SuccessfulCreate', message);
    return pod;
  } catch (error) {
    if (error instanceof StatusError && !isNamespaceTerminating(error)) {
      context.recorder.event(owner, 'Warning', 'FailedCreate', 'Error creating: ' + error.message);
    }
    throw error;
  }
}

/** Deletes one pod; one that is gone already is no failure. */
export function deletePod(context: ControllerContext, owner: KubeObject, pod: Pod): void {
  const { namespace = '', name } = pod.metadata;
  try {
    context.client.delete(pods, namespace, name);
  } catch (error) {
    if (isNotFound(error)) return;
    if (error instanceof StatusError) {
      context.recorder.event(owner, 'Warning', 'FailedDelete', 'Error deleting: ' + error.message);
    }
    throw error;
  }
  context.recorder.event(owner, 'Normal', 'SuccessfulDelete', 'Deleted pod: ' + name);
}

/** Whether the server refused because the namespace is being deleted: no use in trying again. */
export function isNamespaceTerminating(error: unknown): boolean {
  return (
    error instanceof StatusError &&
    error.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating') === true
  );
}

/**
 * Calls `act` up to `count` times in batches of 1, 2, 4, ...: a batch with a failure is the last.
 * Returns how many calls succeeded and the first failure.
 */
export function slowStart(
  count: number,
  act: (index: number) => void,
): { successes: number; error?: unknown } {
  let successes = 0;
  let tried = 0;
  let batch = Math.min(count, SLOW_START_BATCH);
  while (batch > 0) {
    let error: unknown;
    let failed = false;
    const end = tried + batch;
    for (; tried < end; tried++) {
      try {
        act(tried);
        successes++;
      } catch (thrown) {
        if (!failed) error = thrown;
        failed = true;
      }
    }
    if (failed) return { successes, error };
    batch = Math.min(batch * 2, count - tried);
  }
  return { successes };
}
