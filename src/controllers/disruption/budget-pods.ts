// Which pods each budget selects, followed event by event, so that nothing is looked through but
// when a budget appears or selects anew.
import type { PodDisruptionBudget } from '../../api/extension-types';
import { selectsLabels } from '../../api/label-selector';
import type { Pod } from '../../api/types';
import type { Informer } from '../../client/informer';

export class BudgetPods {
  /** Pods by uid, by budget uid. */
  private readonly selected = new Map<string, Map<string, Pod>>();

  constructor(
    private readonly pods: Informer<Pod>,
    private readonly budgets: Informer<PodDisruptionBudget>,
  ) {
    budgets.addIndex('namespace', ({ metadata }) => [metadata.namespace!]);
  }

  podsOf({ metadata }: PodDisruptionBudget): Pod[] {
    return [...(this.selected.get(metadata.uid)?.values() ?? [])];
  }

  /** Budgets of the pod's namespace that select it, the oldest known first. */
  budgetsOf({ metadata }: Pod): PodDisruptionBudget[] {
    const matching: PodDisruptionBudget[] = [];
    for (const budget of this.budgets.byIndex('namespace', metadata.namespace!)) {
      if (selectsLabels(budget.spec.selector, metadata.labels)) matching.push(budget);
    }
    return matching;
  }

  /** A budget that is new or selects others than before. */
  budgetChanged({ metadata, spec }: PodDisruptionBudget): void {
    const pods = new Map<string, Pod>();
    for (const pod of this.pods.items.values()) {
      const { namespace, labels, uid } = pod.metadata;
      if (namespace === metadata.namespace && selectsLabels(spec.selector, labels)) {
        pods.set(uid, pod);
      }
    }
    this.selected.set(metadata.uid, pods);
  }

  budgetDeleted({ metadata }: PodDisruptionBudget): void {
    this.selected.delete(metadata.uid);
  }

  podChanged(pod: Pod, isGone: boolean): void {
    const { namespace, labels, uid } = pod.metadata;
    for (const { metadata, spec } of this.budgets.byIndex('namespace', namespace!)) {
      const selected = this.selected.get(metadata.uid);
      if (!isGone && selectsLabels(spec.selector, labels)) selected?.set(uid, pod);
      else selected?.delete(uid);
    }
  }
}
