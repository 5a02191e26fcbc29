// The phase of a pod, from the statuses of its containers.
// Upstream: pkg/kubelet/kubelet_pods.go, getPhase.
import type { Container, ContainerStatus, PodSpec } from '../api/types';

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/** True for init containers that keep running beside the others: sidecars. */
export function isSidecar(spec: Container): boolean {
  return spec.restartPolicy === 'Always';
}

/** The phase; `isTerminal` when the kubelet has decided that nothing is restarted any more. */
export function phaseOf(
  spec: PodSpec,
  initStatuses: readonly ContainerStatus[],
  statuses: readonly ContainerStatus[],
  isTerminal: boolean,
): PodPhase {
  const neverRestarts = spec.restartPolicy === 'Never';
  const init = initOutcome(spec, initStatuses);
  if (init === 'Failed' && (neverRestarts || isTerminal)) return 'Failed';
  let running = 0;
  let waiting = 0;
  let stopped = 0;
  let succeeded = 0;
  for (const { state, lastState } of statuses) {
    const ended = state?.terminated ?? lastState?.terminated;
    if (state?.running) {
      running++;
    } else if (ended) {
      stopped++;
      if (ended.exitCode === 0) succeeded++;
    } else {
      waiting++;
    }
  }
  if (init !== 'Done' && running === 0 && stopped === 0) return 'Pending';
  if (waiting > 0) return isTerminal && running === 0 && stopped > 0 ? 'Failed' : 'Pending';
  if (running > 0) return 'Running';
  if (stopped === 0) return 'Pending';
  if (!isTerminal && (spec.restartPolicy ?? 'Always') === 'Always') return 'Running';
  if (stopped === succeeded) return 'Succeeded';
  return neverRestarts || isTerminal ? 'Failed' : 'Running';
}

function initOutcome(
  spec: PodSpec,
  statuses: readonly ContainerStatus[],
): 'Done' | 'Pending' | 'Failed' {
  const { initContainers } = spec;
  if (!initContainers) return 'Done';
  for (let index = 0; index < initContainers.length; index++) {
    const { state, started } = statuses[index];
    if (isSidecar(initContainers[index])) {
      if (!started && !state?.terminated) return 'Pending';
    } else if (!state?.terminated) {
      return 'Pending';
    } else if (state.terminated.exitCode !== 0) {
      return 'Failed';
    }
  }
  return 'Done';
}
