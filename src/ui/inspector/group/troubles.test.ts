import { describe, expect, it, test } from 'vitest';
import type { SceneComponent, SceneNode, ScenePod } from '../../../scene/scene';
import { CLUSTER, rackGroup, zoneGroup, type Group } from '../../state/node-groups';
import { groupFigures } from './group-figures';
import { byName, sampleNode, samplePod, sampleZone } from './scene-samples';
import { troublesOf, type Trouble } from './troubles';

const PROGRAMS = ['kube-apiserver', 'etcd', 'kube-scheduler', 'kube-controller-manager'];
const off = { power: 'Off', ready: 'Unknown' } as const;

interface Setting {
  nodes: readonly SceneNode[];
  pods?: readonly ScenePod[];
  stopped?: string;
  group?: Group;
  lostMs?: number;
}

function told({ nodes, pods = [], stopped, group = CLUSTER, lostMs }: Setting): Trouble[] {
  const components = PROGRAMS.map((name): SceneComponent => ({
    name,
    machine: 'm1',
    state: name === stopped ? 'stopped' : 'running',
    leader: true,
  }));
  const m1 = sampleNode('m1', { zone: 'zone-a', roles: ['control-plane'] });
  const scene = {
    nodes: byName([m1, ...nodes]),
    pods: new Map(pods.map((pod) => [pod.key, pod])),
    components,
  };
  return troublesOf(scene, group, groupFigures(scene, group), 170_000, () => lostMs);
}

describe('what is wrong', () => {
  it('is nothing while all is well', () => {
    expect(told({ nodes: sampleZone('a', 12) })).toEqual([]);
  });

  it('is said of a rack as of one, with what the controller makes of its zone', () => {
    const nodes = sampleZone('b', 167, 12, off);
    const [trouble, ...others] = told({ nodes, lostMs: 100_000 });
    expect(others).toEqual([]);
    expect(trouble).toMatchObject({
      title: 'Rack b-01 lost power 70 s ago',
      about:
        '12 of 167 nodes in zone-b are NotReady: 7 %, under the 55 % limit, so nodes are tainted ' +
        "at the normal 0.1 a second, and pods are evicted 5 min after their node's taint. " +
        '0 of 12 tainted so far.',
      mend: {
        act: 'powerOnGroup',
        target: rackGroup('zone-b', 'b-01'),
        name: 'Power on rack b-01',
      },
    });
  });

  it('tells of a zone in its own panel and of its racks, and not of other zones', () => {
    const nodes = [...sampleZone('a', 12), ...sampleZone('b', 24, 12, off)];
    const titles = (group: Group) => told({ nodes, group }).map(({ title }) => title);
    expect(titles(zoneGroup('zone-a'))).toEqual([]);
    expect(titles(zoneGroup('zone-b'))).toEqual(['Rack b-01 has no power; last heard of 70 s ago']);
    expect(titles(rackGroup('zone-b', 'b-01'))).toHaveLength(1);
    expect(titles(rackGroup('zone-b', 'b-02'))).toEqual([]);
  });

  test.each<[string, Partial<SceneNode>, SceneNode[], string]>([
    ['before the grace is over', { power: 'Off' }, sampleZone('a', 12), 'after 40 s without'],
    ['a zone alone', off, sampleZone('a', 12), 'Other zones live'],
    ['the only zone', off, [], '4 of 5 nodes in zone-b are NotReady: 80 %'],
  ])('%s', (_, change, others, expected) => {
    const nodes = [...others, ...sampleZone('b', 4, 4, change)];
    const master = sampleNode('m2', { zone: 'zone-b', roles: ['control-plane'] });
    const all = others.length > 0 ? nodes : [...nodes, master];
    expect(told({ nodes: all })[0]?.about).toContain(expected);
  });

  it('says when nobody is evicted, since every zone is down', () => {
    const scene = { nodes: sampleZone('a', 4, 4, off), group: zoneGroup('zone-a') };
    const m1 = sampleNode('m1', { zone: 'zone-a', roles: ['control-plane'], ready: 'Unknown' });
    const [trouble] = told({ ...scene, nodes: [...scene.nodes, m1] });
    expect(trouble?.about).toContain('No zone has a Ready node');
  });

  it('says that nobody judges while no controller manager runs', () => {
    const nodes = sampleZone('b', 24, 12, off);
    const titles = told({ nodes, stopped: 'kube-controller-manager' });
    expect(titles[0]?.title).toBe('kube-controller-manager has stopped.');
    expect(titles[1]?.about).toContain('nobody marks, taints or evicts');
  });

  it('calls one node by its name, and offers the way back', () => {
    const nodes = sampleZone('b', 24, 1, { network: 'Cut', ready: 'Unknown' });
    expect(told({ nodes })[0]).toMatchObject({
      title: 'b-n1 is cut off; last heard of 70 s ago',
      mend: { act: 'plugCable', target: { kind: 'Node', name: 'b-n1' }, name: 'Plug in b-n1' },
    });
  });

  it('tells of pods that crash, and of those that wait for a node', () => {
    const pods = [
      samplePod('one', 'a-n1', 'crashLoop'),
      samplePod('two', '', 'pending'),
      samplePod('three', '', 'pending'),
    ];
    expect(told({ nodes: sampleZone('a', 12), pods }).map(({ title }) => title)).toEqual([
      '1 pod crashes again and again',
      '2 pods wait for a node',
    ]);
  });
});
