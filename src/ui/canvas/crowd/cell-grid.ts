// How the pods of a node share its block, in shares of the block's width.

export interface CellGrid {
  columns: number;
  /** Edge of a cell, and from one to the next. */
  edge: number;
  step: number;
}

/** Kept free: at the sides, and above for the node's name. */
export const blockPad = 0.07;
export const blockHead = 0.15;
const gapShare = 0.38;
const columnsLeast = 6;
const grids: CellGrid[] = [];

/** The grid for so many pods on a block as high as it is wide. */
export function cellGrid(count: number): CellGrid {
  return (grids[count] ??= makeGrid(count));
}

function makeGrid(count: number): CellGrid {
  const width = 1 - 2 * blockPad;
  const height = 1 - blockPad - blockHead;
  for (let columns = columnsLeast; ; columns++) {
    const edge = width / (columns + (columns - 1) * gapShare);
    const step = edge * (1 + gapShare);
    if (Math.ceil(count / columns) * step - edge * gapShare <= height) {
      return { columns, edge, step };
    }
  }
}
