// What the node lifecycle controller makes of a zone at this moment, by the Nodes that the API
// server tells of: how much of it is down, how fast it taints, how far it has come.
import { evictionPeriodMs, zoneStateOf, type ZoneState } from '../../../api/node-eviction';
import type { SceneNode } from '../../../scene/scene';

export interface ZoneJudgement {
  state: ZoneState;
  /** Every zone is down: the fault is taken for the controller's own. */
  isAllDown: boolean;
  nodes: number;
  notReady: number;
  /** Of those not ready, how many are tainted NoExecute. */
  tainted: number;
  /** Nodes a second that may be tainted; 0 for none. */
  perSecond: number;
}

/** Control planes count as the controller counts them: as nodes of their zone. */
export function judgeZone(zone: string, nodes: Iterable<SceneNode>): ZoneJudgement {
  const zones = new Map<string, { ready: number; notReady: number; tainted: number }>();
  for (const node of nodes) {
    if (!node.registered) continue;
    let held = zones.get(node.zone);
    if (!held) zones.set(node.zone, (held = { ready: 0, notReady: 0, tainted: 0 }));
    if (node.ready === 'Ready') held.ready++;
    else {
      held.notReady++;
      if (isTainted(node)) held.tainted++;
    }
  }
  const { ready, notReady, tainted } = zones.get(zone) ?? { ready: 0, notReady: 0, tainted: 0 };
  const isAllDown =
    zones.size > 0 &&
    [...zones.values()].every((each) => zoneStateOf(each.ready, each.notReady) === FULL);
  const state = zoneStateOf(ready, notReady);
  const count = ready + notReady;
  const perSecond = isAllDown ? 0 : 1_000 / evictionPeriodMs(state, count);
  return { state, isAllDown, nodes: count, notReady, tainted, perSecond };
}

const FULL: ZoneState = 'FullDisruption';
const TAINTS = ['unreachable', 'not-ready'].map((what) => `node.kubernetes.io/${what}:NoExecute`);

/** Whether pods have begun to count down there. */
export function isTainted({ taints }: SceneNode): boolean {
  return taints.some((taint) => TAINTS.includes(taint));
}
