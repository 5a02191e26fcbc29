// The rows that the lanes show: pods under their owners, rollouts, nodes. A row is what the eye
// reads in one line; which of them are on screen is the list's affair.
import type { NodeLane, PodLane, RolloutLane } from '../../host/protocol';
import type { TimelineState } from './timeline-store';
import { byNumber } from '../state/by-number';

export type LaneKind = 'pods' | 'rollouts' | 'nodes';

export interface PodGroup {
  key: string;
  /** '' for pods that stand alone. */
  kind: string;
  namespace: string;
  name: string;
  hue: number;
  /** Newest first. */
  lanes: PodLane[];
}

export type LaneRow =
  | { kind: 'group'; key: string; group: PodGroup; open: boolean }
  | { kind: 'pod'; key: string; lane: PodLane }
  | { kind: 'rollout'; key: string; lane: RolloutLane }
  | { kind: 'node'; key: string; lane: NodeLane };

interface Span {
  fromMs: number;
  toMs: number;
}

/** Groups of more pods than this are closed until somebody opens them. */
const OPEN_MAX = 60;
const SYSTEM = 'kube-system';

/** Whether a group that nobody has touched is open. */
export function isOpenAtFirst({ namespace, lanes }: PodGroup): boolean {
  return namespace !== SYSTEM && lanes.length <= OPEN_MAX;
}

/** Rows in order; `toggled` holds the keys of groups that are not as they were at first. */
export function rowsOf(
  state: Pick<TimelineState, 'pods' | 'rollouts' | 'nodes'>,
  kind: LaneKind,
  shown: Span,
  toggled: ReadonlySet<string>,
): LaneRow[] {
  if (kind === 'pods') return podRows(state.pods.values(), shown, toggled);
  if (kind === 'nodes') {
    return [...state.nodes.values()]
      .filter((lane) => isIn(lane, shown))
      .sort((a, b) => byNumber(a.name, b.name))
      .map((lane) => ({ kind: 'node', key: lane.name, lane }));
  }
  return [...state.rollouts.values()]
    .filter((lane) => isIn(lane, shown))
    .sort((a, b) => systemLast(a, b) || byNumber(a.name, b.name))
    .map((lane) => ({ kind: 'rollout', key: lane.uid, lane }));
}

function podRows(pods: Iterable<PodLane>, shown: Span, toggled: ReadonlySet<string>): LaneRow[] {
  const groups = [...groupsOf(pods, shown).values()].sort(
    (a, b) => systemLast(a, b) || byNumber(a.name, b.name),
  );
  const rows: LaneRow[] = [];
  for (const group of groups) {
    const open = isOpenAtFirst(group) !== toggled.has(group.key);
    rows.push({ kind: 'group', key: group.key, group, open });
    if (!open) continue;
    group.lanes.sort((a, b) => startOf(b) - startOf(a) || byNumber(a.name, b.name));
    for (const lane of group.lanes) rows.push({ kind: 'pod', key: lane.uid, lane });
  }
  return rows;
}

function groupsOf(pods: Iterable<PodLane>, shown: Span): Map<string, PodGroup> {
  const groups = new Map<string, PodGroup>();
  for (const lane of pods) {
    if (!isIn(lane, shown)) continue;
    const { owner, namespace, hue } = lane;
    const key = `${owner?.kind ?? ''}/${namespace}/${owner?.name ?? ''}`;
    const group = groups.get(key);
    if (group) group.lanes.push(lane);
    else {
      const { kind = '', name = '' } = owner ?? {};
      groups.set(key, { key, kind, namespace, name, hue, lanes: [lane] });
    }
  }
  return groups;
}

function startOf({ spans }: PodLane): number {
  return spans[0]?.fromMs ?? 0;
}

/** Whether any of it lies within what is shown. */
function isIn(lane: { spans: readonly { fromMs: number }[]; endMs?: number }, span: Span): boolean {
  const fromMs = lane.spans[0]?.fromMs ?? Infinity;
  return fromMs <= span.toMs && (lane.endMs ?? Infinity) >= span.fromMs;
}

function systemLast(a: { namespace: string }, b: { namespace: string }): number {
  return Number(a.namespace === SYSTEM) - Number(b.namespace === SYSTEM);
}

/** How many pods of a group are ready, and how many are in trouble, from each change on. */
export function countsOf(lanes: readonly PodLane[]): GroupCount[] {
  const changes: [atMs: number, ready: number, bad: number, all: number][] = [];
  for (const { spans, endMs } of lanes) {
    let [ready, bad] = [0, 0];
    spans.forEach(({ fromMs, look }, index) => {
      const [nowReady, nowBad] = [Number(look === 'running'), Number(TROUBLE.has(look))];
      changes.push([fromMs, nowReady - ready, nowBad - bad, index === 0 ? 1 : 0]);
      [ready, bad] = [nowReady, nowBad];
    });
    if (endMs !== undefined) changes.push([endMs, -ready, -bad, -1]);
  }
  changes.sort((a, b) => a[0] - b[0]);
  const counts: GroupCount[] = [];
  let [ready, bad, all] = [0, 0, 0];
  for (const [fromMs, byReady, byBad, byAll] of changes) {
    [ready, bad, all] = [ready + byReady, bad + byBad, all + byAll];
    const last = counts.at(-1);
    if (last?.fromMs === fromMs) Object.assign(last, { ready, bad, all });
    else counts.push({ fromMs, ready, bad, all });
  }
  return counts;
}

export interface GroupCount {
  fromMs: number;
  ready: number;
  bad: number;
  all: number;
}

const TROUBLE = new Set(['crashLoop', 'failed', 'unknown']);
