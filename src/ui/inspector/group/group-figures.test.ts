import { describe, expect, it, test } from 'vitest';
import { packPods } from '../../../scene/packed-pods';
import { Crowd, CrowdPods } from '../../state/crowd';
import { CLUSTER, partsOf, rackGroup, zoneGroup, type Part } from '../../state/node-groups';
import { groupFigures, hottest } from './group-figures';
import { byName, sampleNode, samplePod, sampleZone } from './scene-samples';

const lost = { power: 'Off', ready: 'Unknown' } as const;
const nodes = byName([
  sampleNode('m1', { zone: 'zone-a', rack: 'a-01', roles: ['control-plane'] }),
  ...sampleZone('a', 13),
  ...sampleZone('b', 24, 12, lost),
]);
const pods = [
  samplePod('master', 'm1'),
  samplePod('a', 'a-n1', 'crashLoop'),
  samplePod('b1', 'b-n1'),
  samplePod('b2', 'b-n1', 'succeeded'),
  samplePod('b3', 'b-n20', 'creating'),
  samplePod('waits', '', 'pending'),
];
const crowd = new Crowd();
crowd.take(packPods(pods), []);

describe.each([
  ['one by one', new Map(pods.map((pod) => [pod.key, pod]))],
  ['in columns', new CrowdPods(crowd)],
])('the figures of pods %s', (_, held) => {
  const scene = { nodes, pods: held };

  it('count every pod of the cluster, what is not heard of as unknown', () => {
    const { looks, pods: all, unscheduled, members } = groupFigures(scene, CLUSTER);
    const found = Object.entries(looks).filter(([, count]) => count > 0);
    expect(Object.fromEntries(found)).toEqual({
      running: 1,
      crashLoop: 1,
      unknown: 1,
      succeeded: 1,
      creating: 1,
      pending: 1,
    });
    expect([all, unscheduled, members.length]).toEqual([6, 1, 38]);
  });

  it('count those of a zone or a rack alone', () => {
    const zone = groupFigures(scene, zoneGroup('zone-b'));
    expect([zone.pods, zone.looks.creating, zone.ready, zone.notReady]).toEqual([3, 1, 12, 12]);
    const rack = groupFigures(scene, rackGroup('zone-b', 'b-01'));
    expect([rack.pods, rack.looks.unknown, rack.looks.succeeded]).toEqual([2, 1, 1]);
    expect([rack.ready, rack.notReady, rack.unscheduled]).toEqual([0, 12, 0]);
  });

  it('leave machines of the control plane out of zones', () => {
    const { members, pods: all, cpu } = groupFigures(scene, zoneGroup('zone-a'));
    expect([members.length, all]).toEqual([13, 1]);
    expect(cpu).toEqual({ requested: 13_000, allocatable: 52_000 });
  });
});

it('tells zones of a cluster and racks of a zone, in the order of their numbers', () => {
  const names = (parts: Part[]) => parts.map(({ group }) => group.name);
  expect(names(partsOf(CLUSTER, nodes))).toEqual(['zone-a', 'zone-b']);
  expect(names(partsOf(zoneGroup('zone-b'), nodes))).toEqual(['b-01', 'b-02']);
  expect(partsOf(rackGroup('zone-b', 'b-01'), nodes)).toEqual([]);
});

test.each([
  ['cpu', ['full', 'half']],
  ['memory', ['half', 'full']],
] as const)('the hottest nodes by %s come first', (by, expected) => {
  const share = (requested: number) => ({ requested, allocatable: 100 });
  const all = [
    sampleNode('idle', { cpu: share(0), memory: share(0) }),
    sampleNode('half', { cpu: share(50), memory: share(60) }),
    sampleNode('full', { cpu: share(99), memory: share(20) }),
    sampleNode('unborn', { cpu: { requested: 0, allocatable: 0 }, memory: share(0) }),
  ];
  expect(hottest(all, by, 2).map(({ name }) => name)).toEqual(expected);
});
