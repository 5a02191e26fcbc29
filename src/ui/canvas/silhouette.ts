// The grammar of pods: the phase is silhouette first, glyph second, colour third (VISUAL.md,
// Grammar), so that no phase is told by colour alone. Paths are for a viewBox of the tile's own
// size.
import type { PodLook } from '../../scene/scene';

export interface LookStyle {
  /** Name of the colour token. */
  colour: 'run' | 'pend' | 'create' | 'term' | 'fail' | 'done' | 'unk';
  silhouette: 'rounded' | 'cut' | 'octagon' | 'pill';
  stroke: 'thin' | 'line' | 'bold' | 'dashed' | 'dotted';
  /** Name of the hatch pattern laid over it. */
  hatch?: 'term' | 'unk';
}

export const lookStyles: Record<PodLook, LookStyle> = {
  pending: { colour: 'pend', silhouette: 'rounded', stroke: 'dashed' },
  creating: { colour: 'create', silhouette: 'rounded', stroke: 'line' },
  notReady: { colour: 'pend', silhouette: 'rounded', stroke: 'line' },
  running: { colour: 'run', silhouette: 'rounded', stroke: 'thin' },
  terminating: { colour: 'term', silhouette: 'cut', stroke: 'line', hatch: 'term' },
  crashLoop: { colour: 'fail', silhouette: 'octagon', stroke: 'bold' },
  failed: { colour: 'fail', silhouette: 'octagon', stroke: 'bold' },
  succeeded: { colour: 'done', silhouette: 'pill', stroke: 'line' },
  unknown: { colour: 'unk', silhouette: 'rounded', stroke: 'dotted', hatch: 'unk' },
};

/** The outline of a pod of this look in a box of w by h, half a line inside the box. */
export function silhouettePath(look: PodLook, w: number, h: number): string {
  const shape = lookStyles[look].silhouette;
  const x = 0.75;
  const right = w - 0.75;
  const bottom = h - 0.75;
  if (shape === 'octagon') {
    const c = Math.min(7, h * 0.24);
    return (
      `M${x + c} ${x}H${right - c}L${right} ${x + c}V${bottom - c}` +
      `L${right - c} ${bottom}H${x + c}L${x} ${bottom - c}V${x + c}Z`
    );
  }
  const r = shape === 'pill' ? h / 2 - x : Math.min(6, h * 0.2);
  if (shape === 'cut') {
    const k = Math.min(8.5, h * 0.34);
    return (
      `M${x + r} ${x}H${right - k}L${right} ${x + k}V${bottom - r}q0 ${r} ${-r} ${r}` +
      `H${x + r}q${-r} 0 ${-r} ${-r}V${x + r}q0 ${-r} ${r} ${-r}Z`
    );
  }
  return (
    `M${x + r} ${x}H${right - r}a${r} ${r} 0 0 1 ${r} ${r}V${bottom - r}` +
    `a${r} ${r} 0 0 1 ${-r} ${r}H${x + r}a${r} ${r} 0 0 1 ${-r} ${-r}V${x + r}` +
    `a${r} ${r} 0 0 1 ${r} ${-r}Z`
  );
}

export interface Glyph {
  /** In a 10 by 10 box. */
  d: string;
  fill: boolean;
  /** A second path that is filled, where the glyph has both. */
  solid?: string;
}

/** All looks as they are listed: as a pod comes to run and goes, and then what goes wrong. */
export const SHOWN_LOOKS = [
  'running',
  'notReady',
  'creating',
  'pending',
  'terminating',
  'crashLoop',
  'failed',
  'succeeded',
  'unknown',
] as const satisfies readonly PodLook[];

export const glyphs: Record<PodLook, Glyph> = {
  running: { d: 'M1.4 5a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0z', fill: true },
  notReady: {
    d: 'M1.5 5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z',
    fill: false,
    solid: 'M5 1.5a3.5 3.5 0 0 0 0 7z',
  },
  creating: { d: 'M5 .8v5.4M2.6 4L5 6.4 7.4 4M1.4 9.2h7.2', fill: false },
  pending: {
    d:
      'M2 1h6M2 9h6M2.6 1c0 2.4 2.4 3 2.4 4s-2.4 1.6-2.4 4' +
      'M7.4 1C7.4 3.4 5 4 5 5s2.4 1.6 2.4 4',
    fill: false,
  },
  terminating: { d: 'M1 5h7.5M5.8 2.3L8.6 5 5.8 7.7', fill: false },
  failed: { d: 'M2 2l6 6M8 2L2 8', fill: false },
  crashLoop: { d: 'M8.6 5A3.6 3.6 0 1 1 7.3 2.2M8 .4v2.3H5.7', fill: false },
  succeeded: { d: 'M1.5 5.3l2.3 2.3L8.6 2.6', fill: false },
  unknown: { d: 'M2.8 3.2c0-3 4.5-2.9 4.5-.2C7.3 5 5 4.8 5 6.5M5 9v.01', fill: false },
};

/**
 * How a pod is drawn when nothing is heard of its node any more: what was alive is only remembered.
 */
export function staleLook(look: PodLook): PodLook {
  return look === 'running' || look === 'notReady' || look === 'creating' || look === 'crashLoop'
    ? 'unknown'
    : look;
}
