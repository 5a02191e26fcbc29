// The STATUS, READY and RESTARTS of a pod as `kubectl get pods` shows them.
// Upstream: printPod in pkg/printers/internalversion/printers.go.
import { parseTime } from '../../../api/time';
import type { ContainerStatus, Pod } from '../../../api/types';

export interface PodDisplayStatus {
  reason: string;
  readyContainers: number;
  totalContainers: number;
  restarts: number;
  /** When a container ended last, in ms; undefined when none was restarted. */
  lastRestartMs: number | undefined;
}

export function podDisplayStatus(pod: Pod): PodDisplayStatus {
  const { spec, status, metadata } = pod;
  const sidecars = (spec.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  const shown: PodDisplayStatus = {
    reason: status.reason || (status.phase ?? ''),
    readyContainers: 0,
    totalContainers: spec.containers.length + sidecars.length,
    restarts: 0,
    lastRestartMs: undefined,
  };
  const gated = status.conditions?.some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  if (gated) shown.reason = 'SchedulingGated';
  const sidecarNames = new Set(sidecars.map(({ name }) => name));
  const isInitializing = showInitContainers(pod, sidecarNames, shown);
  if (!isInitializing || hasCondition(pod, 'Initialized')) showContainers(pod, sidecarNames, shown);
  if (metadata.deletionTimestamp) {
    if (status.reason === 'NodeLost') shown.reason = 'Unknown';
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed')
      shown.reason = 'Terminating';
  }
  return shown;
}

/** True when an init container has yet to end: the pod is shown at that step. */
function showInitContainers(
  { spec, status }: Pod,
  sidecarNames: ReadonlySet<string>,
  shown: PodDisplayStatus,
): boolean {
  const statuses = status.initContainerStatuses ?? [];
  for (let index = 0; index < statuses.length; index++) {
    const container = statuses[index];
    countRestarts(container, shown);
    const { terminated, waiting } = container.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (sidecarNames.has(container.name) && container.started) {
      if (container.ready) shown.readyContainers++;
      continue;
    }
    if (terminated) shown.reason = 'Init:' + endReason(terminated);
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') {
      shown.reason = 'Init:' + waiting.reason;
    } else shown.reason = `Init:${index}/${spec.initContainers?.length ?? 0}`;
    return true;
  }
  return false;
}

function showContainers(
  pod: Pod,
  sidecarNames: ReadonlySet<string>,
  shown: PodDisplayStatus,
): void {
  shown.restarts = 0;
  shown.lastRestartMs = undefined;
  for (const container of pod.status.initContainerStatuses ?? []) {
    if (sidecarNames.has(container.name)) countRestarts(container, shown);
  }
  let hasRunning = false;
  const statuses = pod.status.containerStatuses ?? [];
  for (let index = statuses.length - 1; index >= 0; index--) {
    const container = statuses[index];
    countRestarts(container, shown);
    const { terminated, waiting, running } = container.state ?? {};
    if (waiting?.reason) shown.reason = waiting.reason;
    else if (terminated) shown.reason = endReason(terminated);
    else if (container.ready && running) {
      hasRunning = true;
      shown.readyContainers++;
    }
  }
  if (shown.reason === 'Completed' && hasRunning) {
    shown.reason = hasCondition(pod, 'Ready') ? 'Running' : 'NotReady';
  }
}

function countRestarts(container: ContainerStatus, shown: PodDisplayStatus): void {
  shown.restarts += container.restartCount;
  const ended = container.lastState?.terminated?.finishedAt;
  if (!ended) return;
  const endedMs = parseTime(ended);
  if (shown.lastRestartMs === undefined || endedMs > shown.lastRestartMs) {
    shown.lastRestartMs = endedMs;
  }
}

interface Terminated {
  reason?: string;
  signal?: number;
  exitCode: number;
}

function endReason({ reason, signal, exitCode }: Terminated): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
}

function hasCondition({ status }: Pod, wanted: string): boolean {
  return status.conditions?.some((each) => each.type === wanted && each.status === 'True') ?? false;
}
