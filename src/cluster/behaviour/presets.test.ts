// Every preset comes up as its tool leaves it: nodes, their words about themselves, system pods.
import { expect, test } from 'vitest';
import { ingresses, storageClasses } from '../../api/extension-refs';
import { endpoints, events, nodes, pods, services } from '../../api/resource-ref';
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
  expect(system.filter(({ spec }) => spec.hostNetwork)).toEqual([]);
  expect(system.every(({ status }) => status.podIP?.startsWith('10.42.'))).toBe(true);
  expect(cluster.client.get(services, 'default', 'kubernetes').spec.clusterIP).toBe('10.43.0.1');
  expect(cluster.client.get(services, 'kube-system', 'kube-dns').spec.clusterIP).toBe('10.43.0.10');
  expect(node(cluster, 'k3s-server').status.nodeInfo?.kubeletVersion).toBe('v1.36.0+k3s1');
});

test('k3s gives its server the first address, by which its API is reached', () => {
  const cluster = bootedCluster('k3s');
  const { status } = node(cluster, 'k3s-server');
  expect(status.addresses?.[0].address).toBe('10.0.0.10');
  const { subsets = [] } = cluster.client.get(endpoints, 'default', 'kubernetes');
  expect(subsets[0].addresses).toEqual([{ ip: '10.0.0.10' }]);
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

/** 'name type address' of every Service, without what differs from run to run. */
function addressesOf({ client }: ReturnType<typeof bootedCluster>): string[] {
  return client.list(services).items.map(({ metadata, spec, status }) => {
    const given = (status.loadBalancer?.ingress ?? []).map(({ ip }) => ip);
    return [metadata.name, spec.type, ...given].join(' ');
  });
}

const classesOf = ({ client }: ReturnType<typeof bootedCluster>): string[] =>
  client
    .list(storageClasses)
    .items.map(({ metadata, provisioner }) => `${metadata.name} ${provisioner}`);

/** Names of the pods without what was made up, each once. */
function podsOf({ client }: ReturnType<typeof bootedCluster>): string[] {
  const names = client.list(pods).items.map(({ metadata }) => {
    const [owner] = metadata.ownerReferences ?? [];
    const base = owner && owner.kind !== 'Node' ? owner.name : metadata.name;
    return base.replace(/-[0-9a-f]{8,10}$/, '').replace(/-kind-control-plane$|-minikube$/, '');
  });
  return [...new Set(names)].sort();
}

test('a fresh k3s has Traefik behind its own load balancer, local storage and metrics', () => {
  const cluster = bootedCluster('k3s');
  cluster.clock.runFor(5_000);
  expect(podsOf(cluster)).toEqual([
    'coredns',
    'helm-install-traefik',
    'helm-install-traefik-crd',
    'local-path-provisioner',
    'metrics-server',
    'svclb-traefik',
    'traefik',
  ]);
  expect(addressesOf(cluster)).toEqual([
    'kubernetes ClusterIP',
    'kube-dns ClusterIP',
    'metrics-server ClusterIP',
    'traefik LoadBalancer 10.0.0.10 10.0.0.11 10.0.0.12',
  ]);
  expect(classesOf(cluster)).toEqual(['local-path rancher.io/local-path']);
  const { metadata, spec, status } = node(cluster, 'k3s-agent-1');
  expect([spec.providerID, spec.taints]).toEqual(['k3s://k3s-agent-1', undefined]);
  expect(metadata.labels?.['node.kubernetes.io/instance-type']).toBe('k3s');
  expect(status.addresses).toEqual([
    { type: 'InternalIP', address: '10.0.0.11' },
    { type: 'Hostname', address: 'k3s-agent-1' },
  ]);
});

test('on k3s an Ingress without a class is served by Traefik at once', () => {
  const cluster = bootedCluster('k3s');
  cluster.clock.runFor(5_000);
  const backend = { service: { name: 'web', port: { number: 80 } } };
  const http = { paths: [{ path: '/', pathType: 'Prefix', backend }] };
  const metadata = { name: 'web', namespace: 'default' };
  cluster.client.create(ingresses, { metadata, spec: { rules: [{ http }] } } as never);
  cluster.clock.runFor(1_000);
  const { spec, status } = cluster.client.get(ingresses, 'default', 'web');
  expect(spec.ingressClassName).toBe('traefik');
  expect(status.loadBalancer?.ingress?.map(({ ip }) => ip)).toEqual([
    '10.0.0.10',
    '10.0.0.11',
    '10.0.0.12',
  ]);
});

test('on k3s a second Service on the same port finds no machine', () => {
  const cluster = bootedCluster('k3s');
  const metadata = { name: 'web', namespace: 'default' };
  const spec = { type: 'LoadBalancer', ports: [{ port: 80 }], selector: { app: 'web' } };
  cluster.client.create(services, { metadata, spec } as never);
  cluster.client.create(services, {
    metadata: { ...metadata, name: 'other' },
    spec: { ...spec, ports: [{ port: 8080 }] },
  } as never);
  cluster.clock.runFor(30_000);
  expect(addressesOf(cluster).slice(1, 3).sort()).toEqual([
    'other LoadBalancer 10.0.0.10 10.0.0.11 10.0.0.12',
    'web LoadBalancer',
  ]);
  cluster.client.delete(services, 'default', 'other');
  cluster.clock.runFor(40_000);
  const told = cluster.client
    .list(events, 'default')
    .items.filter(({ involvedObject }) => involvedObject.name === 'other');
  const { uid } = told[0].involvedObject;
  expect(told.map(({ reason }) => reason)).toEqual([
    'EnsuringLoadBalancer',
    'AppliedDaemonSet',
    'UpdatedLoadBalancer',
    'UpdatedLoadBalancer',
    'UpdatedLoadBalancer',
    'DeletingLoadBalancer',
    'DeletedDaemonSet',
    'DeletedLoadBalancer',
  ]);
  expect(told[1].message).toBe(
    `Applied LoadBalancer DaemonSet kube-system/svclb-other-${uid!.slice(0, 8)}`,
  );
  expect(podsOf(cluster)).not.toContain('svclb-other');
});

test('kind brings its network and local storage, minikube its provisioner', () => {
  const kind = bootedCluster('kind');
  expect(podsOf(kind)).toEqual([
    'coredns',
    'etcd',
    'kindnet',
    'kube-apiserver',
    'kube-controller-manager',
    'kube-proxy',
    'kube-scheduler',
    'local-path-provisioner',
  ]);
  expect(classesOf(kind)).toEqual(['standard rancher.io/local-path']);
  const minikube = bootedCluster('minikube');
  expect(podsOf(minikube)).toEqual([
    'coredns',
    'etcd',
    'kube-apiserver',
    'kube-controller-manager',
    'kube-proxy',
    'kube-scheduler',
    'storage-provisioner',
  ]);
  expect(classesOf(minikube)).toEqual(['standard k8s.io/minikube-hostpath']);
});

test.each(['kubeadm', 'kind', 'minikube'])('on %s nobody gives a Service an address', (preset) => {
  const cluster = bootedCluster(preset);
  const metadata = { name: 'web', namespace: 'default' };
  const spec = { type: 'LoadBalancer', ports: [{ port: 80 }] };
  cluster.client.create(services, { metadata, spec } as never);
  cluster.clock.runFor(120_000);
  expect(cluster.client.get(services, 'default', 'web').status.loadBalancer).toEqual({});
});
