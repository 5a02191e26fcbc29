// Parts of a node's drawing that depend on nothing else: its ground, its water, its bars.
import type { Box } from '../layout';
import type { CrowdColours } from './crowd-colours';

const mono = "'IBM Plex Mono', ui-monospace, monospace";

/** A block: filled with its heat, or, where nothing is heard, an outline. */
export function paintGround(
  g: CanvasRenderingContext2D,
  { x, y, w, h }: Box,
  fill: string | null,
  colours: CrowdColours,
): void {
  g.beginPath();
  g.roundRect(x, y, w, h, Math.min(8, w * 0.08));
  if (fill !== null) {
    g.fillStyle = fill;
    g.fill();
    return;
  }
  g.strokeStyle = colours.silent;
  g.lineWidth = 1;
  g.setLineDash([2, 2]);
  g.stroke();
  g.setLineDash([]);
}

/** A tank with its water at a level from 0 to 1. */
export function paintWater(
  g: CanvasRenderingContext2D,
  box: Box,
  silent: boolean,
  level: number,
  colours: CrowdColours,
): void {
  const { x, y, w, h } = box;
  const r = Math.min(10, w * 0.025);
  g.beginPath();
  g.roundRect(x, y, w, h, r);
  g.fillStyle = colours.surface;
  g.fill();
  if (!silent) {
    const top = y + h * (0.21 + 0.72 * (1 - level));
    g.beginPath();
    g.roundRect(x, top, w, y + h - top, [0, 0, r, r]);
    g.fillStyle = colours.heat[0]!;
    g.fill();
  }
  g.beginPath();
  g.roundRect(x, y, w, h, r);
  g.strokeStyle = silent ? colours.silent : colours.glass;
  g.lineWidth = 1.2;
  if (silent) g.setLineDash([5, 4]);
  g.stroke();
  g.setLineDash([]);
}

/** What is requested of what there is, with figures where they can be read. */
export function paintBar(
  g: CanvasRenderingContext2D,
  x: number,
  y: number,
  box: Box,
  zoom: number,
  share: { requested: number; allocatable: number },
  text: string,
  colours: CrowdColours,
): void {
  const part = share.allocatable > 0 ? Math.min(1, share.requested / share.allocatable) : 0;
  const textPx = 11 * zoom < 9 ? 0 : Math.max(10, Math.round(22 * zoom) / 2);
  const textW = textPx > 0 ? Math.min(box.w * 0.34, 92 * Math.max(1, zoom)) : 0;
  const w = box.w - 20 * zoom - textW;
  const h = Math.max(2.5, 6 * zoom);
  g.fillStyle = colours.line;
  g.fillRect(x, y, w, h);
  g.fillStyle = part > 0.9 ? colours.hot : colours.accent;
  g.fillRect(x, y, w * part, h);
  if (textPx === 0) return;
  g.font = `400 ${textPx}px ${mono}`;
  g.fillStyle = colours.ink2;
  g.textAlign = 'right';
  g.textBaseline = 'middle';
  g.fillText(text, box.x + box.w - 10 * zoom, y + h / 2, textW - 4);
  g.textAlign = 'left';
}

/** A bar across the upper edge: nothing new comes here. */
export function paintCordon(
  g: CanvasRenderingContext2D,
  { x, y, w }: Box,
  colours: CrowdColours,
): void {
  g.fillStyle = colours.hot;
  g.fillRect(x + w * 0.1, y, w * 0.8, Math.max(1.5, w * 0.02));
}
