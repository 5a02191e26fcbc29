// Scaling apart from a rollout: a change of spec.replicas, in the middle of a rollout spread over
// the ReplicaSets in proportion to their sizes, so that the risk stays the same.
// Upstream: pkg/controller/deployment/sync.go, scale.
import type { ReplicaSet } from '../../api/types';
import { syncNewReplicaSet } from './new-replicaset';
import { syncStatus } from './progress';
import {
  activeOnly,
  isRollingUpdate,
  isSaturated,
  maxSurge,
  proportionOf,
  specReplicas,
} from './replica-counts';
import { byAge, type Rollout } from './rollout';

/** What a paused Deployment still does, and all that one does while it is being scaled. */
export function syncScale(rollout: Rollout): void {
  syncNewReplicaSet(rollout, false);
  scaleAll(rollout);
  if (rollout.deployment.spec.paused) rollout.cleanUp();
  syncStatus(rollout);
}

function scaleAll(rollout: Rollout): void {
  const { deployment, newSet, oldSets, all } = rollout;
  const wanted = deployment.spec.replicas!;
  const active = activeOnly(all);
  if (active.length <= 1) {
    const only = active[0] ?? newSet ?? oldSets.at(-1);
    if (only && only.spec.replicas !== wanted) rollout.scale(only, wanted);
    if (only) return;
  }
  if (isSaturated(deployment, newSet)) {
    for (const set of activeOnly(oldSets)) rollout.scale(set, 0);
  } else if (isRollingUpdate(deployment)) {
    scaleInProportion(rollout, active);
  }
}

function scaleInProportion(rollout: Rollout, active: ReplicaSet[]): void {
  const { deployment } = rollout;
  const wanted = deployment.spec.replicas!;
  const allowed = wanted > 0 ? wanted + maxSurge(deployment) : 0;
  const toAdd = allowed - specReplicas(active);
  const newerFirst = toAdd > 0 ? 1 : -1;
  active.sort(
    (left, right) => right.spec.replicas! - left.spec.replicas! || newerFirst * byAge(right, left),
  );
  let added = 0;
  const sizes = active.map((set) => {
    const share = proportionOf(set, deployment, toAdd, added);
    added += share;
    return set.spec.replicas! + share;
  });
  // What rounding left over goes to the largest.
  if (active.length > 0) sizes[0] = Math.max(0, sizes[0] + toAdd - added);
  for (const [index, set] of active.entries()) rollout.scale(set, sizes[index]);
}
