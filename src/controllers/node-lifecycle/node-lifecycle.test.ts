import { expect, test } from 'vitest';
import { nodes, pods } from '../../api/resource-ref';
import type { Node } from '../../api/types';
import { createPod, postNode, setReady } from '../../testing/controller-fixtures';
import { startCluster, type ControllerCluster } from '../../testing/controllers';

const ALL = ['n1', 'n2', 'n3', 'n4'];

/** Lets time pass while these nodes post their status every ten seconds. */
function runWith(cluster: ControllerCluster, alive: readonly string[], ms: number): void {
  for (let passed = 0; passed < ms; passed += 10_000) {
    for (const name of alive) postNode(cluster, name);
    cluster.sim.clock.runFor(Math.min(10_000, ms - passed));
  }
}

function taintsOf(cluster: ControllerCluster, name: string): string[] {
  const { spec } = cluster.client.get<Node>(nodes, '', name);
  return (spec.taints ?? []).map(({ key, effect }) => `${key}:${effect}`);
}

function readyOf(cluster: ControllerCluster, name: string): string | undefined {
  const { status } = cluster.client.get<Node>(nodes, '', name);
  return status.conditions?.find(({ type }) => type === 'Ready')?.status;
}

test('a silent node is Unknown after 40 s, tainted, and its pods go 300 s later', () => {
  const cluster = startCluster();
  runWith(cluster, ALL, 20_000);
  const pod = createPod(cluster, 'a', { nodeName: 'n1' });
  setReady(cluster, pod);
  runWith(cluster, ALL.slice(1), 30_000);
  expect(readyOf(cluster, 'n1')).toBe('True');
  runWith(cluster, ALL.slice(1), 20_000);
  expect(readyOf(cluster, 'n1')).toBe('Unknown');
  expect(taintsOf(cluster, 'n1')).toEqual([
    'node.kubernetes.io/unreachable:NoSchedule',
    'node.kubernetes.io/unreachable:NoExecute',
  ]);
  expect(cluster.eventsIn('default')).toContain(
    'NodeNotReady Node/n1: Node n1 status is now: NodeNotReady',
  );
  expect(cluster.eventsIn('default')).toContain('NodeNotReady Pod/a: Node is not ready');
  runWith(cluster, ALL.slice(1), 280_000);
  expect(cluster.client.get(pods, 'default', 'a').metadata.deletionTimestamp).toBeUndefined();
  runWith(cluster, ALL.slice(1), 30_000);
  expect(cluster.client.get(pods, 'default', 'a').metadata.deletionTimestamp).toBeDefined();
  expect(cluster.eventsIn('default')).toContain(
    'TaintManagerEviction Pod/a: Marking for deletion Pod default/a',
  );
});

test('a node that comes back in time keeps its pods', () => {
  const cluster = startCluster();
  runWith(cluster, ALL, 20_000);
  createPod(cluster, 'a', { nodeName: 'n1' });
  runWith(cluster, ALL.slice(1), 100_000);
  expect(taintsOf(cluster, 'n1')).toHaveLength(2);
  runWith(cluster, ALL, 20_000);
  expect(taintsOf(cluster, 'n1')).toEqual([]);
  runWith(cluster, ALL, 400_000);
  expect(cluster.client.get(pods, 'default', 'a').metadata.deletionTimestamp).toBeUndefined();
  expect(cluster.eventsIn('default')).toContain(
    'TaintManagerEviction Pod/a: Cancelling deletion of Pod default/a',
  );
});

test('when most of a small zone is down nobody is tainted NoExecute', () => {
  const cluster = startCluster();
  runWith(cluster, ALL, 20_000);
  runWith(cluster, ['n1'], 100_000);
  expect(taintsOf(cluster, 'n2')).toEqual(['node.kubernetes.io/unreachable:NoSchedule']);
});

test('nodes of one zone are tainted NoExecute ten seconds apart', () => {
  const cluster = startCluster();
  runWith(cluster, ALL, 20_000);
  runWith(cluster, ['n1', 'n2'], 45_000);
  const counts = [taintsOf(cluster, 'n3').length, taintsOf(cluster, 'n4').length];
  expect(counts.sort()).toEqual([1, 2]);
  runWith(cluster, ['n1', 'n2'], 20_000);
  expect([taintsOf(cluster, 'n3').length, taintsOf(cluster, 'n4').length]).toEqual([2, 2]);
});

test('conditions and cordoning become NoSchedule taints and go with them', () => {
  const cluster = startCluster();
  postNode(cluster, 'n1', 'False');
  const { client, sim } = cluster;
  client.patch(nodes, '', 'n1', { spec: { unschedulable: true } });
  sim.clock.runFor(1_000);
  expect(taintsOf(cluster, 'n1')).toEqual([
    'node.kubernetes.io/not-ready:NoSchedule',
    'node.kubernetes.io/unschedulable:NoSchedule',
  ]);
  postNode(cluster, 'n1', 'True');
  client.patch(nodes, '', 'n1', { spec: { unschedulable: null } });
  sim.clock.runFor(1_000);
  expect(taintsOf(cluster, 'n1')).toEqual([]);
});

test('nodes are told of when they come and go, and have a pod range and a TTL meanwhile', () => {
  const cluster = startCluster();
  const { client, sim, eventsIn } = cluster;
  postNode(cluster, 'n1');
  sim.clock.runFor(6_000);
  const { metadata, spec } = client.get<Node>(nodes, '', 'n1');
  expect(spec.podCIDRs).toEqual(['10.244.0.0/24']);
  expect(metadata.annotations).toEqual({ 'node.alpha.kubernetes.io/ttl': '0' });
  client.delete(nodes, '', 'n1');
  sim.clock.runFor(6_000);
  expect(eventsIn('default')).toEqual([
    'RegisteredNode Node/n1: Node n1 event: Registered Node n1 in Controller',
    'RemovingNode Node/n1: Node n1 event: Removing Node n1 from Controller',
  ]);
});
