// Draws the lanes that are on screen, under an axis, with the moments that stand out and the one
// that is shown. Everything is drawn anew each time: there are never more rows than fit.
import { groupBar, nodeBar, podBar, restartMark, rolloutBar } from './bars';
import { countsOf, type LaneRow, type PodGroup } from './lane-rows';
import type { Palette } from './palette';
import {
  AXIS_PX,
  paintAxis,
  paintHead,
  paintMarkNames,
  paintMarks,
  type TimeView,
} from './time-painter';
import { toPx } from './time-scale';

export const ROW_PX = 20;

export interface LaneView extends TimeView {
  rows: readonly LaneRow[];
  scrollPx: number;
}

/** Draws all of it; the canvas is as large as the view. */
export function paintLanes(g: CanvasRenderingContext2D, view: LaneView, p: Palette): void {
  const { leftPx, scale, heightPx } = view;
  g.clearRect(0, 0, leftPx + scale.widthPx + 40, heightPx);
  paintAxis(g, view, p);
  g.save();
  g.beginPath();
  g.rect(leftPx, AXIS_PX, scale.widthPx, heightPx - AXIS_PX);
  g.clip();
  g.translate(leftPx, 0);
  paintMarks(g, view, p);
  const first = Math.floor(view.scrollPx / ROW_PX);
  const last = Math.ceil((view.scrollPx + heightPx - AXIS_PX) / ROW_PX);
  view.rows.slice(first, last).forEach((row, index) => {
    const top = AXIS_PX + (first + index) * ROW_PX - view.scrollPx;
    paintRow(g, row, view, top + ROW_PX / 2, p);
  });
  paintMarkNames(g, view, heightPx - 9, p);
  g.restore();
  paintHead(g, view, p);
}

function paintRow(
  g: CanvasRenderingContext2D,
  row: LaneRow,
  view: LaneView,
  middle: number,
  p: Palette,
): void {
  switch (row.kind) {
    case 'group':
      if (!row.open) paintGroup(g, row.group, view, middle, p);
      break;
    case 'pod': {
      const { lane } = row;
      eachSpan(lane, view, (left, right, span) => {
        podBar(g, { left, right, middle }, span.look, p);
      });
      for (const { atMs } of lane.restarts) {
        if (atMs < view.scale.fromMs || atMs > view.scale.toMs) continue;
        restartMark(g, toPx(view.scale, atMs), middle, p);
      }
      break;
    }
    case 'node':
      eachSpan(row.lane, view, (left, right, span) => {
        nodeBar(g, { left, right, middle }, span, p);
      });
      break;
    case 'rollout':
      paintRollout(g, row.lane, view, middle, p);
  }
}

function paintRollout(
  g: CanvasRenderingContext2D,
  lane: Extract<LaneRow, { kind: 'rollout' }>['lane'],
  view: LaneView,
  middle: number,
  p: Palette,
): void {
  let revision = '';
  eachSpan(lane, view, (left, right, span) => {
    rolloutBar(g, { left, right, middle }, span, p);
    if (span.revision === revision) return;
    revision = span.revision;
    const text = `#${revision}`;
    g.font = `500 10px ${p.mono}`;
    g.textAlign = 'left';
    const width = g.measureText(text).width + 6;
    g.fillStyle = p.surface;
    g.fillRect(left, middle - 7, width, 14);
    g.fillStyle = p.ink2;
    g.fillText(text, left + 3, middle + 0.5);
  });
}

/** Counted once for as long as the lanes of the group are the same. */
const counted = new WeakMap<object, ReturnType<typeof countsOf>>();

function paintGroup(
  g: CanvasRenderingContext2D,
  group: PodGroup,
  view: LaneView,
  middle: number,
  p: Palette,
): void {
  let counts = counted.get(group);
  if (!counts) counted.set(group, (counts = countsOf(group.lanes)));
  const most = counts.reduce((max, { all }) => Math.max(max, all), 1);
  eachSpan({ spans: counts }, view, (left, right, count) => {
    groupBar(g, { left, right, middle }, count, most, p);
  });
}

function eachSpan<S extends { fromMs: number }>(
  lane: { spans: readonly S[]; endMs?: number },
  { scale, nowMs }: LaneView,
  draw: (left: number, right: number, span: S) => void,
): void {
  const { spans, endMs = nowMs } = lane;
  for (let index = 0; index < spans.length; index++) {
    const span = spans[index]!;
    const toMs = spans[index + 1]?.fromMs ?? Math.max(endMs, span.fromMs);
    if (toMs < scale.fromMs || span.fromMs > scale.toMs) continue;
    const left = Math.max(-8, toPx(scale, span.fromMs));
    const right = Math.min(scale.widthPx + 8, toPx(scale, toMs));
    draw(left, Math.max(right, left + 1), span);
  }
}
