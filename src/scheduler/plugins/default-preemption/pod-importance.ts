// Which of two pods preemption spares longer.
// Upstream: pkg/scheduler/util/utils.go (MoreImportantPod, GetPodStartTime).
import type { Pod } from '../../../api/types';

/** Higher priority, then started earlier; a pod that has not started counts as the youngest. */
export function isMoreImportant(a: Pod, b: Pod): boolean {
  const difference = (a.spec.priority ?? 0) - (b.spec.priority ?? 0);
  if (difference !== 0) return difference > 0;
  const startA = startOf(a);
  const startB = startOf(b);
  if (startA !== startB) return startA < startB;
  return a.metadata.name < b.metadata.name;
}

/** RFC 3339, so that text order is time order. */
export function startOf(pod: Pod): string {
  return pod.status.startTime ?? NOT_STARTED;
}

const NOT_STARTED = '~';
