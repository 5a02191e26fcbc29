// The ranges of cluster IPs as kube-apiserver takes them from ServiceCIDRs.
import { beforeEach, describe, expect, test } from 'vitest';
import { events, type ResourceRef } from '../../api/resource-ref';
import { ask, must, openCluster } from '../../testing/access';
import type { Cluster } from '../cluster';
import { restoreWholeCluster } from '../whole-cluster';

const RANGES = '/apis/networking.k8s.io/v1/servicecidrs';
const SERVICES = '/api/v1/namespaces/default/services';

let cluster: Cluster;
beforeEach(() => {
  cluster = openCluster();
});

function makeRange(name: string, ...cidrs: string[]): number {
  const { status } = ask(cluster, 'POST', RANGES, {
    body: { metadata: { name }, spec: { cidrs } },
  });
  return status;
}

/** The cluster IP of a new Service, or why there is none. */
function make(name: string, clusterIP?: string): string {
  const spec = { ports: [{ port: 80 }], ...(clusterIP && { clusterIP }) };
  const { body } = ask(cluster, 'POST', SERVICES, { body: { metadata: { name }, spec } });
  const made = body.spec as { clusterIP: string } | undefined;
  return made?.clusterIP ?? (body.message as string).split(': ').pop()!;
}

function warnings(): string[] {
  const { items } = cluster.client.list(events as ResourceRef, 'default');
  return (items as never[]).map(
    ({ source, reason, message }: { source: object; reason: string; message: string }) =>
      `${JSON.stringify(source)} ${reason}: ${message}`,
  );
}

describe('addresses', () => {
  test('come from every range, and go with a range that is being deleted', () => {
    expect(make('early', '10.97.0.5')).toBe(
      'the provided network does not match the current range',
    );
    expect(makeRange('more', '10.97.0.0/24')).toBe(201);
    expect(make('one', '10.97.0.5')).toBe('10.97.0.5');
    const all = Array.from({ length: 30 }, (_, index) => make(`s${index}`));
    expect(new Set(all.map((each) => each.split('.', 2).join('.')))).toEqual(
      new Set(['10.96', '10.97']),
    );
    must(cluster, 'DELETE', `${RANGES}/more`);
    expect(make('two', '10.97.0.250')).toBe(
      'the provided network does not match the current range',
    );
    const later = Array.from({ length: 30 }, (_, index) => make(`t${index}`));
    expect(later.filter((each) => !each.startsWith('10.96.'))).toEqual([]);
    expect(make('three', '10.97.0.5')).toBe(
      'the provided network does not match the current range',
    );
  });

  test('come from no range of IPv6', () => {
    makeRange('six', '2001:db8::/112');
    expect(make('a')).toMatch(/^10\.96\./);
  });

  test('come from all ranges again after a restore', () => {
    makeRange('more', '10.97.0.0/24');
    cluster = restoreWholeCluster(cluster.save());
    expect(make('one', '10.97.0.5')).toBe('10.97.0.5');
  });
});

describe('the range of the start', () => {
  test('stays as long as the Service of the API server needs it', () => {
    must(cluster, 'DELETE', `${RANGES}/kubernetes`);
    cluster.clock.runFor(60_000);
    const { status } = must<{ status: { conditions: { reason: string }[] } }>(
      cluster,
      'GET',
      `${RANGES}/kubernetes`,
    );
    expect(status.conditions.map(({ reason }) => reason)).toEqual(['Terminating']);
  });

  test('comes back within ten seconds when a wider one let it go', () => {
    makeRange('wide', '10.96.0.0/12');
    const { metadata } = must<{ metadata: { uid: string } }>(
      cluster,
      'GET',
      `${RANGES}/kubernetes`,
    );
    must(cluster, 'DELETE', `${RANGES}/kubernetes`);
    cluster.clock.runFor(25_000);
    const again = must<typeof metadata & { metadata: { uid: string } }>(
      cluster,
      'GET',
      `${RANGES}/kubernetes`,
    );
    expect(again.metadata.uid).not.toBe(metadata.uid);
    expect(make('one', '10.100.0.5')).toBe('10.100.0.5');
  });

  test('is found fault with once when it is another than the API server was started with', () => {
    must(cluster, 'PATCH', `${RANGES}/kubernetes`, {
      body: { spec: { cidrs: ['10.96.0.0/16', '2001:db8::/112'] } },
    });
    cluster.clock.runFor(60_000);
    expect(warnings()).toEqual([
      '{"component":"kubernetes-service-cidr-controller"} KubernetesDefaultServiceCIDRInconsistent: ' +
        'The default ServiceCIDR [10.96.0.0/16 2001:db8::/112] does not match the controller ' +
        'flag configurations [10.96.0.0/16]',
    ]);
  });

  test.each([
    [['10.96.0.0/17'], 'spec.cidrs[0]: Invalid value: "10.96.0.0/17": field is immutable'],
    [
      ['2001:db8::/112', '10.96.0.0/16'],
      'spec.cidrs[0]: Invalid value: "2001:db8::/112": field is immutable',
    ],
    [
      ['10.96.0.0/16', '10.97.0.0/16'],
      'spec.cidrs: Invalid value: ["10.96.0.0/16","10.97.0.0/16"]: may specify no more than one ' +
        'IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64',
    ],
    [['a', 'b', 'c'], 'spec.cidrs: Invalid value: ["a","b","c"]: field is immutable'],
  ])('may not become %j', (cidrs, why) => {
    const { status, body } = ask(cluster, 'PATCH', `${RANGES}/kubernetes`, {
      body: { spec: { cidrs } },
    });
    expect([status, body.message]).toEqual([
      422,
      `ServiceCIDR.networking.k8s.io "kubernetes" is invalid: ${why}`,
    ]);
  });
});
