// Strategy RollingUpdate: the new ReplicaSet grows within maxSurge, the old ones shrink within
// maxUnavailable, one step a reconcile; each step waits for what the last one led to.
// Upstream: pkg/controller/deployment/rolling.go.
import type { ReplicaSet } from '../../api/types';
import { syncNewReplicaSet } from './new-replicaset';
import { isComplete, syncRolloutStatus } from './progress';
import {
  activeOnly,
  availableReplicas,
  maxUnavailable,
  newReplicaSetSize,
  specReplicas,
} from './replica-counts';
import type { Rollout } from './rollout';

/** Takes the next step; returns after how many ms to look again, if at all. */
export function rollingUpdate(rollout: Rollout): number | void {
  syncNewReplicaSet(rollout, true);
  const moved = growNew(rollout) || shrinkOld(rollout);
  if (!moved && isComplete(rollout.deployment, rollout.deployment.status)) rollout.cleanUp();
  return syncRolloutStatus(rollout);
}

function growNew(rollout: Rollout): boolean {
  const { deployment, all } = rollout;
  const set = rollout.newSet!;
  const size = set.spec.replicas!;
  const wanted = deployment.spec.replicas!;
  if (size === wanted) return false;
  if (size > wanted) return rollout.scale(set, wanted);
  return rollout.scale(set, newReplicaSetSize(deployment, all, size));
}

function shrinkOld(rollout: Rollout): boolean {
  const { deployment, all, newSet } = rollout;
  const old = activeOnly(rollout.oldSets);
  if (old.length === 0) return false;
  const minAvailable = deployment.spec.replicas! - maxUnavailable(deployment);
  const newUnavailable = newSet!.spec.replicas! - (newSet!.status.availableReplicas ?? 0);
  const most = specReplicas(all) - minAvailable - newUnavailable;
  if (most <= 0) return false;
  const removed = removeUnavailable(rollout, old, most);
  return removeAvailable(rollout, minAvailable) || removed;
}

/** Old pods that serve nobody go first: losing them costs nothing. */
function removeUnavailable(rollout: Rollout, old: readonly ReplicaSet[], most: number): boolean {
  let removed = 0;
  for (const set of old) {
    if (removed >= most) break;
    const size = set.spec.replicas!;
    const unavailable = size - (set.status.availableReplicas ?? 0);
    if (unavailable <= 0) continue;
    const going = Math.min(most - removed, unavailable);
    rollout.scale(set, size - going);
    removed += going;
  }
  return removed > 0;
}

function removeAvailable(rollout: Rollout, minAvailable: number): boolean {
  const spare = availableReplicas(rollout.all) - minAvailable;
  let removed = 0;
  for (const set of rollout.oldSets) {
    if (removed >= spare) break;
    const size = set.spec.replicas!;
    if (size === 0) continue;
    const going = Math.min(size, spare - removed);
    rollout.scale(set, size - going);
    removed += going;
  }
  return removed > 0;
}
