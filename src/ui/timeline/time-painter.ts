// What all charts over time share: the axis, lines of moments that stand out with their names, and
// the moment that is shown.
import type { TimelineMark } from '../../host/protocol';
import type { Palette } from './palette';
import { ticksOf, toPx, type TimeScale } from './time-scale';
import { markText, shortMoment, words } from './time-words';

export const AXIS_PX = 20;

export interface TimeView {
  /** Where the scale begins; labels stand left of it. */
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
/** Lost nodes that are no further apart have one name. */
const TOGETHER_PX = 24;

/** Times at the top, with a line down from each. */
export function paintAxis(g: CanvasRenderingContext2D, view: TimeView, p: Palette): void {
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

/** Within the scale: 0 is where it begins. */
export function paintMarks(g: CanvasRenderingContext2D, view: TimeView, p: Palette): void {
  g.lineWidth = 1;
  g.setLineDash([1.5, 3]);
  let drawn = -1;
  for (const { kind, atMs } of linedMarks(view)) {
    const x = Math.round(toPx(view.scale, atMs)) + 0.5;
    if (x === drawn) continue;
    drawn = x;
    g.strokeStyle = kind === 'act' ? p.accent : p.fail;
    g.beginPath();
    g.moveTo(x, AXIS_PX);
    g.lineTo(x, view.heightPx);
    g.stroke();
  }
  g.setLineDash([]);
}

/** Beside their lines, around that height, as far as there is room; the newest first. */
export function paintMarkNames(
  g: CanvasRenderingContext2D,
  view: TimeView,
  middle: number,
  p: Palette,
): void {
  g.font = `600 10px ${p.sans}`;
  g.textAlign = 'right';
  g.textBaseline = 'middle';
  let roomPx = view.scale.widthPx;
  for (const { kind, left, text } of namesOf(view).toReversed()) {
    const x = left - 4;
    const { width } = g.measureText(text);
    if (x > roomPx || x - width < 0) continue;
    g.fillStyle = p.surface;
    g.globalAlpha = 0.85;
    g.fillRect(x - width - 3, middle - 8, width + 5, 15);
    g.globalAlpha = 1;
    g.fillStyle = kind === 'act' ? p.accent : p.fail;
    g.fillText(text, x, middle);
    roomPx = x - width - 12;
  }
}

/** The moment that is shown, through the whole chart, with its time on the axis. */
export function paintHead(g: CanvasRenderingContext2D, view: TimeView, p: Palette): void {
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

/**
 * What of the view can be seen, to the pixel: while it is the same there is nothing to draw anew.
 */
export function seenOf({ scale, leftPx, heightPx, ...view }: TimeView): readonly unknown[] {
  const { fromMs, toMs, widthPx } = scale;
  const [head, now] = [view.shownMs, view.nowMs].map((atMs) => Math.round(toPx(scale, atMs)));
  const text = shortMoment(view.shownMs, view.startMs);
  return [fromMs, toMs, widthPx, leftPx, heightPx, head, now, text, view.marks];
}

interface MarkName {
  kind: TimelineMark['kind'];
  left: number;
  text: string;
}

/** One for each act, one for nodes that were lost one soon after the other. */
export function namesOf(view: Pick<TimeView, 'scale' | 'marks'>): MarkName[] {
  const names: MarkName[] = [];
  let lost = 0;
  let lastPx = -Infinity;
  for (const mark of linedMarks(view)) {
    const { kind } = mark;
    const left = toPx(view.scale, mark.atMs);
    const last = names.at(-1);
    const isTogether = kind === 'nodeLost' && last?.kind === kind && left - lastPx < TOGETHER_PX;
    lost = isTogether ? lost + 1 : 1;
    lastPx = left;
    if (isTogether) last.text = words.skipped.nodesLost(lost);
    else names.push({ kind, left, text: markText(mark) });
  }
  return names;
}

function linedMarks({ scale, marks }: Pick<TimeView, 'scale' | 'marks'>): TimelineMark[] {
  return marks.filter(({ kind, atMs }) => {
    return LINED.has(kind) && atMs >= scale.fromMs && atMs <= scale.toMs;
  });
}
