// The moments that stand out, on the whole history's line: what lies on one pixel is one mark, and
// what weighs most of it is what is drawn.
import type { TimelineMark } from '../../host/protocol';
import type { Palette } from './palette';
import { toPx, type TimeScale } from './time-scale';

const WEIGHTS: Record<TimelineMark['kind'], number> = {
  act: 6,
  nodeLost: 5,
  rollout: 4,
  nodeReady: 3,
  rolloutDone: 2,
  warning: 1,
};

/** Pixels that one mark takes. */
const MARK_PX = 5;

/** The weightiest mark of each place. */
export function marksShown(marks: readonly TimelineMark[], scale: TimeScale): TimelineMark[] {
  const byPlace = new Map<number, TimelineMark>();
  for (const mark of marks) {
    if (mark.atMs < scale.fromMs) continue;
    const place = Math.round(toPx(scale, mark.atMs) / MARK_PX);
    const held = byPlace.get(place);
    if (!held || WEIGHTS[mark.kind] > WEIGHTS[held.kind]) byPlace.set(place, mark);
  }
  return [...byPlace.values()];
}

/** What happened last at that moment or shortly before: what a person would name it by. */
export function markBefore(
  marks: readonly TimelineMark[],
  atMs: number,
  withinMs: number,
): TimelineMark | undefined {
  let found: TimelineMark | undefined;
  for (const mark of marks) {
    if (mark.atMs > atMs) break;
    if (mark.atMs < atMs - withinMs) continue;
    if (!found || WEIGHTS[mark.kind] >= WEIGHTS[found.kind]) found = mark;
  }
  return found;
}

/** A mark above the line: each kind has a shape of its own. */
export function paintMark(
  g: CanvasRenderingContext2D,
  kind: TimelineMark['kind'],
  x: number,
  line: number,
  p: Palette,
): void {
  const y = line - 8;
  g.lineWidth = 1.5;
  g.setLineDash([]);
  switch (kind) {
    case 'act':
      g.fillStyle = g.strokeStyle = p.accent;
      stroke(g, [x, y, x, line]);
      g.beginPath();
      g.arc(x, y, 3, 0, Math.PI * 2);
      g.fill();
      break;
    case 'nodeLost':
      g.strokeStyle = p.fail;
      stroke(g, [x - 3, y - 3, x + 3, y + 3]);
      stroke(g, [x + 3, y - 3, x - 3, y + 3]);
      break;
    case 'nodeReady':
    case 'rolloutDone':
      g.strokeStyle = kind === 'nodeReady' ? p.run : p.create;
      stroke(g, [x - 3.5, y, x - 1, y + 2.5, x + 3.5, y - 3]);
      break;
    case 'rollout':
      g.strokeStyle = p.create;
      stroke(g, [x - 3, y + 3, x - 3, y - 3, x + 3, y, x - 3, y + 3]);
      break;
    case 'warning':
      g.strokeStyle = p.pend;
      stroke(g, [x, line - 5, x, line]);
  }
}

function stroke(g: CanvasRenderingContext2D, points: readonly number[]): void {
  g.beginPath();
  g.moveTo(points[0]!, points[1]!);
  for (let at = 2; at < points.length; at += 2) g.lineTo(points[at]!, points[at + 1]!);
  g.stroke();
}
