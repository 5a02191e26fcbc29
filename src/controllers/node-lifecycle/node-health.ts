// What the monitor remembers of a node between its turns, and what it makes of silence.
// Upstream: pkg/controller/nodelifecycle/node_lifecycle_controller.go, tryUpdateNodeHealth.
import { formatTime } from '../../api/time';
import type { Lease, Node, NodeCondition } from '../../api/types';

/** Grace for a node that has never posted a status. */
const STARTUP_GRACE_MS = 60_000;

/** The conditions that a kubelet posts; NetworkUnavailable is the network's. */
const KUBELET_CONDITIONS = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'] as const;

export class NodeHealth {
  /** When a sign of life was last seen here, by this clock. */
  private probeMs: number;
  private heartbeat: string | undefined;
  private renewTime: string | undefined;

  constructor(node: Node, nowMs: number) {
    this.probeMs = nowMs;
    this.heartbeat = readyCondition(node)?.lastHeartbeatTime;
  }

  /** Takes in a new status or a renewed Lease: either is a sign of life. */
  observe(node: Node, lease: Lease | undefined, nowMs: number): void {
    const heartbeat = readyCondition(node)?.lastHeartbeatTime;
    const renewTime = lease?.spec.renewTime;
    const isAlive =
      (heartbeat !== undefined && heartbeat !== this.heartbeat) ||
      (renewTime !== undefined && renewTime !== this.renewTime);
    if (!isAlive) return;
    this.probeMs = nowMs;
    this.heartbeat = heartbeat;
    this.renewTime = renewTime;
  }

  isSilent(node: Node, graceMs: number, nowMs: number): boolean {
    const limitMs = readyCondition(node) ? graceMs : STARTUP_GRACE_MS;
    return nowMs > this.probeMs + limitMs;
  }

  /** As if a sign of life had been seen now. */
  revive(nowMs: number): void {
    this.probeMs = nowMs;
  }
}

export function readyCondition(node: Node): NodeCondition | undefined {
  return node.status.conditions?.find(({ type }) => type === 'Ready');
}

/** The conditions of a silent node: what the kubelet said is no longer known. */
export function unknownConditions(node: Node, nowMs: number): NodeCondition[] {
  const conditions = [...((node.status.conditions ?? []) as NodeCondition[])];
  const lastTransitionTime = formatTime(nowMs);
  for (const type of KUBELET_CONDITIONS) {
    const index = conditions.findIndex((condition) => condition.type === type);
    if (index < 0) {
      conditions.push({
        type,
        status: 'Unknown',
        lastHeartbeatTime: node.metadata.creationTimestamp,
        lastTransitionTime,
        reason: 'NodeStatusNeverUpdated',
        message: 'Kubelet never posted node status.',
      });
    } else if (conditions[index].status !== 'Unknown') {
      conditions[index] = {
        ...conditions[index],
        status: 'Unknown',
        lastTransitionTime,
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
      };
    }
  }
  return conditions;
}
