// What an aggregated ClusterRole holds: the rules of all ClusterRoles that its selectors match, in
// the order of their names, each rule once.
// Upstream: pkg/controller/clusterroleaggregation.
import { deepEqual } from './deep-equal';
import type { ClusterRole } from './extension-types';
import { selectorFromLabelSelector, type LabelSelectorObject } from './label-selector';

type Rules = NonNullable<ClusterRole['rules']>;

/** `sorted`: all ClusterRoles by name. Empty when nothing matches. */
export function aggregatedRules(role: ClusterRole, sorted: readonly ClusterRole[]): Rules {
  const rules: Rules = [];
  const seen = new Set<Rules[number]>();
  for (const selector of role.aggregationRule?.clusterRoleSelectors ?? []) {
    const wanted = selectorFromLabelSelector(selector as LabelSelectorObject);
    for (const other of sorted) {
      if (other.metadata.name === role.metadata.name) continue;
      if (!wanted.matches(other.metadata.labels)) continue;
      for (const rule of other.rules ?? []) {
        if (seen.has(rule) || rules.some((known) => deepEqual(known, rule))) continue;
        seen.add(rule);
        rules.push(rule);
      }
    }
  }
  return rules;
}
