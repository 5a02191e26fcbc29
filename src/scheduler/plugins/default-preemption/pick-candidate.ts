// Of the nodes where room can be made, the one where it hurts least.
// Upstream: pkg/scheduler/framework/preemption/preemption.go (pickOneNodeForPreemption).
import type { NodeInfo, PodInfo } from '../../node-info';
import { startOf } from './pod-importance';

export interface Candidate {
  readonly node: NodeInfo;
  /** Most important first; at least one. */
  readonly victims: readonly PodInfo[];
  /** Victims that a disruption budget would protect. */
  readonly violations: number;
}

/**
 * Makes priorities positive, so that fewer victims of a negative priority are not the worse choice.
 */
const PRIORITY_SHIFT = 2 ** 31;

/** Each rule decides only among those that the rules before left equal; greater is better. */
const RULES: readonly ((candidate: Candidate) => number | string)[] = [
  ({ violations }) => -violations,
  ({ victims }) => -victims[0].priority,
  ({ victims }) => -victims.reduce((sum, { priority }) => sum + priority + PRIORITY_SHIFT, 0),
  ({ victims }) => -victims.length,
  ({ victims }) => earliestStart(victims),
];

export function pickCandidate(candidates: readonly Candidate[]): Candidate {
  let left = candidates;
  for (const rule of RULES) {
    if (left.length === 1) break;
    const marks = left.map(rule);
    const best = marks.reduce((a, b) => (b > a ? b : a));
    left = left.filter((_, index) => marks[index] === best);
  }
  return left[0];
}

/** Of the most important victims. */
function earliestStart(victims: readonly PodInfo[]): string {
  const { priority } = victims[0];
  return victims
    .filter((info) => info.priority === priority)
    .map((info) => startOf(info.pod))
    .reduce((a, b) => (b < a ? b : a));
}
