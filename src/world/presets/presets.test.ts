import { expect, test } from 'vitest';
import { bytes, milliValue } from '../../api/quantity';
import { morePresets } from './extension';
import { findPreset, PRESETS } from './index';

test('the first preset is the one to begin with', () => {
  expect(PRESETS[0].name).toBe('kubeadm');
  expect(findPreset('empty')?.machines({})).toEqual([]);
  expect(findPreset('none')).toBeUndefined();
});

test('kubeadm has one control plane and four workers in two zones', () => {
  const machines = findPreset('kubeadm')!.machines({});
  expect(machines.map(({ metadata, spec }) => [metadata.name, spec.role, spec.zone])).toEqual([
    ['m1', 'control-plane', 'zone-a'],
    ['n1', 'worker', 'zone-a'],
    ['n2', 'worker', 'zone-b'],
    ['n3', 'worker', 'zone-a'],
    ['n4', 'worker', 'zone-b'],
  ]);
  expect(machines[1].spec.capacity).toEqual({
    cpu: '2',
    memory: '4Gi',
    ephemeralStorage: '40Gi',
    pods: 110,
  });
});

test('the number of workers and of pods on each can be chosen', () => {
  const machines = findPreset('kubeadm')!.machines({ workers: 2, maxPods: 500 });
  expect(machines.map(({ spec }) => spec.capacity.pods)).toEqual([110, 500, 500]);
});

test('the control plane leaves room on its machine', () => {
  const pods = findPreset('kubeadm')!.staticPods('m1', '10.0.0.10');
  const requests = pods.map(({ spec }) => spec.containers[0].resources!.requests!);
  const cpu = requests.reduce((sum, each) => sum + milliValue(each.cpu), 0);
  const memory = requests.reduce((sum, each) => sum + bytes(each.memory ?? 0), 0);
  expect([cpu, memory]).toEqual([650, 100 * 1024 * 1024]);
});

test('static pods mount every volume that they have', () => {
  for (const { spec } of findPreset('kubeadm')!.staticPods('m1', '10.0.0.10')) {
    const mounted = spec.containers[0].volumeMounts!.map(({ name }) => name);
    expect(spec.volumes!.map(({ name }) => name)).toEqual(mounted);
  }
});

test('the add-ons are those of kubeadm', () => {
  const kinds = findPreset('kubeadm')!.addons();
  expect(kinds.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'ServiceAccount kube-proxy',
    'ConfigMap kube-proxy',
    'DaemonSet kube-proxy',
    'ServiceAccount coredns',
    'ConfigMap coredns',
    'Deployment coredns',
    'Service kube-dns',
  ]);
});

const named = (name: string) => [...PRESETS, ...morePresets].find((each) => each.name === name)!;

test.each([
  ['minikube', 1, 0],
  ['kind', 1, 2],
  ['kubeadm', 1, 4],
  ['ha', 3, 5],
  ['k3s', 1, 2],
  ['zones', 3, 9],
  ['nodes-100', 1, 100],
  ['nodes-500', 1, 500],
  ['nodes-1000', 1, 1000],
  ['nodes-5000', 1, 5000],
])('%s has %i control planes and %i workers, each of its own name', (name, masters, workers) => {
  const machines = named(name).machines({});
  const roles = machines.map(({ spec }) => spec.role);
  expect(roles.filter((role) => role === 'control-plane')).toHaveLength(masters);
  expect(roles.filter((role) => role === 'worker')).toHaveLength(workers);
  expect(new Set(machines.map(({ metadata }) => metadata.name)).size).toBe(machines.length);
});

test('machines are called as their tools call them', () => {
  const namesOf = (name: string) =>
    named(name)
      .machines({})
      .map(({ metadata }) => metadata.name);
  expect(namesOf('minikube')).toEqual(['minikube']);
  expect(namesOf('kind')).toEqual(['kind-control-plane', 'kind-worker', 'kind-worker2']);
  expect(namesOf('k3s')).toEqual(['k3s-server', 'k3s-agent-1', 'k3s-agent-2']);
  expect(namesOf('nodes-5000').slice(0, 3)).toEqual(['m1', 'node-a-0001', 'node-b-0001']);
});

test('racks of a large cluster hold twelve machines of one zone', () => {
  const machines = named('nodes-100').machines({});
  const racks = machines.filter(
    ({ spec }) => spec.labels?.['topology.kubernetes.io/rack'] === 'b-01' && spec.role === 'worker',
  );
  expect(racks.map(({ metadata }) => metadata.name)).toEqual(
    Array.from({ length: 12 }, (_, index) => `node-b-${String(index + 1).padStart(3, '0')}`),
  );
  expect(racks.every(({ spec }) => spec.zone === 'zone-b')).toBe(true);
});
