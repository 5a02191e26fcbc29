import { expect, test } from 'vitest';
import { bytes, milliValue } from '../../api/quantity';
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
