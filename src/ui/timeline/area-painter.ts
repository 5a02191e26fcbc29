// Draws how many pods are not well as areas, one upon the other, in the colours and hatches of the
// pods' grammar: each is told by its hatch and its line, too, not by its colour alone.
import { AREAS, hasArea, roundNumbers, type AreaLook, type AreaStep } from './count-view';
import { numberText } from './number-text';
import type { Palette } from './palette';
import {
  AXIS_PX,
  paintAxis,
  paintHead,
  paintMarkNames,
  paintMarks,
  type TimeView,
} from './time-painter';

/** Above the areas is room for the names of marks. */
const NAMES_PX = 16;
const FOOT_PX = 8;
const NUMBER_GAP_PX = 30;
const NUMBERS_MAX = 5;

export interface CountView extends TimeView {
  steps: readonly AreaStep[];
  /** Pods at the top of the chart. */
  most: number;
  /** True where there is no room for numbers left of the chart. */
  isNarrow: boolean;
}

/** Draws all of it; the canvas is as large as the view. */
export function paintCounts(g: CanvasRenderingContext2D, view: CountView, p: Palette): void {
  const { leftPx, scale, heightPx } = view;
  g.clearRect(0, 0, leftPx + scale.widthPx + 40, heightPx);
  paintAxis(g, view, p);
  const numbers = roundNumbers(view.most, numberCount(view));
  const pxOfPod = plotPx(view) / numbers.at(-1)!;
  const toY = (pods: number): number => {
    return heightPx - FOOT_PX - pods * pxOfPod;
  };
  if (view.most > 0) paintGrid(g, view, numbers, toY, p);
  g.save();
  g.beginPath();
  g.rect(leftPx, AXIS_PX, scale.widthPx, heightPx - AXIS_PX);
  g.clip();
  g.translate(leftPx, 0);
  if (view.most === 0) paintCalm(g, view, p);
  AREAS.forEach((_, index) => paintArea(g, view.steps, index, toY, p));
  paintMarks(g, view, p);
  paintMarkNames(g, view, AXIS_PX + NAMES_PX / 2 + 1, p);
  g.restore();
  if (view.most > 0) paintNumbers(g, view, numbers, toY, p);
  paintHead(g, view, p);
}

function numberCount(view: CountView): number {
  return Math.min(NUMBERS_MAX, Math.floor(plotPx(view) / NUMBER_GAP_PX));
}

function plotPx({ heightPx }: CountView): number {
  return Math.max(1, heightPx - AXIS_PX - NAMES_PX - FOOT_PX);
}

type ToY = (pods: number) => number;

function paintGrid(
  g: CanvasRenderingContext2D,
  { leftPx, scale }: CountView,
  numbers: readonly number[],
  toY: ToY,
  p: Palette,
): void {
  g.strokeStyle = p.line;
  g.lineWidth = 1;
  g.beginPath();
  for (const number of numbers) {
    const y = Math.round(toY(number)) + 0.5;
    g.moveTo(leftPx, y);
    g.lineTo(leftPx + scale.widthPx, y);
  }
  g.stroke();
}

function paintNumbers(
  g: CanvasRenderingContext2D,
  { leftPx, isNarrow }: CountView,
  numbers: readonly number[],
  toY: ToY,
  p: Palette,
): void {
  g.font = `10px ${p.mono}`;
  g.textAlign = isNarrow ? 'left' : 'right';
  g.textBaseline = 'middle';
  for (const number of numbers) {
    const text = numberText(number, true);
    const y = Math.round(toY(number));
    if (!isNarrow) {
      g.fillStyle = p.ink3;
      g.fillText(text, leftPx - 6, y);
      continue;
    }
    if (number === 0) continue;
    const { width } = g.measureText(text);
    g.fillStyle = p.surface;
    g.globalAlpha = 0.85;
    g.fillRect(leftPx + 1, y + 2, width + 5, 12);
    g.globalAlpha = 1;
    g.fillStyle = p.ink2;
    g.fillText(text, leftPx + 4, y + 8);
  }
}

/** All pods run: a line amid the chart, where the words stand above it. */
function paintCalm(g: CanvasRenderingContext2D, { steps, heightPx }: CountView, p: Palette): void {
  if (steps.length === 0) return;
  const y = Math.round((AXIS_PX + heightPx) / 2);
  g.strokeStyle = p.run;
  g.lineWidth = 2;
  g.beginPath();
  g.moveTo(steps[0]!.left, y);
  g.lineTo(steps.at(-1)!.right, y);
  g.stroke();
}

function paintArea(
  g: CanvasRenderingContext2D,
  steps: readonly AreaStep[],
  index: number,
  toY: ToY,
  p: Palette,
): void {
  if (!steps.some((step) => hasArea(step, index))) return;
  const look = AREAS[index]!;
  const below = ({ tops }: AreaStep): number => toY(tops[index - 1] ?? 0);
  const above = ({ tops }: AreaStep): number => toY(tops[index]!);
  g.beginPath();
  g.moveTo(steps[0]!.left, below(steps[0]!));
  for (const step of steps) {
    g.lineTo(step.left, above(step));
    g.lineTo(step.right, above(step));
  }
  for (const step of steps.toReversed()) {
    g.lineTo(step.right, below(step));
    g.lineTo(step.left, below(step));
  }
  g.closePath();
  const colour = p.looks[look];
  g.globalAlpha = TINTS[look];
  g.fillStyle = colour;
  g.fill();
  const hatch = HATCHES[look];
  if (hatch) {
    g.globalAlpha = 0.75;
    g.fillStyle = patternOf(g, hatch, colour);
    g.fill();
  }
  g.globalAlpha = 1;
  paintEdge(g, steps, index, above, look, p);
}

/** Its upper edge, where there is any of it. */
function paintEdge(
  g: CanvasRenderingContext2D,
  steps: readonly AreaStep[],
  index: number,
  above: (step: AreaStep) => number,
  look: AreaLook,
  p: Palette,
): void {
  g.strokeStyle = p.looks[look];
  g.lineWidth = 1.5;
  g.setLineDash(DASHES[look] ?? []);
  g.beginPath();
  let isDrawing = false;
  for (const step of steps) {
    const is = hasArea(step, index);
    const y = Math.round(above(step) * 2) / 2;
    if (is && isDrawing) g.lineTo(step.left, y);
    else if (is) g.moveTo(step.left, y);
    if (is) g.lineTo(step.right, y);
    isDrawing = is;
  }
  g.stroke();
  g.setLineDash([]);
}

const TINTS: Record<AreaLook, number> = {
  creating: 0.4,
  pending: 0.24,
  notReady: 0.42,
  terminating: 0.22,
  unknown: 0.22,
  crashLoop: 0.34,
  failed: 0.6,
};

const DASHES: Partial<Record<AreaLook, number[]>> = { pending: [4, 2], unknown: [1.5, 2] };

type Hatch = 'dots' | 'slants' | 'sparse' | 'crosses';

const HATCHES: Partial<Record<AreaLook, Hatch>> = {
  pending: 'dots',
  terminating: 'slants',
  unknown: 'sparse',
  crashLoop: 'crosses',
};

/** Edge of what is repeated, and how finely it is drawn. */
const TILES: Record<Hatch, { edge: number; d: string }> = {
  dots: { edge: 5, d: 'M1 1h1M3.5 3.5h1' },
  slants: { edge: 5, d: 'M-1 6L6 -1M-1 1L1 -1M4 6L6 4' },
  sparse: { edge: 8, d: 'M-1 9L9 -1M-1 1L1 -1M7 9L9 7' },
  crosses: { edge: 8, d: 'M2 2l3 3M5 2l-3 3' },
};
const FINENESS = 2;

const patterns = new Map<string, CanvasPattern>();

function patternOf(g: CanvasRenderingContext2D, hatch: Hatch, colour: string): CanvasPattern {
  const key = `${hatch} ${colour}`;
  let pattern = patterns.get(key);
  if (!pattern) {
    const { edge, d } = TILES[hatch];
    const tile = document.createElement('canvas');
    tile.width = tile.height = edge * FINENESS;
    const tileG = tile.getContext('2d')!;
    tileG.scale(FINENESS, FINENESS);
    tileG.strokeStyle = colour;
    tileG.stroke(new Path2D(d));
    pattern = g.createPattern(tile, 'repeat')!;
    pattern.setTransform(new DOMMatrix().scale(1 / FINENESS));
    patterns.set(key, pattern);
  }
  return pattern;
}
