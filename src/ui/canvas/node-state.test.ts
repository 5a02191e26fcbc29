import { describe, expect, test } from 'vitest';
import type { SceneNode } from '../../scene/scene';
import { nodeState, sinceHeartbeat } from './node-state';

const now = 1_000_000_000;

function node(change: Partial<SceneNode> = {}): SceneNode {
  return {
    name: 'n1',
    machine: 'n1',
    power: 'On',
    network: 'Connected',
    registered: true,
    ready: 'Ready',
    roles: [],
    zone: 'zone-a',
    cordoned: false,
    taints: [],
    cpu: { requested: 500, allocatable: 2000 },
    memory: { requested: 0, allocatable: 4 * 1024 ** 3 },
    podCount: 3,
    maxPods: 110,
    imageCount: 4,
    runtime: 'containerd://2.1.4',
    kubeletVersion: 'v1.36.4',
    heartbeatMs: now - 3_400,
    ...change,
  };
}

describe('nodeState', () => {
  test.each([
    ['well', {}, false, 'Ready', 'run', 'check', '3 s', false, false],
    ['cordoned', { cordoned: true }, false, 'Ready, cordoned', 'pend', null, '3 s', false, false],
    [
      'without power, not yet noticed',
      { power: 'Off' },
      false,
      'Ready, 3 s ago',
      'quiet',
      null,
      'last heard 3 s ago',
      true,
      true,
    ],
    [
      'without power, noticed',
      { power: 'Off', ready: 'Unknown', heartbeatMs: now - 54_000 },
      false,
      'NotReady',
      'fail',
      'x',
      'last heard 54 s ago',
      true,
      true,
    ],
    [
      'with its cable cut',
      { network: 'Cut', heartbeatMs: now - 12_000 },
      false,
      'Ready, 12 s ago',
      'quiet',
      null,
      'last heard 12 s ago',
      false,
      true,
    ],
    [
      'with a late heartbeat',
      { heartbeatMs: now - 25_000 },
      false,
      'Ready',
      'run',
      'check',
      'last heard 25 s ago',
      false,
      false,
    ],
    [
      'not ready but heard',
      { ready: 'NotReady' },
      false,
      'NotReady',
      'fail',
      'x',
      '3 s',
      false,
      false,
    ],
    [
      'when no server can hear it',
      { heartbeatMs: now - 90_000 },
      true,
      'Ready, 90 s ago',
      'quiet',
      null,
      'refused',
      false,
      false,
    ],
    [
      'not joined yet',
      { registered: false, ready: 'NotReady', heartbeatMs: 0 },
      false,
      'no Node yet',
      'quiet',
      null,
      'starts',
      false,
      false,
    ],
  ] as const)('a node %s', (_, change, apiDown, label, tone, mark, pill, drained, stale) => {
    const state = nodeState(node(change as Partial<SceneNode>), now, apiDown);
    expect(state).toMatchObject({ label, tone, mark, drained, stale });
    expect(state.kubelet.long).toBe(pill);
  });

  test('says zone and capacity, or why it is silent', () => {
    expect(nodeState(node(), now).about).toBe('zone-a · 2 CPU · 4 GiB');
    expect(nodeState(node({ zone: '', power: 'Off' }), now).about).toBe('no power');
    expect(nodeState(node({ network: 'Cut' }), now).about).toBe('zone-a · cable cut');
  });

  test('an age is whole seconds and never negative', () => {
    expect(sinceHeartbeat(node(), now)).toBe(3_000);
    expect(sinceHeartbeat(node({ heartbeatMs: now + 500 }), now)).toBe(0);
  });

  test('at high speed a living node’s news may be late, a silent one’s is not', () => {
    const late = { heartbeatMs: now - 30_000 };
    expect(sinceHeartbeat(node(late), now, 20_000)).toBe(10_000);
    expect(sinceHeartbeat(node({ ...late, power: 'Off' }), now, 20_000)).toBe(30_000);
  });
});
