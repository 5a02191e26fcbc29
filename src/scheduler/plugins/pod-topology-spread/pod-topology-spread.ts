// Spreads pods over the domains of a topology key: rejects nodes whose domain would lead the
// emptiest one by more than maxSkew (DoNotSchedule), prefers emptier domains (ScheduleAnyway, and
// the system's default for pods of Services and ReplicaSets).
// Pods are not counted here: each constraint has a count by node in the shape registry.
// Upstream: pkg/scheduler/framework/plugins/podtopologyspread.
import type { Node, Pod } from '../../../api/types';
import type { ClusterEvent } from '../../cluster-event';
import { SKIP, type Cycle, type Handle, type Plugin, type Rejection } from '../../framework';
import type { NodeInfo } from '../../node-info';
import type { PodShape } from '../../pod-shape';
import type { QueuedPod } from '../../queued-pod';
import type { SpreadConstraint } from '../../spread-constraint';
import { SpreadCounts } from './spread-counts';
import { SpreadEligibility } from './spread-eligibility';
import { SpreadScore } from './spread-score';
import { SpreadFilter } from './spread-filter';

const name = 'PodTopologySpread';
const MISMATCH = "node(s) didn't match pod topology spread constraints";
const TOO_SKEWED: Rejection = { plugin: name, reasons: [MISMATCH], isResolvable: true };
const NO_LABEL: Rejection = {
  plugin: name,
  reasons: [MISMATCH + ' (missing required label)'],
  isResolvable: false,
};

export function podTopologySpread({ cache, spreadSelectors }: Handle): Plugin {
  const eligibility = new SpreadEligibility(cache);
  const counts = new SpreadCounts(cache.shapes);
  const filter = new SpreadFilter(cache, counts, eligibility);
  const score = new SpreadScore(cache, counts, eligibility);
  return {
    name,
    preFilter: ({ shape }) => (filter.prepare(shape) ? undefined : SKIP),
    filter(_cycle, { slot }) {
      const verdict = filter.check(slot);
      if (verdict === 'fits') return undefined;
      return verdict === 'skewed' ? TOO_SKEWED : NO_LABEL;
    },
    imagine: (cycle: Cycle, shape: PodShape, node: NodeInfo, by: 1 | -1) => {
      if (shape.namespace === cycle.shape.namespace) filter.imagine(shape.labels, node.slot, by);
    },
    preScore({ shape }, candidates) {
      const constraints = shape.hasOwnSpread
        ? shape.softSpread
        : spreadSelectors.constraintsFor(shape);
      if (constraints.length === 0) return SKIP;
      score.prepare(shape, constraints, candidates);
      return undefined;
    },
    score: (_cycle, { slot }) => score.of(slot),
    scoreAll: (_cycle, candidates, scores) => score.ofAll(candidates, scores),
    normalize: (_cycle, candidates, scores) => score.normalize(candidates, scores),
    hints: [
      {
        on: ['AssignedPodAdd', 'AssignedPodDelete', 'AssignedPodLabel'],
        mayHelp: concernsSpread,
      },
      { on: ['PodLabel'], mayHelp: (queued, event) => event.new?.metadata.uid === queued.uid },
      {
        on: ['NodeAdd', 'NodeDelete', 'NodeLabel'],
        mayHelp: ({ shape }, event) =>
          hasAllKeys(event.old as Node | undefined, shape.hardSpread) ||
          hasAllKeys(event.new as Node | undefined, shape.hardSpread),
      },
    ],
  };
}

function concernsSpread({ shape }: QueuedPod, event: ClusterEvent): boolean {
  const isCounted = (pod: Pod | undefined): boolean =>
    pod !== undefined &&
    pod.metadata.namespace === shape.namespace &&
    shape.hardSpread.some(({ selector }) => selector.matches(pod.metadata.labels));
  return isCounted(event.old as Pod | undefined) || isCounted(event.new as Pod | undefined);
}

function hasAllKeys(node: Node | undefined, constraints: readonly SpreadConstraint[]): boolean {
  const labels = node?.metadata.labels;
  return constraints.every(({ topologyKey }) => labels?.[topologyKey] !== undefined);
}
