// What a StatefulSet reads off its pods. Upstream:
// pkg/controller/statefulset/stateful_set_utils.go.
import type { Pod } from '../../api/types';
import { isPodAvailable, isPodReady } from '../pod-status';

export function isRunningAndReady(pod: Pod): boolean {
  return pod.status.phase === 'Running' && isPodReady(pod);
}

export function isTerminating({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** Running, and ready for as long as the set asks. */
export function isRunningAndAvailable(pod: Pod, minReadySeconds: number, nowMs: number): boolean {
  if (!isRunningAndReady(pod)) return false;
  return minReadySeconds === 0 || isPodAvailable(pod, minReadySeconds, nowMs);
}

/** Not there for anybody: not ready for long enough, or on its way out. */
export function isUnavailable(pod: Pod, minReadySeconds: number, nowMs: number): boolean {
  return !isPodAvailable(pod, minReadySeconds, nowMs) || isTerminating(pod);
}
