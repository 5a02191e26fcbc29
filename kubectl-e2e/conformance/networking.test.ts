// Upstream: test/e2e/network/{service,endpointslice,endpointslicemirroring,service_latency}.go:
// what needs no traffic.
import { expect } from 'vitest';
import { isMissing, list, number, suite, text, until, type Item, type Place } from './framework';
import { agnhost } from './images';

const { conformance } = suite();

const servicesOf = ({ api, namespace }: Place) => api.core('services', namespace);
const endpointsOf = ({ api, namespace }: Place) => api.core('endpoints', namespace);
const slicesOf = ({ api, namespace }: Place) =>
  api.of('discovery.k8s.io/v1', 'endpointslices', namespace);

function slices(place: Place, service: string, count: number): Promise<Item[]> {
  return until(`${count} slices of ${service}`, async () => {
    const { items } = await slicesOf(place).list({
      labelSelector: `kubernetes.io/service-name=${service}`,
    });
    return items.length === count && items;
  });
}

conformance(
  '[sig-network] Services should find a service from listing all namespaces [Conformance]',
  async ({ api }) => {
    const { items } = await api.core('services').list();
    expect(
      items.some(
        ({ metadata }) =>
          text(metadata.name) === 'kubernetes' && text(metadata.namespace) === 'default',
      ),
    ).toBe(true);
  },
);

conformance(
  '[sig-network] API Server should provide secure master service [Conformance]',
  async ({ api }) => {
    expect(await isMissing(api.core('services', 'default').get('kubernetes'))).toBe(false);
  },
);

conformance(
  '[sig-network] API Server should have Endpoints and EndpointSlices pointing to API Server [Conformance]',
  async ({ api }) => {
    const endpoints = await api.core('endpoints', 'default').get('kubernetes');
    expect(list(endpoints.subsets)).toHaveLength(1);
    const { items } = await api.of('discovery.k8s.io/v1', 'endpointslices', 'default').list({
      labelSelector: 'kubernetes.io/service-name=kubernetes',
    });
    const addresses = list(list(endpoints.subsets)[0].addresses).map(({ ip }) => text(ip));
    const inSlices = items.flatMap((slice) =>
      list(slice.endpoints).flatMap(({ addresses }) => list(addresses)),
    );
    expect(inSlices).toEqual(addresses);
  },
);

conformance(
  '[sig-network] Services should delete a collection of services [Conformance]',
  async (place) => {
    const services = servicesOf(place);
    for (const [name, own] of [
      ['e2e-svc-a', 'collection'],
      ['e2e-svc-b', 'collection'],
      ['e2e-svc-c', 'other'],
    ]) {
      await services.create({
        metadata: { name, labels: { 'e2e-test': own } },
        spec: {
          type: 'ClusterIP',
          ports: [{ name: 'http', port: 8001, targetPort: 8001, protocol: 'TCP' }],
        },
      });
    }
    await services.deleteAll({ labelSelector: 'e2e-test=collection' });
    expect((await services.list()).items.map(({ metadata }) => metadata.name)).toEqual([
      'e2e-svc-c',
    ]);
  },
);

conformance(
  '[sig-network] Services should complete a service status lifecycle [Conformance]',
  async (place) => {
    const services = servicesOf(place);
    const selector = { labelSelector: 'test-service-static=true' };
    const { metadata } = await services.list(selector);
    const watch = services.watch({ ...selector, resourceVersion: text(metadata.resourceVersion) });
    const name = 'test-service-status';
    await services.create({
      metadata: { name, labels: { 'test-service-static': 'true' } },
      spec: {
        type: 'LoadBalancer',
        ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 80 }],
      },
    });
    await watch.type('ADDED');
    expect((await services.get(name, 'status')).status.loadBalancer).toBeDefined();
    const patched = await services.patch(
      name,
      'merge',
      {
        metadata: { annotations: { patchedstatus: 'true' } },
        status: { loadBalancer: { ingress: [{ ip: '203.0.113.1' }] } },
      },
      'status',
    );
    expect(patched.metadata.annotations.patchedstatus).toBe('true');
    expect(list(patched.status.loadBalancer.ingress)[0].ip).toBe('203.0.113.1');
    await watch.next('patched', ({ object }) =>
      Boolean(object.metadata.annotations?.patchedstatus),
    );
    const condition = {
      type: 'StatusUpdate',
      status: 'True',
      reason: 'E2E',
      message: 'Set from e2e test',
    };
    const updated = await services.change(
      name,
      (object) => ({ ...object, status: { ...object.status, conditions: [condition] } }),
      'status',
    );
    expect(list(updated.status.conditions)[0]).toMatchObject(condition);
    await watch.next('updated', ({ object }) =>
      list(object.status.conditions).some(({ reason }) => text(reason) === 'E2E'),
    );
    const labelled = await services.patch(name, 'strategic', {
      metadata: { labels: { 'test-service': 'patched' } },
    });
    expect(labelled.metadata.labels['test-service']).toBe('patched');
    await services.delete(name);
    await watch.type('DELETED');
    watch.stop();
  },
);

for (const words of [
  'EndpointSlice should create and delete EndpointSlices for a Service with a selector that matches no pods',
  'EndpointsController should create and delete Endpoints for a Service with a selector that matches no pods',
]) {
  conformance(`[sig-network] ${words} [Conformance]`, async (place) => {
    const name = 'example-empty-selector';
    await servicesOf(place).create({
      metadata: { name },
      spec: {
        selector: {
          'does-not-match-anything': 'endpoints-and-endpoint-slices-should-still-be-created',
        },
        ports: [{ name: 'example', port: 80, protocol: 'TCP' }],
      },
    });
    await until('endpoints', () =>
      endpointsOf(place)
        .get(name)
        .catch(() => undefined),
    );
    const [slice] = await slices(place, name, 1);
    expect(list(slice.endpoints)).toEqual([]);
    expect(slice.metadata.labels['endpointslice.kubernetes.io/managed-by']).toBe(
      'endpointslice-controller.k8s.io',
    );
    await servicesOf(place).delete(name);
    await endpointsOf(place).gone(name);
    await slices(place, name, 0);
  });
}

for (const words of [
  'EndpointSlice should create Endpoints and EndpointSlices for Pods matching a Service',
  'EndpointsController should create Endpoints for Pods matching a Service',
]) {
  conformance(`[sig-network] ${words} [Conformance]`, async (place) => {
    const pods = place.api.core('pods', place.namespace);
    for (const [name, port] of [
      ['pod1', 3000],
      ['pod2', 3001],
    ] as const) {
      const labels = { shared: 'yes', own: name };
      const container = {
        name: 'container1',
        image: agnhost,
        args: ['pause'],
        ports: [
          { name: 'example-name', containerPort: port },
          { name: 'other-port', containerPort: 4000 },
        ],
      };
      await pods.create({ metadata: { name, labels }, spec: { containers: [container] } });
    }
    const service = (name: string, selector: object, ports: object[]): Promise<Item> =>
      servicesOf(place).create({
        metadata: { name },
        spec: { selector, ports, publishNotReadyAddresses: true },
      });
    const first = { name: 'first', port: 80, targetPort: 'example-name' };
    await service('example-int-port', { own: 'pod1' }, [
      { name: 'example', port: 80, targetPort: 3000 },
    ]);
    await service('example-named-port', { shared: 'yes' }, [first]);
    await service('example-no-match', { shared: 'no' }, [
      { name: 'no', port: 80, targetPort: 3000 },
    ]);
    const ips = await until('addresses of both', async () => {
      const { items } = await pods.list();
      const found = items.map(({ status }) => text(status.podIP));
      return found.every(Boolean) && found;
    });
    const told = async (name: string): Promise<string[]> => {
      const { items } = await slicesOf(place).list({
        labelSelector: `kubernetes.io/service-name=${name}`,
      });
      return items
        .flatMap((slice) =>
          list(slice.endpoints).flatMap(({ addresses, targetRef }) =>
            list(addresses).map(
              (ip) => `${text(targetRef.name)} ${text(ip)}:${number(list(slice.ports)[0].port)}`,
            ),
          ),
        )
        .sort();
    };
    const wait = (name: string, wanted: string[]): Promise<boolean> =>
      until(
        `${name} to tell of ${wanted.join()}`,
        async () => JSON.stringify(await told(name)) === JSON.stringify(wanted),
      );
    await wait('example-int-port', [`pod1 ${ips[0]}:3000`]);
    await wait('example-named-port', [`pod1 ${ips[0]}:3000`, `pod2 ${ips[1]}:3001`]);
    await wait('example-no-match', []);
    const { subsets } = await endpointsOf(place).get('example-named-port');
    expect(
      list(subsets)
        .map(({ ports }) => list(ports)[0].port)
        .sort(),
    ).toEqual([3000, 3001]);
    for (const name of ['pod1', 'pod2']) await pods.delete(name, { gracePeriodSeconds: 0 });
    await wait('example-named-port', []);
  });
}

conformance(
  '[sig-network] EndpointSliceMirroring should mirror a custom Endpoints resource through create update and delete [Conformance]',
  async (place) => {
    const name = 'example-custom-endpoints';
    await servicesOf(place).create({
      metadata: { name },
      spec: { ports: [{ name: 'example', port: 80, protocol: 'TCP' }] },
    });
    await endpointsOf(place).create({
      metadata: { name },
      subsets: [
        {
          ports: [{ name: 'example', port: 80, protocol: 'TCP' }],
          addresses: [{ ip: '10.1.2.3' }],
        },
      ],
    });
    const [mirrored] = await slices(place, name, 1);
    expect(list(mirrored.ports)).toEqual([{ name: 'example', port: 80, protocol: 'TCP' }]);
    expect(list(mirrored.endpoints)[0]).toMatchObject({ addresses: ['10.1.2.3'] });
    await endpointsOf(place).change(name, (object) => ({
      ...object,
      subsets: [{ ...list(object.subsets)[0], addresses: [{ ip: '10.2.3.4' }] }],
    }));
    await until('the other address', async () => {
      const [slice] = await slices(place, name, 1);
      return text(list(list(slice.endpoints)[0].addresses)[0]) === '10.2.3.4';
    });
    await endpointsOf(place).delete(name);
    await slices(place, name, 0);
  },
);

conformance(
  '[sig-network] Service endpoints latency should not be very high [Conformance]',
  async (place) => {
    const labels = { name: 'svc-latency-rc' };
    await place.api.core('replicationcontrollers', place.namespace).create({
      metadata: { name: 'svc-latency-rc' },
      spec: {
        replicas: 1,
        selector: labels,
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'svc-latency-rc', image: 'registry.k8s.io/pause:3.10.1' }] },
        },
      },
    });
    const pods = place.api.core('pods', place.namespace);
    await until('running', async () =>
      (await pods.list()).items.some(({ status }) => text(status.phase) === 'Running'),
    );
    const watch = endpointsOf(place).watch();
    for (let index = 0; index < 20; index++) {
      const { metadata } = await servicesOf(place).create({
        metadata: { generateName: 'latency-svc-' },
        spec: {
          ports: [{ protocol: 'TCP', port: 80 }],
          selector: labels,
          type: 'ClusterIP',
          sessionAffinity: 'None',
        },
      });
      await watch.next('its endpoints', ({ object }) => {
        const isIts = text(object.metadata.name) === text(metadata.name);
        return isIts && list(object.subsets).some(({ addresses }) => list(addresses).length > 0);
      });
    }
    watch.stop();
  },
);
