// Rejects nodes with taints that the pod does not tolerate; prefers those with the fewest
// untolerated taints of effect PreferNoSchedule.
// Upstream: pkg/scheduler/framework/plugins/tainttoleration.
import { findUntoleratedTaint, toleratesTaint } from '../../api/tolerations';
import type { Node, Taint, Toleration } from '../../api/types';
import { normalizeToMax, type Plugin, type Rejection } from '../framework';

const name = 'TaintToleration';
const REJECTION: Rejection = {
  plugin: name,
  reasons: ['node(s) had untolerated taint(s)'],
  isResolvable: false,
};
const HARD_EFFECTS = ['NoSchedule', 'NoExecute'];

/** Whether all taints that keep pods off a node are tolerated. */
export function toleratesHardTaints(
  taints: readonly Taint[],
  tolerations: readonly Toleration[] | undefined,
): boolean {
  return (
    taints.length === 0 || findUntoleratedTaint(taints, tolerations, HARD_EFFECTS) === undefined
  );
}

export function taintToleration(): Plugin {
  return {
    name,
    reads: 'node',
    filter: ({ shape }, { taints }) =>
      toleratesHardTaints(taints, shape.tolerations) ? undefined : REJECTION,
    score: ({ shape }, { taints }) => untoleratedSoftTaints(taints, shape.tolerations),
    normalize: (_cycle, { nodes }, scores) => normalizeToMax(scores, nodes.length, true),
    hints: [
      {
        on: ['NodeAdd', 'NodeTaint'],
        mayHelp: ({ shape }, event) => {
          const { spec } = event.new as Node;
          return toleratesHardTaints(spec.taints ?? [], shape.tolerations);
        },
      },
      {
        on: ['PodToleration'],
        mayHelp: (queued, event) => event.new?.metadata.uid === queued.uid,
      },
    ],
  };
}

function untoleratedSoftTaints(
  taints: readonly Taint[],
  tolerations: readonly Toleration[] | undefined,
): number {
  let count = 0;
  for (const taint of taints) {
    if (taint.effect !== 'PreferNoSchedule') continue;
    if (!tolerations?.some((toleration) => toleratesTaint(toleration, taint))) count++;
  }
  return count;
}
