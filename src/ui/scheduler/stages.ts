// How far a pod's cycle came: the extension points in their order, each with what became of it.
import type { SchedulingReport, WaitingPod } from '../../host/protocol';

export const STAGES = [
  'PreEnqueue',
  'QueueSort',
  'PreFilter',
  'Filter',
  'PostFilter',
  'Score',
  'Reserve',
  'Bind',
] as const;

export type Stage = (typeof STAGES)[number];
export type StageState = 'passed' | 'stopped' | 'ahead' | 'skipped';

/** Of each stage; `waiting` is where the pod stands in the queues, absent when it does not. */
export function stageStates(
  report: SchedulingReport | null | undefined,
  waiting: WaitingPod | undefined,
): Record<Stage, StageState> {
  const states = Object.fromEntries(STAGES.map((stage) => [stage, 'ahead'])) as Record<
    Stage,
    StageState
  >;
  if (waiting?.gatedBy) return { ...states, PreEnqueue: 'stopped' };
  states.PreEnqueue = 'passed';
  if (!report) return { ...states, QueueSort: waiting ? 'stopped' : 'ahead' };
  Object.assign(states, { QueueSort: 'passed', PreFilter: 'passed' });
  if (report.node === '') {
    const isAll = report.filters.some(({ rejected }) => '*' in rejected);
    if (isAll) return { ...states, PreFilter: 'stopped' };
    return { ...states, Filter: 'stopped', PostFilter: 'passed' };
  }
  const isAlone = Object.keys(report.totals).length < 2;
  return {
    ...states,
    Filter: 'passed',
    PostFilter: 'skipped',
    Score: isAlone ? 'skipped' : 'passed',
    Reserve: 'passed',
    Bind: 'passed',
  };
}

/** How many of the nodes that were asked passed every filter. */
export function fitCount(report: SchedulingReport, nodeCount: number): number {
  const rejected = new Set<string>();
  for (const filter of report.filters) {
    for (const name of Object.keys(filter.rejected)) {
      if (name === '*') return 0;
      rejected.add(name);
    }
  }
  return Math.max(0, nodeCount - rejected.size);
}
