import { expect, test } from 'vitest';
import { persistentVolumeClaims, statefulSets } from '../../api/extension-refs';
import type { StatefulSet } from '../../api/extension-types';
import { machines, pods } from '../../api/resource-ref';
import type { Pod } from '../../api/types';
import type { Cluster } from '../../cluster/cluster';
import { createWholeCluster } from '../../cluster/whole-cluster';
import { podTemplate, workloadSpec } from '../../testing/controller-fixtures';

function startSet(extra: object, workers = 2): Cluster {
  const cluster = createWholeCluster({ seed: 1, workers });
  cluster.boot();
  cluster.client.create(statefulSets, {
    metadata: { name: 'web', namespace: 'default' },
    spec: workloadSpec('web', {
      serviceName: 'web',
      template: podTemplate('web', 'nginx:1.27'),
      ...extra,
    }),
  });
  return cluster;
}

const podsOf = ({ client }: Cluster): Pod[] => client.list(pods, 'default').items;
const setOf = ({ client }: Cluster): StatefulSet => client.get(statefulSets, 'default', 'web');

function patchSet({ client }: Cluster, spec: object): void {
  client.patch(statefulSets, 'default', 'web', { spec });
}

/**
 * What there is each time that it changes: pods with their image, '+' when ready, '-' when going.
 */
function timeline(cluster: Cluster, seconds: number): string[] {
  const lines: string[] = [];
  for (let step = 0; step < seconds * 500; step++) {
    cluster.clock.runFor(2);
    const line = podsOf(cluster).map(describePod).sort().join(' ');
    if (line !== lines.at(-1)) lines.push(line);
  }
  return lines;
}

function describePod({ metadata, spec, status }: Pod): string {
  const isReady = status.conditions?.some(
    (each) => each.type === 'Ready' && each.status === 'True',
  );
  const going = metadata.deletionTimestamp ? '-' : '';
  const version = spec.containers[0].image!.replace('nginx:1.', '');
  return `${metadata.name}:${version}${isReady ? '+' : ''}${going}`;
}

test('pods start one after the other and stop from the last', () => {
  const cluster = startSet({ replicas: 3 });
  expect(timeline(cluster, 30)).toEqual([
    '',
    'web-0:27',
    'web-0:27+',
    'web-0:27+ web-1:27',
    'web-0:27+ web-1:27+',
    'web-0:27+ web-1:27+ web-2:27',
    'web-0:27+ web-1:27+ web-2:27+',
  ]);
  patchSet(cluster, { replicas: 1 });
  expect(timeline(cluster, 10)).toEqual([
    'web-0:27+ web-1:27+ web-2:27+',
    'web-0:27+ web-1:27+ web-2:27+-',
    'web-0:27+ web-1:27+',
    'web-0:27+ web-1:27+-',
    'web-0:27+',
  ]);
});

test('a pod knows its number, its name and its service', () => {
  const cluster = startSet({ replicas: 1, ordinals: { start: 5 } });
  cluster.clock.runFor(10_000);
  const [{ metadata, spec }] = podsOf(cluster);
  expect(metadata.labels).toEqual({
    app: 'web',
    'apps.kubernetes.io/pod-index': '5',
    'controller-revision-hash': setOf(cluster).status.updateRevision,
    'statefulset.kubernetes.io/pod-name': 'web-5',
  });
  expect([metadata.name, spec.hostname, spec.subdomain]).toEqual(['web-5', 'web-5', 'web']);
});

test('a rolling update replaces pods from the last down to the partition', () => {
  const cluster = startSet({ replicas: 3, podManagementPolicy: 'Parallel' });
  cluster.clock.runFor(20_000);
  const first = setOf(cluster).status.currentRevision;
  const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 1 } };
  patchSet(cluster, { updateStrategy, template: podTemplate('web', 'nginx:1.28') });
  const images = timeline(cluster, 60).at(-1);
  expect(images).toBe('web-0:27+ web-1:28+ web-2:28+');
  const { currentRevision, updateRevision, currentReplicas, updatedReplicas } =
    setOf(cluster).status;
  expect(currentRevision).toBe(first);
  expect(updateRevision).not.toBe(first);
  expect([currentReplicas, updatedReplicas]).toEqual([1, 2]);
  // Below the partition a pod comes back as it was.
  cluster.client.delete(pods, 'default', 'web-0');
  expect(timeline(cluster, 20).at(-1)).toBe('web-0:27+ web-1:28+ web-2:28+');
  patchSet(cluster, { updateStrategy: { rollingUpdate: { partition: 0 } } });
  expect(timeline(cluster, 20).at(-1)).toBe('web-0:28+ web-1:28+ web-2:28+');
  expect(setOf(cluster).status).toMatchObject({
    currentRevision: updateRevision,
    currentReplicas: 3,
    updatedReplicas: 3,
  });
});

test('going back to an earlier template gives its revision the highest number', () => {
  const cluster = startSet({ replicas: 1 });
  cluster.clock.runFor(10_000);
  const first = setOf(cluster).status.updateRevision;
  patchSet(cluster, { template: podTemplate('web', 'nginx:1.28') });
  cluster.clock.runFor(20_000);
  patchSet(cluster, { template: podTemplate('web', 'nginx:1.27') });
  cluster.clock.runFor(20_000);
  expect(setOf(cluster).status.updateRevision).toBe(first);
  expect(timeline(cluster, 1)).toEqual(['web-0:27+']);
});

test('an absurd number of replicas is begun with, and nothing breaks', () => {
  const cluster = startSet({ replicas: 2_147_483_647, podManagementPolicy: 'Parallel' });
  cluster.clock.runFor(100);
  expect(podsOf(cluster)).toHaveLength(500);
  patchSet(cluster, { replicas: 0 });
  cluster.clock.runFor(60_000);
  expect(podsOf(cluster)).toEqual([]);
});

test('with OnDelete only deleted pods come back new', () => {
  const cluster = startSet({ replicas: 2, updateStrategy: { type: 'OnDelete' } });
  cluster.clock.runFor(20_000);
  patchSet(cluster, { template: podTemplate('web', 'nginx:1.28') });
  cluster.clock.runFor(5_000);
  cluster.client.delete(pods, 'default', 'web-0');
  expect(timeline(cluster, 20).at(-1)).toBe('web-0:28+ web-1:27+');
});

test('the pod of a node that nobody hears of is not replaced until it is gone', () => {
  const cluster = startSet({ replicas: 1 });
  cluster.clock.runFor(10_000);
  const [lost] = podsOf(cluster);
  cluster.world.patch(machines, '', lost.spec.nodeName!, { spec: { power: 'Off' } });
  cluster.clock.runFor(20 * 60_000);
  const [still] = podsOf(cluster);
  expect(still.metadata.uid).toBe(lost.metadata.uid);
  expect(still.metadata.deletionTimestamp).toBeDefined();
  cluster.client.delete(pods, 'default', 'web-0', { gracePeriodSeconds: 0 });
  cluster.clock.runFor(10_000);
  const [next] = podsOf(cluster);
  expect(next.metadata.uid).not.toBe(lost.metadata.uid);
  expect(next.spec.nodeName).not.toBe(lost.spec.nodeName);
  expect(describePod(next)).toBe('web-0:27+');
});

const CLAIMS = [
  {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
];

test.each([
  [{ whenDeleted: 'Retain', whenScaled: 'Retain' }, ['', ''], ['', '']],
  [{ whenDeleted: 'Delete', whenScaled: 'Retain' }, ['web', 'web'], ['web', 'web']],
  [{ whenDeleted: 'Retain', whenScaled: 'Delete' }, ['', ''], ['', 'web-1']],
  [{ whenDeleted: 'Delete', whenScaled: 'Delete' }, ['web', 'web'], ['web', 'web-1']],
])('claims of %o are owned by %o, then by %o', (policy, before, after) => {
  const cluster = startSet({
    replicas: 2,
    podManagementPolicy: 'Parallel',
    volumeClaimTemplates: CLAIMS,
    persistentVolumeClaimRetentionPolicy: policy,
  });
  const owners = (): string[] =>
    cluster.client
      .list(persistentVolumeClaims, 'default')
      .items.map(({ metadata }) => metadata.ownerReferences?.[0].name ?? '');
  cluster.clock.runFor(5_000);
  expect(owners()).toEqual(before);
  // A finalizer holds the pod, so that its claim can be looked at.
  cluster.client.patch(pods, 'default', 'web-1', { metadata: { finalizers: ['test/hold'] } });
  patchSet(cluster, { replicas: 1 });
  cluster.clock.runFor(5_000);
  expect(owners()).toEqual(after);
});
