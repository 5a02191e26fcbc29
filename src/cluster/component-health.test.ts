import { expect, test } from 'vitest';
import { machines } from '../api/resource-ref';
import type { Cluster } from './cluster';
import { createWholeCluster } from './whole-cluster';

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

function start(): Cluster {
  const cluster = createWholeCluster({ seed: 1, workers: 1 });
  cluster.boot();
  return cluster;
}

function get(cluster: Cluster, name = '', accept = 'application/json') {
  const path = `/api/v1/componentstatuses${name}`;
  const { status, headers, body } = cluster.handle({
    method: 'GET',
    path,
    headers: { accept },
  });
  return { status, headers, body: JSON.parse(body) as Record<string, unknown> };
}

function rows(cluster: Cluster): unknown[][] {
  const { rows: all } = get(cluster, '', TABLE).body as {
    rows: { cells: unknown[] }[];
  };
  return all.map(({ cells }) => cells);
}

test('all programs of a cluster that has booted are healthy, and a client is warned', () => {
  const cluster = start();
  expect(rows(cluster)).toEqual([
    ['scheduler', 'Healthy', 'ok', ''],
    ['controller-manager', 'Healthy', 'ok', ''],
    ['etcd-0', 'Healthy', 'ok', ''],
  ]);
  expect(JSON.stringify(get(cluster).headers)).toContain(
    'v1 ComponentStatus is deprecated in v1.19+',
  );
  expect(get(cluster, '/etcd-0').body).toEqual({
    kind: 'ComponentStatus',
    apiVersion: 'v1',
    metadata: { name: 'etcd-0' },
    conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }],
  });
});

test('a scheduler that was stopped refuses', () => {
  const cluster = start();
  const spec = { programs: { 'kube-scheduler': { state: 'Stopped' } } };
  cluster.world.patch(machines, '', 'm1', { spec }, { patchType: 'merge' });
  cluster.clock.runFor(30_000);
  expect(rows(cluster)[0]).toEqual([
    'scheduler',
    'Unhealthy',
    'Get "https://127.0.0.1:10259/healthz": dial tcp 127.0.0.1:10259: connect: connection refused',
    '',
  ]);
});

test('a component that does not exist is an error of the server', () => {
  expect(get(start(), '/kubelet')).toMatchObject({
    status: 500,
    body: { message: 'Component not found: kubelet', code: 500 },
  });
});
