// The scheduler's last look at a pod as a table: what each filter said of each node, and who
// scored.
import type { SchedulingReport } from '../../host/protocol';
import { byNumber } from '../state/by-number';

export type FilterCell = 'passes' | 'rejects' | 'notRun';

export interface FilterRow {
  plugin: string;
  cells: FilterCell[];
}

export interface ScoreRow {
  /** 'NodeResourcesFit × 1' */
  plugin: string;
  values: number[];
}

/** Columns that a panel has room for. */
const NODES_MAX = 8;
const SCORED_MAX = 4;

/** Nodes as columns: by name, numbers as numbers. */
export function whyNodes(names: Iterable<string>): string[] {
  return whyOrder(names).slice(0, NODES_MAX);
}

/** n2 before n10. */
function whyOrder(names: Iterable<string>): string[] {
  return [...names].sort(byNumber);
}

/** One row a filter, in the order they run; after a rejection a node is asked no more. */
export function filterRows(report: SchedulingReport, nodes: readonly string[]): FilterRow[] {
  const rejected = new Set<string>();
  return report.filters.map(({ plugin, rejected: why }) => {
    const cells = nodes.map((node): FilterCell => {
      if (rejected.has(node)) return 'notRun';
      if (!(node in why)) return 'passes';
      rejected.add(node);
      return 'rejects';
    });
    return { plugin, cells };
  });
}

/** What each node lacks: the reason of the filter that turned it away. */
export function nodeReasons(report: SchedulingReport): { node: string; reason: string }[] {
  const reasons = new Map<string, string>();
  for (const { rejected } of report.filters) {
    for (const [node, reason] of Object.entries(rejected)) {
      if (!reasons.has(node)) reasons.set(node, reason);
    }
  }
  return whyNodes(reasons.keys()).map((node) => ({ node, reason: reasons.get(node)! }));
}

export interface ScoreTable {
  /** Best first. */
  nodes: string[];
  rows: ScoreRow[];
  totals: number[];
}

/** The scores of the nodes that passed, best first; undefined when there was nothing to weigh. */
export function scoreTable({ scores, totals, node }: SchedulingReport): ScoreTable | undefined {
  const chosenFirst = (a: string, b: string) => Number(b === node) - Number(a === node);
  const nodes = whyOrder(Object.keys(totals))
    .sort((a, b) => totals[b]! - totals[a]! || chosenFirst(a, b))
    .slice(0, SCORED_MAX);
  if (nodes.length === 0 || scores.length === 0) return undefined;
  return {
    nodes,
    rows: scores.map(({ plugin, weight, byNode }) => ({
      plugin: `${plugin} × ${weight}`,
      values: nodes.map((node) => byNode[node] ?? 0),
    })),
    totals: nodes.map((node) => totals[node]!),
  };
}
