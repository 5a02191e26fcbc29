import { expect, test } from 'vitest';
import { configMaps, deployments, namespaces, pods, serviceAccounts } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import type { Namespace } from '../../api/types';
import { workloadSpec } from '../../testing/controller-fixtures';
import { startCluster, type ControllerCluster } from '../../testing/controllers';

function startNamespace(): ControllerCluster {
  const cluster = startCluster();
  cluster.sim.clock.runFor(500);
  cluster.client.create(namespaces, { metadata: { name: 'shop' }, spec: {} });
  cluster.sim.clock.runFor(500);
  return cluster;
}

function find({ client }: ControllerCluster): Namespace | undefined {
  try {
    return client.get(namespaces, '', 'shop');
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

test('a namespace is born with its account and its CA, and they come back when deleted', () => {
  const { client, sim } = startNamespace();
  for (let round = 0; round < 2; round++) {
    const account = client.get(serviceAccounts, 'shop', 'default');
    const authority = client.get(configMaps, 'shop', 'kube-root-ca.crt');
    expect(authority.data!['ca.crt']).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    client.delete(serviceAccounts, 'shop', account.metadata.name);
    client.delete(configMaps, 'shop', authority.metadata.name);
    sim.clock.runFor(500);
  }
});

test('a namespace ends when all that was in it has gone', () => {
  const cluster = startNamespace();
  const { client, sim } = cluster;
  client.create(deployments, {
    metadata: { name: 'web', namespace: 'shop' },
    spec: workloadSpec('web', { replicas: 3 }),
  });
  sim.clock.runFor(500);
  client.delete(namespaces, '', 'shop');
  expect(find(cluster)?.status.phase).toBe('Terminating');
  sim.clock.runFor(20_000);
  expect(find(cluster)).toBeUndefined();
  expect(client.list(deployments, 'shop').items).toEqual([]);
});

test('its conditions say what still holds it', () => {
  const cluster = startNamespace();
  const { client, sim } = cluster;
  client.create(configMaps, {
    metadata: { name: 'kept', namespace: 'shop', finalizers: ['example.com/keep'] },
  });
  const pod = client.create(pods, {
    metadata: { name: 'a', namespace: 'shop' },
    spec: { containers: [{ name: 'main', image: 'app:1' }], nodeName: 'n1' } as never,
  });
  client.delete(namespaces, '', 'shop');
  sim.clock.runFor(10_000);
  const messageOf = (type: string): string | undefined =>
    find(cluster)!.status.conditions!.find((condition) => condition.type === type)?.message;
  // Pods are not counted in 1.36: see kubernetes/kubernetes#138208.
  expect(messageOf('NamespaceContentRemaining')).toBe('All content successfully removed');
  client.delete(pods, 'shop', pod.metadata.name, { gracePeriodSeconds: 0 });
  sim.clock.runFor(30_000);
  expect(messageOf('NamespaceContentRemaining')).toBe(
    'Some resources are remaining: configmaps. has 1 resource instances',
  );
  expect(messageOf('NamespaceFinalizersRemaining')).toBe(
    'Some content in the namespace has finalizers remaining: ' +
      'example.com/keep in 1 resource instances',
  );
  const patch = { metadata: { finalizers: null } };
  client.patch(configMaps, 'shop', 'kept', patch, { patchType: 'merge' });
  sim.clock.runFor(60_000);
  expect(find(cluster)).toBeUndefined();
});
