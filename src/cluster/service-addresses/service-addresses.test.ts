// IPAddresses as kube-apiserver keeps them beside Services.
import { beforeEach, describe, expect, test } from 'vitest';
import { events, type ResourceRef } from '../../api/resource-ref';
import { ask, must, openCluster } from '../../testing/access';
import { createCluster, type Cluster } from '../cluster';
import { extension } from '../extension';
import { restoreWholeCluster } from '../whole-cluster';

const ADDRESSES = '/apis/networking.k8s.io/v1/ipaddresses';
const SERVICES = '/api/v1/namespaces/default/services';
const MANAGED = 'ipaddress.kubernetes.io/managed-by';
const FAMILY = 'ipaddress.kubernetes.io/ip-family';
const LABELS = { [FAMILY]: 'IPv4', [MANAGED]: 'ipallocator.k8s.io' };

let cluster: Cluster;
beforeEach(() => {
  cluster = openCluster();
});

function make(name: string, clusterIP?: string, of = cluster): string {
  const spec = { ports: [{ port: 80 }], ...(clusterIP && { clusterIP }) };
  const body = { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec };
  const made = must<{ spec: { clusterIP: string } }>(of, 'POST', SERVICES, { body });
  return made.spec.clusterIP;
}

function makeAddress(name: string, parent: object, labels: object = LABELS): number {
  const body = { metadata: { name, labels }, spec: { parentRef: parent } };
  return ask(cluster, 'POST', ADDRESSES, { body }).status;
}

interface Listed {
  items: { metadata: { name: string; labels?: object }; spec: { parentRef: object } }[];
}

function addresses(of = cluster): unknown[] {
  return must<Listed>(of, 'GET', ADDRESSES).items.map(({ metadata, spec }) => [
    metadata.name,
    metadata.labels,
    spec.parentRef,
  ]);
}

function serviceOf(name: string, namespace = 'default'): object {
  return { resource: 'services', namespace, name };
}

const OF_API = ['10.96.0.1', LABELS, serviceOf('kubernetes')];

function warnings(): string[] {
  const { items } = cluster.client.list(events as ResourceRef, 'default');
  return (items as never[]).map(
    ({ type, reason, action, message, reportingComponent }: Record<string, string>) =>
      `${reportingComponent}: ${type} ${reason} ${action}: ${message}`,
  );
}

describe('the allocator', () => {
  test('makes one for each cluster IP, which goes with the Service', () => {
    const ip = make('web');
    expect(addresses()).toEqual([OF_API, [ip, LABELS, serviceOf('web')]]);
    must(cluster, 'DELETE', `${SERVICES}/web`);
    expect(addresses()).toEqual([OF_API]);
  });

  test('makes none for headless Services, dry runs and external names', () => {
    make('headless', 'None');
    const spec = { type: 'ExternalName', externalName: 'x.test' };
    const body = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec };
    must(cluster, 'POST', SERVICES, { body });
    const port = { ports: [{ port: 1 }] };
    must(cluster, 'POST', `${SERVICES}?dryRun=All`, {
      body: { ...body, metadata: { name: 'dry' }, spec: port },
    });
    expect(addresses()).toEqual([OF_API]);
    must(cluster, 'PATCH', `${SERVICES}/x`, {
      body: { spec: { type: 'ClusterIP', externalName: null, clusterIP: '10.96.0.9', ...port } },
    });
    expect(addresses()).toEqual([OF_API, ['10.96.0.9', LABELS, serviceOf('x')]]);
  });

  test('does not give out what somebody else has reserved', () => {
    expect(makeAddress('10.96.0.77', { resource: 'gateways', name: 'g' }, {})).toBe(201);
    const spec = { ports: [{ port: 80 }], clusterIP: '10.96.0.77' };
    const body = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'late' }, spec };
    const { status, body: refusal } = ask(cluster, 'POST', SERVICES, { body });
    expect([status, refusal.message]).toEqual([
      422,
      'Service "late" is invalid: spec.clusterIPs: Invalid value: ["10.96.0.77"]: ' +
        'failed to allocate IP 10.96.0.77: provided IP is already allocated',
    ]);
    must(cluster, 'DELETE', `${ADDRESSES}/10.96.0.77`);
    expect(make('late', '10.96.0.77')).toBe('10.96.0.77');
  });

  test('names itself in managedFields', () => {
    const { metadata } = must<{ metadata: { managedFields: { manager: string }[] } }>(
      cluster,
      'GET',
      `${ADDRESSES}/10.96.0.1`,
    );
    expect(metadata.managedFields.map(({ manager }) => manager)).toEqual(['kube-apiserver']);
  });
});

describe('Services of before', () => {
  test('have theirs when the extension has come', () => {
    const core = createCluster({ seed: 1, preset: 'empty' });
    core.clock.runFor(5000);
    make('early', '10.96.0.5', core);
    core.extend(extension);
    expect(addresses(core)).toEqual([OF_API, ['10.96.0.5', LABELS, serviceOf('early')]]);
    core.clock.runFor(5000);
    const { items } = core.client.list(events as ResourceRef, 'default');
    expect(items).toEqual([]);
  });

  test('keep theirs over a save', () => {
    make('web', '10.96.0.5');
    const again = restoreWholeCluster(cluster.save());
    expect(addresses(again)).toEqual([OF_API, ['10.96.0.5', LABELS, serviceOf('web')]]);
    must(again, 'DELETE', `${SERVICES}/web`);
    expect(addresses(again)).toEqual([OF_API]);
  });
});

describe('the repair', () => {
  const NAME = 'ipallocator-repair-controller';

  test('makes one again that somebody deleted, at the next round', () => {
    make('web', '10.96.0.5');
    must(cluster, 'DELETE', `${ADDRESSES}/10.96.0.5`);
    cluster.clock.runFor(10_000);
    expect(addresses()).toEqual([OF_API]);
    cluster.clock.runFor(180_000);
    expect(addresses()).toEqual([OF_API, ['10.96.0.5', LABELS, serviceOf('web')]]);
    expect(warnings()).toEqual([
      `${NAME}: Warning ClusterIPNotAllocated ClusterIPAllocation: ` +
        'Cluster IP [IPv4]: 10.96.0.5 is not allocated; repairing',
    ]);
  });

  test('makes one again as soon as its Service changes', () => {
    make('web', '10.96.0.5');
    must(cluster, 'DELETE', `${ADDRESSES}/10.96.0.5`);
    must(cluster, 'PATCH', `${SERVICES}/web`, { body: { metadata: { labels: { a: 'b' } } } });
    cluster.clock.runFor(100);
    expect(addresses()).toEqual([OF_API, ['10.96.0.5', LABELS, serviceOf('web')]]);
  });

  test('gives back labels without a word', () => {
    make('web', '10.96.0.5');
    must(cluster, 'PATCH', `${ADDRESSES}/10.96.0.5`, {
      body: { metadata: { labels: { [FAMILY]: 'IPv6' } } },
    });
    cluster.clock.runFor(180_000);
    expect(addresses()).toEqual([OF_API, ['10.96.0.5', LABELS, serviceOf('web')]]);
    expect(warnings()).toEqual([]);
  });

  test('removes one that no Service has claimed for a minute', () => {
    makeAddress('10.96.0.8', serviceOf('nobody'));
    cluster.clock.runFor(58_000);
    expect(addresses()).toHaveLength(2);
    cluster.clock.runFor(4_000);
    expect(addresses()).toEqual([OF_API]);
    expect(warnings()).toEqual([
      `${NAME}: Warning IPAddressNotAllocated IPAddressAllocation: ` +
        'IPAddress: 10.96.0.8 for Service default/nobody appears to have leaked: cleaning up',
    ]);
  });

  test.each([
    [
      serviceOf('kubernetes'),
      'IPAddressWrongReference IPAddressAllocation: IPAddress: 10.96.0.8 for Service ' +
        'default/kubernetes has a wrong reference; cleaning up',
    ],
    [
      { group: 'x.test', resource: 'gateways', name: 'g' },
      'IPAddressNotAllocated IPAddressAllocation: IPAddress 10.96.0.8 appears to have been ' +
        'modified, not referencing a Service &ParentReference{Group:x.test,Resource:gateways,' +
        'Namespace:,Name:g,}: cleaning up',
    ],
  ])('removes at once what refers to %j', (parent, message) => {
    makeAddress('10.96.0.8', parent);
    cluster.clock.runFor(100);
    expect(addresses()).toEqual([OF_API]);
    expect(warnings()).toEqual([`${NAME}: Warning ${message}`]);
  });

  test('leaves alone what others manage', () => {
    makeAddress('10.96.0.8', { resource: 'gateways', name: 'g' }, { [MANAGED]: 'x.test' });
    cluster.clock.runFor(400_000);
    expect(addresses()).toHaveLength(2);
  });

  test('takes an address from another that has it by name only', () => {
    make('web', '10.96.0.5');
    must(cluster, 'DELETE', `${ADDRESSES}/10.96.0.5`);
    makeAddress('10.96.0.5', serviceOf('nobody'));
    must(cluster, 'PATCH', `${SERVICES}/web`, { body: { metadata: { labels: { a: 'b' } } } });
    cluster.clock.runFor(100);
    expect(addresses()).toEqual([OF_API, ['10.96.0.5', LABELS, serviceOf('web')]]);
    expect(warnings()).toEqual([
      `${NAME}: Warning ClusterIPNotAllocated ClusterIPAllocation: the ClusterIP [IPv4]: ` +
        '10.96.0.5 for Service default/web has a wrong reference; repairing',
    ]);
  });
});
