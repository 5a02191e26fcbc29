// Which pods a ReplicaSet deletes first when it scales down.
// Upstream: pkg/controller/controller_utils.go, ActivePodsWithRanks.
import { parseTime } from '../../api/time';
import type { Pod } from '../../api/types';
import { isPodActive, podReadySinceMs } from '../pod-status';

const PHASE_RANK: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';

/**
 * The `count` pods to delete of `pods`, first those whose loss hurts least. `related` are all pods
 * of ReplicaSets with the same owner: of two equal pods, the one on the more crowded node goes.
 */
export function podsToDelete(
  pods: readonly Pod[],
  related: Iterable<Pod>,
  count: number,
  nowMs: number,
): Pod[] {
  if (count >= pods.length) return [...pods];
  const crowds = new Map<string, number>();
  for (const pod of related) {
    const { nodeName } = pod.spec;
    if (nodeName && isPodActive(pod)) crowds.set(nodeName, (crowds.get(nodeName) ?? 0) + 1);
  }
  const ranked = pods.map((pod) => rank(pod, crowds.get(pod.spec.nodeName ?? '') ?? 0, nowMs));
  ranked.sort(compareRanks);
  return ranked.slice(0, count).map(({ pod }) => pod);
}

interface Ranked {
  pod: Pod;
  /** Compared in this order, the smaller goes first. */
  criteria: readonly number[];
}

function rank(pod: Pod, crowd: number, nowMs: number): Ranked {
  const readySinceMs = podReadySinceMs(pod);
  const restarts = pod.status.containerStatuses?.map((container) => container.restartCount) ?? [];
  return {
    pod,
    criteria: [
      pod.spec.nodeName ? 1 : 0,
      PHASE_RANK[pod.status.phase ?? ''] ?? 0,
      readySinceMs === undefined ? 0 : 1,
      deletionCost(pod),
      -crowd,
      readySinceMs ? ageBucket(readySinceMs, nowMs) : 0,
      -Math.max(0, ...restarts),
      ageBucket(parseTime(pod.metadata.creationTimestamp), nowMs),
    ],
  };
}

function compareRanks(left: Ranked, right: Ranked): number {
  for (let index = 0; index < left.criteria.length; index++) {
    const difference = left.criteria[index] - right.criteria[index];
    if (difference !== 0) return difference;
  }
  return left.pod.metadata.uid < right.pod.metadata.uid ? -1 : 1;
}

/** Ages are compared by order of magnitude, so that the choice among equals is fair. */
function ageBucket(sinceMs: number, nowMs: number): number {
  const ageNanoseconds = (nowMs - sinceMs) * 1e6;
  return ageNanoseconds > 0 ? Math.floor(Math.log2(ageNanoseconds)) : -1;
}

function deletionCost(pod: Pod): number {
  const text = pod.metadata.annotations?.[DELETION_COST] ?? '';
  return /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : 0;
}
