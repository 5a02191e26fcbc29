// Three control planes: what stops and what goes on when parts of them do.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Machine } from '../api/machine';
import { deployments, endpoints, leases, machines, nodes, pods } from '../api/resource-ref';
import type { Lease } from '../api/types';
import type { Cluster } from './cluster';
import { createWholeCluster } from './whole-cluster';

let cluster: Cluster;

beforeEach(() => {
  cluster = createWholeCluster({ seed: 1, preset: 'ha', workers: 2 });
  cluster.boot();
});

function patch(name: string, spec: object): Machine {
  return cluster.world.patch(machines, '', name, { spec }, { patchType: 'merge' });
}

const seconds = (count: number): void => cluster.clock.runFor(count * 1000);
const leaderOf = (program: string): string =>
  (cluster.client.get(leases, 'kube-system', program) as Lease).spec.holderIdentity!.split('_')[0];
const states = (): string[] => cluster.controlPlanes.all().map(({ gate }) => gate.state);

function serverAddresses(): string[] {
  const { subsets = [] } = cluster.client.get(endpoints, 'default', 'kubernetes');
  return subsets.flatMap(({ addresses = [] }) => addresses.map(({ ip }) => ip));
}

function deploy(name: string): void {
  cluster.client.create(deployments, {
    metadata: { name, namespace: 'default' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', image: 'nginx' }] },
      },
    },
  } as never);
}

const readyReplicas = (name: string): number =>
  cluster.client.get(deployments, 'default', name).status.readyReplicas ?? 0;

test('every machine has its own programs, one of each sort leads', () => {
  const names = (cluster.client.list(nodes).items as { metadata: { name: string } }[]).map(
    ({ metadata }) => metadata.name,
  );
  expect(names).toEqual(['m1', 'm2', 'm3', 'n1', 'n2']);
  expect(states()).toEqual(['open', 'open', 'open']);
  expect(cluster.controlPlanes.etcd.members().filter(({ isLeader }) => isLeader)).toHaveLength(1);
  expect(serverAddresses()).toEqual(['10.0.0.10', '10.0.0.11', '10.0.0.12']);
  const system = cluster.client.list(pods, 'kube-system').items;
  expect(system.filter(({ metadata }) => metadata.name.startsWith('etcd-'))).toHaveLength(3);
});

describe('one machine of three without power', () => {
  beforeEach(() => {
    patch('m1', { power: 'Off' });
    seconds(1);
  });

  test('leaves the cluster serving, by two addresses', () => {
    seconds(5);
    expect(states()).toEqual(['closed', 'open', 'open']);
    expect(serverAddresses()).toEqual(['10.0.0.11', '10.0.0.12']);
  });

  test('hands its leases to a standby, so that work goes on', () => {
    seconds(30);
    expect([leaderOf('kube-scheduler'), leaderOf('kube-controller-manager')]).not.toContain('m1');
    deploy('web');
    seconds(30);
    expect(readyReplicas('web')).toBe(2);
  });
});

test('two of three etcd members gone: what is there can be read, nothing can be written', () => {
  for (const name of ['m1', 'm2']) patch(name, { programs: { etcd: { state: 'Stopped' } } });
  seconds(60);
  expect(states()).toEqual(['closed', 'closed', 'read-only']);
  expect(cluster.client.list(nodes).items).toHaveLength(5);
  expect(() => deploy('web')).toThrow('etcdserver: request timed out');
  patch('m2', { programs: { etcd: { state: 'Running' } } });
  seconds(60);
  expect(states()).toEqual(['closed', 'open', 'open']);
  deploy('web');
  seconds(40);
  expect(readyReplicas('web')).toBe(2);
});

test('a machine behind a cut cable lives in a world of its own', () => {
  patch('m3', { network: 'Cut' });
  seconds(60);
  expect(states()).toEqual(['open', 'open', 'read-only']);
  expect(serverAddresses()).toEqual(['10.0.0.10', '10.0.0.11']);
  expect(leaderOf('kube-controller-manager')).not.toBe('m3');
  patch('m3', { network: 'Connected' });
  seconds(60);
  expect(states()).toEqual(['open', 'open', 'open']);
});

describe('a program that the world stops', () => {
  test('is gone with its mirror, and comes back with its manifest', () => {
    const leader = leaderOf('kube-scheduler');
    patch(leader, { programs: { 'kube-scheduler': { state: 'Stopped' } } });
    seconds(60);
    const mirrors = (): string[] =>
      cluster.client
        .list(pods, 'kube-system')
        .items.map(({ metadata }) => metadata.name)
        .filter((name) => name.startsWith('kube-scheduler-'));
    expect(mirrors()).toEqual(
      ['m1', 'm2', 'm3'].filter((name) => name !== leader).map((name) => `kube-scheduler-${name}`),
    );
    expect(leaderOf('kube-scheduler')).not.toBe(leader);
    patch(leader, { programs: { 'kube-scheduler': { state: 'Running' } } });
    seconds(30);
    expect(mirrors()).toEqual(['kube-scheduler-m1', 'kube-scheduler-m2', 'kube-scheduler-m3']);
  });

  test('that is a kubelet lets its node go dark while the containers run on', () => {
    deploy('web');
    seconds(30);
    patch('n1', { programs: { kubelet: { state: 'Stopped' } } });
    seconds(60);
    const readiness = (): string | undefined =>
      cluster.client.get(nodes, '', 'n1').status.conditions?.find(({ type }) => type === 'Ready')
        ?.status;
    const running = [...cluster.machineRoom.runningPods()].filter(
      ({ machine }) => machine === 'n1',
    );
    expect([readiness(), running.length > 0]).toEqual(['Unknown', true]);
    patch('n1', { programs: { kubelet: { state: 'Running' } } });
    seconds(30);
    expect(readiness()).toBe('True');
  });

  test('crashes once for each time that it is asked to', () => {
    const restarts = (): number =>
      cluster.client.get(pods, 'kube-system', 'kube-apiserver-m2').status.containerStatuses![0]
        .restartCount;
    patch('m2', { programs: { 'kube-apiserver': { crashes: 1 } } });
    seconds(40);
    expect(restarts()).toBe(1);
    patch('m2', { programs: { 'kube-apiserver': { crashes: 1 } } });
    seconds(40);
    expect(restarts()).toBe(1);
  });
});
