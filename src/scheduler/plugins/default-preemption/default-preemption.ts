// Makes room for a pod that fits nowhere by deleting pods of lower priority from one node, which
// the pod is then nominated to.
// Invariants: no pod of the same or a higher priority is a victim; no victim is taken that could
// stay; while the victims of a nominated pod terminate, no others are taken for it.
// Where the real one differs: the calls that delete victims are made at once, their time not
// charged, as upstream makes them beside the scheduling loop. Disruption budgets come with the
// extension.
// Upstream: pkg/scheduler/framework/plugins/defaultpreemption, pkg/scheduler/framework/preemption.
import type {
  Cycle,
  DisruptionBudget,
  FailedCycle,
  Handle,
  Plugin,
  PostFilterResult,
  Rejection,
} from '../../framework';
import { fitErrorMessage } from '../../fit-error';
import type { NodeInfo } from '../../node-info';
import type { QueuedPod } from '../../queued-pod';
import { evictVictims } from './evict-victims';
import { pickCandidate, type Candidate } from './pick-candidate';
import { selectVictims } from './select-victims';

const name = 'DefaultPreemption';
const MIN_CANDIDATES_PERCENTAGE = 10;
const MIN_CANDIDATES = 100;
const NOT_HELPFUL: Rejection = {
  plugin: name,
  reasons: ['Preemption is not helpful for scheduling'],
  isResolvable: false,
};

export function defaultPreemption(handle: Handle): Plugin {
  return {
    name,
    postFilter(failed) {
      const obstacle = whyNotEligible(handle, failed);
      if (obstacle) return unhelped(obstacle, undefined);
      const { candidates, rejections } = findCandidates(handle, failed, handle.budgets());
      if (candidates.length === 0) {
        const nodes = handle.cache.nodes.length;
        return unhelped(fitErrorMessage({ nodes, rejections, unseen: NOT_HELPFUL }), '');
      }
      const best = pickCandidate(candidates);
      const isDone = evictVictims(handle, failed.queued, best);
      const helped = { isHelped: true, message: '', nominatedNode: best.node.name };
      return isDone ? helped : { ...helped, retry: true };
    },
  };
}

function unhelped(message: string, nominatedNode: string | undefined): PostFilterResult {
  return { isHelped: false, message: 'preemption: ' + message, nominatedNode };
}

function whyNotEligible({ cache }: Handle, { queued, rejections }: FailedCycle): string {
  const { spec, status } = queued.pod;
  if (spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const nominated = status.nominatedNodeName && cache.node(status.nominatedNodeName);
  if (!nominated) return '';
  // A node that cannot help any more binds nobody: look for another.
  if (rejections.get(nominated)?.isResolvable === false) return '';
  const isWaiting = nominated.pods.some(
    (info) => info.priority < queued.priority && info.isTerminating && isPreempted(info.pod.status),
  );
  return isWaiting ? 'not eligible due to a terminating pod on the nominated node.' : '';
}

function isPreempted({ conditions }: QueuedPod['pod']['status']): boolean {
  const condition = conditions?.find(({ type }) => type === 'DisruptionTarget');
  return condition?.status === 'True' && condition.reason === 'PreemptionByScheduler';
}

/** Tries nodes from a random one on until there are enough to choose from. */
function findCandidates(
  handle: Handle,
  { queued, rejections }: FailedCycle,
  budgets: readonly DisruptionBudget[],
): { candidates: Candidate[]; rejections: Rejection[] } {
  const hopeful: NodeInfo[] = [];
  for (const [node, rejection] of rejections) if (rejection.isResolvable) hopeful.push(node);
  const cycle: Cycle = queued;
  const peaceful: Candidate[] = [];
  const violating: Candidate[] = [];
  const refused: Rejection[] = [];
  const wanted = candidatesWanted(hopeful.length);
  const offset = hopeful.length > 0 ? random(handle, hopeful.length) : 0;
  for (let index = 0; index < hopeful.length; index++) {
    if (peaceful.length > 0 && peaceful.length + violating.length >= wanted) break;
    const node = hopeful[(offset + index) % hopeful.length];
    const result = selectVictims(handle.filter, cycle, node, budgets);
    if ('rejection' in result) refused.push(result.rejection);
    else if (result.violations === 0) peaceful.push({ node, ...result });
    else violating.push({ node, ...result });
  }
  return { candidates: [...peaceful, ...violating], rejections: refused };
}

function candidatesWanted(nodes: number): number {
  const share = Math.trunc((nodes * MIN_CANDIDATES_PERCENTAGE) / 100);
  return Math.min(Math.max(share, MIN_CANDIDATES), nodes);
}

function random({ component }: Handle, end: number): number {
  return component.sim.random('scheduler').below(end);
}
