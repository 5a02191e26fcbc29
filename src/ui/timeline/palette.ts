// The page's colours as a canvas needs them; read anew when the theme is another.
import type { PodLook } from '../../scene/scene';

export interface Palette {
  ink: string;
  ink2: string;
  ink3: string;
  line: string;
  line2: string;
  surface: string;
  accent: string;
  onAccent: string;
  fail: string;
  pend: string;
  run: string;
  create: string;
  owners: string[];
  mono: string;
  sans: string;
  looks: Record<PodLook, string>;
}

/** The palette of the moment. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const fail = of('fail');
  return {
    ink: of('ink'),
    ink2: of('ink-2'),
    ink3: of('ink-3'),
    line: of('line'),
    line2: of('line-2'),
    surface: of('surface'),
    accent: of('accent'),
    onAccent: of('on-accent'),
    fail,
    pend: of('pend'),
    run: of('run'),
    create: of('create'),
    owners: ['ink-3', 'o1', 'o2', 'o3', 'o4', 'o5', 'o6', 'o7', 'o8'].map(of),
    mono: of('mono'),
    sans: of('sans'),
    looks: {
      pending: of('pend'),
      creating: of('create'),
      notReady: of('pend'),
      running: of('run'),
      terminating: of('term'),
      crashLoop: fail,
      failed: fail,
      succeeded: of('done'),
      unknown: of('unk'),
    },
  };
}
