// A topology spread constraint, compiled for one shape of pods.
// Upstream: pkg/scheduler/framework/plugins/podtopologyspread/common.go.
import {
  LabelSelector,
  selectorFromLabels,
  selectorFromLabelSelector,
  type LabelSelectorObject,
  type Labels,
} from '../api/label-selector';
import type { TopologySpreadConstraint } from '../api/types';

export interface SpreadConstraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly selector: LabelSelector;
  /** Whether the selector matches the pod itself. */
  readonly matchesSelf: boolean;
  readonly honorsNodeAffinity: boolean;
  readonly honorsNodeTaints: boolean;
}

type Action = 'DoNotSchedule' | 'ScheduleAnyway';

export function spreadConstraints(
  constraints: readonly TopologySpreadConstraint[] | undefined,
  labels: Labels | undefined,
  action: Action,
): SpreadConstraint[] {
  return (constraints ?? [])
    .filter((constraint) => constraint.whenUnsatisfiable === action)
    .map((constraint) => {
      const selector = selectorOf(constraint, labels);
      return {
        topologyKey: constraint.topologyKey,
        maxSkew: constraint.maxSkew,
        minDomains: constraint.minDomains ?? 1,
        selector,
        matchesSelf: selector.matches(labels),
        honorsNodeAffinity: constraint.nodeAffinityPolicy !== 'Ignore',
        honorsNodeTaints: constraint.nodeTaintsPolicy === 'Honor',
      };
    });
}

/** What the scheduler spreads pods by that say nothing themselves but belong to something. */
export function defaultSpreadConstraints(selector: LabelSelector): SpreadConstraint[] {
  const common = { minDomains: 1, selector, matchesSelf: true };
  const policies = { honorsNodeAffinity: true, honorsNodeTaints: false };
  return [
    { topologyKey: 'kubernetes.io/hostname', maxSkew: 3, ...common, ...policies },
    { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 5, ...common, ...policies },
  ];
}

/** All that both ask for. */
export function bothSelectors(a: LabelSelector, b: LabelSelector): LabelSelector {
  if (a.isEmpty) return b;
  if (b.isEmpty) return a;
  return new LabelSelector([...a.requirements, ...b.requirements]);
}

function selectorOf(
  { labelSelector, matchLabelKeys }: TopologySpreadConstraint,
  labels: Labels | undefined,
): LabelSelector {
  const selector = selectorFromLabelSelector(labelSelector as LabelSelectorObject | undefined);
  const own: Record<string, string> = {};
  for (const key of matchLabelKeys ?? []) {
    if (labels?.[key] !== undefined) own[key] = labels[key];
  }
  return Object.keys(own).length === 0
    ? selector
    : bothSelectors(selectorFromLabels(own), selector);
}
