import { expect, test } from 'vitest';
import type { Node } from '../../api/types';
import { Zones } from './zones';

function nodesIn(zone: string, ready: number, notReady: number): Node[] {
  return Array.from({ length: ready + notReady }, (_, index) => ({
    metadata: { name: `${zone}${index}`, labels: { 'topology.kubernetes.io/zone': zone } },
    spec: {},
    status: { conditions: [{ type: 'Ready', status: index < ready ? 'True' : 'Unknown' }] },
  })) as unknown as Node[];
}

function judged(nodes: Node[]): Zones {
  const zones = new Zones();
  for (const node of nodes) zones.add(node);
  zones.judge(nodes);
  return zones;
}

/** When each waiting node is tainted, in seconds, over two minutes; absent ones never are. */
function taintTimes(zones: Zones, waiting: Node[]): number[] {
  for (const node of waiting) zones.wait(node);
  const times: number[] = [];
  for (let second = 0; second <= 120; second++) {
    times.push(...zones.due(second * 1000).map(() => second));
  }
  return times;
}

test.each([
  ['a healthy zone: one in ten seconds', nodesIn('a', 8, 2), [0, 10]],
  ['two of three down is no disruption yet', nodesIn('a', 1, 2), [0, 10]],
  ['most of a small zone down: nobody', nodesIn('a', 1, 3), []],
  ['most of a large zone down: one in a hundred seconds', nodesIn('a', 20, 40), [0, 100]],
  ['one zone down of two: as usual', [...nodesIn('a', 0, 2), ...nodesIn('b', 2, 0)], [0, 10]],
  ['every zone down: nobody', [...nodesIn('a', 0, 2), ...nodesIn('b', 0, 2)], []],
])('%s', (_name, nodes, expected) => {
  const down = nodes.filter(({ status }) => status.conditions![0].status !== 'True').slice(0, 2);
  expect(taintTimes(judged(nodes), down)).toEqual(expected);
});

test('losing the last zone and getting it back are told', () => {
  const zones = judged(nodesIn('a', 1, 1));
  expect(zones.judge(nodesIn('a', 0, 2))).toBe('AllDown');
  expect(zones.judge(nodesIn('a', 0, 2))).toBeUndefined();
  expect(zones.judge(nodesIn('a', 2, 0))).toBe('Recovered');
});
