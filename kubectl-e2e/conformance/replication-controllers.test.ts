// Upstream: test/e2e/apps/rc.go.
import { expect } from 'vitest';
import { list, number, suite, text, until, type Place } from './framework';
import { agnhost } from './images';
import { podsOf } from './test-pods';

const { conformance } = suite();

const controllersOf = ({ api, namespace }: Place) => api.core('replicationcontrollers', namespace);

function controller(name: string, replicas: number, own: object, image = agnhost): object {
  const containers = [{ name, image, ports: [{ containerPort: 9376 }] }];
  const template = { metadata: { labels: own }, spec: { containers } };
  return { metadata: { name, labels: own }, spec: { replicas, selector: own, template } };
}

const rc = '[sig-apps] ReplicationController';

conformance(
  `${rc} should surface a failure condition on a common issue like exceeded quota [Conformance]`,
  async (place) => {
    const name = 'condition-test';
    await place.api.core('resourcequotas', place.namespace).create({
      metadata: { name },
      spec: { hard: { pods: '2' } },
    });
    await until('the quota', async () => {
      const quota = await place.api.core('resourcequotas', place.namespace).get(name);
      return text(quota.status?.hard?.pods) === '2';
    });
    const client = controllersOf(place);
    await client.create(controller(name, 3, { name }));
    const failed = async (): Promise<boolean> => {
      const { status } = await client.get(name);
      return list(status.conditions).some(({ type }) => text(type) === 'ReplicaFailure');
    };
    await until('the failure', failed);
    await client.change(name, (object) => ({ ...object, spec: { ...object.spec, replicas: 2 } }));
    await until('no failure', async () => !(await failed()));
  },
);

conformance(`${rc} should adopt matching pods on creation [Conformance]`, async (place) => {
  const name = 'pod-adoption';
  await podsOf(place).create({
    metadata: { name, labels: { name } },
    spec: { containers: [{ name, image: agnhost }] },
  });
  const made = await controllersOf(place).create(controller(name, 1, { name }));
  const [owner] = await until('adoption', async () => {
    const owners = list((await podsOf(place).get(name)).metadata.ownerReferences);
    return owners.length > 0 && owners;
  });
  expect([owner.controller, owner.uid]).toEqual([true, made.metadata.uid]);
});

conformance(`${rc} should release no longer matching pods [Conformance]`, async (place) => {
  const name = 'pod-release';
  await controllersOf(place).create(controller(name, 1, { name }));
  const [pod] = await until('a pod', async () => {
    const { items } = await podsOf(place).list({ labelSelector: `name=${name}` });
    return items.length === 1 && items;
  });
  const own = text(pod.metadata.name);
  await podsOf(place).change(own, (object) => ({
    ...object,
    metadata: { ...object.metadata, labels: { name: 'not-matching-name' } },
  }));
  await until('release', async () => !(await podsOf(place).get(own)).metadata.ownerReferences);
});

conformance(
  `${rc} should get and update a ReplicationController scale [Conformance]`,
  async (place) => {
    const client = controllersOf(place);
    await client.create(controller('e2e-rc', 1, { name: 'e2e-rc' }));
    await until(
      'a replica',
      async () => number((await client.get('e2e-rc')).status.replicas) === 1,
    );
    const scale = await client.get('e2e-rc', 'scale');
    expect(scale.spec.replicas).toBe(1);
    await client.update({ ...scale, spec: { replicas: 2 } }, 'scale');
    await until('two', async () => number((await client.get('e2e-rc')).status.replicas) === 2);
  },
);

conformance(
  `${rc} should test the lifecycle of a ReplicationController [Conformance]`,
  async (place) => {
    const client = controllersOf(place);
    const name = 'rc-test';
    const own = { 'test-rc-static': 'true' };
    const selector = { labelSelector: 'test-rc-static=true' };
    const { metadata } = await client.list(selector);
    const watch = client.watch({ ...selector, resourceVersion: text(metadata.resourceVersion) });
    await client.create(controller(name, 1, own));
    await watch.type('ADDED');
    const counted = (field: string, count: number) =>
      watch.next(`${field} ${count}`, ({ object }) => number(object.status[field]) === count);
    await counted('readyReplicas', 1);
    await client.patch(name, 'strategic', { metadata: { labels: { 'test-rc': 'patched' } } });
    await watch.next('patched', ({ object }) => 'test-rc' in object.metadata.labels);
    const before = await client.get(name);
    await client.patch(
      name,
      'strategic',
      {
        metadata: { labels: { 'test-rc': 'patched-status' } },
        status: { readyReplicas: 0, availableReplicas: 0 },
      },
      'status',
    );
    await watch.next(
      'none ready',
      ({ object }) =>
        !('readyReplicas' in object.status) && !('availableReplicas' in object.status),
    );
    expect((await client.get(name, 'status')).metadata.uid).toBe(before.metadata.uid);
    await client.patch(name, 'strategic', { spec: { replicas: 2 } }, 'scale');
    await counted('readyReplicas', 2);
    const everywhere = await place.api.core('replicationcontrollers').list(selector);
    expect(everywhere.items).toHaveLength(1);
    await client.change(
      name,
      (object) => ({ ...object, spec: { ...object.spec, replicas: 3 } }),
      '',
    );
    await counted('readyReplicas', 3);
    await client.deleteAll(selector);
    await watch.type('DELETED');
    watch.stop();
  },
);
