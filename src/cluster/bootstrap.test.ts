import { expect, test } from 'vitest';
import { endpoints, endpointSlices, namespaces, services } from '../api/resource-ref';
import { createCluster } from './cluster';
import { bootstrapApi } from './bootstrap';

function started() {
  const cluster = createCluster({ seed: 1, preset: 'empty' });
  cluster.clock.runFor(1000);
  return cluster;
}

test('an API server begins with its namespaces, priority classes and its own Service', () => {
  const { client, store } = started();
  const names = (table: string): string[] => store.list(table).map(({ metadata }) => metadata.name);
  expect(names(namespaces.key)).toEqual([
    'default',
    'kube-node-lease',
    'kube-public',
    'kube-system',
  ]);
  expect(names('priorityclasses.scheduling.k8s.io')).toEqual([
    'system-cluster-critical',
    'system-node-critical',
  ]);
  expect(client.get(services, 'default', 'kubernetes').spec).toMatchObject({
    type: 'ClusterIP',
    clusterIP: '10.96.0.1',
    ports: [{ name: 'https', port: 443, targetPort: 6443, protocol: 'TCP' }],
  });
  const [subset] = client.get(endpoints, 'default', 'kubernetes').subsets!;
  expect(subset.addresses).toEqual([{ ip: '10.0.0.10' }]);
  expect(client.get(endpointSlices, 'default', 'kubernetes').endpoints![0].addresses).toEqual([
    '10.0.0.10',
  ]);
});

test('what is there already is left as it is', () => {
  const { client, store } = started();
  const { revision } = store;
  bootstrapApi(client, '10.0.0.10', '10.96.0.0/12');
  expect(store.revision).toBe(revision);
});

test('what was deleted comes back at the next start', () => {
  const { client, store } = started();
  client.delete(services, 'default', 'kubernetes');
  bootstrapApi(client, '10.0.0.10', '10.96.0.0/12');
  expect(store.get(services.key, 'default', 'kubernetes')).toBeDefined();
});
