import { expect, test } from 'vitest';
import { configMaps, deployments, nodes, pods, replicaSets } from '../../api/resource-ref';
import type { OwnerReference } from '../../api/object';
import type { ConfigMap } from '../../api/types';
import { postNode, workloadSpec } from '../../testing/controller-fixtures';
import { startCluster, type ControllerCluster } from '../../testing/controllers';

function startEmpty(): ControllerCluster {
  const cluster = startCluster({ controllers: ['garbage-collector'] });
  cluster.sim.clock.runFor(500);
  return cluster;
}

function createMap(
  { client }: ControllerCluster,
  name: string,
  owners: readonly (ConfigMap & { blocks?: boolean })[] = [],
): ConfigMap {
  const ownerReferences = owners.map(({ metadata, blocks }): OwnerReference => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: metadata.name,
    uid: metadata.uid,
    blockOwnerDeletion: blocks ?? false,
  }));
  return client.create<ConfigMap>(configMaps, {
    metadata: { name, namespace: 'default', ownerReferences },
  });
}

const namesIn = ({ client }: ControllerCluster): string[] =>
  client.list(configMaps, 'default').items.map(({ metadata }) => metadata.name);

test('deleting an owner in the background takes its dependents along, to any depth', () => {
  const cluster = startEmpty();
  const root = createMap(cluster, 'root');
  const child = createMap(cluster, 'child', [root]);
  createMap(cluster, 'grandchild', [child]);
  createMap(cluster, 'stranger');
  cluster.client.delete(configMaps, 'default', 'root');
  expect(namesIn(cluster)).toContain('child');
  cluster.sim.clock.runFor(1_000);
  expect(namesIn(cluster)).toEqual(['stranger']);
});

test('an object with another living owner only loses the reference to the dead one', () => {
  const cluster = startEmpty();
  const first = createMap(cluster, 'first');
  const second = createMap(cluster, 'second');
  createMap(cluster, 'child', [first, second]);
  cluster.client.delete(configMaps, 'default', 'first');
  cluster.sim.clock.runFor(1_000);
  const { ownerReferences } = cluster.client.get(configMaps, 'default', 'child').metadata;
  expect(ownerReferences!.map(({ name }) => name)).toEqual(['second']);
});

test('an owner made anew under the same name does not count', () => {
  const cluster = startEmpty();
  const old = createMap(cluster, 'owner');
  cluster.client.delete(configMaps, 'default', 'owner');
  createMap(cluster, 'owner');
  createMap(cluster, 'child', [old]);
  cluster.sim.clock.runFor(1_000);
  expect(namesIn(cluster)).toEqual(['owner']);
});

test('in a foreground deletion the owner outlives the dependents that block it', () => {
  const cluster = startEmpty();
  const { client, sim } = cluster;
  const root = createMap(cluster, 'root');
  const blocking = createMap(cluster, 'blocking', [{ ...root, blocks: true }]);
  const keep = { metadata: { finalizers: ['example.com/keep'] } };
  client.patch(configMaps, 'default', 'blocking', keep, { patchType: 'merge' });
  createMap(cluster, 'free', [root]);
  client.delete(configMaps, 'default', 'root', { propagationPolicy: 'Foreground' });
  sim.clock.runFor(1_000);
  expect(namesIn(cluster).sort()).toEqual(['blocking', 'root']);
  const dropped = { metadata: { finalizers: null } };
  client.patch(configMaps, 'default', blocking.metadata.name, dropped, { patchType: 'merge' });
  sim.clock.runFor(1_000);
  expect(namesIn(cluster)).toEqual([]);
});

test('owners that wait for each other in a circle do not wait forever', () => {
  const cluster = startEmpty();
  const { client, sim } = cluster;
  const [a, b, c] = ['a', 'b', 'c'].map((name) => createMap(cluster, name));
  for (const [object, owner] of [
    [a, c],
    [b, a],
    [c, b],
  ]) {
    const { name, uid } = owner.metadata;
    const reference = { apiVersion: 'v1', kind: 'ConfigMap', name, uid, blockOwnerDeletion: true };
    const patch = { metadata: { ownerReferences: [reference] } };
    client.patch(configMaps, 'default', object.metadata.name, patch);
  }
  sim.clock.runFor(1_000);
  client.delete(configMaps, 'default', 'a', { propagationPolicy: 'Foreground' });
  sim.clock.runFor(2_000);
  expect(namesIn(cluster)).toEqual([]);
});

test("orphans stay and are nobody's", () => {
  const cluster = startEmpty();
  const root = createMap(cluster, 'root');
  createMap(cluster, 'child', [root]);
  cluster.client.delete(configMaps, 'default', 'root', { propagationPolicy: 'Orphan' });
  cluster.sim.clock.runFor(1_000);
  expect(namesIn(cluster)).toEqual(['child']);
  expect(
    cluster.client.get(configMaps, 'default', 'child').metadata.ownerReferences,
  ).toBeUndefined();
});

test('a pod that belongs to a node goes with it', () => {
  const cluster = startCluster();
  const { client, sim } = cluster;
  postNode(cluster, 'n1');
  sim.clock.runFor(500);
  const { uid } = client.get(nodes, '', 'n1').metadata;
  const owner = { apiVersion: 'v1', kind: 'Node', name: 'n1', uid, controller: true };
  client.create(pods, {
    metadata: { name: 'mirror', namespace: 'kube-system', ownerReferences: [owner] },
    spec: { containers: [{ name: 'main', image: 'app:1' }] } as never,
  });
  sim.clock.runFor(500);
  client.delete(nodes, '', 'n1');
  sim.clock.runFor(1_000);
  expect(client.list(pods, 'kube-system').items).toEqual([]);
});

test.each(['Background', 'Foreground'] as const)(
  'deleting a Deployment (%s) leaves neither ReplicaSets nor pods',
  (propagationPolicy) => {
    const { client, sim } = startCluster();
    sim.clock.runFor(500);
    client.create(deployments, {
      metadata: { name: 'web', namespace: 'default' },
      spec: workloadSpec('web', { replicas: 3 }),
    });
    sim.clock.runFor(500);
    expect(client.list(pods, 'default').items).toHaveLength(3);
    client.delete(deployments, 'default', 'web', { propagationPolicy });
    sim.clock.runFor(2_000);
    expect(client.list(deployments, 'default').items).toEqual([]);
    expect(client.list(replicaSets, 'default').items).toEqual([]);
    expect(client.list(pods, 'default').items).toEqual([]);
  },
);
