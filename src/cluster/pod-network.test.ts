import { expect, test } from 'vitest';
import { deployments, pods, services } from '../api/resource-ref';
import type { Pod } from '../api/types';
import type { Cluster } from './cluster';
import { createWholeCluster } from './whole-cluster';

const NAMESPACE = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';

const wait = (name: string, host: string): object => ({
  name,
  image: 'busybox:1.28',
  command: ['sh', '-c', `until nslookup ${host}; do echo waiting for ${host}; sleep 2; done`],
});

function startWaiting(): Cluster {
  const cluster = createWholeCluster({ seed: 1 });
  cluster.clock.runFor(60_000);
  cluster.client.create(pods, {
    metadata: { name: 'app', namespace: 'default' },
    spec: {
      initContainers: [
        wait('first', 'db'),
        wait('second', `cache.$(cat ${NAMESPACE}).svc.cluster.local`),
      ],
      containers: [{ name: 'app', image: 'busybox:1.28', command: ['sleep', '3600'] }],
    },
  } as never);
  cluster.clock.runFor(30_000);
  return cluster;
}

function service(cluster: Cluster, name: string, spec: object): void {
  cluster.client.create(services, {
    metadata: { name, namespace: 'default' },
    spec: { ports: [{ port: 80 }], ...spec },
  } as never);
  cluster.clock.runFor(10_000);
}

function stateOf(cluster: Cluster): string[] {
  const { status } = cluster.client.get(pods, 'default', 'app') as Pod;
  const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return all.map(({ name, state = {} }) => `${name} ${Object.keys(state)[0]}`);
}

test('an init container waits until the Service that it asks for is there', () => {
  const cluster = startWaiting();
  expect(stateOf(cluster)).toEqual(['first running', 'second waiting', 'app waiting']);
  service(cluster, 'db', {});
  expect(stateOf(cluster)).toEqual(['first terminated', 'second running', 'app waiting']);
  service(cluster, 'cache', {});
  expect(stateOf(cluster)).toEqual(['first terminated', 'second terminated', 'app running']);
});

test('the name of a headless Service is known once somebody is behind it', () => {
  const cluster = startWaiting();
  service(cluster, 'db', { clusterIP: 'None', selector: { app: 'db' } });
  expect(stateOf(cluster)[0]).toBe('first running');
  cluster.client.create(deployments, {
    metadata: { name: 'db', namespace: 'default' },
    spec: {
      selector: { matchLabels: { app: 'db' } },
      template: {
        metadata: { labels: { app: 'db' } },
        spec: { containers: [{ name: 'db', image: 'nginx:1.27' }] },
      },
    },
  } as never);
  cluster.clock.runFor(30_000);
  expect(stateOf(cluster)[0]).toBe('first terminated');
});
