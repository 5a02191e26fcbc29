// Upstream: test/e2e/apps/statefulset.go; what breaks pods by kubectl exec is not here.
import { expect } from 'vitest';
import { list, number, suite, text, until, type Item, type Place } from './framework';
import { podsOf } from './test-pods';

const { conformance } = suite();

const httpd = 'registry.k8s.io/e2e-test-images/httpd:2.4.38-4';
const newHttpd = 'registry.k8s.io/e2e-test-images/httpd:2.4.39-4';
const REVISION_LABEL = 'controller-revision-hash';

const setsOf = ({ api, namespace }: Place) => api.of('apps/v1', 'statefulsets', namespace);

const labels = { foo: 'bar', baz: 'blah' };

function statefulSet(name: string, replicas: number, more: object = {}): object {
  const readinessProbe = {
    httpGet: { path: '/index.html', port: 80 },
    periodSeconds: 1,
    successThreshold: 1,
    failureThreshold: 1,
  };
  return {
    kind: 'StatefulSet',
    apiVersion: 'apps/v1',
    metadata: { name },
    spec: {
      replicas,
      serviceName: 'test',
      selector: { matchLabels: labels },
      updateStrategy: { type: 'RollingUpdate' },
      template: {
        metadata: { labels, annotations: {} },
        spec: { containers: [{ name: 'webserver', image: httpd, readinessProbe }] },
      },
      ...more,
    },
  };
}

async function makeService({ api, namespace }: Place): Promise<void> {
  await api.core('services', namespace).create({
    metadata: { name: 'test' },
    spec: {
      type: '',
      clusterIP: 'None',
      selector: labels,
      ports: [{ port: 80, name: 'http', protocol: 'TCP' }],
    },
  });
}

async function podsInOrder(place: Place, selector = 'baz=blah,foo=bar'): Promise<Item[]> {
  const { items } = await podsOf(place).list({ labelSelector: selector });
  return items.toSorted((a, b) => text(a.metadata.name).localeCompare(text(b.metadata.name)));
}

const isReady = (pod: Item): boolean =>
  list(pod.status.conditions).some(
    ({ type, status }) => text(type) === 'Ready' && text(status) === 'True',
  );

function ready(place: Place, count: number): Promise<Item[]> {
  return until(`${count} ready pods`, async () => {
    const pods = await podsInOrder(place);
    return pods.length === count && pods.every(isReady) && pods;
  });
}

function observed(place: Place, name: string): Promise<Item> {
  return until(`${name} to be observed`, async () => {
    const set = await setsOf(place).get(name);
    return number(set.status?.observedGeneration) >= number(set.metadata.generation) && set;
  });
}

const withImage = (image: string) => (object: Item) => {
  const { template } = object.spec;
  const containers = list(template.spec.containers).map((one) => ({ ...one, image }));
  const spec = {
    ...object.spec,
    template: { ...template, spec: { ...template.spec, containers } },
  };
  return { ...object, spec };
};

const partitioned = (partition: number): object => ({
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition } },
});

const basic = '[sig-apps] StatefulSet Basic StatefulSet functionality [StatefulSetBasic]';

conformance(
  `${basic} should perform canary updates and phased rolling updates of template modifications [Conformance]`,
  async (place) => {
    await makeService(place);
    await setsOf(place).create(statefulSet('ss2', 3, partitioned(3)));
    await ready(place, 3);
    const first = await observed(place, 'ss2');
    const old = text(first.status.currentRevision);
    expect(first.status.updateRevision).toBe(old);
    await setsOf(place).change('ss2', withImage(newHttpd));
    const second = await observed(place, 'ss2');
    const young = text(second.status.updateRevision);
    expect([text(second.status.currentRevision), young === old]).toEqual([old, false]);

    const expectSplit = async (partition: number): Promise<void> => {
      const pods = await until(`pods from ${partition} to be updated`, async () => {
        const pods = await ready(place, 3);
        const isUpdated = pods
          .slice(partition)
          .every(({ metadata }) => text(metadata.labels[REVISION_LABEL]) === young);
        return isUpdated && pods;
      });
      const found = pods.map(({ metadata, spec }) => [
        text(list(spec.containers)[0].image),
        text(metadata.labels[REVISION_LABEL]),
      ]);
      expect(found).toEqual(
        [0, 1, 2].map((index) => (index < partition ? [httpd, old] : [newHttpd, young])),
      );
    };
    await expectSplit(3);
    const setPartition = (partition: number): Promise<Item> =>
      setsOf(place).change('ss2', (object) => ({
        ...object,
        spec: { ...object.spec, ...partitioned(partition) },
      }));
    await setPartition(2);
    await expectSplit(2);
    for (const index of [0, 2])
      await podsOf(place).delete(`ss2-${index}`, { gracePeriodSeconds: 0 });
    await expectSplit(2);
    for (const partition of [1, 0]) {
      await setPartition(partition);
      await expectSplit(partition);
    }
    await until('the rollout to end', async () => {
      const { status } = await setsOf(place).get('ss2');
      return text(status.currentRevision) === young;
    });
  },
);

conformance(`${basic} Should recreate evicted statefulset [Conformance]`, async (place) => {
  await makeService(place);
  const { items } = await place.api.core('nodes').list();
  const node = items.find(({ spec }) => !spec.taints)!;
  const conflict = { hostPort: 21_017, containerPort: 21_017, name: 'conflict' };
  await podsOf(place).create({
    metadata: { name: 'test-pod' },
    spec: {
      nodeName: node.metadata.name,
      containers: [{ name: 'webserver', image: httpd, ports: [conflict] }],
    },
  });
  await until(
    'running',
    async () => text((await podsOf(place).get('test-pod')).status.phase) === 'Running',
  );
  const set = statefulSet('ss', 1) as Item;
  const { template } = set.spec;
  const containers = [{ name: 'webserver', image: httpd, ports: [conflict] }];
  const spec = { containers, nodeName: node.metadata.name };
  await setsOf(place).create({ ...set, spec: { ...set.spec, template: { ...template, spec } } });
  const fieldSelector = 'metadata.name=ss-0';
  const { metadata } = await podsOf(place).list({ fieldSelector });
  const watch = podsOf(place).watch({
    fieldSelector,
    resourceVersion: text(metadata.resourceVersion),
  });
  const { object: gone } = await watch.type('DELETED');
  watch.stop();
  expect(gone.status).toMatchObject({ phase: 'Failed', reason: 'NodePorts' });
  await podsOf(place).delete('test-pod', { gracePeriodSeconds: 0 });
  await until('running again', async () => {
    const { items } = await podsOf(place).list({ fieldSelector });
    return items.some(
      ({ metadata, status }) =>
        text(status.phase) === 'Running' && text(metadata.uid) !== text(gone.metadata.uid),
    );
  });
});

conformance(`${basic} should have a working scale subresource [Conformance]`, async (place) => {
  await makeService(place);
  const sets = setsOf(place);
  await sets.create(statefulSet('ss', 1));
  await ready(place, 1);
  await observed(place, 'ss');
  const scale = await sets.get('ss', 'scale');
  expect([scale.spec.replicas, scale.status.replicas]).toEqual([1, 1]);
  const { resourceVersion: _, ...metadata } = scale.metadata;
  const updated = await sets.update({ ...scale, metadata, spec: { replicas: 2 } }, 'scale');
  expect(updated.spec.replicas).toBe(2);
  expect((await sets.get('ss')).spec.replicas).toBe(2);
  const patch = {
    metadata: { creationTimestamp: null },
    spec: { replicas: 4 },
    status: { replicas: 0 },
  };
  await sets.patch('ss', 'strategic', patch, 'scale');
  expect((await sets.get('ss')).spec.replicas).toBe(4);
});

conformance(
  `${basic} should list, patch and delete a collection of StatefulSets [Conformance]`,
  async (place) => {
    await makeService(place);
    const sets = setsOf(place);
    await sets.create(statefulSet('test-ss', 1));
    await ready(place, 1);
    await sets.patch('test-ss', 'strategic', {
      metadata: { labels: { 'test-ss': 'patched' } },
      spec: {
        replicas: 2,
        template: {
          spec: {
            TerminationGracePeriodSeconds: 1,
            containers: [{ name: 'test-ss', image: 'registry.k8s.io/pause:3.10.1' }],
          },
        },
      },
    });
    const patched = await sets.get('test-ss');
    expect([patched.spec.replicas, list(patched.spec.template.spec.containers)[0].image]).toEqual([
      2,
      'registry.k8s.io/pause:3.10.1',
    ]);
    await until('2 ready and observed', async () => {
      const { status } = await observed(place, 'test-ss');
      return number(status.readyReplicas) === 2;
    });
    const selector = { labelSelector: 'test-ss=patched' };
    const everywhere = place.api.of('apps/v1', 'statefulsets');
    expect((await everywhere.list(selector)).items).toHaveLength(1);
    await sets.deleteAll(selector, { gracePeriodSeconds: 1 });
    expect((await everywhere.list(selector)).items).toEqual([]);
  },
);

conformance(
  `${basic} should validate Statefulset Status endpoints [Conformance]`,
  async (place) => {
    await makeService(place);
    const sets = setsOf(place);
    await sets.create(statefulSet('ss', 1));
    await ready(place, 1);
    await observed(place, 'ss');
    await sets.patch('ss', 'strategic', { metadata: { labels: { e2e: 'testing' } } });
    expect((await sets.get('ss', 'status')).status.replicas).toBe(1);
    const condition = {
      type: 'StatusUpdate',
      status: 'True',
      reason: 'E2E',
      message: 'Set from e2e test',
    };
    const updated = await sets.change(
      'ss',
      (object) => ({ ...object, status: { ...object.status, conditions: [condition] } }),
      'status',
    );
    expect(list(updated.status.conditions)[0]).toMatchObject(condition);
    const patched = await sets.patch(
      'ss',
      'merge',
      { status: { conditions: [{ type: 'StatusPatched', status: 'True' }] } },
      'status',
    );
    expect(list(patched.status.conditions)[0].type).toBe('StatusPatched');
  },
);
