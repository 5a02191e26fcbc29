import { describe, expect, it } from 'vitest';
import { packPods, transferOf } from '../../scene/packed-pods';
import type { SceneDelta, ScenePod } from '../../scene/scene';
import { Crowd, CrowdPods, crowdOf, podsOnNode } from './crowd';
import { createSceneStore, nextScene } from './scene-store';

function pod(name: string, more: Partial<ScenePod> = {}): ScenePod {
  return {
    key: `shop/${name}`,
    uid: '0a1b2c3d-0000-4000-8000-000000000000',
    namespace: 'shop',
    name,
    title: ['web', '-abcde'],
    node: 'n1',
    look: 'running',
    ready: 1,
    total: 1,
    containers: ['running', 'sidecar'],
    restarts: 0,
    createdMs: 1_767_225_600_000,
    mirror: false,
    owner: { kind: 'Deployment', name: 'web', hue: 3, current: true },
    ip: '10.128.7.200',
    labels: 'app=web,team=shop',
    ...more,
  };
}

const strange = pod('web-77-fghij', {
  title: ['web', '-fghij'],
  node: '',
  look: 'pending',
  ready: 0,
  total: 2,
  containers: [],
  restarts: 300,
  reason: 'Unschedulable',
  mirror: true,
  pull: { startMs: 1, endMs: 2 },
});

describe('a crowd', () => {
  it('gives back each pod as it was packed, but for the rest of its uid', () => {
    const crowd = new Crowd();
    const pods = [pod('web-77-abcde'), strange];
    crowd.take(packPods(pods), []);
    const map = new CrowdPods(crowd);
    for (const each of pods) {
      expect(map.get(each.key)).toEqual({ ...each, uid: `0a1b2c3d${each.key}` });
      expect(map.get(each.key)).toBe(map.get(each.key));
    }
    expect([map.size, [...map.keys()], map.has('shop/none')]).toEqual([
      2,
      ['shop/web-77-abcde', 'shop/web-77-fghij'],
      false,
    ]);
  });

  it('keeps the slots of a node while their pods live, and fills those that are free', () => {
    const crowd = new Crowd();
    crowd.take(packPods(['a', 'b', 'c'].map((name) => pod(`web-77-${name}`))), []);
    const names = () => crowd.slotsOf('n1').map((row) => (row < 0 ? '' : crowd.podAt(row).name));
    crowd.take(packPods([]), ['shop/web-77-b']);
    expect(names()).toEqual(['web-77-a', '', 'web-77-c']);
    crowd.take(packPods([pod('web-77-d')]), []);
    expect(names()).toEqual(['web-77-a', 'web-77-d', 'web-77-c']);
    crowd.take(packPods([pod('web-77-d', { node: 'n2', look: 'terminating' })]), []);
    expect(names()).toEqual(['web-77-a', '', 'web-77-c']);
    expect(podsOnNode(new CrowdPods(crowd), 'n2').map(({ look }) => look)).toEqual(['terminating']);
  });

  it('grows beyond its first room and counts looks', () => {
    const crowd = new Crowd();
    const many = Array.from({ length: 10_000 }, (_, index) => pod(`web-77-${index}`));
    crowd.take(packPods(many), []);
    crowd.take(packPods([{ ...many[0]!, look: 'failed' }]), [many[1]!.key]);
    expect(crowd.size).toBe(9_999);
    expect([...crowd.looks]).toEqual([0, 0, 0, 9_998, 0, 0, 1, 0, 0]);
    expect(crowd.podAt(9_999).name).toBe('web-77-9999');
  });
});

const delta = (more: Partial<SceneDelta>): SceneDelta => ({
  atMs: 0,
  reset: false,
  nodes: [],
  pods: [],
  services: [],
  removedNodes: [],
  removedPods: [],
  removedServices: [],
  gauges: {} as SceneDelta['gauges'],
  messages: [],
  stories: [],
  ...more,
});

describe('the scene of a large cluster', () => {
  it('is a crowd from the first packed pods on, until it begins anew', () => {
    const first = createSceneStore().getState();
    const small = nextScene(first, delta({ pods: [pod('web-77-a')] }));
    expect(crowdOf(small.pods)).toBeUndefined();
    const large = nextScene(small, delta({ packedPods: packPods([pod('web-77-b')]) }));
    expect([...large.pods.keys()]).toEqual(['shop/web-77-a', 'shop/web-77-b']);
    const later = nextScene(large, delta({ removedPods: ['shop/web-77-a'] }));
    expect([...later.pods.keys()]).toEqual(['shop/web-77-b']);
    expect(later.pods).not.toBe(large.pods);
    expect(nextScene(later, delta({})).pods).toBe(later.pods);
    expect(crowdOf(nextScene(later, delta({ reset: true })).pods)).toBeUndefined();
  });

  it('takes renewals without the rest of their nodes', () => {
    const node = { name: 'n1', heartbeatMs: 1 } as never;
    const before = nextScene(createSceneStore().getState(), delta({ nodes: [node] }));
    const heartbeats = { names: ['n1', 'gone'], atMs: Float64Array.of(5, 6) };
    expect([...nextScene(before, delta({ heartbeats })).nodes.values()]).toEqual([
      { name: 'n1', heartbeatMs: 5 },
    ]);
  });
});

it('packed pods cross to the page without a copy of their columns', () => {
  const packed = packPods([pod('web-77-a')]);
  const copy = structuredClone(packed, { transfer: transferOf(packed) });
  expect(copy.look[0]).toBe(3);
  expect(packed.look).toHaveLength(0);
});
