// Containers for debugging that were added to a pod which runs: each is started once, never
// restarted, and says nothing of the pod's readiness or phase.
// Upstream: pkg/kubelet/kuberuntime/kuberuntime_manager.go (EphemeralContainersToStart).
import { deepEqual } from '../api/deep-equal';
import type { Container as ContainerSpec, ContainerStatus, PodStatus } from '../api/types';
import { newestContainer } from '../runtime/container-runtime';
import { containerStatusOf } from './container-status';
import type { PodActions } from './pod-actions';
import type { PodWorker } from './pod-worker';

/** They start before all others, even those that initialize the pod. */
export function planEphemeral(worker: PodWorker, actions: PodActions): void {
  const { sandbox } = worker;
  if (!sandbox?.isReady || actions.needsSandbox) return;
  const fresh = specsOf(worker).filter(({ name }) => !newestContainer(sandbox, name));
  actions.start.unshift(...fresh);
}

/** Puts what became of them into the status. */
export function tellEphemeral(worker: PodWorker, status: PodStatus, old: PodStatus): void {
  const specs = specsOf(worker);
  if (specs.length === 0) return;
  status.ephemeralContainerStatuses = specs.map((spec) =>
    statusOf(
      worker,
      spec,
      old.ephemeralContainerStatuses?.find(({ name }) => name === spec.name),
    ),
  );
}

function statusOf(
  worker: PodWorker,
  spec: ContainerSpec,
  old: ContainerStatus | undefined,
): ContainerStatus {
  const hasInit = Boolean(worker.pod.spec.initContainers?.length);
  const view = {
    spec,
    sandbox: worker.sandbox,
    waiting: worker.waiting?.get(spec.name),
    defaultReason: hasInit ? 'PodInitializing' : 'ContainerCreating',
    isReady: false,
    isStarted: false,
  };
  const { started: _, ...status } = containerStatusOf(view, old);
  return deepEqual(status, old) ? old! : status;
}

function specsOf({ pod }: PodWorker): readonly ContainerSpec[] {
  return (pod.spec.ephemeralContainers ?? []) as unknown as readonly ContainerSpec[];
}
