// Upstream: test/e2e/apps/deployment.go, replica_set.go.
import { expect } from 'vitest';
import {
  list,
  number,
  refused,
  suite,
  text,
  until,
  type Item,
  type Place,
  type Resource,
} from './framework';
import { agnhost } from './images';
import { podsOf } from './test-pods';

const { conformance } = suite();

const httpd = 'registry.k8s.io/e2e-test-images/httpd:2.4.38-4';
const newHttpd = 'registry.k8s.io/e2e-test-images/httpd:2.4.39-4';
const REVISION = 'deployment.kubernetes.io/revision';

const deploymentsOf = ({ api, namespace }: Place) => api.of('apps/v1', 'deployments', namespace);
const setsOf = ({ api, namespace }: Place) => api.of('apps/v1', 'replicasets', namespace);
function workload(
  kind: string,
  name: string,
  replicas: number,
  labels: Record<string, string>,
  image: string,
  more: object = {},
): object {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [{ name: 'httpd', image, securityContext: {} }],
        },
      },
      ...more,
    },
  };
}

/** All replicas updated and available, none of the old left. */
function complete(client: Resource, name: string): Promise<Item> {
  return until(`${name} to be complete`, async () => {
    const { metadata, spec, status } = await client.get(name);
    const wanted = number(spec.replicas);
    const isComplete =
      number(status.updatedReplicas) === wanted &&
      number(status.replicas) === wanted &&
      number(status.availableReplicas) === wanted &&
      number(status.observedGeneration) >= number(metadata.generation);
    return isComplete && client.get(name);
  });
}

function available(client: Resource, name: string, count: number): Promise<Item> {
  return until(`${count} available of ${name}`, async () => {
    const object = await client.get(name);
    return number(object.status.availableReplicas ?? (0 as never)) === count && object;
  });
}

const image = (name: string) => (object: Item) => withImage(object, name);

function withImage(object: Item, name: string): object {
  const { template } = object.spec;
  const [container] = list(template.spec.containers);
  const containers = [{ ...container, image: name }];
  const spec = {
    ...object.spec,
    template: { ...template, spec: { ...template.spec, containers } },
  };
  return { ...object, spec };
}

conformance(
  '[sig-apps] Deployment RollingUpdateDeployment should delete old pods and create new ones [Conformance]',
  async (place) => {
    const labels = { name: 'sample-pod', pod: 'httpd' };
    const set = workload('ReplicaSet', 'test-rolling-update-controller', 1, labels, httpd) as Item;
    const annotations = { [REVISION]: '3546343826724305832' };
    await setsOf(place).create({ ...set, metadata: { ...set.metadata, annotations } });
    await available(setsOf(place), 'test-rolling-update-controller', 1);
    const name = 'test-rolling-update-deployment';
    const deployment = workload('Deployment', name, 1, labels, agnhost) as Item;
    await deploymentsOf(place).create(deployment);
    const done = await complete(deploymentsOf(place), name);
    expect(done.metadata.annotations[REVISION]).toBe('3546343826724305833');
    const { items } = await setsOf(place).list({ labelSelector: 'name=sample-pod' });
    expect(items).toHaveLength(2);
    const owners = items.map(({ metadata }) => list(metadata.ownerReferences)[0]?.uid);
    expect(owners).toEqual([done.metadata.uid, done.metadata.uid]);
    const old = items.find(({ spec }) => number(spec.replicas) === 0);
    expect(old?.metadata.name).toBe('test-rolling-update-controller');
  },
);

conformance(
  '[sig-apps] Deployment RecreateDeployment should delete old pods and create new ones [Conformance]',
  async (place) => {
    const name = 'test-recreate-deployment';
    const more = { strategy: { type: 'Recreate' } };
    const labels = { name: 'sample-pod-3' };
    await deploymentsOf(place).create(workload('Deployment', name, 1, labels, agnhost, more));
    const first = await complete(deploymentsOf(place), name);
    expect(first.metadata.annotations[REVISION]).toBe('1');
    const { metadata } = await podsOf(place).list({ labelSelector: 'name=sample-pod-3' });
    const watch = podsOf(place).watch({
      labelSelector: 'name=sample-pod-3',
      resourceVersion: text(metadata.resourceVersion),
    });
    await deploymentsOf(place).change(name, image(httpd));
    await complete(deploymentsOf(place), name);
    const events = watch.take().filter(({ type }) => type !== 'BOOKMARK');
    watch.stop();
    // No new pod runs before the last old one is gone.
    const gone = events.findIndex(({ type }) => type === 'DELETED');
    const added = events.findIndex(({ type }) => type === 'ADDED');
    expect(gone).toBeGreaterThanOrEqual(0);
    const old = events.slice(0, added).map(({ object }) => text(object.status.phase));
    expect(added > gone || old.includes('Failed') || old.includes('Succeeded')).toBe(true);
  },
);

conformance(
  '[sig-apps] Deployment deployment should delete old replica sets [Conformance]',
  async (place) => {
    const labels = { name: 'cleanup-pod', pod: 'httpd' };
    await setsOf(place).create(workload('ReplicaSet', 'test-cleanup-controller', 1, labels, httpd));
    await available(setsOf(place), 'test-cleanup-controller', 1);
    const pods = await podsOf(place).list();
    const watch = podsOf(place).watch({ resourceVersion: text(pods.metadata.resourceVersion) });
    const more = { revisionHistoryLimit: 0 };
    const name = 'test-cleanup-deployment';
    await deploymentsOf(place).create(workload('Deployment', name, 1, labels, agnhost, more));
    const { object } = await watch.type('ADDED');
    expect(list(object.spec.containers)[0].image).toBe(agnhost);
    watch.stop();
    await until('only one replica set', async () => {
      const { items } = await setsOf(place).list({ labelSelector: 'name=cleanup-pod' });
      return items.length === 1 && text(items[0].metadata.name).startsWith(name);
    });
  },
);

conformance(
  '[sig-apps] Deployment deployment should support rollover [Conformance]',
  async (place) => {
    const labels = { name: 'rollover-pod', pod: 'httpd' };
    const own = 'test-rollover-controller';
    await setsOf(place).create(workload('ReplicaSet', own, 1, labels, httpd));
    await available(setsOf(place), own, 1);
    const name = 'test-rollover-deployment';
    const more = {
      minReadySeconds: 10,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    };
    const nonExistent = workload('Deployment', name, 1, labels, 'redis-slave:not-there', more);
    await deploymentsOf(place).create(nonExistent);
    const revised = await until('the first revision', async () => {
      const object = await deploymentsOf(place).get(name);
      return object.metadata.annotations?.[REVISION] && object;
    });
    expect(number(revised.status.observedGeneration)).toBeGreaterThanOrEqual(1);
    await deploymentsOf(place).change(name, image(agnhost));
    await until('the second revision', async () => {
      const { metadata } = await deploymentsOf(place).get(name);
      return text(metadata.annotations[REVISION]) === '2';
    });
    await complete(deploymentsOf(place), name);
    await until('both old replica sets to have none', async () => {
      const { items } = await setsOf(place).list({ labelSelector: 'name=rollover-pod' });
      const kept = items.filter(({ spec }) => number(spec.replicas) > 0);
      return items.length === 3 && kept.length === 1;
    });
  },
);

conformance(
  '[sig-apps] Deployment deployment should support proportional scaling [Conformance]',
  async (place) => {
    const name = 'webserver-deployment';
    const labels = { name: 'httpd' };
    const more = {
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } },
    };
    await deploymentsOf(place).create(workload('Deployment', name, 10, labels, httpd, more));
    await complete(deploymentsOf(place), name);
    const broken = await deploymentsOf(place).change(name, image('webserver:404'));
    await until('observed', async () => {
      const { status } = await deploymentsOf(place).get(name);
      return number(status.observedGeneration) >= number(broken.metadata.generation);
    });
    const sets = async (): Promise<[Item, Item]> => {
      const { items } = await setsOf(place).list({ labelSelector: 'name=httpd' });
      const isNew = (set: Item): boolean =>
        text(list(set.spec.template.spec.containers)[0].image) === 'webserver:404';
      return [items.find((set) => !isNew(set))!, items.find(isNew)!];
    };
    await until('8 available of the old', async () => {
      const [old] = await sets();
      return number(old.status.availableReplicas) === 8 && number(old.spec.replicas) === 8;
    });
    await until('5 of the new', async () => number((await sets())[1]?.status.replicas) === 5);
    const { status } = await deploymentsOf(place).get(name);
    expect(number(status.unavailableReplicas)).toBe(5);
    await deploymentsOf(place).change(name, (object) => ({
      ...object,
      spec: { ...object.spec, replicas: 30 },
    }));
    await until('20 of the old and 13 of the new', async () => {
      const [old, young] = await sets();
      return number(old.spec.replicas) === 20 && number(young.spec.replicas) === 13;
    });
  },
);

for (const [title, plural, group] of [
  ['Deployment Deployment should have a working scale subresource', 'deployments', 'apps/v1'],
  ['ReplicaSet Replicaset should have a working scale subresource', 'replicasets', 'apps/v1'],
] as const) {
  conformance(`[sig-apps] ${title} [Conformance]`, async ({ api, namespace }) => {
    const client = api.of(group, plural, namespace);
    const kind = plural === 'deployments' ? 'Deployment' : 'ReplicaSet';
    const labels = { name: 'sample-pod', pod: 'httpd' };
    await client.create(workload(kind, 'test-scale', 1, labels, httpd));
    await available(client, 'test-scale', 1);
    const scale = await client.get('test-scale', 'scale');
    expect([scale.spec.replicas, scale.status.replicas]).toEqual([1, 1]);
    const { resourceVersion: _, ...metadata } = scale.metadata;
    const updated = await client.update({ ...scale, metadata, spec: { replicas: 2 } }, 'scale');
    expect(updated.spec.replicas).toBe(2);
    expect((await client.get('test-scale')).spec.replicas).toBe(2);
    await client.patch('test-scale', 'merge', { spec: { replicas: 4 } }, 'scale');
    expect((await client.get('test-scale')).spec.replicas).toBe(4);
  });
}

conformance(
  '[sig-apps] Deployment should run the lifecycle of a Deployment [Conformance]',
  async (place) => {
    const name = 'test-deployment';
    const client = deploymentsOf(place);
    const selector = { labelSelector: 'test-deployment-static=true' };
    const { metadata } = await client.list(selector);
    const watch = client.watch({ ...selector, resourceVersion: text(metadata.resourceVersion) });
    const labels = { 'test-deployment-static': 'true' };
    const made = workload('Deployment', name, 2, labels, agnhost) as Item;
    const mine = await client.create(made);
    await watch.type('ADDED');
    const ready = (count: number) =>
      watch.next(
        `${count} ready`,
        ({ object }) => number(object.status.readyReplicas ?? (0 as never)) === count,
      );
    await ready(2);
    await client.patch(name, 'strategic', {
      metadata: { labels: { 'test-deployment': 'patched' } },
      spec: {
        replicas: 1,
        template: {
          spec: {
            terminationGracePeriodSeconds: 1,
            containers: [{ name: 'httpd', image: newHttpd }],
          },
        },
      },
    });
    await watch.next('patched', ({ object }) => 'test-deployment' in object.metadata.labels);
    await until('one ready', async () => {
      const { status } = await client.get(name);
      return number(status.readyReplicas) === 1 && number(status.updatedReplicas) === 1;
    });
    const everywhere = await place.api.of('apps/v1', 'deployments').list(selector);
    expect(everywhere.items.map((item) => item.metadata.uid)).toEqual([mine.metadata.uid]);
    const status = await client.get(name, 'status');
    await client
      .update({ ...status, status: { ...status.status, readyReplicas: 2 } }, 'status')
      .catch(() => undefined);
    const updated = await client.change(name, (object) => ({
      ...object,
      spec: { ...object.spec, replicas: 2 },
    }));
    expect(updated.spec.replicas).toBe(2);
    // Theirs fails here too, and passes over it.
    const patch = {
      metadata: { labels: { 'test-deployment': 'patched-status' } },
      status: { readyReplicas: 0 },
    };
    expect((await refused(client.patch(name, 'strategic', patch, 'status'))).message).toMatch(
      /status.availableReplicas: Invalid value: \d: cannot be greater than readyReplicas$/,
    );
    await until(
      'two ready',
      async () => number((await client.get(name)).status.readyReplicas) === 2,
    );
    await client.deleteAll(selector);
    const { object } = await watch.type('DELETED');
    expect(object.metadata.uid).toBe(mine.metadata.uid);
    watch.stop();
  },
);

for (const [kind, plural, words] of [
  ['Deployment', 'deployments', 'Deployment should validate Deployment Status endpoints'],
  ['ReplicaSet', 'replicasets', 'ReplicaSet should validate Replicaset Status endpoints'],
] as const) {
  conformance(`[sig-apps] ${words} [Conformance]`, async ({ api, namespace }) => {
    const client = api.of('apps/v1', plural, namespace);
    const labels = { name: 'sample-pod', pod: 'httpd' };
    const selector = { labelSelector: 'e2e=testing' };
    const before = await client.list(selector);
    await client.create(workload(kind, 'test-status', 1, labels, httpd));
    await available(client, 'test-status', 1);
    await client.patch('test-status', 'strategic', { metadata: { labels: { e2e: 'testing' } } });
    const watch = client.watch({
      ...selector,
      resourceVersion: text(before.metadata.resourceVersion),
    });
    const condition = {
      type: 'StatusUpdate',
      status: 'True',
      reason: 'E2E',
      message: 'Set from e2e test',
    };
    const updated = await client.change(
      'test-status',
      (object) => ({
        ...object,
        status: {
          ...object.status,
          conditions: [...list(object.status.conditions), condition],
        },
      }),
      'status',
    );
    expect(list(updated.status.conditions).at(-1)).toMatchObject(condition);
    const has =
      (type: string) =>
      (object: Item): boolean =>
        list(object.status.conditions).some((one) => text(one.type) === type);
    await watch.next('the update', ({ object }) => has('StatusUpdate')(object));
    const patched = await client.patch(
      'test-status',
      'merge',
      { status: { conditions: [{ type: 'StatusPatched', status: 'True' }] } },
      'status',
    );
    expect(has('StatusPatched')(patched)).toBe(true);
    await watch.next('the patch', ({ object }) => has('StatusPatched')(object));
    watch.stop();
  });
}

conformance(
  '[sig-apps] ReplicaSet should adopt matching pods on creation and release no longer matching pods [Conformance]',
  async (place) => {
    const name = 'pod-adoption-release';
    await podsOf(place).create({
      metadata: { name, labels: { name } },
      spec: { containers: [{ name, image: httpd }] },
    });
    await until(
      'running',
      async () => text((await podsOf(place).get(name)).status.phase) === 'Running',
    );
    const made = await setsOf(place).create(workload('ReplicaSet', name, 1, { name }, httpd));
    const owner = await until('adoption', async () =>
      list((await podsOf(place).get(name)).metadata.ownerReferences).find((one) => one.controller),
    );
    expect(owner.uid).toBe(made.metadata.uid);
    await podsOf(place).change(name, (object) => ({
      ...object,
      metadata: { ...object.metadata, labels: { name: 'not-matching-name' } },
    }));
    await until('release', async () => !(await podsOf(place).get(name)).metadata.ownerReferences);
  },
);

conformance('[sig-apps] ReplicaSet Replace and Patch tests [Conformance]', async (place) => {
  const name = 'test-rs';
  const client = setsOf(place);
  const labels = { name: 'sample-pod', pod: 'httpd' };
  await client.create(workload('ReplicaSet', name, 1, labels, httpd));
  await available(client, name, 1);
  await client.patch(name, 'merge', { spec: { replicas: 2 } }, 'scale');
  await available(client, name, 2);
  await client.patch(name, 'strategic', {
    metadata: { labels: { 'test-rs': 'patched' } },
    spec: {
      replicas: 3,
      template: {
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [{ name, image: 'registry.k8s.io/pause:3.10.1' }],
        },
      },
    },
  });
  await available(client, name, 3);
});

conformance(
  '[sig-apps] ReplicaSet should list and delete a collection of ReplicaSets [Conformance]',
  async (place) => {
    const labels = { 'test-rs': 'many' };
    const client = setsOf(place);
    const set = workload('ReplicaSet', 'test-rs', 3, labels, httpd);
    await client.create(set);
    await available(client, 'test-rs', 3);
    const everywhere = place.api.of('apps/v1', 'replicasets');
    const selector = { labelSelector: 'test-rs=many' };
    expect((await everywhere.list(selector)).items).toHaveLength(1);
    await client.deleteAll(selector, { gracePeriodSeconds: 1 });
    expect((await everywhere.list(selector)).items).toEqual([]);
  },
);
