import { expect, test } from 'vitest';
import { pods, replicaSets } from '../../api/resource-ref';
import { forbidden } from '../../api/status-error';
import type { ReplicaSet } from '../../api/types';
import { createPod, setAllReady, workloadSpec } from '../../testing/controller-fixtures';
import { startCluster, type ControllerCluster } from '../../testing/controllers';

function startSet(extra: object): ControllerCluster {
  const cluster = startCluster();
  cluster.sim.clock.runFor(1_000);
  cluster.client.create(replicaSets, {
    metadata: { name: 'rs', namespace: 'default' },
    spec: workloadSpec('rs', extra),
  });
  return cluster;
}

const statusOf = ({ client }: ControllerCluster): ReplicaSet['status'] =>
  client.get<ReplicaSet>(replicaSets, 'default', 'rs').status;
const podCount = ({ client }: ControllerCluster): number =>
  client.list(pods, 'default').items.length;

test('more than five hundred pods are made in bursts', () => {
  const cluster = startSet({ replicas: 1_200 });
  cluster.sim.clock.runFor(500);
  expect(podCount(cluster)).toBe(500);
  cluster.sim.clock.runFor(20_000);
  expect(podCount(cluster)).toBe(1_200);
  expect(statusOf(cluster)).toEqual({
    replicas: 1_200,
    fullyLabeledReplicas: 1_200,
    observedGeneration: 1,
    terminatingReplicas: 0,
  });
});

test('terminating pods are counted apart until they have gone', () => {
  const cluster = startSet({ replicas: 2 });
  const { client, sim } = cluster;
  sim.clock.runFor(500);
  const [first] = client.list(pods, 'default').items;
  client.bind('default', first.metadata.name, first.metadata.uid, 'n1');
  client.delete(pods, 'default', first.metadata.name);
  sim.clock.runFor(500);
  expect(statusOf(cluster)).toMatchObject({ replicas: 2, terminatingReplicas: 1 });
  client.delete(pods, 'default', first.metadata.name, { gracePeriodSeconds: 0 });
  sim.clock.runFor(500);
  expect(statusOf(cluster)).toMatchObject({ replicas: 2, terminatingReplicas: 0 });
});

test('a ready pod is available only after minReadySeconds', () => {
  const cluster = startSet({ replicas: 2, minReadySeconds: 10 });
  cluster.sim.clock.runFor(500);
  setAllReady(cluster);
  cluster.sim.clock.runFor(8_000);
  expect(statusOf(cluster)).toMatchObject({ readyReplicas: 2 });
  expect(statusOf(cluster).availableReplicas).toBeUndefined();
  cluster.sim.clock.runFor(3_000);
  expect(statusOf(cluster)).toMatchObject({ readyReplicas: 2, availableReplicas: 2 });
});

test('a refusal is a condition, an Event, and a reason to start slowly', () => {
  const cluster = startCluster();
  const { server, sim } = cluster;
  sim.clock.runFor(1_000);
  const request = server.request.bind(server);
  let tries = 0;
  let isRefusing = true;
  server.request = (asked) => {
    if (isRefusing && asked.verb === 'create' && asked.ref.key === 'pods') {
      tries++;
      throw forbidden(pods, 'rs-x', 'no room');
    }
    return request(asked);
  };
  cluster.client.create(replicaSets, {
    metadata: { name: 'rs', namespace: 'default' },
    spec: workloadSpec('rs', { replicas: 50 }),
  });
  sim.clock.runFor(30);
  expect(tries).toBeLessThan(5);
  expect(statusOf(cluster).conditions).toEqual([
    expect.objectContaining({
      type: 'ReplicaFailure',
      status: 'True',
      reason: 'FailedCreate',
      message: 'pods "rs-x" is forbidden: no room',
    }),
  ]);
  expect(cluster.eventsIn('default')[0]).toBe(
    'FailedCreate ReplicaSet/rs: Error creating: pods "rs-x" is forbidden: no room',
  );
  isRefusing = false;
  sim.clock.runFor(10_000);
  expect(podCount(cluster)).toBe(50);
  expect(statusOf(cluster).conditions).toBeUndefined();
});

test('pods of another owner are left alone, orphans that match are taken', () => {
  const cluster = startCluster();
  const { client, sim } = cluster;
  sim.clock.runFor(1_000);
  const other = { apiVersion: 'v1', kind: 'Thing', name: 'x', uid: 'x', controller: true };
  const labels = { app: 'rs' };
  createPod(cluster, 'theirs', { labels, metadata: { ownerReferences: [other] } });
  createPod(cluster, 'orphan', { labels });
  client.create(replicaSets, {
    metadata: { name: 'rs', namespace: 'default' },
    spec: workloadSpec('rs', { replicas: 1 }),
  });
  sim.clock.runFor(1_000);
  const owners = client
    .list(pods, 'default')
    .items.map(({ metadata }) => [metadata.name, metadata.ownerReferences?.[0].name]);
  expect(owners.sort()).toEqual([
    ['orphan', 'rs'],
    ['theirs', 'x'],
  ]);
});
