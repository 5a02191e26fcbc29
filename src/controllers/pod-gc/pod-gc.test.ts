import { expect, test } from 'vitest';
import { nodes, pods } from '../../api/resource-ref';
import type { Pod } from '../../api/types';
import { createPod, postNode, setReady } from '../../testing/controller-fixtures';
import { startCluster, type ControllerCluster } from '../../testing/controllers';

const namesIn = ({ client }: ControllerCluster): string[] =>
  client.list(pods, 'default').items.map(({ metadata }) => metadata.name);

test('pods of a node that is gone are marked failed and deleted after the quarantine', () => {
  const cluster = startCluster();
  const { client, sim, server } = cluster;
  postNode(cluster, 'n1');
  sim.clock.runFor(1_000);
  setReady(cluster, createPod(cluster, 'a', { nodeName: 'n1' }));
  sim.clock.runFor(1_000);
  let last: Pod | undefined;
  server.watch(
    { ref: pods as never, resourceVersion: client.list(pods).resourceVersion, actor: 'test' },
    { event: ({ object }) => (last = object as Pod), closed: () => undefined },
  );
  client.delete(nodes, '', 'n1');
  sim.clock.runFor(35_000);
  expect(namesIn(cluster)).toEqual(['a']);
  sim.clock.runFor(30_000);
  expect(namesIn(cluster)).toEqual([]);
  expect(last!.status.phase).toBe('Failed');
  expect(last!.status.conditions).toContainEqual(
    expect.objectContaining({
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByPodGC',
      message: 'PodGC: node no longer exists',
    }),
  );
});

test('the oldest terminated pods go when there are more than the threshold', () => {
  const cluster = startCluster({ settings: { terminatedPodThreshold: 2 } });
  const { client, sim } = cluster;
  sim.clock.runFor(1_000);
  for (const name of ['a', 'b', 'c', 'd']) {
    createPod(cluster, name);
    client.patch(pods, 'default', name, { status: { phase: 'Failed' } }, { subresource: 'status' });
    sim.clock.runFor(1_000);
  }
  sim.clock.runFor(40_000);
  expect(namesIn(cluster)).toEqual(['c', 'd']);
});

test('a pod that is on its node is left alone', () => {
  const cluster = startCluster();
  postNode(cluster, 'n1');
  cluster.sim.clock.runFor(1_000);
  createPod(cluster, 'a', { nodeName: 'n1' });
  cluster.sim.clock.runFor(120_000);
  expect(namesIn(cluster)).toEqual(['a']);
});
