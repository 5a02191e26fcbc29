// Pictures of blocks on which all is well: they depend on heat and number of pods alone, so many
// nodes share one. Sizes come in steps, of which the last few are kept; the steps are wide while
// the picture grows or shrinks, since then none of them stays.
import { blockHead, blockPad, cellGrid } from './cell-grid';
import type { CrowdColours } from './crowd-colours';

const sizeStep = { atRest: 1.12, zooming: 1.6 };
const keptMax = 600;

export class BlockSheet {
  private readonly held = new Map<string, HTMLCanvasElement>();

  clear(): void {
    this.held.clear();
  }

  /** A block of at least `width` canvas pixels. */
  get(
    heat: number,
    pods: number,
    width: number,
    colours: CrowdColours,
    zooming: boolean,
  ): HTMLCanvasElement {
    const step = zooming ? sizeStep.zooming : sizeStep.atRest;
    const size = Math.ceil(step ** Math.ceil(Math.log(width) / Math.log(step)));
    const key = `${heat} ${pods} ${size}`;
    let block = this.held.get(key);
    if (block) return block;
    if (this.held.size >= keptMax) this.held.clear();
    this.held.set(key, (block = draw(heat, pods, size, colours)));
    return block;
  }
}

function draw(heat: number, pods: number, size: number, colours: CrowdColours): HTMLCanvasElement {
  const block = document.createElement('canvas');
  block.width = size;
  block.height = size;
  const g = block.getContext('2d');
  if (!g) return block;
  g.fillStyle = colours.heat[heat]!;
  g.beginPath();
  g.roundRect(0, 0, size, size, Math.min(8, size * 0.08));
  g.fill();
  const grid = cellGrid(pods);
  const edge = grid.edge * size;
  g.fillStyle = colours.calm[heat]!;
  for (let slot = 0; slot < pods; slot++) {
    const x = (blockPad + (slot % grid.columns) * grid.step) * size;
    const y = (blockHead + Math.floor(slot / grid.columns) * grid.step) * size;
    g.fillRect(x, y, edge, edge);
  }
  return block;
}
