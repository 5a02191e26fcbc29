// Draws the lanes that are on screen, under an axis, with the moments that stand out and the one
// that is shown. Everything is drawn anew each time: there are never more rows than fit.
import type { TimelineMark } from '../../host/protocol';
import { groupBar, nodeBar, podBar, restartMark, rolloutBar } from './bars';
import { countsOf, type LaneRow, type PodGroup } from './lane-rows';
import type { Palette } from './palette';
import { ticksOf, toPx, type TimeScale } from './time-scale';
import { markText, shortMoment } from './time-words';

export const ROW_PX = 20;
export const AXIS_PX = 20;

export interface LaneView {
  rows: readonly LaneRow[];
  scrollPx: number;
  /** The bars' place; labels stand left of it. */
  leftPx: number;
  scale: TimeScale;
  heightPx: number;
  startMs: number;
  shownMs: number;
  nowMs: number;
  marks: readonly TimelineMark[];
}

const TICK_GAP_PX = 64;
/** Beside the time of the moment that is shown no other is written. */
const HEAD_ROOM_PX = 36;
const LINED = new Set(['act', 'nodeLost']);

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
  paintMarkNames(g, view, p);
  g.restore();
  paintHead(g, view, p);
}

function paintAxis(g: CanvasRenderingContext2D, view: LaneView, p: Palette): void {
  const { leftPx, scale, heightPx, startMs } = view;
  g.font = `10px ${p.mono}`;
  g.textAlign = 'center';
  g.textBaseline = 'middle';
  g.lineWidth = 1;
  const headPx = leftPx + toPx(scale, view.shownMs);
  for (const atMs of ticksOf(scale, startMs, TICK_GAP_PX)) {
    const x = Math.round(leftPx + toPx(scale, atMs)) + 0.5;
    g.strokeStyle = p.line;
    g.beginPath();
    g.moveTo(x, AXIS_PX);
    g.lineTo(x, heightPx);
    g.stroke();
    if (x < leftPx + 14 || Math.abs(x - headPx) < HEAD_ROOM_PX) continue;
    g.fillStyle = p.ink3;
    g.fillText(shortMoment(atMs, startMs), x, AXIS_PX / 2);
  }
}

function paintMarks(g: CanvasRenderingContext2D, view: LaneView, p: Palette): void {
  const { scale, heightPx, marks } = view;
  g.lineWidth = 1;
  g.setLineDash([1.5, 3]);
  for (const { kind, atMs } of marks) {
    if (!LINED.has(kind) || atMs < scale.fromMs || atMs > scale.toMs) continue;
    const x = Math.round(toPx(scale, atMs)) + 0.5;
    g.strokeStyle = kind === 'act' ? p.accent : p.fail;
    g.beginPath();
    g.moveTo(x, AXIS_PX);
    g.lineTo(x, heightPx);
    g.stroke();
  }
  g.setLineDash([]);
}

/** At the foot of their lines, as far as there is room; the newest first. */
function paintMarkNames(g: CanvasRenderingContext2D, view: LaneView, p: Palette): void {
  const { scale, heightPx, marks } = view;
  g.font = `600 10px ${p.sans}`;
  g.textAlign = 'right';
  g.textBaseline = 'middle';
  let roomPx = scale.widthPx;
  for (const mark of marks.toReversed()) {
    if (!LINED.has(mark.kind) || mark.atMs < scale.fromMs || mark.atMs > scale.toMs) continue;
    const x = toPx(scale, mark.atMs) - 4;
    const text = markText(mark);
    const { width } = g.measureText(text);
    if (x > roomPx || x - width < 0) continue;
    g.fillStyle = p.surface;
    g.globalAlpha = 0.85;
    g.fillRect(x - width - 3, heightPx - 17, width + 5, 15);
    g.globalAlpha = 1;
    g.fillStyle = mark.kind === 'act' ? p.accent : p.fail;
    g.fillText(text, x, heightPx - 9);
    roomPx = x - width - 12;
  }
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

/** The moment that is shown, through all lanes, with its time on the axis. */
function paintHead(g: CanvasRenderingContext2D, view: LaneView, p: Palette): void {
  const { leftPx, scale, shownMs, startMs, heightPx } = view;
  if (shownMs < scale.fromMs) return;
  const x = Math.round(leftPx + Math.min(scale.widthPx, toPx(scale, shownMs))) + 0.5;
  g.strokeStyle = g.fillStyle = p.ink;
  g.lineWidth = 1.5;
  g.beginPath();
  g.moveTo(x, AXIS_PX - 2);
  g.lineTo(x, heightPx);
  g.stroke();
  const text = shortMoment(shownMs, startMs);
  g.font = `500 10px ${p.mono}`;
  g.textAlign = 'center';
  const width = g.measureText(text).width + 10;
  const left = Math.min(x - width / 2, leftPx + scale.widthPx + 12 - width);
  g.beginPath();
  g.roundRect(left, 2, width, AXIS_PX - 5, 7);
  g.fill();
  g.fillStyle = p.surface;
  g.fillText(text, left + width / 2, AXIS_PX / 2);
}
