// Tells preemption of disruption budgets, once their kind is served: whom they protect is spared
// where it can be.
import { podDisruptionBudgets } from '../../../api/extension-refs';
import type { PodDisruptionBudget } from '../../../api/extension-types';
import { selectorFromLabelSelector } from '../../../api/label-selector';
import type { DisruptionBudget, Handle, Plugin } from '../../framework';

/** Has no extension point of its own. */
export function disruptionBudgets(handle: Handle): Plugin {
  const informer = handle.component.informer(podDisruptionBudgets);
  handle.budgets = () => Array.from(informer.items.values(), budgetOf);
  return { name: 'DisruptionBudgets' };
}

function budgetOf({ metadata, spec, status }: PodDisruptionBudget): DisruptionBudget {
  return {
    namespace: metadata.namespace!,
    selector: selectorFromLabelSelector(spec.selector),
    disruptionsAllowed: status.disruptionsAllowed ?? 0,
    disruptedPods: status.disruptedPods ?? {},
  };
}
