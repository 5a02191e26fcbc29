// Which of a Job's pods go first when there are too many.
// Upstream: activePodsForRemoval in pkg/controller/job/job_controller.go, ActivePods in
// pkg/controller/controller_utils.go.
import type { Job } from '../../api/extension-types';
import { parseTime } from '../../api/time';
import type { Pod } from '../../api/types';
import { podReadySinceMs } from '../pod-status';
import { completionIndex, hasValidIndex, isIndexed } from './job-pods';

const PHASES = ['Pending', 'Unknown', 'Running'];

/** At least `count` pods; of an Indexed Job also those without a valid index, and doubles. */
export function podsToRemove(job: Job, active: readonly Pod[], count: number): Pod[] {
  const doomed: Pod[] = [];
  let left = [...active];
  if (isIndexed(job)) {
    const byIndex = new Map<number, Pod[]>();
    for (const pod of active) {
      if (!hasValidIndex(pod, job)) doomed.push(pod);
      else byIndex.set(completionIndex(pod), [...(byIndex.get(completionIndex(pod)) ?? []), pod]);
    }
    left = [];
    for (const pods of byIndex.values()) {
      if (pods.length > 1) pods.sort(byLeastLoss);
      doomed.push(...pods.slice(0, -1));
      left.push(pods.at(-1)!);
    }
  }
  const more = count - doomed.length;
  return more > 0 ? [...doomed, ...left.sort(byLeastLoss).slice(0, more)] : doomed;
}

/** Unbound first, then by phase, unready, ready for a shorter time, restarted more, younger. */
function byLeastLoss(left: Pod, right: Pod): number {
  const criteria = [
    [Boolean(left.spec.nodeName), Boolean(right.spec.nodeName)],
    [PHASES.indexOf(left.status.phase ?? ''), PHASES.indexOf(right.status.phase ?? '')],
    [-(podReadySinceMs(left) ?? Infinity), -(podReadySinceMs(right) ?? Infinity)],
    [-restarts(left), -restarts(right)],
    [-parseTime(left.metadata.creationTimestamp), -parseTime(right.metadata.creationTimestamp)],
  ] as const;
  const [a, b] = criteria.find(([one, other]) => one !== other) ?? [0, 0];
  return Number(a) - Number(b);
}

function restarts({ status }: Pod): number {
  return Math.max(0, ...(status.containerStatuses ?? []).map(({ restartCount }) => restartCount));
}
