// Paints the large picture: racks, nodes as blocks with a cell a pod, and from nearer their header,
// bars and cells with glyphs. All of what is in view is painted each time; calm blocks, which are
// nearly all, are pictures that many share, so that 5,000 nodes take a few milliseconds.
import { spriteSheet } from '../sprite-sheet';
import { ScreenCanvas } from '../screen-canvas';
import type { Crowd } from '../../state/crowd';
import { staleLook } from '../silhouette';
import { podArea } from '../pod-places';
import type { Box } from '../layout';
import { BlockSheet } from './block-sheet';
import { blockHead, blockPad, cellGrid } from './cell-grid';
import { crowdColours, heatStep, type CrowdColours } from './crowd-colours';
import { crowdDetail, withoutTanks, type CrowdDetail } from './crowd-detail';
import type { CrowdFigures, HeatBy } from './crowd-figures';
import { nodeSize, type CrowdLayout, type CrowdRack } from './crowd-layout';
import { paintMark } from './crowd-marks';
import { paintCordon, paintGround } from './node-parts';
import { paintHead, paintWater } from './painted-tank';

export interface CrowdView {
  layout: CrowdLayout;
  crowd: Crowd;
  figures: CrowdFigures;
  transform: readonly [x: number, y: number, zoom: number];
  heatBy: HeatBy;
  zooming: boolean;
  /** Places of the nodes that stand as elements: only those give way to their tanks. */
  standing: ReadonlySet<number>;
  /** By row of the crowd, 1 for what the filters let through; null without any. */
  matches: Uint8Array | null;
  /** Place of the node that is selected, and of the one under the pointer; -1 for none. */
  selected: number;
  hovered: number;
  /** Row of the pod that is selected. */
  selectedRow: number;
  /** A zone or rack, world pixels, and how thick its ring is. */
  ringed: { box: Box; width: number } | null;
}

const dimmed = 0.45;
const faded = 0.16;
/** A block narrower than this has no room for cells. */
const cellsFromPx = 15;
const nameFromPx = 84;
const mono = "'IBM Plex Mono', ui-monospace, monospace";
const cellEdge = 26;
const cellStep = 31;

export class CrowdPainter {
  private readonly canvas: ScreenCanvas;
  private colours: CrowdColours | undefined;
  private readonly blocks = new BlockSheet();
  private readonly stopSprites: () => void;

  constructor(
    element: HTMLCanvasElement,
    private readonly view: () => CrowdView,
    /** Asks for another painting soon. */
    private readonly again: () => void,
  ) {
    this.canvas = new ScreenCanvas(element, () => this.paint());
    this.stopSprites = spriteSheet().onChange(again);
  }

  dispose(): void {
    this.canvas.dispose();
    this.stopSprites();
  }

  /** Colours may be others: the theme has changed. */
  recolour(): void {
    this.colours = undefined;
    this.blocks.clear();
    this.again();
  }

  paint(): void {
    const { g, width, height, density } = this.canvas;
    if (!g || width === 0) return;
    const view = this.view();
    const [x, y, zoom] = view.transform;
    const colours = (this.colours ??= crowdColours());
    g.setTransform(density, 0, 0, density, 0, 0);
    g.globalAlpha = 1;
    g.clearRect(0, 0, width, height);
    const nodePx = nodeSize.w * zoom;
    const detail = crowdDetail(zoom, nodePx, view.layout.names.length);
    for (const rack of view.layout.racks) {
      const box = {
        x: rack.box.x * zoom + x,
        y: rack.box.y * zoom + y,
        w: rack.box.w * zoom,
        h: rack.box.h * zoom,
      };
      if (box.x > width || box.y > height || box.x + box.w < 0 || box.y + box.h < 0) continue;
      this.paintRack(g, view, rack, box, detail, colours);
    }
    if (view.ringed) paintRing(g, view, view.ringed, colours);
  }

  private paintRack(
    g: CanvasRenderingContext2D,
    view: CrowdView,
    rack: CrowdRack,
    box: Box,
    detail: CrowdDetail,
    colours: CrowdColours,
  ): void {
    const { figures } = view;
    const zoom = view.transform[2];
    if (detail.racks > 0) this.paintRackBlock(g, view, rack, box, detail.racks, colours);
    if (detail.racks === 1) return;
    const painted = withoutTanks(detail);
    for (const place of rack.nodes) {
      const shown = view.standing.has(place) ? detail : painted;
      if (shown.tanks < 1) this.paintNode(g, view, place, shown, colours);
    }
    const isDark = rack.nodes.length > 1 && rack.nodes.every((place) => figures.silent[place]);
    if (isDark && detail.racks < 1) {
      g.globalAlpha = 1 - detail.racks;
      g.strokeStyle = colours.fail;
      g.lineWidth = 1.5;
      g.setLineDash([5, 4]);
      const out = Math.min(5, 12 * zoom);
      g.beginPath();
      g.roundRect(box.x - out, box.y - out, box.w + 2 * out, box.h + 2 * out, 6);
      g.stroke();
      g.setLineDash([]);
      g.globalAlpha = 1;
    }
    if (rack.name !== '' && 30 * zoom >= 10) {
      g.globalAlpha = Math.min(1, (30 * zoom - 10) / 3);
      g.fillStyle = colours.ink3;
      g.font = `500 11px ${mono}`;
      g.textBaseline = 'alphabetic';
      g.textAlign = 'left';
      g.fillText(rack.name, box.x + 20 * zoom, box.y + 13 * zoom);
      g.globalAlpha = 1;
    }
  }

  /** A rack from afar: its mean heat, and the gravest of what is wrong in it. */
  private paintRackBlock(
    g: CanvasRenderingContext2D,
    view: CrowdView,
    rack: CrowdRack,
    box: Box,
    alpha: number,
    colours: CrowdColours,
  ): void {
    const { heat, silent, worst, troubled } = view.figures.ofRack(rack.nodes, view.heatBy);
    const all = rack.nodes.length;
    const lit = view.matches ? rackMatches(view, rack) : true;
    g.globalAlpha = alpha * (lit ? 1 : faded);
    const r = Math.min(4, box.w * 0.08);
    g.beginPath();
    g.roundRect(box.x, box.y, box.w, box.h, r);
    if (silent < all) {
      g.fillStyle = colours.heat[heatStep(heat)]!;
      g.fill();
    }
    if (silent > 0) {
      g.strokeStyle = silent === all ? colours.fail : colours.silent;
      g.setLineDash([3, 2]);
      g.lineWidth = 1.2;
      g.stroke();
      g.setLineDash([]);
      // What of it is dark, from the right.
      if (silent < all) {
        g.fillStyle = colours.surface;
        g.globalAlpha = alpha * 0.7;
        const w = (box.w * silent) / all;
        g.fillRect(box.x + box.w - w, box.y + 1, w - 1, box.h - 2);
      }
    }
    g.globalAlpha = alpha * (lit ? 1 : faded);
    if (worst && troubled > 0) {
      const size = Math.max(5, Math.min(11, box.w * 0.34));
      paintMark(g, worst, box.x + box.w - size - 2, box.y + 2, size, colours.look[worst]);
    }
    g.globalAlpha = 1;
  }

  private paintNode(
    g: CanvasRenderingContext2D,
    view: CrowdView,
    place: number,
    detail: CrowdDetail,
    colours: CrowdColours,
  ): void {
    const { layout, transform } = view;
    const [tx, ty, zoom] = transform;
    const w = nodeSize.w * zoom;
    const box = {
      x: layout.x[place]! * zoom + tx,
      y: layout.y[place]! * zoom + ty,
      w,
      h: nodeSize.h * zoom,
    };
    const { width, height } = this.canvas;
    if (box.x > width || box.y > height || box.x + w < 0 || box.y + box.h < 0) return;
    const lit = view.matches === null || nodeMatches(view, place);
    if (detail.blocks > 0) {
      this.paintBlock(g, view, place, box, detail.blocks * (lit ? 1 : dimmed), colours);
    }
    if (detail.cells > 0) {
      this.paintTank(g, view, place, box, detail.cells * (lit ? 1 : dimmed), colours);
    }
    const isSelected = place === view.selected;
    if (isSelected || place === view.hovered) {
      g.globalAlpha = 1 - detail.tanks;
      g.strokeStyle = colours.accent;
      g.lineWidth = isSelected ? 2.5 : 1.5;
      g.beginPath();
      g.roundRect(box.x - 2, box.y - 2, w + 4, box.h + 4, Math.min(10, 4 + w * 0.03));
      g.stroke();
    }
    g.globalAlpha = 1;
  }

  private paintBlock(
    g: CanvasRenderingContext2D,
    view: CrowdView,
    place: number,
    box: Box,
    alpha: number,
    colours: CrowdColours,
  ): void {
    const { figures, crowd, layout } = view;
    const silent = figures.silent[place] === 1;
    const step = heatStep(figures.heatOf(place, view.heatBy));
    g.globalAlpha = alpha;
    if (box.w < cellsFromPx) {
      this.paintSpeck(g, view, place, box, colours);
      return;
    }
    const slots = crowd.slotsOf(layout.names[place]!);
    const isCalm = !silent && figures.troubled[place] === 0 && figures.pods[place] === slots.length;
    if (isCalm && view.matches === null) {
      const edge = box.w * this.canvas.density;
      const sprite = this.blocks.get(step, slots.length, edge, colours, view.zooming);
      g.drawImage(sprite, box.x, box.y, box.w, box.h);
    } else {
      paintGround(g, box, silent ? null : colours.heat[step]!, colours);
      this.paintCells(g, view, slots, box, silent, step, colours);
    }
    if (figures.cordoned[place]) paintCordon(g, box, colours);
    if (box.w >= nameFromPx) {
      g.globalAlpha = alpha * Math.min(1, (box.w - nameFromPx) / 14);
      g.fillStyle = silent ? colours.ink2 : step > 5 ? colours.surface : colours.ink;
      g.font = `500 10.5px ${mono}`;
      g.textAlign = 'left';
      g.textBaseline = 'middle';
      const name = layout.names[place]!;
      g.fillText(name, box.x + box.w * blockPad, box.y + box.h * blockHead * 0.55, box.w * 0.86);
    }
  }

  /** Too small for cells: heat, and a mark when something is wrong. */
  private paintSpeck(
    g: CanvasRenderingContext2D,
    view: CrowdView,
    place: number,
    box: Box,
    colours: CrowdColours,
  ): void {
    const { figures } = view;
    const edge = Math.max(1, Math.floor(box.w));
    if (figures.silent[place]) {
      g.strokeStyle = colours.silent;
      g.lineWidth = 1;
      g.strokeRect(Math.round(box.x) + 0.5, Math.round(box.y) + 0.5, edge - 1, edge - 1);
    } else {
      g.fillStyle = colours.heat[heatStep(figures.heatOf(place, view.heatBy))]!;
      g.fillRect(Math.round(box.x), Math.round(box.y), edge, Math.max(1, Math.floor(box.h)));
    }
    if (figures.troubled[place] === 0) return;
    const look = worstOf(view, place);
    if (!look) return;
    const size = Math.max(3, box.w * 0.5);
    paintMark(g, look, box.x + box.w - size, box.y, size, colours.look[look]);
  }

  private paintCells(
    g: CanvasRenderingContext2D,
    view: CrowdView,
    slots: readonly number[],
    box: Box,
    silent: boolean,
    step: number,
    colours: CrowdColours,
  ): void {
    const { crowd, matches } = view;
    const grid = cellGrid(slots.length);
    const edge = grid.edge * box.w;
    const alpha = g.globalAlpha;
    for (let slot = 0; slot < slots.length; slot++) {
      const row = slots[slot]!;
      if (row < 0) continue;
      const x = box.x + (blockPad + (slot % grid.columns) * grid.step) * box.w;
      const y = box.y + blockHead * box.h + Math.floor(slot / grid.columns) * grid.step * box.w;
      const held = crowd.lookAt(row);
      const look = silent ? staleLook(held) : held;
      if (matches) g.globalAlpha = matches[row] ? 1 : alpha * faded;
      if (look === 'running' || look === 'succeeded') {
        g.fillStyle = matches?.[row] ? colours.accent : colours.calm[step]!;
        g.fillRect(x, y, edge, edge);
      } else {
        // What is not well is larger, and has a shape.
        const out = look === 'unknown' ? 0 : edge * 0.22;
        paintMark(g, look, x - out, y - out, edge + 2 * out, colours.look[look]);
      }
    }
    g.globalAlpha = alpha;
  }

  /** Header, bars, and cells with glyphs. */
  private paintTank(
    g: CanvasRenderingContext2D,
    view: CrowdView,
    place: number,
    box: Box,
    alpha: number,
    colours: CrowdColours,
  ): void {
    const { figures, layout, crowd, transform } = view;
    const zoom = transform[2];
    const silent = figures.silent[place] === 1;
    g.globalAlpha = alpha;
    paintWater(g, box, silent, Math.max(figures.cpu[place]!, figures.memory[place]!), colours);
    paintHead(g, box, layout.names[place]!, figures.nodeAt(place), silent, colours);
    if (figures.cordoned[place]) paintCordon(g, box, colours);
    const area = podArea({ x: 0, y: 0, w: nodeSize.w, h: nodeSize.h }, 'full');
    const slots = crowd.slotsOf(layout.names[place]!);
    const columns = Math.floor((area.w + cellStep - cellEdge) / cellStep);
    for (let slot = 0; slot < slots.length; slot++) {
      const row = slots[slot]!;
      if (row < 0) continue;
      const x = box.x + (area.x + (slot % columns) * cellStep) * zoom;
      const y = box.y + (area.y + Math.floor(slot / columns) * cellStep) * zoom;
      this.paintCell(g, view, row, silent, x, y, cellEdge * zoom, alpha, colours);
    }
  }

  private paintCell(
    g: CanvasRenderingContext2D,
    { crowd, matches, selectedRow, zooming }: CrowdView,
    row: number,
    silent: boolean,
    x: number,
    y: number,
    edge: number,
    alpha: number,
    colours: CrowdColours,
  ): void {
    const { density } = this.canvas;
    const owner = crowd.ownerAt(row);
    const held = crowd.lookAt(row);
    const sheet = spriteSheet();
    const name = sheet.nameOf({
      look: silent ? staleLook(held) : held,
      hue: owner?.hue ?? 6,
      current: owner?.current ?? true,
      size: cellEdge,
      fill: 0,
    });
    const pixels = Math.max(4, Math.round((edge * density) / 2) * 2);
    const picture = sheet.bitmapOf(name, pixels, zooming);
    if (!picture) return;
    g.globalAlpha = matches && !matches[row] ? alpha * faded : alpha;
    g.drawImage(picture, x, y, edge, edge);
    g.globalAlpha = alpha;
    if (row !== selectedRow) return;
    g.strokeStyle = colours.accent;
    g.lineWidth = 2.5;
    g.strokeRect(x - 1, y - 1, edge + 2, edge + 2);
  }
}

/** Around all of a zone or a rack. */
function paintRing(
  g: CanvasRenderingContext2D,
  { transform: [x, y, zoom] }: CrowdView,
  { box, width }: NonNullable<CrowdView['ringed']>,
  colours: CrowdColours,
): void {
  // Outside the dashes of one that is dark.
  const out = Math.min(8, 14 * zoom) + width / 2;
  g.strokeStyle = colours.accent;
  g.lineWidth = width;
  g.beginPath();
  g.roundRect(
    box.x * zoom + x - out,
    box.y * zoom + y - out,
    box.w * zoom + 2 * out,
    box.h * zoom + 2 * out,
    8,
  );
  g.stroke();
}

function rackMatches(view: CrowdView, rack: CrowdRack): boolean {
  return rack.nodes.some((place) => nodeMatches(view, place));
}

function nodeMatches({ matches, crowd, layout }: CrowdView, place: number): boolean {
  return crowd.slotsOf(layout.names[place]!).some((row) => row >= 0 && matches![row] === 1);
}

function worstOf({ figures }: CrowdView, place: number) {
  return figures.ofRack([place], 'cpu').worst;
}
