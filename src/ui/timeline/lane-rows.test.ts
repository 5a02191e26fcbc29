import { describe, expect, it, test } from 'vitest';
import type { NodeLane, PodLane } from '../../host/protocol';
import { countsOf, rowsOf, type LaneRow } from './lane-rows';

function pod(name: string, more: Partial<PodLane> = {}): PodLane {
  return {
    uid: name,
    namespace: 'default',
    name,
    owner: { kind: 'Deployment', name: 'web' },
    hue: 1,
    spans: [{ fromMs: 10, look: 'running' }],
    restarts: [],
    ...more,
  };
}

function rowsFor(lanes: PodLane[], toggled: string[] = []): string[] {
  const pods = new Map(lanes.map((lane) => [lane.uid, lane]));
  const state = { pods, rollouts: new Map(), nodes: new Map<string, NodeLane>() };
  return rowsOf(state, 'pods', { fromMs: 100, toMs: 200 }, new Set(toggled)).map(nameOf);
}

function nameOf(row: LaneRow): string {
  if (row.kind !== 'group') return `  ${row.lane.name}`;
  return `${row.open ? 'v' : '>'} ${row.group.name} ${row.group.lanes.length}`;
}

describe('the rows of pods', () => {
  it('stand under their owners, the newest first, those of the system closed and last', () => {
    const system = { namespace: 'kube-system', owner: { kind: 'DaemonSet', name: 'kube-proxy' } };
    const young = { spans: [{ fromMs: 50, look: 'pending' as const }] };
    expect(rowsFor([pod('proxy-1', system), pod('web-1'), pod('web-2', young)])).toEqual([
      'v web 2',
      '  web-2',
      '  web-1',
      '> kube-proxy 1',
    ]);
  });

  it('open and close', () => {
    expect(rowsFor([pod('web-1')], ['Deployment/default/web'])).toEqual(['> web 1']);
  });

  it('are only of pods that were there in what is shown', () => {
    const gone = pod('web-gone', { endMs: 99 });
    const later = pod('web-later', { spans: [{ fromMs: 201, look: 'pending' }] });
    expect(rowsFor([gone, later, pod('web-1')])).toEqual(['v web 1', '  web-1']);
  });

  it('of large groups are closed at first', () => {
    const many = Array.from({ length: 61 }, (_, index) => pod(`web-${index}`));
    expect(rowsFor(many)).toEqual(['> web 61']);
  });
});

test('a closed group counts who is ready and who is in trouble, from change to change', () => {
  const crashing = pod('web-2', {
    spans: [
      { fromMs: 20, look: 'creating' },
      { fromMs: 30, look: 'crashLoop' },
    ],
    endMs: 40,
  });
  expect(countsOf([pod('web-1'), crashing])).toEqual([
    { fromMs: 10, ready: 1, bad: 0, all: 1 },
    { fromMs: 20, ready: 1, bad: 0, all: 2 },
    { fromMs: 30, ready: 1, bad: 1, all: 2 },
    { fromMs: 40, ready: 1, bad: 0, all: 1 },
  ]);
});
