import { describe, expect, test } from 'vitest';
import type { ScenePod, SceneStory } from '../../scene/scene';
import {
  capacity,
  cores,
  cpuShare,
  grouped,
  megabytes,
  memoryShare,
  ratio,
  span,
} from './quantities';
import { nextStory, readingMs } from './story';
import { tileText } from './tile-text';

const gi = 1024 ** 3;

describe('quantities', () => {
  test.each([
    [cores(1450), '1.45'],
    [cores(2000), '2'],
    [cpuShare({ requested: 1900, allocatable: 2000 }), '1.9/2'],
    [memoryShare({ requested: 2.44 * gi, allocatable: 4 * gi }), '2.4/4Gi'],
    [memoryShare({ requested: 100 * 1024 ** 2, allocatable: 512 * 1024 ** 2 }), '100/512Mi'],
    [capacity(2000, 4 * gi), '2 CPU · 4 GiB'],
    [capacity(1500, 3.9 * gi), '1.5 CPU · 3.9 GiB'],
    [megabytes(3_140_000), '3.1 MB'],
    [megabytes(812_000), '812 kB'],
    [grouped(412), '412'],
    [grouped(1284), '1\u202f284'],
    [grouped(1_234_567), '1\u202f234\u202f567'],
    [span(-5), '0 s'],
    [span(54_900), '54 s'],
    [span(119_000), '119 s'],
    [span(125_000), '2 m'],
    [span(7_300_000), '2 h'],
  ])('%s is written %s', (written, expected) => {
    expect(written).toBe(expected);
  });

  test.each([
    [1, 2, 0.5],
    [3, 2, 1],
    [1, 0, 0],
  ])('%d of %d is %d full', (requested, allocatable, share) => {
    expect(ratio({ requested, allocatable })).toBe(share);
  });
});

describe('tileText', () => {
  const pod = (stem: string, suffix: string, more: Partial<ScenePod> = {}) =>
    ({
      title: [stem, suffix],
      look: 'running',
      restarts: 0,
      containers: ['running'],
      ...more,
    }) as ScenePod;

  test.each([
    ['a name that fits', pod('web', '-x2k4q'), 76, ['web', '-x2k4q', '1/1']],
    ['a name without a suffix', pod('etcd', ''), 76, ['etcd', '', '1/1']],
    [
      'a long stem: the suffix goes below',
      pod('kube-proxy', '-lfpb6'),
      76,
      ['kube-proxy', '', 'lfpb6'],
    ],
    [
      'with room for it, it stays',
      pod('kube-proxy', '-lfpb6'),
      118,
      ['kube-proxy', '-lfpb6', '1/1'],
    ],
    [
      'one that needs eyes keeps its readiness, and its suffix',
      pod('frontend', '-x2k4q', { look: 'notReady' }),
      76,
      ['frontend', '-x2k4q', '1/1'],
    ],
    [
      'so does one that restarted',
      pod('frontend', '-x2k4q', { restarts: 2 }),
      76,
      ['frontend', '-x2k4q', '1/1'],
    ],
    [
      'many containers leave no room below',
      pod('frontend', '-x2k4q', { containers: ['running', 'running', 'running', 'running'] }),
      76,
      ['frontend', '-x2k4q', '1/1'],
    ],
  ] as const)('%s', (_, drawn, w, [stem, suffix, below]) => {
    expect(tileText(drawn, w, '1/1')).toEqual({ stem, suffix, below });
  });

  test('no suffix is ever lost', () => {
    for (const w of [60, 76, 90, 118, 136]) {
      for (const stem of ['a', 'web', 'kube-proxy', 'kubernetes-bootcamp-frontend']) {
        const text = tileText(pod(stem, '-x2k4q'), w, '1/1');
        expect(text.suffix + text.below).toContain('x2k4q');
      }
    }
  });
});

describe('the story', () => {
  const story = (id: number, tone: SceneStory['tone']) => ({ id, tone }) as SceneStory;

  test('the gravest is told next, of equals the newest', () => {
    expect(nextStory([])).toBeNull();
    expect(nextStory([story(1, 'plain'), story(2, 'plain')])?.id).toBe(2);
    expect(nextStory([story(1, 'bad'), story(2, 'good'), story(3, 'warn')])?.id).toBe(1);
  });

  test('longer and worse sentences stay longer, none forever', () => {
    const long = 'word '.repeat(60);
    expect(readingMs('two words', 'plain')).toBeLessThan(readingMs(long, 'plain'));
    expect(readingMs(long, 'plain')).toBe(2_600);
    expect(readingMs(long, 'bad')).toBe(3_800);
  });

  test('a sentence without spaces is read character by character', () => {
    const chinese = 'Pod **web** 已就緒 → Service 可以把流量送過去';
    expect(readingMs(chinese, 'plain')).toBe(700 + (4 + 11 / 2) * 90);
  });
});
