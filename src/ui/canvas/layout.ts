// Where everything stands, in world pixels, from the size of the canvas and the number of things on
// it. Pure, so that it can be tested and so that the same size always gives the same picture: no
// shift on load. Three kinds: `wide` (the desk), `embed` (an iframe), `phone` (two columns). Tanks
// shrink from full to micro before the picture is scaled down, because text must stay above ten
// pixels.
import {
  controlPlaneBoxes,
  hasChips,
  lowFrame,
  masterPlaces,
  type ControlPlaneBoxes,
  type MasterPlace,
} from './control-plane-layout';

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export type LayoutKind = 'wide' | 'embed' | 'phone';

/** How much of a tank there is room for: all of it, no footer, one line of bars, a name only. */
export type TankSize = 'full' | 'mini' | 'short' | 'micro';

export interface LayoutInput {
  /** Size of the canvas in CSS pixels. */
  width: number;
  height: number;
  compact: boolean;
  /** Names of the worker tanks, in order. */
  tanks: readonly string[];
  /** Names of the machines of the control plane where there are several: chips in its card. */
  masters?: readonly string[];
  /** Whether there is a cloud-controller-manager. */
  cloud?: boolean;
  unscheduled: number;
  services: number;
}

export interface CanvasLayout {
  kind: LayoutKind;
  /** Zoom at which the whole world fits the canvas; 1 unless there are very many tanks. */
  zoom: number;
  /** Size of the world at zoom 1. */
  width: number;
  height: number;
  controlPlane: ControlPlaneBoxes;
  /** The machines of the control plane as chips; none where it is one machine's card. */
  masters: ReadonlyMap<string, MasterPlace>;
  you: Box | null;
  /** Unscheduled pods; null when the kind has no room for an empty one. */
  tray: Box | null;
  services: Box | null;
  tankSize: TankSize;
  columns: number;
  rows: number;
  tanks: ReadonlyMap<string, Box>;
}

export const leftColumn = { x: 14, w: 132 } as const;
/** A Service's card, and the distance to the next. */
export const serviceCard = { h: 44, step: 50 } as const;
/** Where the tray begins, and the least that it keeps: its head and a tile. */
const trayY = 98;
const trayLeast = 72;
/** Tanks lower than this leave room for hardly a Service beside them. */
const lowArea = 150;
const mainX = 158;
const right = 12;

/** From this width on there is room for a column beside the tanks. */
export const wideFrom = 720;

/** The kind of layout that a canvas of this size gets. */
export function layoutKind(width: number, compact: boolean): LayoutKind {
  if (width < 560) return 'phone';
  return compact || width < wideFrom ? 'embed' : 'wide';
}

/** The box of the control plane and the chips in it, in a world of this size. */
function controlPlaneOf(
  { masters = [], cloud = false }: LayoutInput,
  kind: LayoutKind,
  width: number,
  height: number,
): Pick<CanvasLayout, 'controlPlane' | 'masters'> {
  const parts = { masters: masters.length, cloud };
  const controlPlane = controlPlaneBoxes(kind, width, height, parts);
  const chips = hasChips(kind, height, masters.length) ? masters : [];
  return { controlPlane, masters: masterPlaces(kind, controlPlane.card, chips) };
}

/** Lays the whole picture out. */
export function layoutCanvas(input: LayoutInput): CanvasLayout {
  const kind = layoutKind(input.width, input.compact);
  if (kind === 'phone') return layoutPhone(input);
  const first = largestZoom(input, kind);
  let last = layoutAt(input, kind, first);
  for (let zoom = first; zoom >= 0.25; zoom -= 0.05) {
    last = layoutAt(input, kind, zoom);
    if (fitsTanks(last)) return last;
  }
  return last;
}

/**
 * On a large screen part of the room makes everything larger, the rest gives the tanks more of it.
 */
function largestZoom({ width, height }: LayoutInput, kind: LayoutKind): number {
  if (kind !== 'wide') return 1;
  const room = Math.min(width / 892, height / 628);
  const zoom = Math.min(1.35, Math.max(1, room) ** 0.6);
  return Math.floor(zoom * 20) / 20;
}

function layoutAt(input: LayoutInput, kind: LayoutKind, zoom: number): CanvasLayout {
  const width = Math.round(input.width / zoom);
  const height = Math.round(input.height / zoom);
  // The narration keeps its size on the screen, so it takes more of a world that is scaled down.
  const bottom = Math.round(60 / zoom) + 38;
  const { controlPlane, masters } = controlPlaneOf(input, kind, width, height);
  const top = controlPlane.card.y + controlPlane.card.h + (kind === 'wide' ? 64 : 42);
  const x = kind === 'wide' ? mainX : 12;
  const area = { x, y: top, w: width - x - right, h: height - top - bottom };
  const grid = tankGrid(area, input.tanks.length);
  const side = kind === 'wide';
  // Beside low tanks the column of Services begins above them.
  const sideTop = area.h < lowArea ? Math.max(trayY + trayLeast, top - 2 * serviceCard.step) : top;
  return {
    kind,
    zoom,
    width,
    height,
    controlPlane,
    masters,
    you: side ? { ...leftColumn, y: 44, h: 44 } : null,
    tray: side
      ? { ...leftColumn, y: trayY, h: sideTop - trayY - 16 }
      : { x: 12, y: area.y + area.h + 9, w: width - 24, h: 24 },
    services: side ? { ...leftColumn, y: sideTop, h: top + area.h - sideTop } : null,
    ...grid,
    tanks: placeTanks(area, grid, input.tanks),
  };
}

interface Grid {
  tankSize: TankSize;
  columns: number;
  rows: number;
}

interface TankRule {
  size: TankSize;
  minW: number;
  minH: number;
  /** Room between two rows, for the pills on the rims and the wires. */
  rowGap: number;
  columnGap: number;
}

const maxTankW = 380;

const tankRules: readonly TankRule[] = [
  { size: 'full', minW: 132, minH: 196, rowGap: 52, columnGap: 12 },
  { size: 'mini', minW: 140, minH: 126, rowGap: 34, columnGap: 12 },
  { size: 'short', minW: 112, minH: 80, rowGap: 34, columnGap: 12 },
  { size: 'micro', minW: 64, minH: 52, rowGap: 16, columnGap: 8 },
];

/** The richest tank of which `count` fit the area, in as few rows as possible. */
export function tankGrid(area: Box, count: number): Grid {
  const n = Math.max(1, count);
  for (const rule of tankRules) {
    for (let rows = 1; rows <= n; rows++) {
      const columns = Math.ceil(n / rows);
      const w = (area.w - (columns - 1) * rule.columnGap) / columns;
      const h = (area.h - (rows - 1) * rule.rowGap) / rows;
      if (h < rule.minH) break;
      if (w >= rule.minW) return { tankSize: rule.size, columns, rows };
    }
  }
  const columns = Math.ceil(Math.sqrt(n * 2));
  return { tankSize: 'micro', columns, rows: Math.ceil(n / columns) };
}

function placeTanks(area: Box, grid: Grid, names: readonly string[]): ReadonlyMap<string, Box> {
  const rule = ruleOf(grid.tankSize);
  const free = area.w - (grid.columns - 1) * rule.columnGap;
  const w = Math.floor(Math.min(maxTankW, free / grid.columns));
  const h = Math.floor((area.h - (grid.rows - 1) * rule.rowGap) / grid.rows);
  const used = grid.columns * w + (grid.columns - 1) * rule.columnGap;
  // A row narrower than its area stands in its middle; what rounding leaves over does not matter.
  const x0 = area.x + (w === maxTankW ? Math.floor((area.w - used) / 2) : 0);
  return new Map(
    names.map((name, i) => {
      const column = i % grid.columns;
      const row = Math.floor(i / grid.columns);
      const x = x0 + column * (w + rule.columnGap);
      return [name, { x, y: area.y + row * (h + rule.rowGap), w, h }];
    }),
  );
}

function ruleOf(size: TankSize): TankRule {
  return tankRules.find((rule) => rule.size === size) ?? tankRules[0]!;
}

function fitsTanks(layout: CanvasLayout): boolean {
  const rule = ruleOf(layout.tankSize);
  for (const box of layout.tanks.values()) {
    if (box.w < rule.minW || box.h < rule.minH) return false;
  }
  return true;
}

const phone = { tankH: 144, rowGap: 32, gap: 12, narration: 112 } as const;

function layoutPhone(input: LayoutInput): CanvasLayout {
  const width = input.width;
  const { controlPlane, masters } = controlPlaneOf(input, 'phone', width, input.height);
  const isLow = input.height < lowFrame;
  const top = controlPlane.card.y + controlPlane.card.h + (isLow ? 24 : 48);
  const grid = isLow ? lowGrid(input, top) : phoneGrid(input);
  const { columns, rows, tankH, rowGap, tankSize } = grid;
  const w = Math.floor((width - 2 * phone.gap - (columns - 1) * phone.gap) / columns);
  const tanks = new Map(
    input.tanks.map((name, i) => {
      const x = phone.gap + (i % columns) * (w + phone.gap);
      const y = top + Math.floor(i / columns) * (tankH + rowGap);
      return [name, { x, y, w, h: tankH }];
    }),
  );
  const end = top + rows * (tankH + rowGap) - rowGap;
  let y = end + 22;
  const tray = input.unscheduled > 0 ? { x: phone.gap, y, w: width - 2 * phone.gap, h: 54 } : null;
  if (tray) y += tray.h + 10;
  const serviceRows = Math.ceil(input.services / columns);
  const services =
    serviceRows > 0
      ? { x: phone.gap, y, w: width - 2 * phone.gap, h: serviceRows * serviceCard.step - 6 }
      : null;
  if (services) y += services.h + 10;
  const hasMore = tray !== null || services !== null;
  const below = isLow ? (hasMore ? 0 : -22) + lowNarration : phone.narration;
  const height = Math.max(input.height, y + below);
  return {
    kind: 'phone',
    zoom: 1,
    width,
    height,
    controlPlane,
    masters,
    you: null,
    tray,
    services,
    tankSize,
    columns,
    rows,
    tanks,
  };
}

interface PhoneGrid extends Grid {
  tankH: number;
  rowGap: number;
}

function phoneGrid({ width, tanks }: LayoutInput): PhoneGrid {
  const columns = width < 300 ? 1 : 2;
  const rows = Math.max(1, Math.ceil(tanks.length / columns));
  return { tankSize: 'mini', columns, rows, tankH: phone.tankH, rowGap: phone.rowGap };
}

/** What the one line of the narration takes of a low frame. */
const lowNarration = 40;

/** In a low frame all tanks stand between the control plane and the narration, if they can. */
function lowGrid({ width, height, tanks }: LayoutInput, top: number): PhoneGrid {
  const { minW, minH } = ruleOf('micro');
  const rowGap = 14;
  const room = height - top - lowNarration;
  const most = Math.max(2, Math.floor((width - phone.gap) / (minW + phone.gap)));
  for (let columns = 2; ; columns++) {
    const rows = Math.max(1, Math.ceil(tanks.length / columns));
    const tankH = Math.floor((room - (rows - 1) * rowGap) / rows);
    if (tankH < minH && columns < most) continue;
    return { tankSize: 'micro', columns, rows, tankH: Math.max(minH, Math.min(90, tankH)), rowGap };
  }
}
