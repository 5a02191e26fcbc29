// What the control plane makes of silent nodes, in numbers: when they are given up, how fast they
// are tainted NoExecute, and how long pods stay after that. The controllers go by it and the page
// says it.
// Upstream: pkg/controller/nodelifecycle (handleDisruption, ComputeZoneState) and the defaults of
// kube-controller-manager's flags; plugin/pkg/admission/defaulttolerationseconds.

/** --node-monitor-grace-period, as kubeadm clusters are known by. */
export const NODE_GRACE_MS = 40_000;
/** --node-eviction-rate and --secondary-node-eviction-rate, as ms a node. */
const EVICTION_PERIOD_MS = 10_000;
const SECONDARY_PERIOD_MS = 100_000;
/** --large-cluster-size-threshold, --unhealthy-zone-threshold. */
export const LARGE_ZONE_NODES = 50;
export const UNHEALTHY_SHARE = 0.55;
/** How long a pod that says nothing of it stays on a node that is tainted NoExecute. */
export const TOLERATION_SECONDS = 300;

/** 'Initial' until it has been judged. */
export type ZoneState = 'Initial' | 'Normal' | 'PartialDisruption' | 'FullDisruption';

export function zoneStateOf(ready: number, notReady: number): ZoneState {
  if (ready === 0 && notReady > 0) return 'FullDisruption';
  const isPartial = notReady > 2 && notReady / (ready + notReady) >= UNHEALTHY_SHARE;
  return isPartial ? 'PartialDisruption' : 'Normal';
}

/** ms between two nodes of a zone that are tainted; Infinity stops all. */
export function evictionPeriodMs(state: ZoneState, nodes: number): number {
  if (state !== 'PartialDisruption') return EVICTION_PERIOD_MS;
  return nodes > LARGE_ZONE_NODES ? SECONDARY_PERIOD_MS : Number.POSITIVE_INFINITY;
}
