// Keeps what each cycle found: the newest of every pending pod, and the last few hundred of the
// others. Recording must not slow the cycle: on small clusters the nodes' answers are noted down as
// they are and made into a report when somebody asks; on big ones only the outcome is kept, and the
// question is asked again.
import type { Rejection } from './framework';
import type { NodeInfo } from './node-info';
import type { NodeScorer } from './node-scorer';
import type { NodeSearch } from './node-search';
import type { SchedulingReport } from './report';

/** With more nodes than this, the nodes' answers are not kept. */
export const MAX_NODES_KEPT = 50;
const MAX_SCHEDULED_KEPT = 512;

export interface Outcome {
  uid: string;
  pod: string;
  atMs: number;
  attempts: number;
  /** '' when the pod found none. */
  node: string;
  message: string;
}

interface Answers {
  rejected: readonly NodeInfo[];
  rejections: readonly Rejection[];
  /** Why all nodes were rejected at once. */
  refusal: Rejection | undefined;
  /** Nodes that were scored; empty when there was nothing to choose. */
  scored: readonly NodeInfo[];
  scores: readonly { plugin: string; weight: number; scores: Int32Array }[];
}

export class ReportBook {
  private readonly pending = new Map<string, { outcome: Outcome; answers: Answers | undefined }>();
  private readonly scheduled = new Map<
    string,
    { outcome: Outcome; answers: Answers | undefined }
  >();

  /** `wasScored` tells whether the scorer speaks of this cycle. */
  record(outcome: Outcome, search: NodeSearch, scorer: NodeScorer, wasScored: boolean): void {
    const looked = search.feasible.length + search.rejected.length;
    const answers = looked <= MAX_NODES_KEPT ? answersOf(search, scorer, wasScored) : undefined;
    const entry = { outcome, answers };
    if (outcome.node === '') {
      this.pending.set(outcome.uid, entry);
      return;
    }
    this.pending.delete(outcome.uid);
    this.scheduled.set(outcome.uid, entry);
    if (this.scheduled.size > MAX_SCHEDULED_KEPT) {
      this.scheduled.delete(this.scheduled.keys().next().value!);
    }
  }

  /** Outcomes of the newest cycles, newest first. */
  recent(max: number): Outcome[] {
    const placed = [...this.scheduled.values()].slice(-max);
    return [...this.pending.values(), ...placed]
      .map(({ outcome }) => outcome)
      .sort((a, b) => b.atMs - a.atMs)
      .slice(0, max);
  }

  /** The pod no longer waits. */
  forgetPending(uid: string): void {
    this.pending.delete(uid);
  }

  /** The last cycle's outcome, and the report if the nodes' answers were kept. */
  find(
    uid: string,
    filterPlugins: readonly string[],
  ): { outcome: Outcome; report: SchedulingReport | undefined } | undefined {
    const entry = this.pending.get(uid) ?? this.scheduled.get(uid);
    if (entry === undefined) return undefined;
    const { outcome, answers } = entry;
    return { outcome, report: answers && writeReport(outcome, answers, filterPlugins) };
  }
}

/** A report straight from a search that has just been made. */
export function reportOf(
  outcome: Outcome,
  search: NodeSearch,
  scorer: NodeScorer,
  wasScored: boolean,
  filterPlugins: readonly string[],
): SchedulingReport {
  return writeReport(outcome, answersOf(search, scorer, wasScored), filterPlugins);
}

function answersOf(search: NodeSearch, scorer: NodeScorer, wasScored: boolean): Answers {
  const scored = wasScored ? [...search.feasible] : [];
  const scores = [];
  if (wasScored) {
    for (const { plugin, weight, scores: known } of scorer.active()) {
      scores.push({ plugin: plugin.name, weight, scores: known.slice(0, scored.length) });
    }
  }
  return {
    rejected: [...search.rejected],
    rejections: [...search.rejections],
    refusal: search.refusal,
    scored,
    scores,
  };
}

function writeReport(
  { pod, atMs, attempts, node, message }: Outcome,
  { rejected, rejections, refusal, scored, scores }: Answers,
  filterPlugins: readonly string[],
): SchedulingReport {
  const filters = filterPlugins.map((plugin) => ({
    plugin,
    rejected: {} as Record<string, string>,
  }));
  const note = ({ plugin, reasons }: Rejection, nodeName: string): void => {
    const entry = filters.find((filter) => filter.plugin === plugin);
    if (entry) entry.rejected[nodeName] = reasons.join(', ');
  };
  rejections.forEach((rejection, index) => note(rejection, rejected[index].name));
  if (refusal) note(refusal, '*');
  const totals: Record<string, number> = {};
  const byPlugin = scores.map(({ plugin, weight, scores: known }) => {
    const byNode: Record<string, number> = {};
    scored.forEach(({ name }, index) => {
      byNode[name] = known[index] * weight;
      totals[name] = (totals[name] ?? 0) + byNode[name];
    });
    return { plugin, weight, byNode };
  });
  return { pod, atMs, attempts, node, message, filters, scores: byPlugin, totals };
}
