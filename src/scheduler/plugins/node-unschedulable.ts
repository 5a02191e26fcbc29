// Rejects cordoned nodes, unless the pod tolerates the taint that stands for it.
// Upstream: pkg/scheduler/framework/plugins/nodeunschedulable.
import { TAINT_UNSCHEDULABLE, toleratesTaint } from '../../api/tolerations';
import type { Node, Toleration } from '../../api/types';
import type { Plugin, Rejection } from '../framework';

const name = 'NodeUnschedulable';
const REJECTION: Rejection = {
  plugin: name,
  reasons: ['node(s) were unschedulable'],
  isResolvable: false,
};
const TAINT = { key: TAINT_UNSCHEDULABLE, effect: 'NoSchedule' } as const;

export function nodeUnschedulable(): Plugin {
  return {
    name,
    reads: 'node',
    filter: ({ shape }, { node }) =>
      node!.spec.unschedulable && !isTolerated(shape.tolerations) ? REJECTION : undefined,
    hints: [
      {
        on: ['NodeAdd', 'NodeTaint'],
        mayHelp: (queued, event) =>
          !(event.new as Node).spec.unschedulable || isTolerated(queued.shape.tolerations),
      },
      {
        on: ['PodToleration'],
        mayHelp: (queued, event) =>
          event.new?.metadata.uid === queued.uid && isTolerated(queued.shape.tolerations),
      },
    ],
  };
}

function isTolerated(tolerations: readonly Toleration[] | undefined): boolean {
  return tolerations?.some((toleration) => toleratesTaint(toleration, TAINT)) === true;
}
