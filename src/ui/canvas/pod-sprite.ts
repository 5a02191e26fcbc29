// A pod without a name, as a picture of its own. Cells come by the hundred: as one element with a
// background each, drawn from a handful of pictures, they cost the page a tenth of what drawn
// elements would.
import type { PodLook } from '../../scene/scene';
import { glyphs, lookStyles, silhouettePath } from './silhouette';

/** What a cell's picture depends on, besides the theme. */
export interface SpriteKind {
  look: PodLook;
  hue: number;
  current: boolean;
  /** Edge length in pixels. */
  size: number;
  /** How far an image pull has come, in quarters, 0 to 4. */
  fill: number;
}

/** Token names that sprites use, resolved to colours of the theme in force. */
export type Palette = Readonly<Record<(typeof paletteTokens)[number], string>>;

export const paletteTokens = [
  'surface',
  'canvas-2',
  'water',
  'ink',
  'ink-3',
  'run',
  'pend',
  'create',
  'term',
  'fail',
  'done',
  'unk',
  'fail-soft',
  'o1',
  'o2',
  'o3',
  'o4',
  'o5',
  'o6',
  'o7',
  'o8',
] as const;

/** A name for the kind, fit for a class. */
export function spriteName({ look, hue, current, size, fill }: SpriteKind): string {
  return `ks-${look}-${hue}${current ? '' : 'o'}-${size}${fill > 0 ? `-${fill}` : ''}`;
}

/** The picture as an SVG document with the theme's colours written in. */
export function spriteSvg(kind: SpriteKind, palette: Palette): string {
  const { size, look } = kind;
  const outline = silhouettePath(look, size, size);
  const speck = size < 9;
  const parts = [
    bodyPath(outline, look, palette, speck),
    fillPath(kind, outline, palette),
    hatchPath(outline, look, palette),
    size >= 14 ? ownerPath(kind, palette) : '',
    speck ? '' : glyphPath(kind, palette),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" ` +
    `viewBox="0 0 ${size} ${size}">${parts.join('')}</svg>`
  );
}

function bodyPath(d: string, look: PodLook, palette: Palette, speck: boolean): string {
  const { colour, stroke } = lookStyles[look];
  const c = palette[colour];
  if (speck) return speckPath(d, look, palette);
  const surface = palette.surface;
  const mixed = (share: number) => mix(surface, share, palette['canvas-2']);
  switch (stroke) {
    case 'thin':
      return path(d, surface, mix(palette['ink-3'], 45, surface), 1);
    case 'dashed':
      return path(d, mix(palette.pend, 9, surface), c, 1.4, 'stroke-dasharray="4 3"');
    case 'bold':
      return path(d, palette['fail-soft'], c, 1.5);
    case 'dotted':
      return path(d, mixed(60), c, 1.3, 'stroke-dasharray="1.5 3" stroke-linecap="round"');
    case 'line': {
      const pale = look === 'terminating' || look === 'succeeded';
      return path(d, pale ? mixed(81) : surface, c, pale ? 1.2 : 1.3);
    }
  }
}

/** Too small for a glyph: filled with its colour, except what is well or not heard of. */
function speckPath(d: string, look: PodLook, palette: Palette): string {
  if (look === 'unknown') return path(d, 'none', palette.unk, 1);
  const c = palette[lookStyles[look].colour];
  return path(d, look === 'running' ? mix(palette.ink, 52, palette.water) : c, 'none', 0);
}

function fillPath({ fill, size, look }: SpriteKind, outline: string, palette: Palette): string {
  if (fill <= 0 || look !== 'creating') return '';
  const h = (size * Math.min(4, fill)) / 4;
  return (
    `<clipPath id="f"><path d="${outline}"/></clipPath>` +
    `<rect clip-path="url(#f)" y="${size - h}" width="${size}" height="${h}" ` +
    `fill="${palette.create}" opacity=".2"/>`
  );
}

function hatchPath(outline: string, look: PodLook, palette: Palette): string {
  const hatch = lookStyles[look].hatch;
  if (!hatch) return '';
  const [step, width, angle, opacity] = hatch === 'term' ? [6, 2, 45, 0.22] : [5, 1.5, -45, 0.28];
  return (
    `<pattern id="h" width="${step}" height="${step}" patternUnits="userSpaceOnUse" ` +
    `patternTransform="rotate(${angle})"><path d="M0 0v${step}" stroke="${palette[hatch]}" ` +
    `stroke-width="${width}" opacity="${opacity}"/></pattern><path d="${outline}" fill="url(#h)"/>`
  );
}

function ownerPath({ size, hue, current }: SpriteKind, palette: Palette): string {
  const x = Math.max(3.5, size * 0.17);
  const inset = size * 0.22;
  const colour = palette[`o${Math.min(8, Math.max(1, hue))}` as 'o1'];
  const dash = current ? '' : 'stroke-dasharray="4 3"';
  return path(`M${x} ${inset}V${size - inset}`, 'none', colour, size < 20 ? 2 : 3, dash);
}

function glyphPath({ look, size }: SpriteKind, palette: Palette): string {
  const glyph = glyphs[look];
  const c = palette[lookStyles[look].colour];
  const edge = size >= 14 ? Math.min(9.5, size * 0.42) : size * 0.5;
  const x = size >= 14 ? size / 2 - edge * 0.32 : (size - edge) / 2;
  const y = (size - edge) / 2;
  const line = 'stroke-linecap="round" stroke-linejoin="round"';
  const drawn = glyph.fill ? path(glyph.d, c, 'none', 0) : path(glyph.d, 'none', c, 1.5, line);
  const solid = glyph.solid ? path(glyph.solid, c, 'none', 0) : '';
  return `<g transform="translate(${x} ${y}) scale(${edge / 10})">${drawn}${solid}</g>`;
}

function path(d: string, fill: string, stroke: string, width: number, more = ''): string {
  const line = stroke === 'none' ? '' : ` stroke="${stroke}" stroke-width="${width}" ${more}`;
  return `<path d="${d}" fill="${fill}"${line}/>`;
}

/** `share` percent of one '#rrggbb' colour in another; other notations are left to the first. */
export function mix(a: string, share: number, b: string): string {
  const from = channels(a);
  const to = channels(b);
  if (!from || !to) return a;
  const k = share / 100;
  return `#${from.map((v, i) => hex(Math.round(v * k + to[i]! * (1 - k)))).join('')}`;
}

function channels(colour: string): number[] | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (match) return match.slice(1).map((it) => parseInt(it, 16));
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  return short ? short.slice(1).map((it) => parseInt(it + it, 16)) : null;
}

function hex(value: number): string {
  return value.toString(16).padStart(2, '0');
}
