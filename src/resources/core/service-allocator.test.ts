import { expect, test } from 'vitest';
import { services } from '../../api/resource-ref';
import type { Service } from '../../api/types';
import { createCluster } from '../../cluster/cluster';
import { ServiceAllocator } from './service-allocator';
import { defaultService } from './service/defaults';

type Spec = Partial<Service['spec']>;

function service(name: string, spec: Spec = {}): Service {
  return defaultService({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name } as Service['metadata'],
    spec: { ports: [{ port: 80 }], ...spec },
    status: {},
  } as Service);
}

const allocator = (): ServiceAllocator => new ServiceAllocator(() => 0);

function message(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

test('addresses given unasked stay out of the band kept for those who ask', () => {
  const given = allocator();
  expect(given.allocate(service('a'), undefined).spec.clusterIP).toBe('10.96.1.1');
  expect(given.allocate(service('b'), undefined).spec.clusterIPs).toEqual(['10.96.1.2']);
  const asked = service('kubernetes', { clusterIP: '10.96.0.1' });
  expect(given.allocate(asked, undefined).spec.clusterIPs).toEqual(['10.96.0.1']);
});

test('headless and external names get no address', () => {
  const given = allocator();
  expect(given.allocate(service('a', { clusterIP: 'None' }), undefined).spec.clusterIPs).toEqual([
    'None',
  ]);
  const external = service('b', { type: 'ExternalName', externalName: 'x.test', ports: undefined });
  expect(given.allocate(external, undefined).spec.clusterIP).toBeUndefined();
});

test('node ports are given, kept over an update and given back', () => {
  const given = allocator();
  const first = given.allocate(service('a', { type: 'NodePort' }), undefined);
  expect(first.spec.ports?.[0].nodePort).toBe(30086);
  const changed = service('a', { type: 'NodePort', ports: [{ port: 80, nodePort: 30086 }] });
  changed.spec.clusterIP = first.spec.clusterIP;
  changed.spec.clusterIPs = first.spec.clusterIPs;
  expect(given.allocate(changed, first).spec.ports?.[0].nodePort).toBe(30086);
  given.release(changed);
  expect(
    given.allocate(service('b', { type: 'NodePort' }), undefined).spec.ports?.[0].nodePort,
  ).toBe(30086);
});

test('what the listed Services hold is taken after a rebuild', () => {
  const before = allocator();
  const held = before.allocate(service('a', { type: 'NodePort' }), undefined);
  const after = allocator();
  after.rebuild([held]);
  const next = after.allocate(service('b', { type: 'NodePort' }), undefined);
  expect([next.spec.clusterIP, next.spec.ports?.[0].nodePort]).toEqual(['10.96.1.2', 30087]);
});

test('a dry run takes nothing', () => {
  const given = allocator();
  given.allocate(service('a', { type: 'NodePort' }), undefined, true);
  expect(given.allocate(service('b'), undefined).spec.clusterIP).toBe('10.96.1.1');
});

test.each<[string, Spec]>([
  [
    'Service "s" is invalid: spec.clusterIPs: Invalid value: ["1.2.3.4"]: failed to allocate IP ' +
      '1.2.3.4: the provided network does not match the current range',
    { clusterIP: '1.2.3.4' },
  ],
  [
    'Service "s" is invalid: spec.clusterIPs: Invalid value: ["10.96.0.10"]: failed to ' +
      'allocate IP 10.96.0.10: provided IP is already allocated',
    { clusterIP: '10.96.0.10' },
  ],
  [
    'Service "s" is invalid: spec.clusterIPs[0]: Invalid value: "abc": must be a valid IP ' +
      'address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    { clusterIP: 'abc' },
  ],
  [
    'Service "s" is invalid: spec.ports[0].nodePort: Invalid value: 30011: provided port is ' +
      'already allocated',
    { type: 'NodePort', ports: [{ port: 80, nodePort: 30011 }] },
  ],
  [
    'Service "s" is invalid: spec.ports[0].nodePort: Invalid value: 25000: provided port is ' +
      'not in the valid range. The range of valid ports is 30000-32767',
    { type: 'NodePort', ports: [{ port: 80, nodePort: 25000 }] },
  ],
  [
    'Service "s" is invalid: spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this ' +
      'cluster is not configured for dual-stack services',
    { ipFamilyPolicy: 'RequireDualStack' },
  ],
  [
    'Service "s" is invalid: spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster',
    { ipFamilies: ['IPv6'] },
  ],
])('%s', (expected, spec) => {
  const given = allocator();
  given.allocate(service('dns', { clusterIP: '10.96.0.10' }), undefined);
  const port = { port: 80, nodePort: 30011 };
  given.allocate(service('node-port', { type: 'NodePort', ports: [port] }), undefined);
  expect(message(() => given.allocate(service('s', spec), undefined))).toBe(expected);
});

test('a load balancer that keeps traffic on its node gets a port for health checks by the API', () => {
  const cluster = createCluster({ seed: 1 });
  cluster.boot();
  const { client } = cluster;
  const spec = { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ port: 80 }] };
  const made = client.create(services, {
    metadata: { name: 'a', namespace: 'default' },
    spec,
  } as never);
  const port = made.spec.healthCheckNodePort!;
  expect(port >= 30000 && port <= 32767 && port !== made.spec.ports![0].nodePort).toBe(true);
  const path = '/api/v1/namespaces/default/services/a';
  const changed = cluster.handle({
    method: 'PATCH',
    path,
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ spec: { externalTrafficPolicy: 'Cluster' } }),
  });
  expect([changed.status, client.get(services, 'default', 'a').spec.healthCheckNodePort]).toEqual([
    200,
    undefined,
  ]);
});

test('several ranges serve one after the other is full, and share what is taken', () => {
  const given = allocator();
  given.setRanges(['10.1.0.0/30', '10.1.0.0/29']);
  const addresses = ['a', 'b', 'c'].map(
    (name) => given.allocate(service(name), undefined).spec.clusterIP,
  );
  expect(addresses).toEqual(['10.1.0.1', '10.1.0.2', '10.1.0.3']);
  given.setRanges(['10.2.0.0/30']);
  expect(message(() => given.allocate(service('d', { clusterIP: '10.1.0.4' }), undefined))).toMatch(
    'the provided network does not match the current range',
  );
  given.setRanges(['10.1.0.0/29']);
  expect(message(() => given.allocate(service('d', { clusterIP: '10.1.0.2' }), undefined))).toMatch(
    'provided IP is already allocated',
  );
});
