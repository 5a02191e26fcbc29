// What a tile says, and where. A pod's suffix is what tells it from its siblings, so it is never
// cut: when the whole name does not fit its line, a quiet pod's suffix goes below in place of a
// readiness that the disc already shows; a pod that needs eyes keeps its readiness and only the
// stem is shortened.
import type { ScenePod } from '../../scene/scene';

/** Advance of IBM Plex Mono at 10 px. */
const charW = 6;
const left = 12;
const pad = 3;
const dotW = 8.5;
const glyphW = 16;

export interface TileText {
  stem: string;
  /** With its dash; '' when it stands below. */
  suffix: string;
  below: string;
}

/**
 * The two lines of a tile that is w pixels wide; `below` is what would stand there were there room.
 */
export function tileText(pod: ScenePod, w: number, below: string): TileText {
  const [stem, rest] = pod.title;
  const tail = rest.replace(/^-/, '');
  const suffix = tail && stem ? `-${tail}` : tail;
  const chars = Math.floor((w - left - pad) / charW);
  if (stem.length + suffix.length <= chars) return { stem, suffix, below };
  const dots = Math.min(pod.containers.length, maxDots) * dotW;
  const roomBelow = w - left - dots - 3 - glyphW;
  const quiet = pod.restarts === 0 && quietLooks.has(pod.look);
  if (quiet && suffix && tail.length * charW <= roomBelow) return { stem, suffix: '', below: tail };
  return { stem, suffix, below };
}

/** Container marks that a tile shows at most. */
export const maxDots = 4;

const quietLooks: ReadonlySet<ScenePod['look']> = new Set([
  'running',
  'succeeded',
  'terminating',
  'unknown',
]);
