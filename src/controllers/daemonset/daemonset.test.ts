import { expect, test } from 'vitest';
import { daemonSets, nodes, pods } from '../../api/resource-ref';
import type { DaemonSet, Pod } from '../../api/types';
import {
  podTemplate,
  postNode,
  setAllReady,
  workloadSpec,
} from '../../testing/controller-fixtures';
import { startCluster, type ControllerCluster } from '../../testing/controllers';
import { targetNodeOf } from './node-placement';

/** A cluster with nodes n1, n2, ... and a ready DaemonSet 'agent', with every pod on its node. */
function startAgent(nodeCount: number, extra: object = {}): ControllerCluster {
  const cluster = startCluster();
  for (let index = 1; index <= nodeCount; index++) postNode(cluster, `n${index}`);
  cluster.sim.clock.runFor(500);
  cluster.client.create(daemonSets, {
    metadata: { name: 'agent', namespace: 'default' },
    spec: workloadSpec('agent', extra),
  });
  settle(cluster);
  return cluster;
}

/** Stands in for scheduler and kubelets until nothing moves. */
function settle(cluster: ControllerCluster, rounds = 3): void {
  for (let round = 0; round < rounds; round++) {
    cluster.sim.clock.runFor(500);
    step(cluster);
  }
  cluster.sim.clock.runFor(500);
}

function step(cluster: ControllerCluster): void {
  const { client } = cluster;
  for (const pod of podsOf(cluster)) {
    const { name, uid, deletionTimestamp } = pod.metadata;
    if (deletionTimestamp) client.delete(pods, 'default', name, { gracePeriodSeconds: 0 });
    else if (!pod.spec.nodeName) client.bind('default', name, uid, targetNodeOf(pod));
  }
  setAllReady(cluster);
}

const podsOf = ({ client }: ControllerCluster): Pod[] => client.list(pods, 'default').items;
const nodesOf = (cluster: ControllerCluster): string[] => podsOf(cluster).map(targetNodeOf).sort();
const agent = ({ client }: ControllerCluster): DaemonSet =>
  client.get(daemonSets, 'default', 'agent');

function changeImage({ client }: ControllerCluster, image: string): void {
  const spec = { template: podTemplate('agent', image) };
  client.patch(daemonSets, 'default', 'agent', { spec });
}

const imagesOf = (cluster: ControllerCluster): string[] =>
  podsOf(cluster)
    .map(({ spec }) => spec.containers[0].image!)
    .sort();

test('every node gets one pod, a new node too, and the pod of a tainted node stays', () => {
  const cluster = startAgent(2);
  const { client } = cluster;
  expect(nodesOf(cluster)).toEqual(['n1', 'n2']);
  const taints = [{ key: 'special', effect: 'NoSchedule' }];
  client.patch(nodes, '', 'n2', { spec: { taints } });
  postNode(cluster, 'n3');
  settle(cluster);
  expect(nodesOf(cluster)).toEqual(['n1', 'n2', 'n3']);
  expect(agent(cluster).status).toEqual({
    currentNumberScheduled: 2,
    numberMisscheduled: 1,
    desiredNumberScheduled: 2,
    numberReady: 2,
    observedGeneration: 1,
    updatedNumberScheduled: 2,
    numberAvailable: 2,
  });
});

test('a NoExecute taint that is not tolerated takes the pod away', () => {
  const cluster = startAgent(2);
  const taints = [{ key: 'gone', effect: 'NoExecute' }];
  cluster.client.patch(nodes, '', 'n2', { spec: { taints } });
  settle(cluster);
  expect(nodesOf(cluster)).toEqual(['n1']);
});

test('a failed pod is replaced, with an Event that says so', () => {
  const cluster = startAgent(1);
  const { name } = podsOf(cluster)[0].metadata;
  const failed = { status: { phase: 'Failed' } };
  cluster.client.patch(pods, 'default', name, failed, { subresource: 'status' });
  settle(cluster);
  expect(podsOf(cluster).map(({ metadata }) => metadata.name)).not.toContain(name);
  expect(nodesOf(cluster)).toEqual(['n1']);
  const message = `Found failed daemon pod default/${name} on node n1, will try to kill it`;
  expect(cluster.eventsIn('default')).toContain(`FailedDaemonPod DaemonSet/agent: ${message}`);
});

test('a rolling update takes one node at a time unless told otherwise', () => {
  const cluster = startAgent(3);
  changeImage(cluster, 'app:2');
  cluster.sim.clock.runFor(500);
  const going = podsOf(cluster).filter(({ metadata }) => metadata.deletionTimestamp);
  expect(going).toHaveLength(1);
  settle(cluster, 8);
  expect(imagesOf(cluster)).toEqual(['app:2', 'app:2', 'app:2']);
  expect(agent(cluster).status).toMatchObject({ updatedNumberScheduled: 3, numberAvailable: 3 });
});

test('with maxSurge the new pod stands beside the old one until it is ready', () => {
  const rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };
  const cluster = startAgent(2, { updateStrategy: { type: 'RollingUpdate', rollingUpdate } });
  changeImage(cluster, 'app:2');
  cluster.sim.clock.runFor(500);
  expect(imagesOf(cluster)).toEqual(['app:1', 'app:1', 'app:2']);
  settle(cluster, 8);
  expect(imagesOf(cluster)).toEqual(['app:2', 'app:2']);
});

test('with OnDelete only what a person deletes comes back new', () => {
  const cluster = startAgent(2, { updateStrategy: { type: 'OnDelete' } });
  changeImage(cluster, 'app:2');
  settle(cluster);
  expect(imagesOf(cluster)).toEqual(['app:1', 'app:1']);
  cluster.client.delete(pods, 'default', podsOf(cluster)[0].metadata.name);
  settle(cluster);
  expect(imagesOf(cluster)).toEqual(['app:1', 'app:2']);
});
