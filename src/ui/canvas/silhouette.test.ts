import { describe, expect, test } from 'vitest';
import type { PodLook } from '../../scene/scene';
import { mix, paletteTokens, spriteName, spriteSvg, type Palette } from './pod-sprite';
import { glyphs, lookStyles, silhouettePath, staleLook } from './silhouette';

const looks = Object.keys(lookStyles) as PodLook[];
const palette = Object.fromEntries(
  paletteTokens.map((token, i) => [token, `#${(i + 16).toString(16).repeat(3)}`]),
) as Palette;

describe('the grammar of pods', () => {
  test('every look has a glyph of its own', () => {
    const drawn = looks.map((look) => glyphs[look].d + (glyphs[look].solid ?? ''));
    expect(new Set(drawn).size).toBe(looks.length);
  });

  test('no two looks share silhouette, stroke and glyph: colour is never alone', () => {
    const said = looks.map((look) => {
      const { silhouette, stroke } = lookStyles[look];
      return `${silhouette} ${stroke} ${glyphs[look].d}`;
    });
    expect(new Set(said).size).toBe(looks.length);
  });

  test.each(looks)('the outline of %s stays in its box', (look) => {
    for (const [w, h] of [
      [76, 34],
      [22, 22],
      [7, 7],
    ] as const) {
      const path = silhouettePath(look, w, h);
      expect(path.startsWith('M') && path.endsWith('Z')).toBe(true);
      expect(path).not.toMatch(/NaN|undefined/);
      const far = [...path.matchAll(/[HL](-?[\d.]+)/g)].map((it) => Number(it[1]));
      for (const x of far) expect(x >= 0 && x <= w).toBe(true);
    }
  });

  test.each([
    ['running', 'unknown'],
    ['notReady', 'unknown'],
    ['creating', 'unknown'],
    ['crashLoop', 'unknown'],
    ['terminating', 'terminating'],
    ['succeeded', 'succeeded'],
    ['failed', 'failed'],
    ['pending', 'pending'],
  ] as const)('%s on a silent node is drawn as %s', (look, stale) => {
    expect(staleLook(look)).toBe(stale);
  });
});

describe('sprites', () => {
  const kind = { look: 'running' as PodLook, hue: 2, current: true, size: 22, fill: 0 };

  test('everything that changes the picture changes the name', () => {
    const names = [
      kind,
      { ...kind, look: 'failed' as PodLook },
      { ...kind, hue: 3 },
      { ...kind, current: false },
      { ...kind, size: 18 },
      { ...kind, look: 'creating' as PodLook, fill: 2 },
      { ...kind, look: 'creating' as PodLook },
    ].map(spriteName);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][\w-]*$/i);
  });

  test.each(looks)('%s is drawn at every size without a hole', (look) => {
    for (const size of [26, 22, 18, 14, 10, 7]) {
      const svg = spriteSvg({ ...kind, look, size }, palette);
      expect(svg).not.toMatch(/undefined|NaN|var\(/);
      expect(svg.includes(palette.o2)).toBe(size >= 14);
    }
  });

  test('an image comes in from below', () => {
    const creating = { ...kind, look: 'creating' as PodLook };
    expect(spriteSvg(creating, palette)).not.toContain('<rect');
    expect(spriteSvg({ ...creating, fill: 3 }, palette)).toContain(
      'y="5.5" width="22" height="16.5"',
    );
  });

  test('an older revision’s bar is broken', () => {
    expect(spriteSvg(kind, palette)).not.toContain('4 3');
    expect(spriteSvg({ ...kind, current: false }, palette)).toContain('stroke-dasharray="4 3"');
  });

  test.each([
    ['#ffffff', 50, '#000000', '#808080'],
    ['#fff', 100, '#000', '#ffffff'],
    ['#123456', 0, '#654321', '#654321'],
    ['rgb(1 2 3)', 50, '#000000', 'rgb(1 2 3)'],
  ])('%s at %d% in %s is %s', (a, share, b, mixed) => {
    expect(mix(a, share, b)).toBe(mixed);
  });
});
