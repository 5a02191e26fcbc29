// Colours of the large picture, of the theme in force: canvases cannot read tokens by themselves.
import { lookStyles } from '../silhouette';
import { mix } from '../pod-sprite';
import type { PodLook } from '../../../scene/scene';

/** Steps from nothing requested to all of it. */
export const heatSteps = 10;

export interface CrowdColours {
  heat: readonly string[];
  /** Pods that are well, on a block of each heat. */
  calm: readonly string[];
  look: Readonly<Record<PodLook, string>>;
  surface: string;
  /** Of a tank. */
  water: string;
  silent: string;
  fail: string;
  hot: string;
  glass: string;
  line: string;
  accent: string;
  ink: string;
  ink2: string;
  ink3: string;
}

/** Reads the tokens anew. */
export function crowdColours(): CrowdColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const [cold, warm, ink, surface] = ['water', 'o7', 'ink', 'surface'].map(token) as [
    string,
    string,
    string,
    string,
  ];
  const heat = Array.from({ length: heatSteps }, (_, step) =>
    mix(warm, (100 * step) / (heatSteps - 1), mix(cold, 70, token('canvas-2'))),
  );
  const looks = Object.entries(lookStyles).map(([look, { colour }]) => [look, token(colour)]);
  return {
    heat,
    calm: heat.map((ground, step) => mix(step > 5 ? surface : ink, 62, ground)),
    look: Object.fromEntries(looks) as CrowdColours['look'],
    surface,
    water: mix(cold, 80, surface),
    silent: token('unk'),
    fail: token('fail'),
    hot: token('pend'),
    glass: token('glass'),
    line: token('line'),
    accent: token('accent'),
    ink,
    ink2: token('ink-2'),
    ink3: token('ink-3'),
  };
}

/** Which step of the scale a share is. */
export function heatStep(share: number): number {
  return Math.max(0, Math.min(heatSteps - 1, Math.round(share * (heatSteps - 1))));
}
