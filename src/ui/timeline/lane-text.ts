// Lanes in words: what a person hears who cannot see the bars, and what a pointer is told.
import type { NodeLane, PodLane, RolloutLane } from '../../host/protocol';
import type { LaneRow } from './lane-rows';
import { momentText, spanText, words } from './time-words';
import type { PageTime } from './use-time';
import { listed } from '../state/language';

/** A whole lane in one line: its state at the moment that is shown, and its restarts. */
export function laneText(row: Exclude<LaneRow, { kind: 'group' }>, time: PageTime): string {
  const parts = [row.lane.name, ...stateText(row, time.shownMs, time)];
  if (row.kind === 'pod' && row.lane.restarts.length > 0) {
    parts.push(words.restarts(row.lane.restarts.length));
  }
  return listed(parts);
}

/** What the lane was at a moment, since when and for how long. */
export function stateText(
  row: Exclude<LaneRow, { kind: 'group' }>,
  atMs: number,
  time: PageTime,
): string[] {
  const { lane } = row;
  if (lane.endMs !== undefined && atMs >= lane.endMs) {
    return [words.gone(momentText(lane.endMs, time.startMs))];
  }
  const index = lane.spans.findLastIndex(({ fromMs }) => fromMs <= atMs);
  const span = lane.spans[index];
  if (!span) return [];
  const endMs = lane.spans[index + 1]?.fromMs ?? lane.endMs ?? time.nowMs;
  const lasted = words.from(
    momentText(span.fromMs, time.startMs),
    spanText(Math.max(0, endMs - span.fromMs)),
  );
  return [...spanWords(row, index), lasted];
}

function spanWords(row: Exclude<LaneRow, { kind: 'group' }>, index: number): string[] {
  if (row.kind === 'pod') return podWords(row.lane.spans[index]!);
  if (row.kind === 'node') return nodeWords(row.lane.spans[index]!);
  return rolloutWords(row.lane.spans[index]!);
}

function podWords({ look, reason }: PodLane['spans'][number]): string[] {
  const state = words.looks[look];
  return reason && reason !== state ? [`${state} (${reason})`] : [state];
}

function nodeWords(span: NodeLane['spans'][number]): string[] {
  const parts: string[] = [words.nodeStates[span.state]];
  if (span.power === 'Off') parts.push(words.powerOff);
  if (span.network === 'Cut') parts.push(words.cut);
  if (span.cordoned) parts.push(words.cordoned);
  return parts;
}

function rolloutWords({ state, revision, updated, wanted }: RolloutLane['spans'][number]) {
  return [
    words.revision(revision),
    words.rolloutStates[state],
    ...(state === 'done' ? [] : [words.updated(updated, wanted)]),
  ];
}
