// Preset zones: a cluster on the simulated cloud, with three cloud-controller-managers.
import { beforeEach, describe, expect, test } from 'vitest';
import { loadBalancers, type LoadBalancer } from '../../api/load-balancer';
import { events, leases, machines, nodes, services } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import type { Lease, Node, Service } from '../../api/types';
import type { Cluster } from '../cluster';
import { createWholeCluster, openWholeCluster, restoreWholeCluster } from '../whole-cluster';

let cluster: Cluster;

beforeEach(() => {
  cluster = createWholeCluster({ seed: 1, preset: 'zones', workers: 3 });
  cluster.boot();
});

const seconds = (count: number): void => cluster.clock.runFor(count * 1000);
const node = (name: string): Node => cluster.client.get(nodes, '', name);
const service = (name: string): Service => cluster.client.get(services, 'default', name);

/** 'Reason: message' of what was told of an object, in order. */
function toldOf(name: string, component: string): string[] {
  return cluster.client
    .list(events, 'default')
    .items.filter((event) => event.involvedObject.name === name)
    .filter(({ source }) => source?.component === component)
    .map(({ type, reason, message }) => `${type} ${reason}: ${message}`);
}

function expose(name: string, spec: object = {}): void {
  cluster.client.create(services, {
    metadata: { name, namespace: 'default' },
    spec: { type: 'LoadBalancer', ports: [{ port: 80 }], selector: { app: name }, ...spec },
  } as never);
}

function addressesOf({ status }: Service): (string | undefined)[] {
  return (status.loadBalancer?.ingress ?? []).map(({ ip }) => ip);
}

function balancers(): LoadBalancer[] {
  return cluster.world.list(loadBalancers).items;
}

function patchMachine(name: string, spec: object): void {
  cluster.world.patch(machines, '', name, { spec }, { patchType: 'merge' });
}

function leader(): string {
  const lease = cluster.client.get(leases, 'kube-system', 'cloud-controller-manager') as Lease;
  return lease.spec.holderIdentity!.split('_')[0];
}

describe('nodes', () => {
  test('the cloud says what machine each Node is, and takes its taint away', () => {
    const { metadata, spec, status } = node('n2');
    expect(spec.providerID).toBe('kubarium:///zone-b/n2');
    expect(spec.taints).toBeUndefined();
    expect(status.addresses).toEqual([
      { type: 'InternalIP', address: '10.0.0.14' },
      { type: 'ExternalIP', address: '198.18.0.14' },
      { type: 'Hostname', address: 'n2' },
    ]);
    expect(metadata.labels).toMatchObject({
      'node.kubernetes.io/instance-type': 'standard-2x4',
      'beta.kubernetes.io/instance-type': 'standard-2x4',
      'topology.kubernetes.io/zone': 'zone-b',
      'failure-domain.beta.kubernetes.io/zone': 'zone-b',
      'topology.kubernetes.io/region': 'region-1',
      'failure-domain.beta.kubernetes.io/region': 'region-1',
    });
    expect(toldOf('n2', 'cloud-node-controller')).toEqual([
      'Normal Synced: Node synced successfully',
    ]);
  });

  test('what the cloud said stays when the kubelet reports again', () => {
    const before = node('n1').status.addresses;
    seconds(400);
    expect(node('n1').status.addresses).toEqual(before);
  });

  test('a Node that joins waits behind a taint for the cloud', () => {
    for (const name of ['m1', 'm2', 'm3']) {
      patchMachine(name, { programs: { 'cloud-controller-manager': { state: 'Stopped' } } });
    }
    const { spec } = cluster.world.get(machines, '', 'n1');
    cluster.world.create(machines, { metadata: { name: 'n9' }, spec });
    seconds(40);
    expect(node('n9').spec.taints).toEqual([
      {
        key: 'node.cloudprovider.kubernetes.io/uninitialized',
        value: 'true',
        effect: 'NoSchedule',
      },
    ]);
    expect(node('n9').status.addresses).toEqual([{ type: 'Hostname', address: 'n9' }]);
    patchMachine('m2', { programs: null });
    seconds(30);
    expect(node('n9').spec.taints).toBeUndefined();
    expect(node('n9').spec.providerID).toBe('kubarium:///zone-a/n9');
  });

  test('a machine that is switched off taints its Node until it is back', () => {
    patchMachine('n1', { power: 'Off' });
    seconds(60);
    const taint = { key: 'node.cloudprovider.kubernetes.io/shutdown', effect: 'NoSchedule' };
    expect(node('n1').spec.taints).toContainEqual(taint);
    patchMachine('n1', { power: 'On' });
    seconds(30);
    expect(node('n1').spec.taints).toBeUndefined();
  });

  test('a machine that is no more takes its Node along', () => {
    cluster.world.delete(machines, '', 'n3');
    seconds(60);
    let error: unknown;
    try {
      node('n3');
    } catch (thrown) {
      error = thrown;
    }
    expect(isNotFound(error)).toBe(true);
    expect(toldOf('n3', 'cloud-node-lifecycle-controller')).toEqual([
      'Normal DeletingNode: Deleting node n3 because it does not exist in the cloud provider',
    ]);
  });
});

test('Nodes of a cluster that was grown are completed once it goes on', () => {
  cluster = openWholeCluster({ seed: 1, preset: 'zones', workers: 9, pods: 60 });
  seconds(60);
  const all = cluster.client.list(nodes).items;
  expect(all).toHaveLength(12);
  for (const { metadata, spec, status } of all) {
    expect(spec.providerID).toMatch(new RegExp(`^kubarium:///zone-[abc]/${metadata.name}$`));
    expect(status.addresses?.map(({ type }) => type)).toEqual([
      'InternalIP',
      'ExternalIP',
      'Hostname',
    ]);
    expect(metadata.labels?.['topology.kubernetes.io/region']).toBe('region-1');
    expect(spec.taints?.some(({ key }) => key.includes('uninitialized')) ?? false).toBe(false);
  }
});

describe('load balancers', () => {
  test('a Service waits, then has an address, and cannot go before its load balancer', () => {
    expose('web');
    seconds(2);
    expect(addressesOf(service('web'))).toEqual([]);
    expect(service('web').metadata.finalizers).toEqual([
      'service.kubernetes.io/load-balancer-cleanup',
    ]);
    seconds(4);
    expect(service('web').status.loadBalancer).toEqual({
      ingress: [{ ip: '203.0.113.10', ipMode: 'VIP' }],
    });
    const [{ spec, status }] = balancers();
    const { nodePort } = service('web').spec.ports![0];
    expect({ spec, status }).toEqual({
      spec: {
        service: 'default/web',
        ports: [{ protocol: 'TCP', port: 80, nodePort }],
        hosts: ['n1', 'n2', 'n3'],
      },
      status: { address: '203.0.113.10' },
    });
    cluster.client.delete(services, 'default', 'web');
    seconds(1);
    expect(
      cluster.client.list(services, 'default').items.map((each) => each.metadata.name),
    ).toEqual(['kubernetes']);
    expect(balancers()).toEqual([]);
    expect(toldOf('web', 'service-controller')).toEqual([
      'Normal EnsuringLoadBalancer: Ensuring load balancer',
      'Normal EnsuredLoadBalancer: Ensured load balancer',
      'Normal DeletingLoadBalancer: Deleting load balancer',
      'Normal DeletedLoadBalancer: Deleted load balancer',
    ]);
  });

  test('each has its own address, and one that was asked for cannot be had twice', () => {
    expose('a');
    expose('b');
    expose('c', { loadBalancerIP: '203.0.113.10' });
    seconds(12);
    const given = ['a', 'b', 'c'].map((name) => addressesOf(service(name)));
    expect(given).toEqual([['203.0.113.10'], ['203.0.113.11'], []]);
    expect(toldOf('c', 'service-controller')[1]).toBe(
      'Warning SyncLoadBalancerFailed: Error syncing load balancer: failed to ensure load ' +
        'balancer: requested IP 203.0.113.10 is already in use by another load balancer',
    );
  });

  test('a Service that is something else gives its load balancer back', () => {
    expose('web');
    seconds(6);
    cluster.client.patch(services, 'default', 'web', { spec: { type: 'ClusterIP' } });
    seconds(2);
    const { metadata, status } = service('web');
    expect([metadata.finalizers, status.loadBalancer, balancers()]).toEqual([undefined, {}, []]);
    expect(toldOf('web', 'service-controller').slice(2)).toEqual([
      'Normal Type: LoadBalancer -> ClusterIP',
      'Normal DeletingLoadBalancer: Deleting load balancer',
      'Normal DeletedLoadBalancer: Deleted load balancer',
    ]);
  });

  test('ports follow the Service, hosts follow the Nodes', () => {
    expose('web');
    seconds(6);
    const ports = { spec: { ports: [{ port: 443 }] } };
    cluster.client.patch(services, 'default', 'web', ports, { patchType: 'merge' });
    seconds(2);
    cluster.client.patch(nodes, '', 'n2', {
      metadata: { labels: { 'node.kubernetes.io/exclude-from-external-load-balancers': '' } },
    });
    seconds(2);
    const [{ spec }] = balancers();
    expect([spec.ports!.map(({ port }) => port), spec.hosts]).toEqual([[443], ['n1', 'n3']]);
    expect(toldOf('web', 'service-controller')).toContain(
      'Normal UpdatedLoadBalancer: Updated load balancer with new hosts',
    );
  });

  test('a Node that is merely not ready stays behind it', () => {
    expose('web');
    seconds(6);
    patchMachine('n1', { network: 'Cut' });
    seconds(60);
    expect(balancers()[0].spec.hosts).toEqual(['n1', 'n2', 'n3']);
  });

  test('a class is for somebody else', () => {
    expose('web', { loadBalancerClass: 'example.com/other' });
    seconds(10);
    expect(addressesOf(service('web'))).toEqual([]);
    expect(toldOf('web', 'service-controller')).toEqual([]);
  });
});

describe('the program', () => {
  test('runs on each control plane, as one that leads and others that stand by', () => {
    const first = leader();
    const leading = cluster.controlPlanes
      .all()
      .filter(({ cloudControllerManager }) => cloudControllerManager?.isLeader);
    expect(leading.map(({ name }) => name)).toEqual([first]);
    patchMachine(first, { power: 'Off' });
    expose('web');
    seconds(10);
    expect(addressesOf(service('web'))).toEqual([]);
    seconds(25);
    expect(leader()).not.toBe(first);
    expect(addressesOf(service('web'))).toEqual(['203.0.113.10']);
  });

  test('stopped everywhere it leaves Services pending; a crash is mended by its kubelet', () => {
    const names = ['m1', 'm2', 'm3'];
    for (const name of names) {
      patchMachine(name, { programs: { 'cloud-controller-manager': { state: 'Stopped' } } });
    }
    seconds(20);
    expose('web');
    seconds(60);
    expect(addressesOf(service('web'))).toEqual([]);
    for (const name of names) patchMachine(name, { programs: null });
    seconds(40);
    expect(addressesOf(service('web'))).toEqual(['203.0.113.10']);
    const at = leader();
    patchMachine(at, { programs: { 'cloud-controller-manager': { crashes: 1 } } });
    seconds(40);
    expect(cluster.controlPlanes.get(at)!.isRunning('cloud-controller-manager')).toBe(true);
  });

  test('goes on in a cluster that was saved and loaded', () => {
    expose('web');
    seconds(6);
    const before = leader();
    cluster = restoreWholeCluster(structuredClone(cluster.save()));
    seconds(5);
    expect(leader()).toBe(before);
    expect(addressesOf(service('web'))).toEqual(['203.0.113.10']);
    cluster.client.delete(services, 'default', 'web');
    seconds(2);
    expect(balancers()).toEqual([]);
  });
});

test('what has ports on nodes can be given a label by a program', () => {
  expose('web', { loadBalancerClass: 'example.com/other' });
  const body = { metadata: { labels: { tier: 'front' } } };
  const changed = cluster.client.patch(services, 'default', 'web', body, { patchType: 'merge' });
  expect(changed.metadata.labels).toEqual({ tier: 'front' });
});
