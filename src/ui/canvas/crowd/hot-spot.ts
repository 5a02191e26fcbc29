// What is at a point of the large picture: a pod where cells are drawn, else the node.
import type { Crowd } from '../../state/crowd';
import { podArea } from '../pod-places';
import { blockHead, blockPad, cellGrid } from './cell-grid';
import { crowdDetail, withoutTanks } from './crowd-detail';
import { nodeAt, nodeSize, type CrowdLayout } from './crowd-layout';
import type { HotSpot } from './crowd-ui';

/** A cell smaller than this on the screen cannot be aimed at. */
const aimedFromPx = 5;
const cellEdge = 26;
const cellStep = 31;

/** World coordinates; null where nothing is, or a tank of elements stands. */
export function hotSpotAt(
  layout: CrowdLayout,
  crowd: Crowd,
  zoom: number,
  x: number,
  y: number,
  standing: ReadonlySet<number>,
): HotSpot | null {
  const place = nodeAt(layout, x, y);
  if (place < 0 || standing.has(place)) return null;
  const left = layout.x[place]!;
  const top = layout.y[place]!;
  const box = { x: left, y: top, w: nodeSize.w, h: nodeSize.h };
  const slots = crowd.slotsOf(layout.names[place]!);
  const { cells } = withoutTanks(crowdDetail(zoom, nodeSize.w * zoom, layout.names.length));
  const grid = cells > 0.5 ? tankCells() : blockCells(slots.length);
  if (grid.edge * zoom >= aimedFromPx) {
    const column = Math.floor((x - left - grid.x) / grid.step);
    const line = Math.floor((y - top - grid.y) / grid.step);
    const slot = line * grid.columns + column;
    const row = column >= 0 && column < grid.columns && line >= 0 ? (slots[slot] ?? -1) : -1;
    if (row >= 0) {
      const cell = {
        x: left + grid.x + column * grid.step,
        y: top + grid.y + line * grid.step,
        w: grid.edge,
        h: grid.edge,
      };
      return { place, row, box: cell };
    }
  }
  return { place, row: -1, box };
}

interface Cells {
  x: number;
  y: number;
  columns: number;
  edge: number;
  step: number;
}

function blockCells(count: number): Cells {
  const { columns, edge, step } = cellGrid(count);
  const { w, h } = nodeSize;
  return { x: blockPad * w, y: blockHead * h, columns, edge: edge * w, step: step * w };
}

function tankCells(): Cells {
  const area = podArea({ x: 0, y: 0, w: nodeSize.w, h: nodeSize.h }, 'full');
  const columns = Math.floor((area.w + cellStep - cellEdge) / cellStep);
  return { x: area.x, y: area.y, columns, edge: cellEdge, step: cellStep };
}
