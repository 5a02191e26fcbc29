// A tank as painted: its water, and the head with name, state and bars, at the places where
// tank.css and TankGlass have them, so that a tank that comes to stand there as an element moves
// nothing. Texts keep a size that can be read, and leave when they no longer fit.
import type { SceneNode } from '../../../scene/scene';
import type { Box } from '../layout';
import { messages } from '../messages';
import { podArea } from '../pod-places';
import { cpuShare, memoryShare } from '../quantities';
import type { CrowdColours } from './crowd-colours';
import { nodeSize } from './crowd-layout';

const mono = "'IBM Plex Mono', ui-monospace, monospace";
const sans = "'IBM Plex Sans', system-ui, sans-serif";
/** World pixels, as in tank.css. */
const pad = 12;
const titleY = 22;
const bars = { cpuY: 57, memoryY: 71, h: 6, label: 28, text: 65 };
/** Screen pixels under which a text is not shown. */
const textLeast = 9;

const area = podArea({ x: 0, y: 0, w: nodeSize.w, h: nodeSize.h }, 'full');

/** A tank with its water at a level from 0 to 1. */
export function paintWater(
  g: CanvasRenderingContext2D,
  { x, y, w, h }: Box,
  silent: boolean,
  level: number,
  colours: CrowdColours,
): void {
  const zoom = w / nodeSize.w;
  const r = 10 * zoom;
  g.beginPath();
  g.roundRect(x, y, w, h, r);
  g.fillStyle = colours.surface;
  g.fill();
  if (!silent) {
    const surface = area.y - 4 + (area.h + 5) * (1 - level);
    const top = y + surface * zoom;
    g.beginPath();
    g.roundRect(x, top, w, y + h - top, [0, 0, r, r]);
    g.fillStyle = colours.water;
    g.fill();
  }
  g.beginPath();
  g.roundRect(x, y, w, h, r);
  g.strokeStyle = silent ? colours.silent : colours.glass;
  g.lineWidth = Math.max(1, 1.3 * zoom);
  if (silent) g.setLineDash([5, 4]);
  g.stroke();
  g.setLineDash([]);
}

/** What a tank says of its node above its pods. */
export function paintHead(
  g: CanvasRenderingContext2D,
  box: Box,
  name: string,
  node: SceneNode | undefined,
  silent: boolean,
  colours: CrowdColours,
): void {
  const zoom = box.w / nodeSize.w;
  const left = box.x + pad * zoom;
  const right = box.x + box.w - pad * zoom;
  // Where the name is larger than the picture it takes its room from above the bars.
  const y = box.y + Math.max(10 + 12 * zoom, titleY * zoom);
  g.textBaseline = 'middle';
  g.textAlign = 'left';
  g.font = `600 ${Math.max(11, halves(15 * zoom))}px ${sans}`;
  g.fillStyle = colours.ink;
  g.fillText(name, left, y, box.w * 0.6);
  if (!node) return;
  const stateSize = halves(11 * zoom);
  if (silent || stateSize >= textLeast) {
    const isKnown = node.ready !== 'Ready';
    g.textAlign = 'right';
    g.font = `600 ${Math.max(10, stateSize)}px ${sans}`;
    g.fillStyle = silent ? colours.fail : colours.look.running;
    g.fillText(silent ? (isKnown ? 'NotReady' : '?') : 'Ready', right, y);
  }
  if (silent) return;
  const row = { left, right, zoom };
  const { cpuY, memoryY } = bars;
  paintBar(g, row, box.y + cpuY * zoom, messages.cpu, node.cpu, cpuShare(node.cpu), colours);
  const memory = memoryShare(node.memory);
  paintBar(g, row, box.y + memoryY * zoom, messages.memory, node.memory, memory, colours);
}

interface BarRow {
  left: number;
  right: number;
  zoom: number;
}

/** What is requested of what there is, with figures where they can be read. */
function paintBar(
  g: CanvasRenderingContext2D,
  { left, right, zoom }: BarRow,
  y: number,
  label: string,
  share: { requested: number; allocatable: number },
  text: string,
  colours: CrowdColours,
): void {
  const part = share.allocatable > 0 ? Math.min(1, share.requested / share.allocatable) : 0;
  const size = halves(10 * zoom);
  const hasText = size >= textLeast;
  const x = hasText ? left + bars.label * zoom : left;
  const w = (hasText ? right - bars.text * zoom : right) - x;
  const h = Math.max(2.5, bars.h * zoom);
  g.fillStyle = colours.line;
  g.fillRect(x, y - h / 2, w, h);
  g.fillStyle = part > 0.9 ? colours.hot : colours.accent;
  g.fillRect(x, y - h / 2, w * part, h);
  if (!hasText) return;
  g.fillStyle = colours.ink2;
  g.font = `400 ${size}px ${sans}`;
  g.textAlign = 'left';
  g.fillText(label, left, y, bars.label * zoom);
  g.font = `400 ${size}px ${mono}`;
  g.textAlign = 'right';
  g.fillText(text, right, y);
}

/** In half pixels, so that a zoom does not need each letter in each of its sizes. */
function halves(px: number): number {
  return Math.round(px * 2) / 2;
}
