// Paints the cells at rest on a canvas of their own and keeps it: a change clears and draws only
// the cells that changed. Those that fly are drawn by the particle painter meanwhile.
import type { ScenePod } from '../../scene/scene';
import { cellBox, shownCells, spriteOf, type Cell } from './cells';
import type { Flights } from './flights';
import { ScreenCanvas } from './screen-canvas';
import { spriteSheet } from './sprite-sheet';

export interface CellView {
  transform: readonly [x: number, y: number, zoom: number];
  /** Its pictures may be a little blurred, since the next frame shows others. */
  zooming: boolean;
  /** Virtual time, for pulls. */
  nowMs: number;
  /** Owner of the pod under the pointer: cells of others are dimmed. */
  owner: string | null;
  /** Name of the node in the hand: its cells are ghosts. */
  inHand: string | null;
  /** Of the filters, while there are any. */
  passes?: ((pod: ScenePod) => boolean) | undefined;
}

interface Drawn {
  left: number;
  top: number;
  size: number;
  sprite: string;
  alpha: number;
}

export class CellPainter {
  private readonly canvas: ScreenCanvas;
  private readonly drawn = new Map<string, Drawn>();
  private transform: CellView['transform'] | null = null;

  constructor(
    element: HTMLCanvasElement,
    private readonly flights: Flights,
    private readonly view: () => CellView,
  ) {
    this.canvas = new ScreenCanvas(element, () => this.repaint());
  }

  dispose(): void {
    this.canvas.dispose();
  }

  /** Draws all anew, as when the theme is another. */
  repaint(): void {
    const { g, width, height } = this.canvas;
    g?.clearRect(0, 0, width, height);
    this.drawn.clear();
    this.update();
  }

  /** Brings the canvas up to what is shown now. */
  update(): void {
    const view = this.view();
    if (view.transform !== this.transform) {
      this.transform = view.transform;
      return this.repaint();
    }
    for (const [key, held] of this.drawn) {
      if (shownCells.all.has(key) && !this.flights.aloft.has(key)) continue;
      this.clear(held);
      this.drawn.delete(key);
    }
    // All is cleared before anything is drawn: a place may have passed from one cell to another.
    const fresh: [key: string, next: Drawn][] = [];
    for (const [key, cell] of shownCells.all) {
      if (this.flights.aloft.has(key)) continue;
      const next = this.toDraw(cell, view);
      const held = this.drawn.get(key);
      if (held && sameDrawn(held, next)) continue;
      if (held) this.clear(held);
      this.drawn.delete(key);
      fresh.push([key, next]);
    }
    for (const [key, next] of fresh) if (this.draw(next, view.zooming)) this.drawn.set(key, next);
  }

  private toDraw(cell: Cell, view: CellView): Drawn {
    const { left, top, size } = cellBox(cell.place, view.transform, this.canvas.density);
    const sprite = spriteSheet().nameOf(spriteOf(cell, view.nowMs));
    return { left, top, size, sprite, alpha: alphaOf(cell, view) };
  }

  private clear({ left, top, size }: Drawn): void {
    const k = 1 / this.canvas.density;
    this.canvas.g?.clearRect(left * k, top * k, size * k, size * k);
  }

  /** False while its picture is still being made: the sheet says when it is ready. */
  private draw({ left, top, size, sprite, alpha }: Drawn, isRough: boolean): boolean {
    const picture = spriteSheet().bitmapOf(sprite, size, isRough);
    const { g, density } = this.canvas;
    if (!g || !picture) return false;
    const k = 1 / density;
    g.globalAlpha = alpha;
    g.drawImage(picture, left * k, top * k, size * k, size * k);
    g.globalAlpha = 1;
    return true;
  }
}

const dimmed = 0.45;
const ghost = 0.3;

function alphaOf({ owner, pod }: Cell, view: CellView): number {
  if (view.passes && !view.passes(pod)) return dimmed;
  if (view.inHand !== null && view.inHand === pod.node) return ghost;
  return view.owner !== null && view.owner !== owner ? dimmed : 1;
}

function sameDrawn(a: Drawn, b: Drawn): boolean {
  return (
    a.left === b.left &&
    a.top === b.top &&
    a.size === b.size &&
    a.sprite === b.sprite &&
    a.alpha === b.alpha
  );
}
