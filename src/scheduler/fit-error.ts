// The sentence that tells why no node can take a pod, as Events and the PodScheduled condition
// carry it.
// Upstream: pkg/scheduler/framework/types.go (FitError).
import type { Rejection } from './framework';

export const NO_NODES = 'no nodes available to schedule pods';

export interface Misfit {
  nodes: number;
  /** One for each node that was looked at. */
  rejections: Iterable<Rejection>;
  /** For every node that was not. */
  unseen?: Rejection;
  /** For all nodes at once; the others do not count then. */
  refusal?: Rejection;
  /** What preemption, and others that were asked for help, had to say. */
  afterword?: string;
}

export function fitErrorMessage({ nodes, rejections, unseen, refusal, afterword }: Misfit): string {
  let message = `0/${nodes} nodes are available:`;
  if (refusal) {
    message += ` ${refusal.reasons.join(', ')}.`;
  } else {
    const reasons = new Map<string, number>();
    let seen = 0;
    for (const rejection of rejections) {
      seen++;
      count(reasons, rejection, 1);
    }
    if (unseen && seen < nodes) count(reasons, unseen, nodes - seen);
    const histogram = histogramOf(reasons);
    if (histogram) message += ` ${histogram}.`;
  }
  return afterword ? `${message} ${afterword}` : message;
}

function count(reasons: Map<string, number>, rejection: Rejection, by: number): void {
  for (const reason of rejection.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + by);
}

/** '1 node(s) were unschedulable, 2 Insufficient cpu': ordered as text, numbers and all. */
function histogramOf(reasons: ReadonlyMap<string, number>): string {
  return [...reasons]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
}
