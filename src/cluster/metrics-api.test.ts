import { expect, test } from 'vitest';
import type { NodeMetrics, PodMetrics } from '../api/metrics';
import { machines, pods, services } from '../api/resource-ref';
import type { Cluster } from './cluster';
import { createWholeCluster, restoreWholeCluster } from './whole-cluster';

function start(): Cluster {
  const cluster = createWholeCluster({ seed: 1, workers: 2 });
  cluster.boot();
  return cluster;
}

function get(cluster: Cluster, path: string, accept = 'application/json') {
  const url = '/apis/metrics.k8s.io/v1beta1/' + path;
  const { status, body } = cluster.handle({ method: 'GET', path: url, headers: { accept } });
  return { status, body: JSON.parse(body) as { items: never[] } & Record<string, unknown> };
}

function run({ client }: Cluster, name: string, container: object): void {
  client.create(pods, {
    metadata: { name, namespace: 'default', labels: { app: name } },
    spec: { containers: [{ name: 'main', image: 'busybox', ...container }] },
  } as never);
}

const busy = { command: ['sh', '-c', 'while true; do :; done'] };
const cores = (usage: { cpu: string }): number => Number(usage.cpu.replace('n', '')) / 1e9;

function coresOf(cluster: Cluster, name: string): number {
  const { containers } = get(cluster, `namespaces/default/pods/${name}`)
    .body as unknown as PodMetrics;
  return cores(containers[0].usage as { cpu: string });
}

test('a pod is measured once it has run for a while', () => {
  const cluster = start();
  run(cluster, 'busy', busy);
  cluster.clock.runFor(5_000);
  expect(get(cluster, 'namespaces/default/pods/busy').body).toMatchObject({
    code: 404,
    message: 'podmetrics.metrics.k8s.io "default/busy" not found',
  });
  cluster.clock.runFor(40_000);
  expect(coresOf(cluster, 'busy')).toBeGreaterThan(0.9);
  expect(get(cluster, 'pods?labelSelector=app%3Dbusy').body.items).toHaveLength(1);
  expect(get(cluster, 'pods?labelSelector=app%3Dother').body.items).toEqual([]);
});

test('figures stand still between two moments, and limits hold', () => {
  const cluster = start();
  run(cluster, 'busy', { ...busy, resources: { limits: { cpu: '200m', memory: '64Mi' } } });
  cluster.clock.runFor(60_000 - (cluster.clock.nowMs % 15_000));
  const first = get(cluster, 'pods').body.items;
  cluster.clock.runFor(14_000);
  const without = (items: PodMetrics[]) => items.map(({ metadata: _metadata, ...rest }) => rest);
  expect(without(get(cluster, 'pods').body.items)).toEqual(without(first));
  cluster.clock.runFor(2_000);
  expect(without(get(cluster, 'pods').body.items)).not.toEqual(without(first));
  expect(coresOf(cluster, 'busy')).toBeLessThanOrEqual(0.2);
});

test('who calls a Service in a loop loads the pods behind it', () => {
  const cluster = start();
  const { client } = cluster;
  run(cluster, 'web', { image: 'registry.k8s.io/hpa-example' });
  client.create(services, {
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
  } as never);
  cluster.clock.runFor(60_000);
  expect(coresOf(cluster, 'web')).toBeLessThan(0.01);
  const script = 'while sleep 0.01; do wget -q -O- http://web.default.svc.cluster.local; done';
  run(cluster, 'load', { command: ['sh', '-c', script] });
  cluster.clock.runFor(60_000);
  expect(coresOf(cluster, 'web')).toBeGreaterThan(0.5);
});

test('a node that nobody hears of is not measured', () => {
  const cluster = start();
  cluster.clock.runFor(60_000);
  const names = (): string[] =>
    (get(cluster, 'nodes').body.items as NodeMetrics[]).map(({ metadata }) => metadata.name);
  expect(names()).toEqual(['m1', 'n1', 'n2']);
  cluster.world.patch(machines, '', 'n2', { spec: { power: 'Off' } });
  cluster.clock.runFor(90_000);
  expect(names()).toEqual(['m1', 'n1']);
});

test('it shows as a table, is told of by discovery, and comes back with a saved cluster', () => {
  const cluster = start();
  cluster.clock.runFor(60_000);
  const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';
  const { columnDefinitions } = get(cluster, 'nodes', table).body as unknown as {
    columnDefinitions: { name: string }[];
  };
  expect(columnDefinitions.map(({ name }) => name)).toEqual(['Name', 'cpu', 'memory', 'Window']);
  const restored = restoreWholeCluster(structuredClone(cluster.save()));
  for (const each of [cluster, restored]) {
    expect(get(each, '').body).toMatchObject({
      groupVersion: 'metrics.k8s.io/v1beta1',
      resources: [
        { name: 'nodes', namespaced: false, kind: 'NodeMetrics', verbs: ['get', 'list'] },
        { name: 'pods', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
      ],
    });
  }
});

test('an empty control plane has none', () => {
  const cluster = createWholeCluster({ seed: 1, preset: 'empty' });
  cluster.clock.runFor(1_000);
  const path = '/apis/metrics.k8s.io/v1beta1/nodes';
  expect(cluster.handle({ method: 'GET', path }).status).toBe(404);
});
