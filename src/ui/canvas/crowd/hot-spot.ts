// What is at a point of the large picture: a pod where cells are drawn, else the node; a rack where
// it is drawn as one block, and beside its nodes, where its name stands.
import type { Crowd } from '../../state/crowd';
import { podArea } from '../pod-places';
import { blockHead, blockPad, cellGrid } from './cell-grid';
import { crowdDetail, withoutTanks } from './crowd-detail';
import { nodeAt, nodeSize, rackAt, type CrowdLayout } from './crowd-layout';
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
  const detail = withoutTanks(crowdDetail(zoom, nodeSize.w * zoom, layout.names.length));
  const place = detail.racks > 0.5 ? -1 : nodeAt(layout, x, y);
  if (place < 0) return rackSpot(layout, x, y);
  if (standing.has(place)) return null;
  const left = layout.x[place]!;
  const top = layout.y[place]!;
  const box = { x: left, y: top, w: nodeSize.w, h: nodeSize.h };
  const slots = crowd.slotsOf(layout.names[place]!);
  const grid = detail.cells > 0.5 ? tankCells() : blockCells(slots.length);
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

function rackSpot(layout: CrowdLayout, x: number, y: number): HotSpot | null {
  const rack = rackAt(layout, x, y);
  if (!rack || rack.name === '') return null;
  return { place: -1, row: -1, rack: layout.racks.indexOf(rack), box: rack.box };
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
