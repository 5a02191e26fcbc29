// Upstream: test/e2e/apps/{daemon_set,controller_revision}.go.
import { expect } from 'vitest';
import { list, number, suite, text, until, type Item, type Place } from './framework';
import { agnhost } from './images';
import { podsOf } from './test-pods';

const { conformance } = suite();

const httpd = 'registry.k8s.io/e2e-test-images/httpd:2.4.38-4';
const REVISION_LABEL = 'controller-revision-hash';

const daemonsOf = ({ api, namespace }: Place) => api.of('apps/v1', 'daemonsets', namespace);

const isReady = (pod: Item): boolean =>
  list(pod.status.conditions).some(
    ({ type, status }) => text(type) === 'Ready' && text(status) === 'True',
  );

const withImage = (image: string) => (object: Item) => {
  const { template } = object.spec;
  const containers = list(template.spec.containers).map((one) => ({ ...one, image }));
  const spec = {
    ...object.spec,
    template: { ...template, spec: { ...template.spec, containers } },
  };
  return { ...object, spec };
};

function daemonSet(name: string, more: object = {}, image = httpd): object {
  const own = { 'daemonset-name': name };
  return {
    metadata: { name, labels: own },
    spec: {
      selector: { matchLabels: own },
      template: {
        metadata: { labels: own },
        spec: {
          containers: [
            { name: 'app', image, ports: [{ containerPort: 9376 }], securityContext: {} },
          ],
          ...more,
        },
      },
    },
  };
}

async function schedulable({ api }: Place): Promise<string[]> {
  const { items } = await api.core('nodes').list();
  return items.filter(({ spec }) => !spec.taints).map(({ metadata }) => text(metadata.name));
}

function daemonPods(place: Place, name: string, nodes: readonly string[]): Promise<Item[]> {
  return until(`pods of ${name} on ${nodes.length} nodes`, async () => {
    const { items } = await podsOf(place).list({ labelSelector: `daemonset-name=${name}` });
    const own = items.filter((pod) => !pod.metadata.deletionTimestamp && isReady(pod));
    const places = own.map(({ spec }) => text(spec.nodeName)).sort();
    return JSON.stringify(places) === JSON.stringify([...nodes].sort()) && own;
  });
}

function daemonStatus(place: Place, name: string): Promise<Item> {
  return until(`${name} to be settled`, async () => {
    const set = await daemonsOf(place).get(name);
    const { desiredNumberScheduled: wanted, currentNumberScheduled, numberReady } = set.status;
    return (
      number(wanted) === number(currentNumberScheduled) &&
      number(wanted) === number(numberReady) &&
      set
    );
  });
}

const daemon = '[sig-apps] Daemon set [Serial]';

conformance(`${daemon} should run and stop simple daemon [Conformance]`, async (place) => {
  const nodes = await schedulable(place);
  await daemonsOf(place).create(daemonSet('daemon-set'));
  const [pod] = await daemonPods(place, 'daemon-set', nodes);
  await daemonStatus(place, 'daemon-set');
  await podsOf(place).delete(text(pod.metadata.name));
  const again = await daemonPods(place, 'daemon-set', nodes);
  expect(again.map(({ metadata }) => metadata.name)).not.toContain(pod.metadata.name);
});

conformance(`${daemon} should run and stop complex daemon [Conformance]`, async (place) => {
  const nodeSelector = { 'daemonset-color': 'blue' };
  await daemonsOf(place).create(daemonSet('daemon-set', { nodeSelector }));
  await daemonPods(place, 'daemon-set', []);
  const [node] = await schedulable(place);
  const nodes = place.api.core('nodes');
  const paint = (color: string | null): Promise<Item> =>
    nodes.patch(node, 'strategic', { metadata: { labels: { 'daemonset-color': color } } });
  await paint('blue');
  await daemonPods(place, 'daemon-set', [node]);
  await daemonStatus(place, 'daemon-set');
  await paint('green');
  await daemonPods(place, 'daemon-set', []);
  await daemonsOf(place).patch('daemon-set', 'strategic', {
    spec: {
      template: { spec: { nodeSelector: { 'daemonset-color': 'green' } } },
      updateStrategy: { type: 'RollingUpdate' },
    },
  });
  await daemonPods(place, 'daemon-set', [node]);
  await daemonStatus(place, 'daemon-set');
  await paint(null);
});

conformance(`${daemon} should retry creating failed daemon pods [Conformance]`, async (place) => {
  const nodes = await schedulable(place);
  await daemonsOf(place).create(daemonSet('daemon-set'));
  const [pod] = await daemonPods(place, 'daemon-set', nodes);
  const { resourceVersion: _, ...metadata } = pod.metadata;
  const status = { ...pod.status, phase: 'Failed' };
  await podsOf(place).update({ ...pod, metadata, status }, 'status');
  await podsOf(place).gone(text(pod.metadata.name));
  await daemonPods(place, 'daemon-set', nodes);
});

conformance(
  `${daemon} should update pod when spec was updated and update strategy is RollingUpdate [Conformance]`,
  async (place) => {
    const nodes = await schedulable(place);
    await daemonsOf(place).create(daemonSet('daemon-set'));
    await daemonPods(place, 'daemon-set', nodes);
    const revisions = place.api.of('apps/v1', 'controllerrevisions', place.namespace);
    const [first] = (await revisions.list()).items;
    expect(first.revision).toBe(1);
    const hash = first.metadata.labels[REVISION_LABEL];
    for (const pod of await daemonPods(place, 'daemon-set', nodes)) {
      expect(pod.metadata.labels[REVISION_LABEL]).toBe(hash);
    }
    await daemonsOf(place).patch('daemon-set', 'strategic', {
      spec: {
        template: { spec: { containers: [{ name: 'app', image: agnhost }] } },
        updateStrategy: { type: 'RollingUpdate' },
      },
    });
    await until('all pods to be new', async () => {
      const pods = await daemonPods(place, 'daemon-set', nodes);
      return pods.every(({ spec }) => text(list(spec.containers)[0].image) === agnhost);
    });
    const { items } = await revisions.list();
    expect(items.map(({ revision }) => number(revision)).sort()).toEqual([1, 2]);
  },
);

conformance(
  `${daemon} should rollback without unnecessary restarts [Conformance]`,
  async (place) => {
    const nodes = await schedulable(place);
    await daemonsOf(place).create(daemonSet('daemon-set'));
    const before = await daemonPods(place, 'daemon-set', nodes);
    await daemonsOf(place).change('daemon-set', withImage('foo:non-existent'));
    await until('one pod of the bad image', async () => {
      const { items } = await podsOf(place).list({ labelSelector: 'daemonset-name=daemon-set' });
      return items.some(({ spec }) => text(list(spec.containers)[0].image) === 'foo:non-existent');
    });
    const survivors = before.map(({ metadata }) => text(metadata.uid));
    await daemonsOf(place).change('daemon-set', withImage(httpd));
    const after = await until('all pods to be of the old image', async () => {
      const pods = await daemonPods(place, 'daemon-set', nodes);
      return pods.every(({ spec }) => text(list(spec.containers)[0].image) === httpd) && pods;
    });
    const kept = after.filter(({ metadata }) => survivors.includes(text(metadata.uid)));
    expect(kept).toHaveLength(nodes.length - 1);
    for (const pod of kept) expect(list(pod.status.containerStatuses)[0].restartCount).toBe(0);
  },
);

conformance(
  `${daemon} should list and delete a collection of DaemonSets [Conformance]`,
  async (place) => {
    const nodes = await schedulable(place);
    await daemonsOf(place).create(daemonSet('daemon-set-collection'));
    await daemonPods(place, 'daemon-set-collection', nodes);
    const selector = { labelSelector: 'daemonset-name=daemon-set-collection' };
    const everywhere = place.api.of('apps/v1', 'daemonsets');
    expect((await everywhere.list(selector)).items).toHaveLength(1);
    await daemonsOf(place).deleteAll(selector, { gracePeriodSeconds: 1 });
    expect((await everywhere.list(selector)).items).toEqual([]);
  },
);

conformance(
  `${daemon} should verify changes to a daemon set status [Conformance]`,
  async (place) => {
    const nodes = await schedulable(place);
    await daemonsOf(place).create(daemonSet('daemon-set'));
    await daemonPods(place, 'daemon-set', nodes);
    const condition = {
      type: 'StatusUpdate',
      status: 'True',
      reason: 'E2E',
      message: 'Set by e2e',
    };
    const updated = await daemonsOf(place).change(
      'daemon-set',
      (object) => ({ ...object, status: { ...object.status, conditions: [condition] } }),
      'status',
    );
    expect(list(updated.status.conditions)[0]).toMatchObject(condition);
    const patched = await daemonsOf(place).patch(
      'daemon-set',
      'merge',
      { status: { conditions: [{ type: 'StatusPatched', status: 'True' }] } },
      'status',
    );
    expect(list(patched.status.conditions)[0].type).toBe('StatusPatched');
  },
);

conformance(
  '[sig-apps] ControllerRevision [Serial] should manage the lifecycle of a ControllerRevision [Conformance]',
  async (place) => {
    const name = 'e2e-abcde-daemon-set';
    const nodes = await schedulable(place);
    await daemonsOf(place).create(daemonSet(name, {}, agnhost));
    await daemonPods(place, name, nodes);
    const set = await daemonStatus(place, name);
    const selector = { labelSelector: `daemonset-name=${name}` };
    const everywhere = place.api.of('apps/v1', 'controllerrevisions');
    const revisions = place.api.of('apps/v1', 'controllerrevisions', place.namespace);
    const [initial] = (await everywhere.list(selector)).items;
    const own = text(initial.metadata.name);
    const patched = await revisions.patch(own, 'strategic', {
      metadata: { labels: { [own]: 'patched' } },
    });
    expect(patched.metadata.labels[own]).toBe('patched');
    const hash = '7d5b6dfb9c';
    await revisions.create({
      metadata: {
        name: `${name}-${hash}`,
        labels: { ...set.spec.template.metadata.labels, [REVISION_LABEL]: hash },
        annotations: set.metadata.annotations,
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'DaemonSet',
            name,
            uid: set.metadata.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
      data: initial.data,
      revision: number(initial.revision) + 1,
    });
    const counted = (count: number): Promise<Item[]> =>
      until(`${count} revisions`, async () => {
        const { items } = await revisions.list(selector);
        return items.length === count && items;
      });
    await counted(2);
    await revisions.delete(own);
    const [current] = await counted(1);
    const left = text(current.metadata.name);
    await revisions.change(left, (object) => ({
      ...object,
      metadata: { ...object.metadata, labels: { ...object.metadata.labels, [left]: 'updated' } },
    }));
    await daemonsOf(place).patch(name, 'strategic', {
      spec: { template: { spec: { terminationGracePeriodSeconds: 1 } } },
      updateStrategy: { type: 'RollingUpdate' },
    });
    await counted(2);
    await revisions.deleteAll({ labelSelector: `${left}=updated` });
    const [last] = await counted(1);
    expect(last.revision).toBe(3);
  },
);
