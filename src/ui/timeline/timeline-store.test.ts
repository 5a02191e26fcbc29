import { describe, expect, it, test } from 'vitest';
import type { NodeLane, TimelineDelta, TimelineMark } from '../../host/protocol';
import { markBefore, marksShown } from './scrub-marks';
import { nextTimeline, noTimeline } from './timeline-store';

function delta(more: Partial<TimelineDelta>): TimelineDelta {
  return {
    reset: false,
    isFull: false,
    fromMs: 0,
    hasPodLanes: true,
    pods: [],
    rollouts: [],
    nodes: [],
    counts: [],
    marks: [],
    ...more,
  };
}

function node(name: string, endMs?: number): NodeLane {
  const span = { fromMs: 0, state: 'Ready', power: 'On', network: 'Connected', cordoned: false };
  return { name, spans: [span as NodeLane['spans'][number]], ...(endMs && { endMs }) };
}

const mark = (kind: TimelineMark['kind'], atMs: number): TimelineMark => {
  return { kind, atMs, text: kind, about: '' };
};

describe('a timeline', () => {
  it('keeps what a delta does not speak of, and forgets all at a reset', () => {
    const first = nextTimeline(noTimeline, delta({ nodes: [node('n1')], marks: [mark('act', 5)] }));
    const second = nextTimeline(first, delta({ nodes: [node('n2')] }));
    expect([...second.nodes.keys()]).toEqual(['n1', 'n2']);
    expect(second.nodes.get('n1')).toBe(first.nodes.get('n1'));
    expect(second.marks).toBe(first.marks);
    const third = nextTimeline(second, delta({ reset: true, nodes: [node('n3')] }));
    expect([...third.nodes.keys()]).toEqual(['n3']);
    expect(third.marks).toEqual([]);
  });

  it('lets go what ended before the history begins', () => {
    const before = nextTimeline(noTimeline, delta({ nodes: [node('n1', 50), node('n2')] }));
    const after = nextTimeline(before, delta({ fromMs: 60, nodes: [node('n3')] }));
    expect([...after.nodes.keys()]).toEqual(['n2', 'n3']);
  });

  it('goes on with its counts, from the moment at which the history begins', () => {
    const at = (atMs: number, pods: number) => ({ atMs, counts: [pods] });
    const first = nextTimeline(noTimeline, delta({ counts: [at(0, 1), at(10, 2)] }));
    const same = nextTimeline(first, delta({ marks: [mark('act', 5)] }));
    expect(same.counts).toBe(first.counts);
    const second = nextTimeline(same, delta({ counts: [at(10, 3), at(20, 4)] }));
    expect(second.counts).toEqual([at(0, 1), at(10, 3), at(20, 4)]);
    const later = nextTimeline(second, delta({ fromMs: 15, counts: [at(30, 5)] }));
    expect(later.counts).toEqual([at(10, 3), at(20, 4), at(30, 5)]);
  });

  it('does not grow without bounds', () => {
    let state = noTimeline;
    for (let second = 0; second < 12_000; second += 500) {
      const counts = Array.from({ length: 500 }, (_, index) => {
        return { atMs: (second + index) * 1_000, counts: [index % 7] };
      });
      state = nextTimeline(state, delta({ counts }));
      expect(state.counts.length).toBeLessThanOrEqual(4_000);
    }
    expect(state.counts.at(-1)?.atMs).toBe(11_999_000);
  });

  it('has its marks in the order of their times', () => {
    const marks = [mark('warning', 30), mark('act', 10)];
    const before = nextTimeline(noTimeline, delta({ marks }));
    const after = nextTimeline(before, delta({ marks: [mark('rollout', 20)] }));
    expect(after.marks.map(({ atMs }) => atMs)).toEqual([10, 20, 30]);
  });
});

test('of marks on one place the weightiest is drawn', () => {
  const scale = { fromMs: 0, toMs: 1_000, widthPx: 100 };
  const marks = [mark('warning', 500), mark('nodeLost', 501), mark('warning', 900)];
  expect(marksShown(marks, scale).map(({ kind }) => kind)).toEqual(['nodeLost', 'warning']);
});

test('a moment is named by what happened last before it', () => {
  const marks = [mark('act', 100), mark('warning', 400), mark('rollout', 900)];
  expect(markBefore(marks, 450, 100)?.kind).toBe('warning');
  expect(markBefore(marks, 450, 400)?.kind).toBe('act');
  expect(markBefore(marks, 50, 400)).toBeUndefined();
});
