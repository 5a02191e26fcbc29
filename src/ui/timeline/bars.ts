// One bar of a lane: coloured and shaped by phase, in the grammar of the pods' silhouettes.
import type { NodeLane, RolloutLane } from '../../host/protocol';
import type { PodLook } from '../../scene/scene';
import type { GroupCount } from './lane-rows';
import type { Palette } from './palette';

export interface BarPlace {
  left: number;
  right: number;
  /** Middle of the row. */
  middle: number;
}

const HALF = 4;
const RADIUS = 3;

/** A pod's bar while it looked like that. */
export function podBar(g: CanvasRenderingContext2D, at: BarPlace, look: PodLook, p: Palette): void {
  const colour = p.looks[look];
  g.strokeStyle = g.fillStyle = colour;
  g.lineWidth = 1;
  g.setLineDash([]);
  switch (look) {
    case 'running':
      box(g, at, RADIUS);
      g.fill();
      break;
    case 'creating':
      box(g, at, RADIUS);
      tint(g, 0.28);
      g.stroke();
      break;
    case 'notReady':
      box(g, at, RADIUS);
      tint(g, 0.2);
      g.stroke();
      break;
    case 'pending':
      g.setLineDash([3, 2]);
      box(g, at, RADIUS);
      g.stroke();
      break;
    case 'terminating':
      cutBox(g, at);
      hatch(g, at, 4);
      g.stroke();
      break;
    case 'unknown':
      g.setLineDash([1.5, 2]);
      box(g, at, RADIUS);
      hatch(g, at, 6);
      g.stroke();
      break;
    case 'succeeded':
      box(g, at, HALF);
      tint(g, 0.16);
      g.stroke();
      break;
    case 'crashLoop':
    case 'failed':
      g.lineWidth = 2;
      line(g, at.left, at.right, at.middle);
      if (look === 'failed') cross(g, at.left, at.middle, colour);
      break;
  }
  g.setLineDash([]);
}

/** A container came back after it had ended. */
export function restartMark(
  g: CanvasRenderingContext2D,
  x: number,
  middle: number,
  p: Palette,
): void {
  g.strokeStyle = p.surface;
  g.lineWidth = 4;
  strokeCross(g, x, middle);
  cross(g, x, middle, p.fail);
}

/** All pods of a group: how many are ready, and how many in trouble, against the most. */
export function groupBar(
  g: CanvasRenderingContext2D,
  at: BarPlace,
  { ready, bad, all }: GroupCount,
  most: number,
  p: Palette,
): void {
  const height = (count: number): number => (count / Math.max(1, most)) * 2 * HALF;
  const width = Math.max(0.5, at.right - at.left);
  const bottom = at.middle + HALF;
  g.globalAlpha = 0.3;
  g.fillStyle = p.line2;
  g.fillRect(at.left, bottom - height(all), width, height(all));
  g.globalAlpha = 1;
  g.fillStyle = p.run;
  g.fillRect(at.left, bottom - height(ready), width, height(ready));
  g.fillStyle = p.fail;
  const top = bottom - height(ready) - height(bad);
  g.fillRect(at.left, top, width, height(bad));
}

export function nodeBar(
  g: CanvasRenderingContext2D,
  at: BarPlace,
  span: NodeLane['spans'][number],
  p: Palette,
): void {
  const look = { Ready: 'running', NotReady: 'failed', Unknown: 'unknown', absent: 'pending' };
  podBar(g, at, look[span.state] as PodLook, p);
  g.lineWidth = 1.5;
  if (span.power === 'Off' || span.network === 'Cut') {
    g.strokeStyle = p.fail;
    g.setLineDash(span.power === 'Off' ? [] : [2, 2]);
    line(g, at.left, at.right, at.middle + HALF + 2.5);
  } else if (span.cordoned) {
    g.strokeStyle = p.pend;
    g.setLineDash([4, 2]);
    line(g, at.left, at.right, at.middle + HALF + 2.5);
  }
  g.setLineDash([]);
}

export function rolloutBar(
  g: CanvasRenderingContext2D,
  at: BarPlace,
  { state, updated, wanted }: RolloutLane['spans'][number],
  p: Palette,
): void {
  g.lineWidth = 1;
  if (state === 'done') {
    g.fillStyle = p.run;
    g.fillRect(at.left, at.middle - 1.5, at.right - at.left, 3);
    return;
  }
  g.strokeStyle = g.fillStyle = state === 'stalled' ? p.fail : p.create;
  box(g, at, RADIUS);
  tint(g, 0.16);
  g.stroke();
  const share = Math.min(1, updated / Math.max(1, wanted));
  g.fillRect(at.left, at.middle + HALF - share * 2 * HALF, at.right - at.left, share * 2 * HALF);
}

function box(g: CanvasRenderingContext2D, { left, right, middle }: BarPlace, radius: number): void {
  const width = Math.max(1, right - left - 1);
  g.beginPath();
  g.roundRect(left + 0.5, middle - HALF + 0.5, width, 2 * HALF - 1, Math.min(radius, width / 2));
}

/** With the corner cut that a terminating pod has. */
function cutBox(g: CanvasRenderingContext2D, { left, right, middle }: BarPlace): void {
  const [top, bottom] = [middle - HALF + 0.5, middle + HALF - 0.5];
  const end = Math.max(left + 1, right - 0.5);
  const cut = Math.min(4, end - left - 0.5);
  g.beginPath();
  g.moveTo(left + 0.5, top);
  g.lineTo(end - cut, top);
  g.lineTo(end, top + cut);
  g.lineTo(end, bottom);
  g.lineTo(left + 0.5, bottom);
  g.closePath();
}

function tint(g: CanvasRenderingContext2D, alpha: number): void {
  g.globalAlpha = alpha;
  g.fill();
  g.globalAlpha = 1;
}

/** Slanted lines within the path of the moment. */
function hatch(g: CanvasRenderingContext2D, { left, right, middle }: BarPlace, gap: number): void {
  const dash = g.getLineDash();
  g.save();
  g.clip();
  tint(g, 0.14);
  g.setLineDash([]);
  g.globalAlpha = 0.7;
  const slants = new Path2D();
  const height = 2 * HALF;
  for (let x = left - height; x < right; x += gap) {
    slants.moveTo(x, middle + HALF);
    slants.lineTo(x + height, middle - HALF);
  }
  g.stroke(slants);
  g.restore();
  g.setLineDash(dash);
}

function line(g: CanvasRenderingContext2D, left: number, right: number, y: number): void {
  g.beginPath();
  g.moveTo(left, y);
  g.lineTo(right, y);
  g.stroke();
}

function cross(g: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  g.strokeStyle = colour;
  g.lineWidth = 1.5;
  strokeCross(g, x, y);
}

function strokeCross(g: CanvasRenderingContext2D, x: number, y: number): void {
  g.beginPath();
  g.moveTo(x - 3, y - 3);
  g.lineTo(x + 3, y + 3);
  g.moveTo(x + 3, y - 3);
  g.lineTo(x - 3, y + 3);
  g.stroke();
}
