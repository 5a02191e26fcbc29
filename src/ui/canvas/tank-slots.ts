// Which place inside a tank (or the tray) each pod takes. Places are kept: a pod that stays does
// not move because another one left. The person's own pods fill from the top; those of kube-system
// lie on the bottom.
export interface SlotGrid {
  /** A dot is a cell too small for an owner's bar. */
  shape: 'tile' | 'cell' | 'dot';
  columns: number;
  rows: number;
  /** Size of one place, and the distance to the next, in the area's pixels. */
  w: number;
  h: number;
  stepX: number;
  stepY: number;
  capacity: number;
}

export const tileH = 34;
const tileMinW = 74;
const tileMaxW = 136;
const tileGap = 4;

/** Cell edge and gap, from the most legible to the smallest; below 14 px there is no glyph. */
const cellSizes: readonly (readonly [edge: number, gap: number])[] = [
  [26, 5],
  [22, 4],
  [18, 4],
  [14, 3],
  [10, 2],
  [7, 1.5],
];

/**
 * The most legible grid in an area of w by h that holds `count` pods; the smallest when none does.
 */
export function slotGrid(w: number, h: number, count: number, tiles: boolean): SlotGrid {
  if (tiles) {
    const least = Math.max(1, Math.ceil((w + tileGap) / (tileMaxW + tileGap)));
    const most = Math.floor((w + tileGap) / (tileMinW + tileGap));
    // Few columns give wide tiles, in which whole names fit.
    for (let columns = Math.min(least, most); columns >= 1 && columns <= most; columns++) {
      const grid = tileGrid(w, h, columns);
      if (grid.capacity >= count) return grid;
    }
  }
  let grid = cellGrid(w, h, 26, 5);
  for (const [edge, gap] of cellSizes) {
    if (edge > h && edge > cellMin) continue;
    grid = cellGrid(w, h, edge, gap);
    if (grid.capacity >= count) return grid;
  }
  return grid;
}

function tileGrid(w: number, h: number, columns: number): SlotGrid {
  const rows = Math.max(0, Math.floor((h + tileGap) / (tileH + tileGap)));
  const tileW = Math.min(tileMaxW, Math.floor((w - (columns - 1) * tileGap) / columns));
  return {
    shape: 'tile',
    columns,
    rows,
    w: tileW,
    h: tileH,
    stepX: tileW + tileGap,
    stepY: tileH + tileGap,
    capacity: columns * rows,
  };
}

function cellGrid(w: number, h: number, edge: number, gap: number): SlotGrid {
  const columns = Math.max(1, Math.floor((w + gap) / (edge + gap)));
  const rows = Math.max(1, Math.floor((h + gap) / (edge + gap)));
  return {
    shape: edge < 14 ? 'dot' : 'cell',
    columns,
    rows,
    w: edge,
    h: edge,
    stepX: edge + gap,
    stepY: edge + gap,
    capacity: columns * rows,
  };
}

const cellMin = 7;

export interface SlotClaim {
  key: string;
  /** True for pods of kube-system, which lie in the last row, then in those above it. */
  system: boolean;
}

/**
 * The slot of each pod: those in `held` keep theirs where it still exists, others take the first
 * free one from their end. Pods for which no slot is left are absent; when any is, the very last
 * slot stays free for '+n'.
 */
export function assignSlots(
  held: ReadonlyMap<string, number>,
  claims: readonly SlotClaim[],
  grid: Pick<SlotGrid, 'columns' | 'rows' | 'capacity'>,
): Map<string, number> {
  const usable = claims.length > grid.capacity ? grid.capacity - 1 : grid.capacity;
  const taken = new Set<number>();
  const slots = new Map<string, number>();
  for (const { key } of claims) {
    const slot = held.get(key);
    if (slot === undefined || slot >= usable || taken.has(slot)) continue;
    taken.add(slot);
    slots.set(key, slot);
  }
  let fromTop = 0;
  let fromBottom = 0;
  for (const { key, system } of claims) {
    if (slots.has(key) || taken.size >= usable) continue;
    let slot = -1;
    while (slot < 0 || slot >= usable || taken.has(slot)) {
      slot = system ? bottomSlot(grid, fromBottom++) : fromTop++;
    }
    taken.add(slot);
    slots.set(key, slot);
  }
  return slots;
}

/** The i-th slot when rows are filled from the lowest one up, each from its left. */
function bottomSlot(grid: Pick<SlotGrid, 'columns' | 'rows'>, i: number): number {
  const row = grid.rows - 1 - Math.floor(i / grid.columns);
  return row * grid.columns + (i % grid.columns);
}
