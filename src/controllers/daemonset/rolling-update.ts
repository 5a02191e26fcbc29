// Replacing a DaemonSet's outdated pods: by deletion within maxUnavailable, or by starting the new
// one beside the old one within maxSurge. Upstream: pkg/controller/daemon/update.go.
import { scaledValue } from '../../api/int-or-string';
import type { Pod } from '../../api/types';
import type { DaemonTally } from './daemon-tally';

export interface DaemonActions {
  create: string[];
  delete: Pod[];
}

export function maxSurgeOf({ daemonSet: { spec }, counts }: DaemonTally): number {
  if (spec.updateStrategy?.type !== 'RollingUpdate') return 0;
  return scaledValue(spec.updateStrategy.rollingUpdate?.maxSurge, counts.desired, 'up');
}

function maxUnavailableOf({ daemonSet: { spec }, counts }: DaemonTally): number {
  return scaledValue(spec.updateStrategy?.rollingUpdate?.maxUnavailable, counts.desired, 'up');
}

/** The next step of a rolling update. */
export function rollingUpdateActions(tally: DaemonTally, nowMs: number): DaemonActions {
  const actions: DaemonActions = { create: [], delete: [] };
  if (tally.outdated.size === 0) return actions;
  const surge = maxSurgeOf(tally);
  if (surge > 0) surgeStep(tally, surge, nowMs, actions);
  else deleteStep(tally, nowMs, actions);
  return actions;
}

/** Old pods that are unavailable go at once; available ones as far as maxUnavailable lets them. */
function deleteStep(tally: DaemonTally, nowMs: number, actions: DaemonActions): void {
  const { counts } = tally;
  let room = Math.max(1, maxUnavailableOf(tally)) - (counts.desired - counts.serving);
  for (const nodeName of tally.outdated) {
    const { fresh, old } = splitPods(tally, nodeName);
    if (fresh || !old) continue;
    if (!tally.isAvailable(old, nowMs)) actions.delete.push(old);
    else if (room > 0) {
      actions.delete.push(old);
      room--;
    }
  }
}

function surgeStep(tally: DaemonTally, surge: number, nowMs: number, actions: DaemonActions): void {
  const candidates: string[] = [];
  let surging = 0;
  for (const nodeName of tally.outdated) {
    const { fresh, old } = splitPods(tally, nodeName);
    if (!old) continue;
    if (!fresh) {
      if (tally.isAvailable(old, nowMs)) candidates.push(nodeName);
      else actions.create.push(nodeName);
    } else if (tally.isAvailable(fresh, nowMs)) actions.delete.push(old);
    else surging++;
  }
  actions.create.push(...candidates.slice(0, Math.max(0, surge - surging)));
}

function splitPods(tally: DaemonTally, nodeName: string): { fresh?: Pod; old?: Pod } {
  let fresh: Pod | undefined;
  let old: Pod | undefined;
  for (const pod of tally.pods.get(nodeName) ?? []) {
    if (pod.metadata.deletionTimestamp) continue;
    if (tally.isUpdated(pod)) fresh ??= pod;
    else old ??= pod;
  }
  return { fresh, old };
}
