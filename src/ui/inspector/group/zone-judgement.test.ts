import { describe, expect, test } from 'vitest';
import { Zones } from '../../../controllers/node-lifecycle/zones';
import type { Node } from '../../../api/types';
import type { SceneNode } from '../../../scene/scene';
import { sampleZone } from './scene-samples';
import { judgeZone } from './zone-judgement';

const silent = { ready: 'Unknown' } as const;

test.each([
  ['a rack of a large zone', sampleZone('a', 167, 12, silent), 'Normal', 0.1],
  ['two of two, with another zone', zones([2, 2], [3, 0]), 'FullDisruption', 0.1],
  ['two of three', sampleZone('a', 3, 2, silent), 'Normal', 0.1],
  ['most of a small zone', sampleZone('a', 5, 3, silent), 'PartialDisruption', 0],
  ['most of a large zone', sampleZone('a', 60, 40, silent), 'PartialDisruption', 0.01],
  ['all there is', sampleZone('a', 4, 4, silent), 'FullDisruption', 0],
] as const)('%s is judged as the controller judges it', (_, nodes, state, perSecond) => {
  const judged = judgeZone('zone-a', nodes);
  expect([judged.state, judged.perSecond]).toEqual([state, perSecond]);
  expect(tainted(nodes, 200)).toBe(Math.min(2, perSecond === 0 ? 0 : 1 + 200 * perSecond));
});

/** How many of two that wait in zone-a the controller taints within so many seconds. */
function tainted(scene: readonly SceneNode[], seconds: number): number {
  const nodes = scene.map(
    ({ name, zone, ready }) =>
      ({
        metadata: { name, labels: { 'topology.kubernetes.io/zone': zone } },
        spec: {},
        status: {
          conditions: [{ type: 'Ready', status: ready === 'Ready' ? 'True' : 'Unknown' }],
        },
      }) as unknown as Node,
  );
  const all = new Zones();
  for (const node of nodes) all.add(node);
  all.judge(nodes);
  for (const node of nodes.slice(0, 2)) all.wait(node);
  let count = 0;
  for (let second = 0; second <= seconds; second++) count += all.due(second * 1_000).length;
  return count;
}

function zones(...sizes: (readonly [count: number, down: number])[]): SceneNode[] {
  return sizes.flatMap(([count, down], at) => sampleZone('abc'[at]!, count, down, silent));
}

describe('what has come of it so far', () => {
  test('counts those that are tainted, and Nodes alone', () => {
    const nodes = sampleZone('a', 10, 3, silent);
    nodes[0] = { ...nodes[0]!, taints: ['node.kubernetes.io/unreachable:NoExecute'] };
    nodes[1] = { ...nodes[1]!, taints: ['node.kubernetes.io/unreachable:NoSchedule'] };
    nodes[9] = { ...nodes[9]!, registered: false, ready: 'NotReady' };
    expect(judgeZone('zone-a', nodes)).toMatchObject({ nodes: 9, notReady: 3, tainted: 1 });
  });
});
