import { expect, test } from 'vitest';
import { endpoints, endpointSlices, services } from '../../api/resource-ref';
import type { Endpoints, EndpointSlice } from '../../api/types';
import { startCluster, type ControllerCluster } from '../../testing/controllers';

type Subsets = NonNullable<Endpoints['subsets']>;

const SUBSETS: Subsets = [{ addresses: [{ ip: '10.1.2.3' }], ports: [{ port: 80 }] }];

function startMirror(subsets = SUBSETS, metadata: object = {}): ControllerCluster {
  const cluster = startCluster();
  cluster.client.create(services, {
    metadata: { name: 'web', namespace: 'default' },
    spec: { ports: [{ port: 80 }] } as never,
  });
  cluster.client.create(endpoints, {
    metadata: { name: 'web', namespace: 'default', ...metadata },
    subsets,
  });
  cluster.sim.clock.runFor(2_000);
  return cluster;
}

const slicesOf = ({ client }: ControllerCluster): EndpointSlice[] =>
  client
    .list(endpointSlices, 'default')
    .items.filter(({ metadata }) => metadata.name.startsWith('web-'));
const shown = (cluster: ControllerCluster) =>
  slicesOf(cluster)
    .map(({ addressType, ports, endpoints: listed }) => ({
      addressType,
      ports: ports?.map(({ port }) => port),
      addresses: listed?.map(({ addresses, conditions }) => [addresses[0], conditions?.ready]),
    }))
    .sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));

test('Endpoints of a Service without a selector have a slice of their own making', () => {
  const annotations = { kept: 'yes', 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
  const cluster = startMirror(SUBSETS, { labels: { app: 'web' }, annotations });
  const [slice, ...others] = slicesOf(cluster);
  expect(others).toEqual([]);
  expect(slice.metadata).toMatchObject({
    generateName: 'web-',
    labels: {
      app: 'web',
      'kubernetes.io/service-name': 'web',
      'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
    },
    annotations: { kept: 'yes' },
    ownerReferences: [{ apiVersion: 'v1', kind: 'Endpoints', name: 'web', controller: true }],
  });
  expect(slice.metadata.annotations).toEqual({ kept: 'yes' });
  expect(slice).toMatchObject({
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.1.2.3'], conditions: { ready: true } }],
    ports: [{ name: '', protocol: 'TCP', port: 80 }],
  });
});

test('the slice follows its Endpoints, by its name too, and goes with them', () => {
  const cluster = startMirror();
  const { client, sim } = cluster;
  const [{ metadata }] = slicesOf(cluster);
  client.patch(endpoints, 'default', 'web', {
    metadata: { labels: { tier: 'back' } },
    subsets: [{ addresses: [{ ip: '10.2.3.4' }], ports: [{ port: 81 }] }],
  });
  sim.clock.runFor(2_000);
  expect(shown(cluster)).toEqual([
    { addressType: 'IPv4', ports: [81], addresses: [['10.2.3.4', true]] },
  ]);
  expect(slicesOf(cluster)[0].metadata).toMatchObject({
    name: metadata.name,
    labels: { tier: 'back' },
  });
  client.delete(endpoints, 'default', 'web');
  sim.clock.runFor(2_000);
  expect(slicesOf(cluster)).toEqual([]);
});

test('each family and set of ports has its slice, with those that are not ready', () => {
  const cluster = startMirror([
    {
      addresses: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }],
      notReadyAddresses: [{ ip: '10.0.0.2' }],
      ports: [{ name: 'a', port: 80 }],
    },
    { addresses: [{ ip: '10.0.0.1' }], ports: [{ name: 'b', port: 90 }] },
  ]);
  expect(shown(cluster)).toEqual([
    {
      addressType: 'IPv4',
      ports: [80],
      addresses: [
        ['10.0.0.1', true],
        ['10.0.0.2', false],
      ],
    },
    { addressType: 'IPv4', ports: [90], addresses: [['10.0.0.1', true]] },
    { addressType: 'IPv6', ports: [80], addresses: [['fd00::1', true]] },
  ]);
});

test.each([
  ['that ask to be left alone', { labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } }],
  ['that elect a leader', { annotations: { 'control-plane.alpha.kubernetes.io/leader': '{}' } }],
])('Endpoints %s are not mirrored', (_, metadata) => {
  expect(slicesOf(startMirror(SUBSETS, metadata))).toEqual([]);
});

test('a Service that gets a selector loses the mirrors', () => {
  const cluster = startMirror();
  cluster.client.patch(services, 'default', 'web', { spec: { selector: { app: 'web' } } });
  cluster.sim.clock.runFor(3_000);
  const managers = slicesOf(cluster).map(
    ({ metadata }) => metadata.labels!['endpointslice.kubernetes.io/managed-by'],
  );
  expect(managers).toEqual(['endpointslice-controller.k8s.io']);
});

test('what somebody else did to a mirror is put right', () => {
  const cluster = startMirror();
  const { client, sim } = cluster;
  client.update(endpointSlices, { ...slicesOf(cluster)[0], endpoints: [] });
  sim.clock.runFor(2_000);
  expect(shown(cluster)[0].addresses).toEqual([['10.1.2.3', true]]);
  client.delete(endpointSlices, 'default', slicesOf(cluster)[0].metadata.name);
  sim.clock.runFor(2_000);
  expect(shown(cluster)).toHaveLength(1);
});

test('of more addresses than a slice can hold, the rest is said to be skipped', () => {
  const addresses = Array.from({ length: 1001 }, (_, index) => ({
    ip: `10.0.${index >> 8}.${index & 255}`,
  }));
  const cluster = startMirror([{ addresses, ports: [{ port: 80 }] }]);
  expect(slicesOf(cluster)[0].endpoints).toHaveLength(1000);
});
