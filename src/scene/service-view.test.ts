import { expect, test } from 'vitest';
import type { EndpointSlice, Service } from '../api/types';
import { viewService } from './service-view';

const metadata = { name: 'web', namespace: 'shop' };

test('a service shows its address, its ports and how many endpoints are ready', () => {
  const spec = {
    type: 'NodePort',
    clusterIP: '10.96.3.4',
    ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }],
  };
  const slice = (...ready: (boolean | undefined)[]): EndpointSlice =>
    ({ endpoints: ready.map((each) => ({ conditions: { ready: each } })) }) as never;
  // What is not said counts as ready.
  const slices = new Set([slice(true, false), slice(undefined), { endpoints: null } as never]);
  expect(viewService({ metadata, spec } as never as Service, slices, 3)).toEqual({
    key: 'shop/web',
    namespace: 'shop',
    name: 'web',
    type: 'NodePort',
    clusterIP: '10.96.3.4',
    ports: ['80/TCP', '53/UDP'],
    ready: 2,
    total: 3,
    hue: 3,
  });
});

test('a service with nothing said is a ClusterIP without endpoints', () => {
  const view = viewService({ metadata, spec: {} } as never as Service, new Set(), 1);
  expect(view).toMatchObject({ type: 'ClusterIP', clusterIP: '', ports: [], ready: 0, total: 0 });
});
