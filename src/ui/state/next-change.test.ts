import { describe, expect, it } from 'vitest';
import type { SceneDelta, SceneNode } from '../../scene/scene';
import { isWorthALook, warpAhead } from './next-change';

const node = { name: 'n1', ready: 'Ready', heartbeatMs: 1 } as SceneNode;
const empty = {
  nodes: [],
  pods: [],
  services: [],
  removedNodes: [],
  removedPods: [],
  removedServices: [],
} as unknown as SceneDelta;

describe('the next change', () => {
  it.each([
    ['nothing', empty, false],
    ['a heartbeat', { ...empty, nodes: [{ ...node, heartbeatMs: 9 }] }, false],
    ['a node that is not ready', { ...empty, nodes: [{ ...node, ready: 'NotReady' }] }, true],
    ['another node', { ...empty, nodes: [{ ...node, name: 'n2' }] }, true],
    ['a pod', { ...empty, pods: [{}] }, true],
    ['a pod gone', { ...empty, removedPods: ['default/web'] }, true],
    ['a Service', { ...empty, services: [{}] }, true],
  ])('%s', (_what, delta, isWorth) => {
    expect(isWorthALook(delta as SceneDelta, new Map([['n1', node]]))).toBe(isWorth);
  });

  it('hops further and further until it is stopped', async () => {
    let nowMs = 0;
    let aimMs = 0;
    const hops: number[] = [];
    const warp: { stop(): void; done: Promise<void> } = warpAhead({
      nowMs: () => nowMs,
      warpTo: (toMs) => {
        hops.push(toMs - nowMs);
        aimMs = toMs;
      },
      clockTold: () => {
        nowMs = aimMs;
        if (hops.length === 7) warp.stop();
        return Promise.resolve();
      },
    });
    await warp.done;
    expect(hops).toEqual([500, 500, 1_000, 1_000, 2_000, 4_000, 4_000]);
  });

  it('waits until a hop is done, and gives up after an hour without a change', async () => {
    let nowMs = 0;
    let toMs = 0;
    let hops = 0;
    const warp = warpAhead({
      nowMs: () => nowMs,
      warpTo: (to) => {
        toMs = to;
        hops += 1;
      },
      clockTold: () => {
        nowMs = Math.min(toMs, nowMs + 1_500);
        return Promise.resolve();
      },
    });
    await warp.done;
    expect(nowMs).toBeGreaterThanOrEqual(3_600_000);
    expect(hops).toBe(904);
  });
});
