// Strategy Recreate: all old pods go, and only when the last has ended does the first new one come.
// Upstream: pkg/controller/deployment/recreate.go.
import type { Pod, ReplicaSet } from '../../api/types';
import { isPodTerminal } from '../pod-status';
import { syncNewReplicaSet } from './new-replicaset';
import { isComplete, syncRolloutStatus } from './progress';
import { activeOnly, statusReplicas } from './replica-counts';
import type { Rollout } from './rollout';

/** Takes the next step; returns after how many ms to look again, if at all. */
export function recreate(
  rollout: Rollout,
  podsOf: (set: ReplicaSet) => readonly Pod[],
): number | void {
  syncNewReplicaSet(rollout, false);
  let scaled = false;
  for (const set of activeOnly(rollout.oldSets)) scaled = rollout.scale(set, 0) || scaled;
  if (scaled || oldPodsRun(rollout, podsOf)) return syncRolloutStatus(rollout);
  syncNewReplicaSet(rollout, true);
  rollout.scale(rollout.newSet!, rollout.deployment.spec.replicas!);
  if (isComplete(rollout.deployment, rollout.deployment.status)) rollout.cleanUp();
  return syncRolloutStatus(rollout);
}

function oldPodsRun({ oldSets }: Rollout, podsOf: (set: ReplicaSet) => readonly Pod[]): boolean {
  if (statusReplicas(oldSets) > 0) return true;
  return oldSets.some((set) => podsOf(set).some((pod) => !isPodTerminal(pod)));
}
