import { expect, test } from 'vitest';
import { endpoints, endpointSlices, pods, services } from '../../api/resource-ref';
import type { EndpointSlice } from '../../api/types';
import { createPod, setReady } from '../../testing/controller-fixtures';
import { startCluster, type ControllerCluster } from '../../testing/controllers';

function startService(podCount: number, extra: object = {}): ControllerCluster {
  const cluster = startCluster();
  const { client, sim } = cluster;
  sim.clock.runFor(1_000);
  client.create(services, {
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...extra } as never,
  });
  for (let index = 0; index < podCount; index++) addPod(cluster, index);
  sim.clock.runFor(5_000);
  return cluster;
}

function addPod(cluster: ControllerCluster, index: number): void {
  const pod = createPod(cluster, `p${index}`, { labels: { app: 'web' } });
  setReady(cluster, pod, 'True', `10.244.${index >> 8}.${index & 255}`);
}

const slicesOf = ({ client }: ControllerCluster): EndpointSlice[] =>
  client.list(endpointSlices, 'default').items;
const sizesOf = (cluster: ControllerCluster): number[] =>
  slicesOf(cluster)
    .map(({ endpoints: listed = [] }) => listed.length)
    .sort((a, b) => a - b);

test('slices hold at most a hundred endpoints, and every pod is in one of them', () => {
  const cluster = startService(250);
  const sizes = sizesOf(cluster);
  expect(sizes.every((size) => size <= 100)).toBe(true);
  const addresses = slicesOf(cluster).flatMap(({ endpoints: listed = [] }) =>
    listed.flatMap((endpoint) => endpoint.addresses),
  );
  expect(addresses).toHaveLength(250);
  expect(new Set(addresses).size).toBe(250);
});

test('a pod that changes rewrites its own slice only', () => {
  const cluster = startService(150);
  const before = new Map(slicesOf(cluster).map(({ metadata }) => [metadata.name, metadata]));
  expect(before.size).toBeGreaterThan(1);
  const pod = cluster.client.get(pods, 'default', 'p0');
  setReady(cluster, pod, 'False', '10.244.0.0');
  cluster.sim.clock.runFor(1_000);
  const changed = slicesOf(cluster).filter(
    ({ metadata }) => before.get(metadata.name)?.resourceVersion !== metadata.resourceVersion,
  );
  expect(changed).toHaveLength(1);
  const endpoint = changed[0].endpoints!.find(({ targetRef }) => targetRef?.name === 'p0');
  expect(endpoint!.conditions).toEqual({ ready: false, serving: false, terminating: false });
});

test('pods with different ports under one name are in different slices', () => {
  const cluster = startService(0, { ports: [{ port: 80, targetPort: 'http' }] });
  const { sim } = cluster;
  for (const [index, containerPort] of [8080, 8080, 9090].entries()) {
    const ports = [{ name: 'http', containerPort }];
    const containers = [{ name: 'main', image: 'app:1', ports }];
    const pod = createPod(cluster, `q${index}`, { labels: { app: 'web' }, spec: { containers } });
    setReady(cluster, pod, 'True', `10.244.1.${index}`);
  }
  sim.clock.runFor(1_000);
  const shown = slicesOf(cluster).map(({ ports, endpoints: listed = [] }) => [
    ports?.[0]?.port,
    listed.length,
  ]);
  expect(shown.sort()).toEqual([
    [8080, 2],
    [9090, 1],
  ]);
});

test('a slice that somebody else deleted or changed is put right', () => {
  const cluster = startService(3);
  const { client, sim } = cluster;
  client.delete(endpointSlices, 'default', slicesOf(cluster)[0].metadata.name);
  sim.clock.runFor(1_000);
  expect(sizesOf(cluster)).toEqual([3]);
  client.update(endpointSlices, { ...slicesOf(cluster)[0], endpoints: [] });
  sim.clock.runFor(1_000);
  expect(sizesOf(cluster)).toEqual([3]);
});

test('a changed selector exchanges the endpoints', () => {
  const cluster = startService(2);
  const { client, sim } = cluster;
  setReady(cluster, createPod(cluster, 'db', { labels: { app: 'db' } }), 'True', '10.244.9.9');
  client.patch(services, 'default', 'web', { spec: { selector: { app: 'db' } } });
  sim.clock.runFor(2_000);
  const names = slicesOf(cluster).flatMap(({ endpoints: listed = [] }) =>
    listed.map(({ targetRef }) => targetRef?.name),
  );
  expect(names).toEqual(['db']);
  expect(client.get(endpoints, 'default', 'web').subsets?.[0].addresses).toEqual([
    { ip: '10.244.9.9', targetRef: expect.objectContaining({ name: 'db' }) },
  ]);
});

test('a terminating pod serves in its slice but is out of the Endpoints', () => {
  const cluster = startService(0);
  const { client, sim } = cluster;
  const pod = createPod(cluster, 'a', { labels: { app: 'web' }, nodeName: 'n1' });
  setReady(cluster, pod);
  sim.clock.runFor(1_000);
  client.delete(pods, 'default', 'a');
  sim.clock.runFor(1_000);
  expect(slicesOf(cluster)[0].endpoints![0].conditions).toEqual({
    ready: false,
    serving: true,
    terminating: true,
  });
  expect(client.get(endpoints, 'default', 'web').subsets ?? []).toEqual([]);
});

test('beyond a thousand addresses the Endpoints are cut off and say so', () => {
  const cluster = startService(1_010);
  cluster.sim.clock.runFor(30_000);
  const { metadata, subsets } = cluster.client.get(endpoints, 'default', 'web');
  expect(subsets![0].addresses).toHaveLength(1000);
  expect(metadata.annotations!['endpoints.kubernetes.io/over-capacity']).toBe('truncated');
});
