import { expect, test } from 'vitest';
import { controllerRevisions } from '../../api/extension-refs';
import type { ControllerRevision } from '../../api/extension-types';
import { daemonSets, pods } from '../../api/resource-ref';
import { createCluster } from '../../cluster/cluster';
import { extension } from '../../cluster/extension';
import { podTemplate, postNode, workloadSpec } from '../../testing/controller-fixtures';
import { startCluster, type ControllerCluster } from '../../testing/controllers';

const HASH = 'controller-revision-hash';

function startDaemon(): ControllerCluster {
  const cluster = startCluster();
  postNode(cluster, 'n1');
  cluster.client.create(daemonSets, {
    metadata: { name: 'agent', namespace: 'default' },
    spec: workloadSpec('agent'),
  });
  cluster.sim.clock.runFor(3_000);
  return cluster;
}

const revisionsOf = ({ client }: Pick<ControllerCluster, 'client'>): ControllerRevision[] =>
  client.list(controllerRevisions, 'default').items;
const podHashes = ({ client }: ControllerCluster): (string | undefined)[] =>
  client.list(pods, 'default').items.map(({ metadata }) => metadata.labels?.[HASH]);

test('a revision keeps the patch that brings its template back', () => {
  const [{ metadata, data, revision }] = revisionsOf(startDaemon());
  expect([revision, metadata.labels?.app]).toEqual([1, 'agent']);
  expect(metadata.name).toBe(`agent-${metadata.labels?.[HASH]}`);
  expect(data).toMatchObject({ spec: { template: { $patch: 'replace' } } });
});

test('of two revisions of one template the newer stays, and pods are labelled after it', () => {
  const cluster = startDaemon();
  const [first] = revisionsOf(cluster);
  const { labels, ownerReferences } = first.metadata;
  cluster.client.create(controllerRevisions, {
    metadata: {
      name: 'by-hand',
      namespace: 'default',
      labels: { app: labels!.app },
      ownerReferences,
    },
    data: first.data,
    revision: 2,
  });
  cluster.sim.clock.runFor(3_000);
  // Nobody looks until the DaemonSet has to be reconciled for another reason.
  expect(revisionsOf(cluster)).toHaveLength(2);
  cluster.client.patch(daemonSets, 'default', 'agent', { metadata: { labels: { look: 'again' } } });
  cluster.sim.clock.runFor(3_000);
  expect(revisionsOf(cluster).map(({ metadata, revision }) => [metadata.name, revision])).toEqual([
    ['by-hand', 2],
  ]);
  expect(podHashes(cluster)).toEqual(['by-hand']);
});

test('a revision that is deleted while it is current is made again', () => {
  const cluster = startDaemon();
  const [first] = revisionsOf(cluster);
  cluster.client.delete(controllerRevisions as never, 'default', first.metadata.name);
  cluster.sim.clock.runFor(3_000);
  expect(revisionsOf(cluster).map(({ metadata }) => metadata.name)).toEqual([first.metadata.name]);
  expect(podHashes(cluster)).toHaveLength(1);
});

test('a name that is taken by another template makes for another hash', () => {
  const cluster = startDaemon();
  const { client, sim } = cluster;
  const [first] = revisionsOf(cluster);
  const template = podTemplate('agent', 'app:2');
  client.delete(daemonSets as never, 'default', 'agent', { propagationPolicy: 'Orphan' });
  sim.clock.runFor(3_000);
  client.delete(controllerRevisions as never, 'default', first.metadata.name);
  client.create(controllerRevisions, {
    metadata: { name: first.metadata.name, namespace: 'default' },
    data: { spec: { template } } as never,
    revision: 1,
  });
  client.create(daemonSets, {
    metadata: { name: 'agent', namespace: 'default' },
    spec: workloadSpec('agent'),
  });
  sim.clock.runFor(5_000);
  const made = client.get(daemonSets, 'default', 'agent');
  expect(made.status.collisionCount).toBe(1);
  expect(revisionsOf(cluster)).toHaveLength(2);
});

test('a DaemonSet of before the extension gets its history, and keeps its pods', () => {
  const cluster = createCluster({ seed: 1, workers: 1 });
  cluster.boot();
  const before = cluster.client.list(pods, 'kube-system').items.map(({ metadata }) => metadata.uid);
  cluster.extend(extension);
  cluster.clock.runFor(10_000);
  const after = cluster.client.list(pods, 'kube-system').items.map(({ metadata }) => metadata.uid);
  expect(after).toEqual(before);
  const made = cluster.client.list(controllerRevisions, 'kube-system').items;
  const owners = made.map(({ metadata }) => metadata.ownerReferences?.[0].name);
  const daemons = cluster.client.list(daemonSets, 'kube-system').items;
  expect(owners.sort()).toEqual(daemons.map(({ metadata }) => metadata.name).sort());
});
