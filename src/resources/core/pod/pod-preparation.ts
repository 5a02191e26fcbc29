// What the API server sets in a pod that its client may not.
// Upstream: pkg/registry/core/pod/strategy.go.
import type { Pod, PodAffinityTerm, PodSpec, TopologySpreadConstraint } from '../../../api/types';
import { mapShared, replace } from '../../fill';
import { qosClass } from './qos-class';

/** A new pod is Pending, whatever its client says of its status. */
export function prepareNewPod(pod: Pod): Pod {
  pod.status = { phase: 'Pending', qosClass: qosClass(pod.spec) };
  if (pod.spec.schedulingGates?.length) {
    pod.status.conditions = [
      {
        type: 'PodScheduled',
        status: 'False',
        lastProbeTime: null as never,
        lastTransitionTime: null as never,
        reason: 'SchedulingGated',
        message: 'Scheduling is blocked due to non-empty scheduling gates',
      },
    ];
  }
  mergeLabelKeys(pod);
  return pod;
}

/** podIP is the first of podIPs; whoever writes a status may give either. */
export function preparePodStatus(pod: Pod): Pod {
  const { status } = pod;
  if (status.podIP && status.podIPs?.[0]?.ip !== status.podIP) {
    status.podIPs = [{ ip: status.podIP }];
  } else if (!status.podIP && status.podIPs?.length) status.podIP = status.podIPs[0].ip;
  return pod;
}

/** How long the kubelet gets: nothing for pods that never ran or are done. */
export function podGracePeriod(pod: Pod, asked: number | undefined): number {
  const { phase } = pod.status;
  if (!pod.spec.nodeName || phase === 'Failed' || phase === 'Succeeded') return 0;
  const period = asked ?? pod.spec.terminationGracePeriodSeconds ?? 0;
  return period < 0 ? 1 : period;
}

/** matchLabelKeys and mismatchLabelKeys become requirements on this pod's own label values. */
function mergeLabelKeys({ spec, metadata }: Pod): void {
  const labels = metadata.labels ?? {};
  if (spec.topologySpreadConstraints) {
    spec.topologySpreadConstraints = mapShared(spec.topologySpreadConstraints, (constraint) =>
      withKeys(constraint, labels, constraint.matchLabelKeys, undefined),
    );
  }
  const { affinity } = spec;
  if (!affinity?.podAffinity && !affinity?.podAntiAffinity) return;
  let next = affinity;
  for (const kind of ['podAffinity', 'podAntiAffinity'] as const) {
    if (next[kind]) next = replace(next, kind, mergeTerms(next[kind], labels));
  }
  spec.affinity = next;
}

type PodAffinity = NonNullable<NonNullable<PodSpec['affinity']>['podAffinity']>;

function mergeTerms(affinity: PodAffinity, labels: Record<string, string>): PodAffinity {
  let next = affinity;
  const merge = (term: PodAffinityTerm): PodAffinityTerm =>
    withKeys(term, labels, term.matchLabelKeys, term.mismatchLabelKeys);
  const { requiredDuringSchedulingIgnoredDuringExecution: required } = next;
  const { preferredDuringSchedulingIgnoredDuringExecution: preferred } = next;
  if (required) {
    const terms = mapShared(required, merge);
    next = replace(next, 'requiredDuringSchedulingIgnoredDuringExecution', terms);
  }
  if (preferred) {
    const terms = mapShared(preferred, (weighted) =>
      replace(weighted, 'podAffinityTerm', merge(weighted.podAffinityTerm)),
    );
    next = replace(next, 'preferredDuringSchedulingIgnoredDuringExecution', terms);
  }
  return next;
}

function withKeys<T extends Pick<TopologySpreadConstraint, 'labelSelector'>>(
  term: T,
  labels: Record<string, string>,
  matchKeys: string[] | undefined,
  mismatchKeys: string[] | undefined,
): T {
  if (!term.labelSelector || (!matchKeys?.length && !mismatchKeys?.length)) return term;
  const requirement = (operator: string) => (key: string) => ({
    key,
    operator,
    values: [labels[key]],
  });
  const known = (keys: string[] | undefined): string[] =>
    keys?.filter((key) => labels[key] !== undefined) ?? [];
  const added = [
    ...known(matchKeys).map(requirement('In')),
    ...known(mismatchKeys).map(requirement('NotIn')),
  ];
  if (added.length === 0) return term;
  const matchExpressions = [...(term.labelSelector.matchExpressions ?? []), ...added];
  return { ...term, labelSelector: { ...term.labelSelector, matchExpressions } };
}
