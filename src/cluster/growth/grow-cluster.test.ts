import { beforeAll, describe, expect, test } from 'vitest';
import { deployments, machines, nodes, pods } from '../../api/resource-ref';
import type { Deployment, Node, Pod } from '../../api/types';
import { createWholeCluster, restoreWholeCluster } from '../whole-cluster';
import type { Cluster } from '../cluster';
import { extension } from '../extension';
import type { SavedCluster } from '../saved-cluster';
import { growCluster, isGrown } from './grow-cluster';
import { previewOf } from './preview';
import { podSuffix } from './pod-names';
import { assignPods, workloadsFor } from './workloads';
import { RandomStream } from '../../sim/rng';

const options = { seed: 1, preset: 'nodes-1000', workers: 300, pods: 2_000 } as const;

/** What differs from run to run: names that chance gave, moments, addresses. */
function masked(object: unknown): unknown {
  const text = JSON.stringify(object)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/"resourceVersion":"\d+"/g, '"resourceVersion":"<n>"')
    .replace(/10\.\d+\.\d+\.\d+/g, '<ip>');
  return JSON.parse(text) as unknown;
}

describe('a grown cluster', () => {
  let saved: SavedCluster;
  let cluster: Cluster;
  beforeAll(() => {
    saved = growCluster(options, extension);
    cluster = restoreWholeCluster(saved);
  });

  test('has its machines, and the pods that were asked for beside those of the system', () => {
    expect(cluster.nodeCount).toBe(301);
    const all = cluster.client.list(pods).items;
    const system = all.filter(({ metadata }) => metadata.namespace === 'kube-system');
    expect([all.length - system.length, system.length]).toEqual([2_000, 301 + 4 + 2]);
    expect(new Set(all.map(({ status }) => status.podIP)).size).toBe(2_000 + 301 + 2);
    const made = cluster.client.list(deployments).items;
    const replicas = made.reduce((sum, { status }) => sum + (status?.readyReplicas ?? 0), 0);
    expect(replicas).toBe(2_000 + 2);
  });

  test('is drawn before it runs as it will be then', () => {
    const early = previewOf(saved);
    const { observer } = restoreWholeCluster(saved);
    const told = new Map(observer.flush().nodes.map((node) => [node.name, node]));
    expect(early.nodes).toHaveLength(301);
    // Control planes go on at once, and are heard of.
    const workers = early.nodes.filter(({ roles }) => roles.length === 0);
    for (const node of workers) expect(node).toEqual(told.get(node.name));
  });

  test('leaves its controllers nothing to do but to renew', () => {
    const last = cluster.sim.trace.lastId;
    cluster.clock.runFor(15_000);
    const writes = new Set<string>();
    for (const { actor, verb, resource, code } of cluster.sim.trace.since(last)) {
      const isWrite = code < 300 && !['get', 'list', 'watch', 'deliver'].includes(verb);
      if (isWrite) writes.add(`${actor.split('/')[0]} ${verb} ${resource}`);
    }
    expect([...writes].sort()).toEqual([
      'kube-controller-manager update leases.coordination.k8s.io',
      'kube-scheduler update leases.coordination.k8s.io',
      'kubelet update leases.coordination.k8s.io',
      'kubelet update nodes/status',
      'world update machines.sim.kubarium.dev/status',
    ]);
    const names = (saved.store.tables[pods.key] as Pod[]).map(({ metadata }) => metadata.uid);
    const now = cluster.client.list(pods).items.map(({ metadata }) => metadata.uid);
    expect(new Set(now)).toEqual(new Set(names));
  });

  test('tells of its nodes what kubelets tell: their own status changes moments alone', () => {
    cluster.clock.runFor(15_000);
    for (const before of saved.store.tables[nodes.key] as Node[]) {
      const after = cluster.client.get(nodes, '', before.metadata.name);
      expect(masked(after)).toEqual(masked(before));
    }
  });

  test('heals as any: what is deleted comes back, on a machine that goes dark is given up', () => {
    const [pod] = cluster.client.list(pods, 'shop').items;
    cluster.client.delete(pods, 'shop', pod.metadata.name);
    const machine = cluster.world.get(machines, '', 'node-b-007');
    cluster.world.update(machines, { ...machine, spec: { ...machine.spec, power: 'Off' } });
    cluster.clock.runFor(90_000);
    const { spec, status } = cluster.client.get(
      deployments,
      'shop',
      pod.metadata.labels!['app'],
    ) as Deployment;
    expect(spec.replicas! - status!.readyReplicas!).toBeLessThanOrEqual(2);
    const dark = cluster.client.get(nodes, '', 'node-b-007');
    expect(dark.spec.taints?.map(({ effect }) => effect)).toContain('NoExecute');
  });
});

test('a grown node is like one that booted', () => {
  const small = { seed: 1, preset: 'nodes-100', workers: 8 };
  const booted = createWholeCluster(small);
  booted.boot();
  booted.clock.runFor(120_000);
  const grown = growCluster(small, extension).store.tables[nodes.key] as Node[];
  const find = (name: string) => grown.find(({ metadata }) => metadata.name === name);
  const normal = (node: Node | undefined) => {
    const { images: _, ...status } = node!.status;
    return masked({ ...node, status, spec: { ...node!.spec } });
  };
  for (const name of ['node-a-002', 'node-b-003']) {
    expect(normal(find(name))).toEqual(normal(booted.client.get(nodes, '', name)));
  }
});

test('only what is large or filled is grown', () => {
  expect(isGrown({ seed: 1, preset: 'kubeadm' }, extension)).toBe(false);
  expect(isGrown({ seed: 1, preset: 'kubeadm', pods: 40 }, extension)).toBe(true);
  expect(isGrown({ seed: 1, preset: 'nodes-100' }, extension)).toBe(true);
  expect(isGrown({ seed: 1, preset: 'nodes-100', machines: [] }, extension)).toBe(false);
});

test('suffixes of pods do not come twice', () => {
  const found = new Set(Array.from({ length: 20_000 }, (_, index) => podSuffix(12_345, index)));
  expect(found.size).toBe(20_000);
  expect([...found].every((suffix) => /^[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(suffix))).toBe(
    true,
  );
});

test('no machine is given more than it has, and racks differ in warmth', () => {
  const workloads = workloadsFor(3_000);
  const racks = Array.from({ length: 100 }, (_, index) => `a-${Math.floor(index / 10)}`);
  const room = { pods: 40, cpuMillicores: 3_750, memoryMebibytes: 15_000 };
  const chosen = assignPods(3_000, racks, room, workloads, new RandomStream(1, 'test'));
  const cpu = chosen.map((list) =>
    list.reduce((sum, index) => sum + workloads[index].cpuMillicores, 0),
  );
  expect(Math.max(...cpu)).toBeLessThanOrEqual(3_750);
  expect(Math.max(...chosen.map((list) => list.length))).toBeLessThanOrEqual(40);
  expect(Math.max(...cpu) / Math.min(...cpu)).toBeGreaterThan(1.5);
});
