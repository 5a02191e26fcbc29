// The taints that a node's conditions call for, and how they are written.
// Upstream: pkg/controller/nodelifecycle/node_lifecycle_controller.go, pkg/controller/util/node.
import { nodes } from '../../api/resource-ref';
import { formatTime } from '../../api/time';
import {
  TAINT_DISK_PRESSURE,
  TAINT_MEMORY_PRESSURE,
  TAINT_NETWORK_UNAVAILABLE,
  TAINT_NOT_READY,
  TAINT_PID_PRESSURE,
  TAINT_UNREACHABLE,
  TAINT_UNSCHEDULABLE,
} from '../../api/tolerations';
import type { Node, Taint } from '../../api/types';
import type { Client } from '../../client/client';

type Effect = 'NoSchedule' | 'NoExecute';

/** Condition type to condition status to the key of the taint that it calls for. */
const TAINT_BY_CONDITION: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: TAINT_NOT_READY, Unknown: TAINT_UNREACHABLE },
  MemoryPressure: { True: TAINT_MEMORY_PRESSURE },
  DiskPressure: { True: TAINT_DISK_PRESSURE },
  NetworkUnavailable: { True: TAINT_NETWORK_UNAVAILABLE },
  PIDPressure: { True: TAINT_PID_PRESSURE },
};

const MANAGED_NO_SCHEDULE = new Set([
  ...Object.values(TAINT_BY_CONDITION).flatMap((byStatus) => Object.values(byStatus)),
  TAINT_UNSCHEDULABLE,
]);

/** Keys of the NoSchedule taints that the node should have. */
export function wantedNoScheduleKeys({ spec, status }: Node): string[] {
  const keys: string[] = [];
  for (const { type, status: value } of status.conditions ?? []) {
    const key = TAINT_BY_CONDITION[type]?.[value];
    if (key) keys.push(key);
  }
  if (spec.unschedulable) keys.push(TAINT_UNSCHEDULABLE);
  return keys;
}

/** Brings the managed NoSchedule taints in line with the conditions. */
export function syncNoScheduleTaints(client: Client, node: Node, nowMs: number): void {
  changeTaints(client, node, 'NoSchedule', wantedNoScheduleKeys(node), MANAGED_NO_SCHEDULE, nowMs);
}

/** Leaves of the not-ready and unreachable NoExecute taints only this one, or none. */
export function setNoExecuteTaint(
  client: Client,
  node: Node,
  key: string | undefined,
  nowMs: number,
): void {
  changeTaints(client, node, 'NoExecute', key ? [key] : [], NO_EXECUTE, nowMs);
}

const NO_EXECUTE = new Set([TAINT_NOT_READY, TAINT_UNREACHABLE]);

export function hasTaint({ spec }: Node, key: string, effect: Effect): boolean {
  return spec.taints?.some((taint) => taint.key === key && taint.effect === effect) === true;
}

function changeTaints(
  client: Client,
  node: Node,
  effect: Effect,
  wanted: readonly string[],
  managed: ReadonlySet<string>,
  nowMs: number,
): void {
  const old = (node.spec.taints ?? []) as Taint[];
  const kept = old.filter(
    (taint) => taint.effect !== effect || !managed.has(taint.key) || wanted.includes(taint.key),
  );
  const missing = wanted.filter((key) => !hasTaint(node, key, effect));
  if (missing.length === 0 && kept.length === old.length) return;
  const timeAdded = formatTime(nowMs);
  const taints = [...kept, ...missing.map((key): Taint => ({ key, effect, timeAdded }))];
  const { name, resourceVersion } = node.metadata;
  const body = {
    metadata: { resourceVersion },
    spec: { taints: taints.length > 0 ? taints : null },
  };
  client.patch(nodes, '', name, body, { patchType: 'merge' });
}
