import { describe, expect, it, test } from 'vitest';
import { deployments, leases, machines, pods } from '../api/resource-ref';
import type { Lease, Pod } from '../api/types';
import { createCluster, restoreCluster, type Cluster } from './cluster';
import { assertSaved, leaderOn } from './saved-cluster';

function running(): Cluster {
  const cluster = createCluster({ seed: 3, workers: 2 });
  cluster.boot();
  const labels = { app: 'web' };
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: 'main', image: 'nginx:1.27' }] },
  };
  const spec = { replicas: 3, selector: { matchLabels: labels }, template };
  cluster.client.create(deployments, {
    metadata: { name: 'web', namespace: 'default' },
    spec,
  } as never);
  cluster.clock.runFor(30_000);
  return cluster;
}

/** As it crosses a message channel or a file. */
function reloaded(cluster: Cluster): Cluster {
  return restoreCluster(JSON.parse(JSON.stringify(cluster.save())));
}

const podsOf = ({ store }: Cluster): Pod[] => store.list(pods.key) as Pod[];
const processesOf = ({ machineRoom }: Cluster): string[] =>
  [...machineRoom.runningPods()].map(({ machine, uid }) => `${machine} ${uid}`).sort();

describe('a cluster that was put away', () => {
  it('has the same objects, the same time and the same processes', () => {
    const before = running();
    const after = reloaded(before);
    expect(after.clock.nowMs).toBe(before.clock.nowMs);
    expect(podsOf(after)).toEqual(podsOf(before));
    expect(processesOf(after)).toEqual(processesOf(before));
    expect(after.controlPlane.gate.isOpen).toBe(true);
  });

  it('draws other names than it drew before it was put away', () => {
    const before = running();
    const after = reloaded(before);
    after.client.patch(
      deployments,
      'default',
      'web',
      { spec: { replicas: 6 } },
      { patchType: 'merge' },
    );
    after.clock.runFor(30_000);
    const uids = podsOf(after).map(({ metadata }) => metadata.uid);
    expect(new Set(uids).size).toBe(uids.length);
    expect(podsOf(after).filter(({ metadata }) => metadata.namespace === 'default')).toHaveLength(
      6,
    );
    const addresses = podsOf(after).flatMap(({ spec, status }) =>
      spec.hostNetwork ? [] : status.podIP!,
    );
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('can be put away and brought back again and again', () => {
    let cluster = running();
    const before = podsOf(cluster).map(({ status }) => status.containerStatuses);
    for (let round = 0; round < 3; round++) {
      cluster = reloaded(cluster);
      cluster.clock.runFor(60_000);
    }
    expect(podsOf(cluster).map(({ status }) => status.containerStatuses)).toEqual(before);
  });

  it('knows which of its machines were off', () => {
    const before = running();
    before.world.patch(machines, '', 'n2', { spec: { power: 'Off' } }, { patchType: 'merge' });
    before.clock.runFor(60_000);
    const after = reloaded(before);
    after.clock.runFor(60_000);
    expect(processesOf(after).filter((line) => line.startsWith('n2'))).toEqual([]);
    after.world.patch(machines, '', 'n2', { spec: { power: 'On' } }, { patchType: 'merge' });
    after.clock.runFor(60_000);
    expect(processesOf(after).some((line) => line.startsWith('n2'))).toBe(true);
    const ready = podsOf(after).every(({ status }) =>
      status.containerStatuses!.every((each) => each.ready),
    );
    expect(ready).toBe(true);
  });

  it('in the midst of a rollout goes on with it', () => {
    const before = running();
    const template = { spec: { containers: [{ name: 'main', image: 'nginx:1.28' }] } };
    before.client.patch(
      deployments,
      'default',
      'web',
      { spec: { template } },
      { patchType: 'merge' },
    );
    before.clock.runFor(1500);
    const after = reloaded(before);
    after.clock.runFor(60_000);
    const own = podsOf(after).filter(({ metadata }) => metadata.namespace === 'default');
    expect(own.map(({ spec }) => spec.containers[0].image)).toEqual(Array(3).fill('nginx:1.28'));
    expect(own.every(({ status }) => status.containerStatuses![0].ready)).toBe(true);
  });
});

test.each([null, {}, { version: 0 }, { version: 2 }])('%j is no save of ours', (saved) => {
  expect(() => assertSaved(saved)).toThrow(RangeError);
});

test('who led is told only to the machine on which it ran', () => {
  const { store } = running();
  const lease = store.get(leases.key, 'kube-system', 'kube-scheduler') as Lease;
  expect(leaderOn(store, 'm1', 'kube-scheduler')).toBe(lease.spec.holderIdentity);
  expect(leaderOn(store, 'm2', 'kube-scheduler')).toBeUndefined();
  expect(leaderOn(store, 'm1', 'nobody')).toBeUndefined();
});
