import { beforeEach, expect, test } from 'vitest';
import { etcdSnapshots } from '../api/etcd-snapshot';
import { deployments, pods } from '../api/resource-ref';
import type { Pod } from '../api/types';
import type { Cluster } from './cluster';
import { createWholeCluster, restoreWholeCluster } from './whole-cluster';

let cluster: Cluster;
beforeEach(() => {
  cluster = createWholeCluster({ seed: 1, workers: 2 });
  cluster.boot();
});

function run(seconds: number): void {
  cluster.clock.runFor(seconds * 1000);
}

function deploy(name: string): void {
  const labels = { app: name };
  cluster.client.create(deployments, {
    metadata: { name, namespace: 'default' },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }] },
      },
    },
  } as never);
  run(40);
}

function names(): string[] {
  return cluster.client.list(deployments, 'default').items.map(({ metadata }) => metadata.name);
}

function running(): Pod[] {
  return cluster.client
    .list(pods, 'default')
    .items.filter(({ status }) => status.phase === 'Running');
}

/** Uids of pods that have containers, as their machines know them. */
function onMachines(): Set<string> {
  return new Set([...cluster.machineRoom.runningPods()].map(({ uid }) => uid));
}

function save(name: string): void {
  cluster.world.create(etcdSnapshots, { metadata: { name } });
}

function restore(name: string, restores = 1): void {
  cluster.world.patch(etcdSnapshots, '', name, { spec: { restores } }, { patchType: 'merge' });
}

test('a snapshot says what it holds', () => {
  save('before');
  const { revision, objectCount } = cluster.store;
  expect(cluster.world.get(etcdSnapshots, '', 'before').status).toEqual({
    revision,
    objects: objectCount,
  });
  expect(() => save('before')).toThrow('already exists');
});

test('a restore brings back what was, and forgets what came after, pods and all', () => {
  deploy('kept');
  const keptPods = running().map(({ metadata }) => metadata.uid);
  save('before');
  cluster.client.delete(deployments, 'default', 'kept');
  deploy('later');
  run(60);
  expect(names()).toEqual(['later']);
  const laterPods = running().map(({ metadata }) => metadata.uid);
  const { revision } = cluster.store;

  restore('before');
  run(0.01);
  expect(cluster.controlPlane.gate.isOpen).toBe(false);
  run(120);
  expect(names()).toEqual(['kept']);
  expect(cluster.store.revision).toBeGreaterThan(revision);
  // Its pods run again under the uids that they had; what was started since is gone.
  expect(running().map(({ metadata }) => metadata.uid)).toEqual(keptPods);
  const found = onMachines();
  expect(keptPods.every((uid) => found.has(uid))).toBe(true);
  expect(laterPods.some((uid) => found.has(uid))).toBe(false);
  // And the cluster goes on as any other.
  deploy('again');
  expect(names()).toEqual(['again', 'kept']);
  expect(running()).toHaveLength(4);
});

test('who watched must list again, for what came before is compacted', () => {
  const list = cluster.client.list(pods, 'default');
  deploy('web');
  save('before');
  deploy('later');
  restore('before');
  run(60);
  const request = { ref: pods, resourceVersion: list.resourceVersion, actor: 'test' };
  const sink = { event: () => undefined, closed: () => undefined };
  expect(() => cluster.controlPlanes.front.watch(request, sink)).toThrow(
    'too old resource version',
  );
});

test('snapshots are saved and loaded with the cluster, and can be restored again', () => {
  deploy('kept');
  save('before');
  cluster.client.delete(deployments, 'default', 'kept');
  run(60);
  cluster = restoreWholeCluster(structuredClone(cluster.save()));
  restore('before');
  run(60);
  expect(names()).toEqual(['kept']);
  cluster.client.delete(deployments, 'default', 'kept');
  restore('before', 2);
  run(60);
  expect(names()).toEqual(['kept']);
});

test('a snapshot whose name the server makes holds something too', () => {
  const { name } = cluster.world.create(etcdSnapshots, {
    metadata: { generateName: 'nightly-' },
  } as never).metadata;
  deploy('later');
  restore(name);
  run(60);
  expect(names()).toEqual([]);
});

test('three members come back together', () => {
  cluster = createWholeCluster({ seed: 1, preset: 'ha', workers: 2 });
  cluster.boot();
  deploy('kept');
  save('before');
  deploy('later');
  restore('before');
  run(120);
  expect(cluster.controlPlanes.etcd.members().every(({ isRunning }) => isRunning)).toBe(true);
  expect(names()).toEqual(['kept']);
});
