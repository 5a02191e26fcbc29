import { expect, test } from 'vitest';
import type { TimelineMark } from '../../host/protocol';
import { namesOf, seenOf } from './time-painter';

const scale = { fromMs: 0, toMs: 100_000, widthPx: 400 };

const lost = (text: string, atMs: number): TimelineMark => {
  return { kind: 'nodeLost', atMs, text, about: 'Unknown' };
};

test('nodes that are lost one soon after the other have one name', () => {
  const marks: TimelineMark[] = [
    { kind: 'act', atMs: 1_000, text: 'Power off · b-09', about: '' },
    lost('b-091', 40_000),
    lost('b-092', 40_000),
    lost('b-093', 45_000),
    { kind: 'warning', atMs: 46_000, text: 'BackOff', about: '' },
    lost('b-094', 80_000),
    lost('b-095', 120_000),
  ];
  expect(namesOf({ scale, marks })).toEqual([
    { kind: 'act', left: 4, text: 'Power off · b-09' },
    { kind: 'nodeLost', left: 160, text: '3 Nodes lost' },
    { kind: 'nodeLost', left: 320, text: 'b-094 is Unknown' },
  ]);
});

test('a view is seen to be another when the moment has moved by a pixel or its time reads another', () => {
  const view = { scale, leftPx: 0, heightPx: 100, startMs: 0, nowMs: 90_000, marks: [] };
  const seen = (shownMs: number) => seenOf({ ...view, shownMs }).slice(0, -1);
  expect(seen(50_010)).toEqual(seen(50_000));
  expect(seen(50_300)).not.toEqual(seen(50_000));
  expect(seen(49_990)).not.toEqual(seen(50_000));
});
