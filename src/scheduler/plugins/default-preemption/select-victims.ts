// The fewest and least important pods of a node without which a pod would fit there: all of lower
// priority are imagined away, then let back in, the most important first, as long as the pod still
// fits.
// Upstream: defaultpreemption.SelectVictimsOnNode.
import type { Cycle, DisruptionBudget, Rejection } from '../../framework';
import type { NodeFilter } from '../../node-filter';
import type { NodeInfo, PodInfo } from '../../node-info';
import { isMoreImportant } from './pod-importance';

export type Victims =
  /** Most important first, with how many of them a budget would protect. */
  | { readonly victims: readonly PodInfo[]; readonly violations: number }
  | { readonly rejection: Rejection };

const NO_VICTIMS: Rejection = {
  plugin: 'DefaultPreemption',
  reasons: ['No preemption victims found for incoming pod'],
  isResolvable: false,
};

export function selectVictims(
  filter: NodeFilter,
  { pod }: Cycle,
  node: NodeInfo,
  budgets: readonly DisruptionBudget[],
): Victims {
  const priority = pod.spec.priority ?? 0;
  const lower = node.pods.filter((info) => info.priority < priority);
  if (lower.length === 0) return { rejection: NO_VICTIMS };
  const imagined = node.copy();
  const gone = new Set(lower);
  for (const info of lower) filter.imagine(info, imagined, -1);
  const result = reprieve();
  for (const info of gone) filter.imagine(info, imagined, 1);
  return result;

  function reprieve(): Victims {
    const rejection = filter.checkImagined(imagined);
    if (rejection !== undefined) return { rejection };
    lower.sort((a, b) => (isMoreImportant(a.pod, b.pod) ? -1 : 1));
    const { violating, others } = splitByBudgets(lower, budgets);
    const violations = violating.filter((info) => !staysBack(info)).length;
    for (const info of others) staysBack(info);
    const victims = lower.filter((info) => gone.has(info));
    if (victims.length === 0) return { rejection: NO_VICTIMS };
    return { victims, violations };
  }

  function staysBack(info: PodInfo): boolean {
    filter.imagine(info, imagined, 1);
    if (filter.checkImagined(imagined) === undefined) {
      gone.delete(info);
      return true;
    }
    filter.imagine(info, imagined, -1);
    return false;
  }
}

/** Those whose loss would break a budget come apart; the order is kept. */
function splitByBudgets(
  infos: readonly PodInfo[],
  budgets: readonly DisruptionBudget[],
): { violating: PodInfo[]; others: PodInfo[] } {
  const allowed = budgets.map((budget) => budget.disruptionsAllowed);
  const violating: PodInfo[] = [];
  const others: PodInfo[] = [];
  for (const info of infos) {
    const { namespace, labels, name } = info.pod.metadata;
    let isViolated = false;
    budgets.forEach((budget, index) => {
      if (!labels || budget.namespace !== namespace || budget.selector.isEmpty) return;
      if (!budget.selector.matches(labels) || name in budget.disruptedPods) return;
      if (--allowed[index] < 0) isViolated = true;
    });
    (isViolated ? violating : others).push(info);
  }
  return { violating, others };
}
