// What controllers read off a pod. Upstream: pkg/api/v1/pod/util.go, controller_utils.go.
import { parseTime } from '../api/time';
import type { Pod, PodCondition } from '../api/types';

export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  return pod.status.conditions?.find((condition) => condition.type === type);
}

export function isPodReady(pod: Pod): boolean {
  return podCondition(pod, 'Ready')?.status === 'True';
}

/** Succeeded or Failed: its containers never run again. */
export function isPodTerminal(pod: Pod): boolean {
  const { phase } = pod.status;
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Neither terminal nor being deleted: counts as a replica. */
export function isPodActive(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && !isPodTerminal(pod);
}

/** Being deleted while its containers may still run. */
export function isPodTerminating(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined && !isPodTerminal(pod);
}

/** When the pod became ready, ms since the epoch; undefined when it is not ready. */
export function podReadySinceMs(pod: Pod): number | undefined {
  const ready = podCondition(pod, 'Ready');
  if (ready?.status !== 'True') return undefined;
  return ready.lastTransitionTime ? parseTime(ready.lastTransitionTime) : 0;
}

/** Ready for at least `minReadySeconds`. */
export function isPodAvailable(pod: Pod, minReadySeconds: number, nowMs: number): boolean {
  const sinceMs = podReadySinceMs(pod);
  if (sinceMs === undefined) return false;
  return minReadySeconds === 0 || sinceMs + minReadySeconds * 1000 <= nowMs;
}
