import { beforeEach, describe, expect, test } from 'vitest';
import type { Machine } from '../../api/machine';
import { machines } from '../../api/resource-ref';
import type { Cluster } from '../../cluster/cluster';
import { createWholeCluster } from '../../cluster/whole-cluster';
import { healthPage } from './server-pages';
import { Query } from './query';

const page = (path: string, query = '', failing: readonly string[] = []) =>
  healthPage(path, new Query(query), failing);

describe('health', () => {
  test('is one word unless somebody asks for more', () => {
    expect(page('/livez')).toEqual({
      status: 200,
      headers: expect.any(Object),
      body: 'ok',
    });
    expect(page('/readyz', 'verbose')?.body.split('\n').slice(0, 5)).toEqual([
      '[+]ping ok',
      '[+]log ok',
      '[+]etcd ok',
      '[+]etcd-readiness ok',
      '[+]informer-sync ok',
    ]);
    expect(page('/readyz', 'verbose')?.body).toMatch(/\n\[\+\]shutdown ok\nreadyz check passed\n$/);
  });

  test('tells every check once one of them fails, and may leave it out', () => {
    const failed = page('/livez', '', ['etcd'])!;
    expect([failed.status, failed.body.includes('[-]etcd failed: reason withheld\n')]).toEqual([
      500,
      true,
    ]);
    expect(failed.body).toMatch(/\nlivez check failed\n$/);
    const excluded = page('/livez', 'exclude=etcd&verbose', ['etcd'])!;
    expect([excluded.status, excluded.body.includes('[+]etcd excluded: ok\n')]).toEqual([
      200,
      true,
    ]);
  });

  test('of a single check', () => {
    expect(page('/livez/etcd')?.body).toBe('ok');
    expect(page('/livez/etcd', '', ['etcd'])?.status).toBe(500);
    expect(page('/livez/absent')).toBeUndefined();
  });
});

describe('a running server', () => {
  let cluster: Cluster;
  const get = (path: string) => cluster.handle({ method: 'GET', path });

  beforeEach(() => {
    cluster = createWholeCluster({ seed: 1, preset: 'ha', workers: 0 });
    cluster.boot();
  });

  test('counts the requests that come from outside', () => {
    get('/api/v1/nodes');
    get('/api/v1/nodes');
    get('/api/v1/namespaces/default/pods/absent');
    const lines = get('/metrics').body.split('\n');
    const labels = 'component="apiserver",dry_run="",group=""';
    expect(lines.filter((line) => line.startsWith('apiserver_request_total'))).toEqual([
      `apiserver_request_total{code="200",${labels},resource="nodes",scope="cluster",` +
        'subresource="",verb="LIST",version="v1"} 2',
      `apiserver_request_total{code="404",${labels},resource="pods",scope="resource",` +
        'subresource="",verb="GET",version="v1"} 1',
    ]);
    expect(lines).toContain('apiserver_storage_objects{resource="nodes"} 3');
  });

  test('says that etcd fails when it has lost its quorum', () => {
    for (const name of ['m1', 'm2']) {
      const spec: Partial<Machine['spec']> = { power: 'Off' };
      cluster.world.patch(machines, '', name, { spec }, { patchType: 'merge' });
    }
    cluster.clock.runFor(10_000);
    expect([get('/readyz').status, get('/readyz/etcd').status]).toEqual([500, 500]);
  });
});
