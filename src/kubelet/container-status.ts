// The status of one container, from what the runtime holds and why the kubelet makes it wait. What
// did not change since the last status is the same object again, so that versions of a pod share
// it.
// Upstream: pkg/kubelet/kubelet_pods.go, convertToAPIContainerStatuses.
import { deepEqual } from '../api/deep-equal';
import { formatTime } from '../api/time';
import type { Container as ContainerSpec, ContainerState, ContainerStatus } from '../api/types';
import {
  newestContainer,
  previousContainer,
  type Container,
  type Sandbox,
} from '../runtime/container-runtime';
import type { Waiting } from './pod-worker';

const NONE: ContainerState = Object.freeze({});
const NO_RESOURCES = Object.freeze({});

export interface ContainerView {
  spec: ContainerSpec;
  sandbox: Sandbox | undefined;
  waiting: Waiting | undefined;
  /** What a container that never ran waits for: 'ContainerCreating' or 'PodInitializing'. */
  defaultReason: string;
  isReady: boolean;
  isStarted: boolean;
}

/** The container's status; the old one itself when nothing changed. */
export function containerStatusOf(
  view: ContainerView,
  old: ContainerStatus | undefined,
): ContainerStatus {
  const container = view.sandbox && newestContainer(view.sandbox, view.spec.name);
  const status = container
    ? statusOf(view, container, view.sandbox!, old)
    : statusOfNone(view, old);
  return deepEqual(status, old) ? old! : status;
}

function statusOfNone(view: ContainerView, old: ContainerStatus | undefined): ContainerStatus {
  // The runtime may have lost a container that the API still remembers.
  if (old?.state?.terminated && !view.waiting) return old;
  const status: ContainerStatus = {
    name: view.spec.name,
    state: { waiting: waitingState(view.waiting, view.defaultReason) },
    lastState: old?.lastState ?? NONE,
    ready: false,
    restartCount: old?.restartCount ?? 0,
    image: view.spec.image!,
    imageID: '',
    started: false,
  };
  const mounts = mountsOf(view.spec, old);
  if (mounts) status.volumeMounts = mounts;
  return status;
}

function statusOf(
  view: ContainerView,
  container: Container,
  sandbox: Sandbox,
  old: ContainerStatus | undefined,
): ContainerStatus {
  const { spec } = view;
  const isRunning = container.state === 'Running';
  const waits = !isRunning && (view.waiting !== undefined || container.state === 'Created');
  const before =
    container.state === 'Exited' && waits ? container : lastAttempt(sandbox, container);
  const status: ContainerStatus = {
    name: spec.name,
    state: waits
      ? { waiting: waitingState(view.waiting, view.defaultReason) }
      : stateOf(container, old),
    lastState: before ? terminatedState(before, old?.lastState) : NONE,
    ready: view.isReady,
    restartCount: container.attempt,
    image: container.image.reference,
    imageID: container.image.id,
    containerID: container.id,
    started: view.isStarted,
    resources: spec.resources ?? NO_RESOURCES,
    user: container.process.user as ContainerStatus['user'],
  };
  const requests = spec.resources?.requests;
  if (requests && !isEmpty(requests)) status.allocatedResources = requests;
  const mounts = mountsOf(spec, old);
  if (mounts) status.volumeMounts = mounts;
  return status;
}

function lastAttempt(sandbox: Sandbox, container: Container): Container | undefined {
  return container.attempt > 0 ? previousContainer(sandbox, container) : undefined;
}

function waitingState(waiting: Waiting | undefined, defaultReason: string): Waiting {
  if (!waiting) return { reason: defaultReason } as Waiting;
  return waiting.message ? waiting : ({ reason: waiting.reason } as Waiting);
}

function stateOf(container: Container, old: ContainerStatus | undefined): ContainerState {
  if (container.state === 'Exited') return terminatedState(container, old?.state);
  const startedAt = formatTime(container.startedMs);
  const known = old?.state?.running?.startedAt === startedAt && old.containerID === container.id;
  return known ? old.state! : { running: { startedAt } };
}

function terminatedState(container: Container, old: ContainerState | undefined): ContainerState {
  if (old?.terminated?.containerID === container.id) return old;
  const terminated: NonNullable<ContainerState['terminated']> = {
    exitCode: container.exitCode,
    reason: container.reason,
    startedAt: formatTime(container.startedMs),
    finishedAt: formatTime(container.finishedMs),
    containerID: container.id,
  };
  if (container.reason === 'StartError') {
    terminated.message = container.process.startError;
    terminated.startedAt = '1970-01-01T00:00:00Z';
  }
  return { terminated };
}

function mountsOf(
  spec: ContainerSpec,
  old: ContainerStatus | undefined,
): ContainerStatus['volumeMounts'] {
  if (!spec.volumeMounts?.length) return undefined;
  if (old?.volumeMounts?.length === spec.volumeMounts.length) return old.volumeMounts;
  return spec.volumeMounts.map(({ name, mountPath, readOnly }) =>
    readOnly ? { name, mountPath, readOnly, recursiveReadOnly: 'Disabled' } : { name, mountPath },
  );
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0;
}
