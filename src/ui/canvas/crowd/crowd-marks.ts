// The grammar of pods where they are a few pixels: silhouettes alone, each its own (VISUAL.md:
// cross crashing, half creating, wedge terminating, hollow unknown).
import type { PodLook } from '../../../scene/scene';

export function paintMark(
  g: CanvasRenderingContext2D,
  look: PodLook,
  x: number,
  y: number,
  size: number,
  colour: string,
): void {
  g.fillStyle = colour;
  g.strokeStyle = colour;
  const right = x + size;
  const bottom = y + size;
  switch (look) {
    case 'crashLoop':
    case 'failed': {
      g.lineWidth = Math.max(1.3, size * 0.26);
      const inset = size * 0.14;
      g.beginPath();
      g.moveTo(x + inset, y + inset);
      g.lineTo(right - inset, bottom - inset);
      g.moveTo(right - inset, y + inset);
      g.lineTo(x + inset, bottom - inset);
      g.stroke();
      break;
    }
    case 'creating':
      g.fillRect(x, y + size / 2, size, size / 2);
      break;
    case 'terminating':
      g.beginPath();
      g.moveTo(x, y);
      g.lineTo(right, bottom);
      g.lineTo(x, bottom);
      g.fill();
      break;
    case 'unknown':
      g.lineWidth = Math.max(0.8, size * 0.14);
      g.strokeRect(
        x + g.lineWidth / 2,
        y + g.lineWidth / 2,
        size - g.lineWidth,
        size - g.lineWidth,
      );
      break;
    default:
      g.fillRect(x, y, size, size);
  }
}
