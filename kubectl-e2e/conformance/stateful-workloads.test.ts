// Upstream: test/e2e/apps/{statefulset,daemon_set,controller_revision,rc}.go.
import { expect } from 'vitest';
import { list, number, suite, text, until, type Item, type Place } from './framework';

const { conformance } = suite();

const httpd = 'registry.k8s.io/e2e-test-images/httpd:2.4.38-4';
const newHttpd = 'registry.k8s.io/e2e-test-images/httpd:2.4.39-4';
const agnhost = 'registry.k8s.io/e2e-test-images/agnhost:2.57';
const REVISION_LABEL = 'controller-revision-hash';

const podsOf = ({ api, namespace }: Place) => api.core('pods', namespace);
const setsOf = ({ api, namespace }: Place) => api.of('apps/v1', 'statefulsets', namespace);
const daemonsOf = ({ api, namespace }: Place) => api.of('apps/v1', 'daemonsets', namespace);
const controllersOf = ({ api, namespace }: Place) => api.core('replicationcontrollers', namespace);

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
