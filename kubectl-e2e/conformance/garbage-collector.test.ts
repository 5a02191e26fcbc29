// Upstream: test/e2e/apimachinery/garbage_collector.go, namespace.go.
import { expect } from 'vitest';
import {
  isMissing,
  list,
  makeNamespace,
  number,
  sleep,
  suite,
  text,
  until,
  type Item,
  type Place,
} from './framework';

const { conformance } = suite(30);

const nginx = { name: 'nginx', image: 'registry.k8s.io/e2e-test-images/nginx:1.15-4' };
const template = (labels: object): object => ({
  metadata: { labels },
  spec: { containers: [nginx] },
});
const controllerOf = (name: string, replicas: number, labels: object): object => ({
  metadata: { name },
  spec: { replicas, selector: labels, template: template(labels) },
});
const deployment = {
  metadata: { name: 'simpletest.deployment' },
  spec: {
    replicas: 2,
    strategy: { type: 'RollingUpdate' },
    selector: { matchLabels: { app: 'gctest' } },
    template: template({ app: 'gctest' }),
  },
};

async function replicas(place: Place, name: string, count: number): Promise<Item> {
  const client = place.api.core('replicationcontrollers', place.namespace);
  return until(`${count} replicas of ${name}`, async () => {
    const controller = await client.get(name);
    return number(controller.status.replicas) === count && controller;
  });
}

const preconditions = ({ metadata }: Item): object => ({
  preconditions: { uid: metadata.uid },
});

conformance(
  '[sig-api-machinery] Garbage collector should delete pods created by rc when not orphaning [Conformance]',
  async (place) => {
    const { api, namespace } = place;
    const client = api.core('replicationcontrollers', namespace);
    const rc = await client.create(controllerOf('simpletest.rc', 2, { gctest: 'bg' }));
    const pods = api.core('pods', namespace);
    await until('a pod', async () => (await pods.list()).items.length > 0);
    await client.delete('simpletest.rc', {
      propagationPolicy: 'Background',
      ...preconditions(rc),
    });
    await until('no pods', async () => (await pods.list()).items.length === 0);
  },
);

conformance(
  '[sig-api-machinery] Garbage collector should orphan pods created by rc if delete options say so [Serial] [Conformance]',
  async (place) => {
    const { api, namespace } = place;
    const client = api.core('replicationcontrollers', namespace);
    const rc = await client.create(controllerOf('simpletest.rc', 100, { gctest: 'orphan' }));
    await replicas(place, 'simpletest.rc', 100);
    await client.delete('simpletest.rc', { propagationPolicy: 'Orphan', ...preconditions(rc) });
    await until('no rc', async () => (await client.list()).items.length === 0);
    await sleep(1500);
    const { items } = await api.core('pods', namespace).list();
    expect(items).toHaveLength(100);
    expect(items.filter(({ metadata }) => metadata.ownerReferences)).toEqual([]);
  },
);

conformance(
  '[sig-api-machinery] Garbage collector should delete RS created by deployment when not orphaning [Conformance]',
  async ({ api, namespace }) => {
    const deployments = api.of('apps/v1', 'deployments', namespace);
    const sets = api.of('apps/v1', 'replicasets', namespace);
    const made = await deployments.create(deployment);
    await until('a replica set', async () => (await sets.list()).items.length > 0);
    await deployments.delete('simpletest.deployment', {
      propagationPolicy: 'Background',
      ...preconditions(made),
    });
    await until('nothing', async () => {
      const pods = await api.core('pods', namespace).list();
      return (
        (await deployments.list()).items.length +
          (await sets.list()).items.length +
          pods.items.length ===
        0
      );
    });
  },
);

conformance(
  '[sig-api-machinery] Garbage collector should orphan RS created by deployment when deleteOptions.PropagationPolicy is Orphan [Conformance]',
  async ({ api, namespace }) => {
    const deployments = api.of('apps/v1', 'deployments', namespace);
    const sets = api.of('apps/v1', 'replicasets', namespace);
    const made = await deployments.create(deployment);
    await until('a replica set', async () => (await sets.list()).items.length > 0);
    await deployments.delete('simpletest.deployment', {
      propagationPolicy: 'Orphan',
      ...preconditions(made),
    });
    await until('no deployment', async () => (await deployments.list()).items.length === 0);
    await sleep(1500);
    const { items } = await sets.list();
    expect(items).toHaveLength(1);
    expect(items[0].metadata.ownerReferences).toBeUndefined();
  },
);

conformance(
  '[sig-api-machinery] Garbage collector should keep the rc around until all its pods are deleted if the deleteOptions says so [Serial] [Conformance]',
  async (place) => {
    const { api, namespace } = place;
    const client = api.core('replicationcontrollers', namespace);
    const pods = api.core('pods', namespace);
    const rc = await client.create(controllerOf('simpletest.rc', 50, { gctest: 'fg' }));
    await replicas(place, 'simpletest.rc', 50);
    await client.delete('simpletest.rc', {
      propagationPolicy: 'Foreground',
      ...preconditions(rc),
    });
    await until('no rc', async () => {
      const podsBefore = (await pods.list()).items;
      const left = (await client.list()).items;
      if (left.length === 0) {
        expect((await pods.list()).items).toEqual([]);
        return true;
      }
      expect(left[0].metadata).toMatchObject({ finalizers: ['foregroundDeletion'] });
      expect(podsBefore.length).toBeLessThanOrEqual(50);
      return false;
    });
  },
);

conformance(
  "[sig-api-machinery] Garbage collector should not delete dependents that have both valid owner and owner that's waiting for dependents to be deleted [Serial] [Conformance]",
  async (place) => {
    const { api, namespace } = place;
    const client = api.core('replicationcontrollers', namespace);
    const pods = api.core('pods', namespace);
    const first = await client.create(
      controllerOf('simpletest-rc-to-be-deleted', 40, { gctest_d: 'valid_and_pending_owners_d' }),
    );
    const second = await client.create(
      controllerOf('simpletest-rc-to-stay', 0, {
        gctest_s: 'valid_and_pending_owners_s',
        other: 'x',
      }),
    );
    await replicas(place, 'simpletest-rc-to-be-deleted', 40);
    const { items } = await pods.list();
    const half = items.slice(0, 20);
    for (const { metadata } of half) {
      await pods.patch(text(metadata.name), 'strategic', {
        metadata: {
          ownerReferences: [
            {
              apiVersion: 'v1',
              kind: 'ReplicationController',
              name: 'simpletest-rc-to-stay',
              uid: second.metadata.uid,
            },
          ],
        },
      });
    }
    await client.delete('simpletest-rc-to-be-deleted', {
      propagationPolicy: 'Foreground',
      ...preconditions(first),
    });
    await client.gone('simpletest-rc-to-be-deleted');
    await until('half', async () => (await pods.list()).items.length === 20);
    for (const { metadata } of (await pods.list()).items) {
      expect(metadata.deletionTimestamp).toBeUndefined();
      expect(list(metadata.ownerReferences).map(({ name }) => text(name))).toEqual([
        'simpletest-rc-to-stay',
      ]);
    }
  },
);

conformance(
  '[sig-api-machinery] Garbage collector should not be blocked by dependency circle [Conformance]',
  async ({ api, namespace }) => {
    const pods = api.core('pods', namespace);
    const made: Item[] = [];
    for (const name of ['pod1', 'pod2', 'pod3']) {
      made.push(await pods.create({ metadata: { name }, spec: { containers: [nginx] } }));
    }
    const owners = [made[2], made[0], made[1]];
    for (const [at, pod] of made.entries()) {
      const { name, uid } = owners[at].metadata;
      const reference = {
        apiVersion: 'v1',
        kind: 'Pod',
        name,
        uid,
        controller: true,
        blockOwnerDeletion: true,
      };
      const patched = await pods.patch(text(pod.metadata.name), 'strategic', {
        metadata: { ownerReferences: [reference] },
      });
      expect(patched.metadata.ownerReferences).toEqual([reference]);
    }
    await pods.delete('pod1', { propagationPolicy: 'Foreground', ...preconditions(made[0]) });
    await until('no pods', async () => (await pods.list()).items.length === 0);
  },
);

const pause = { name: 'pause', image: 'registry.k8s.io/pause:3.10.1' };

conformance(
  '[sig-api-machinery] Namespaces [Serial] should ensure that all pods are removed when a namespace is deleted [Conformance]',
  async ({ api, namespace }) => {
    const name = `nsdeletetest-${namespace}`;
    await makeNamespace(api, name);
    const pods = api.core('pods', name);
    await pods.create({ metadata: { name: 'test-pod' }, spec: { containers: [pause] } });
    await until(
      'running',
      async () => text((await pods.get('test-pod')).status.phase) === 'Running',
    );
    await api.core('namespaces').delete(name);
    await api.core('namespaces').gone(name);
    await makeNamespace(api, name);
    expect(await isMissing(pods.get('test-pod'))).toBe(true);
    await api.core('namespaces').delete(name);
  },
);

conformance(
  '[sig-api-machinery] Namespaces [Serial] should ensure that all services are removed when a namespace is deleted [Conformance]',
  async ({ api, namespace }) => {
    const name = `nsdeletetest-${namespace}`;
    await makeNamespace(api, name);
    const services = api.core('services', name);
    await services.create({
      metadata: { name: 'test-service' },
      spec: { selector: { foo: 'bar' }, ports: [{ port: 80, targetPort: 80 }] },
    });
    await api.core('namespaces').delete(name);
    await api.core('namespaces').gone(name);
    await makeNamespace(api, name);
    expect(await isMissing(services.get('test-service'))).toBe(true);
    await api.core('namespaces').delete(name);
  },
);

conformance(
  '[sig-api-machinery] Namespaces [Serial] should patch a Namespace [Conformance]',
  async ({ api, namespace }) => {
    const namespaces = api.core('namespaces');
    await namespaces.patch(namespace, 'strategic', {
      metadata: { labels: { testLabel: 'testValue' } },
    });
    expect((await namespaces.get(namespace)).metadata.labels.testLabel).toBe('testValue');
  },
);

conformance(
  '[sig-api-machinery] Namespaces [Serial] should apply changes to a namespace status [Conformance]',
  async ({ api, namespace }) => {
    const namespaces = api.core('namespaces');
    expect((await namespaces.get(namespace, 'status')).status.phase).toBe('Active');
    const condition = {
      type: 'StatusPatch',
      status: 'True',
      reason: 'E2E',
      message: 'Patched by an e2e test',
    };
    const patched = await namespaces.patch(
      namespace,
      'merge',
      {
        metadata: { annotations: { 'e2e-patched-ns-status': namespace } },
        status: { conditions: [condition] },
      },
      'status',
    );
    expect(patched.metadata.annotations['e2e-patched-ns-status']).toBe(namespace);
    expect(list(patched.status.conditions).at(-1)).toMatchObject(condition);
    const second = { ...condition, type: 'StatusUpdate', message: 'Updated by an e2e test' };
    const updated = await namespaces.change(
      namespace,
      (object) => ({
        ...object,
        status: { ...object.status, conditions: [...list(object.status.conditions), second] },
      }),
      'status',
    );
    expect(list(updated.status.conditions)).toHaveLength(2);
    expect(list(updated.status.conditions).at(-1)).toMatchObject(second);
  },
);

conformance(
  '[sig-api-machinery] Namespaces [Serial] should apply an update to a Namespace [Conformance]',
  async ({ api, namespace }) => {
    const updated = await api.core('namespaces').change(namespace, (object) => ({
      ...object,
      metadata: {
        ...object.metadata,
        labels: { ...object.metadata.labels, [namespace]: 'updated' },
      },
    }));
    expect(updated.metadata.labels[namespace]).toBe('updated');
  },
);

conformance(
  '[sig-api-machinery] Namespaces [Serial] should apply a finalizer to a Namespace [Conformance]',
  async ({ api, namespace }) => {
    const namespaces = api.core('namespaces');
    const before = await namespaces.get(namespace);
    expect(before.spec.finalizers).toEqual(['kubernetes']);
    const fake = 'e2e.example.com/fakeFinalizer';
    const updated = await namespaces.update(
      { ...before, spec: { finalizers: [fake, 'kubernetes'] } },
      'finalize',
    );
    expect(list(updated.spec.finalizers)).toContain(fake);
    const removed = await namespaces.update(
      { ...(await namespaces.get(namespace)), spec: { finalizers: ['kubernetes'] } },
      'finalize',
    );
    expect(removed.spec.finalizers).toEqual(['kubernetes']);
  },
);

conformance(
  '[sig-api-machinery] OrderedNamespaceDeletion namespace deletion should delete pod first [Conformance]',
  async ({ api, namespace }) => {
    const name = `nsdeletetest-${namespace}`;
    await makeNamespace(api, name);
    const pods = api.core('pods', name);
    const maps = api.core('configmaps', name);
    const finalizers = ['e2e.example.com/finalizer'];
    await pods.create({
      metadata: { name: 'test-pod', finalizers },
      spec: { containers: [pause] },
    });
    await until(
      'running',
      async () => text((await pods.get('test-pod')).status.phase) === 'Running',
    );
    await maps.create({ metadata: { name: 'test-configmap', finalizers }, data: { key: 'value' } });
    await api.core('namespaces').delete(name);
    await until('terminating', async () =>
      list((await api.core('namespaces').get(name)).status.conditions).some(
        ({ type, status }) =>
          text(type) === 'NamespaceDeletionContentFailure' && text(status) === 'False',
      ),
    );
    await until(
      'the pod to go',
      async () => (await pods.get('test-pod')).metadata.deletionTimestamp,
    );
    expect((await maps.get('test-configmap')).metadata.deletionTimestamp).toBeUndefined();
    await pods.patch('test-pod', 'merge', { metadata: { finalizers: null } });
    await until(
      'the config map to go',
      async () => (await maps.get('test-configmap')).metadata.deletionTimestamp,
    );
    await maps.patch('test-configmap', 'merge', { metadata: { finalizers: null } });
    await api.core('namespaces').gone(name);
  },
);
