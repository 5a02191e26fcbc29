// Every preset comes up as its tool leaves it: nodes, their words about themselves, system pods.
import { expect, test } from 'vitest';
import { nodes, pods, services } from '../../api/resource-ref';
import type { Node } from '../../api/types';
import { createWholeCluster } from '../whole-cluster';

function bootedCluster(preset: string) {
  const cluster = createWholeCluster({ seed: 1, preset });
  cluster.boot();
  return cluster;
}

function node(preset: ReturnType<typeof bootedCluster>, name: string): Node {
  return preset.client.get(nodes, '', name);
}

test('minikube runs all on one node without a taint, behind a Docker', () => {
  const cluster = bootedCluster('minikube');
  const { spec, status, metadata } = node(cluster, 'minikube');
  expect(spec.taints).toBeUndefined();
  expect(status.nodeInfo?.containerRuntimeVersion).toBe('docker://29.0.4');
  expect(metadata.labels?.['minikube.k8s.io/primary']).toBe('true');
  const names = cluster.client.list(pods, 'kube-system').items.map((pod) => pod.metadata.name);
  expect(names.filter((name) => name.startsWith('coredns-'))).toHaveLength(1);
  expect(names).toContain('etcd-minikube');
});

test('kind names its machines after the cluster', () => {
  const cluster = bootedCluster('kind');
  expect(node(cluster, 'kind-worker2').spec.providerID).toBe('kind://docker/kind/kind-worker2');
});

test('k3s has no static pods and no kube-proxy pods, and its own ranges', () => {
  const cluster = bootedCluster('k3s');
  const system = cluster.client.list(pods, 'kube-system').items;
  expect(system.map(({ metadata }) => metadata.labels?.['k8s-app'])).toEqual(['kube-dns']);
  expect(system[0].status.podIP).toMatch(/^10\.42\./);
  expect(cluster.client.get(services, 'default', 'kubernetes').spec.clusterIP).toBe('10.43.0.1');
  expect(cluster.client.get(services, 'kube-system', 'kube-dns').spec.clusterIP).toBe('10.43.0.10');
  expect(node(cluster, 'k3s-server').status.nodeInfo?.kubeletVersion).toBe('v1.36.0+k3s1');
});

test('k3s dies and comes back whole when one of its programs crashes', () => {
  const cluster = bootedCluster('k3s');
  cluster.crashComponent('kube-scheduler');
  expect(cluster.controlPlane.gate.isOpen).toBe(false);
  cluster.clock.runFor(6_000);
  expect(cluster.controlPlane.gate.isOpen).toBe(true);
});

test('zones tells where each machine stands', () => {
  const labels = node(bootedCluster('zones'), 'n5').metadata.labels!;
  expect(labels['topology.kubernetes.io/zone']).toBe('zone-b');
  expect(labels['topology.kubernetes.io/rack']).toBe('b-01');
});
