// The ClusterRole aggregation controller: a role with an aggregationRule holds the rules of all
// that its selectors match. Any change of any role puts all such roles into the queue.
// Upstream: pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go.
import { aggregatedRules } from '../../api/cluster-role-aggregation';
import { deepEqual } from '../../api/deep-equal';
import { clusterRoles } from '../../api/extension-refs';
import type { ClusterRole } from '../../api/extension-types';
import type { Controller } from '../controller';

export const clusterRoleAggregationController: Controller = {
  name: 'clusterrole-aggregation',
  eventSource: 'clusterrole-aggregation-controller',
  workers: 5,
  start(context) {
    const aggregating = new Set<string>();
    const enqueueAll = (): void => {
      for (const name of aggregating) context.enqueue(name);
    };
    const changed = (role: ClusterRole): void => {
      if (role.aggregationRule) aggregating.add(role.metadata.name);
      else aggregating.delete(role.metadata.name);
      enqueueAll();
    };
    const informer = context.watch(clusterRoles, {
      added: changed,
      updated: changed,
      deleted: ({ metadata }) => {
        aggregating.delete(metadata.name);
        enqueueAll();
      },
    });
    return {
      reconcile(name) {
        const role = informer.get(name);
        if (!role?.aggregationRule) return;
        const sorted = [...informer.items.values()].sort(byName);
        const rules = aggregatedRules(role, sorted);
        if (deepEqual(rules, role.rules ?? [])) return;
        context.client.update(clusterRoles, { ...role, rules });
      },
    };
  },
};

function byName(a: ClusterRole, b: ClusterRole): number {
  return a.metadata.name < b.metadata.name ? -1 : 1;
}
