// Parts of a node's drawing from afar: its ground, and what says that nothing new comes to it.
import type { Box } from '../layout';
import type { CrowdColours } from './crowd-colours';

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

/** A bar across the upper edge: nothing new comes here. */
export function paintCordon(
  g: CanvasRenderingContext2D,
  { x, y, w }: Box,
  colours: CrowdColours,
): void {
  g.fillStyle = colours.hot;
  g.fillRect(x + w * 0.1, y, w * 0.8, Math.max(1.5, w * 0.02));
}
