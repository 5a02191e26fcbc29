// Upstream: test/e2e/scheduling/{predicates,preemption}.go, test/e2e/node/taints.go,
// test/e2e/architecture/conformance.go.
import { expect } from 'vitest';
import {
  list,
  number,
  refused,
  sleep,
  suite,
  text,
  until,
  type Item,
  type Place,
} from './framework';
import { pause } from './images';
import { podsOf } from './test-pods';

const { conformance } = suite(30);

const nodesOf = ({ api }: Place) => api.core('nodes');

const pod = (name: string, spec: object = {}, resources: object = {}, labels = {}): object => ({
  metadata: { name, labels },
  spec: { containers: [{ name, image: pause, resources }], ...spec },
});

async function untainted(place: Place): Promise<Item[]> {
  const { items } = await nodesOf(place).list({ fieldSelector: 'spec.unschedulable=false' });
  return items.filter(({ spec }) => !spec.taints);
}

function scheduled(place: Place, name: string): Promise<Item> {
  return until(`${name} to run`, async () => {
    const object = await podsOf(place).get(name);
    return text(object.status.phase) === 'Running' && object;
  }).catch(async () => {
    throw new Error(`${name} does not run: ${JSON.stringify(await podsOf(place).get(name))}`);
  });
}

function unschedulable(place: Place, name: string): Promise<Item> {
  return until(`${name} to be unschedulable`, async () => {
    const object = await podsOf(place).get(name);
    return list(object.status.conditions).find(
      ({ type, reason }) => text(type) === 'PodScheduled' && text(reason) === 'Unschedulable',
    );
  });
}

/** The namespaces of others may still empty themselves, as theirs wait until all is quiet. */
async function quiet(place: Place): Promise<void> {
  await until('quiet', async () => {
    const { items } = await place.api.core('pods').list();
    return items.every(({ metadata }) => !text(metadata.namespace).startsWith('e2e-test'));
  });
}

const labelNode = (place: Place, name: string, labels: object): Promise<Item> =>
  nodesOf(place).patch(name, 'strategic', { metadata: { labels } });

conformance(
  '[sig-architecture] Conformance Tests should have at least two untainted nodes [Conformance]',
  async (place) => {
    expect((await untainted(place)).length).toBeGreaterThanOrEqual(2);
  },
);

const predicates = '[sig-scheduling] SchedulerPredicates [Serial] validates';

conformance(
  `${predicates} resource limits of pods that are allowed to run [Conformance]`,
  async (place) => {
    await quiet(place);
    const nodes = await untainted(place);
    for (const { metadata, status } of nodes) {
      const name = text(metadata.name);
      await labelNode(place, name, { node: name });
      const { items } = await place.api
        .core('pods')
        .list({ fieldSelector: `spec.nodeName=${name}` });
      const used = items
        .flatMap(({ spec }) => list(spec.containers))
        .reduce((sum, { resources }) => sum + milli(resources?.requests?.cpu), 0);
      const left = milli(status.allocatable.cpu) - used;
      const cpu = `${Math.floor((left * 7) / 10)}m`;
      await podsOf(place).create(
        pod(
          `filler-${name}`,
          { nodeSelector: { node: name } },
          { requests: { cpu }, limits: { cpu } },
        ),
      );
    }
    for (const { metadata } of nodes) await scheduled(place, `filler-${text(metadata.name)}`);
    const cpu = `${Math.floor(milli(nodes[0].status.allocatable.cpu) / 2)}m`;
    await podsOf(place).create(pod('additional-pod', {}, { requests: { cpu }, limits: { cpu } }));
    await unschedulable(place, 'additional-pod');
    const events = await until('the events', async () => {
      const { items } = await place.api
        .core('events', place.namespace)
        .list({ fieldSelector: 'involvedObject.name=additional-pod' });
      return items.some(({ reason }) => text(reason) === 'FailedScheduling') && items;
    });
    expect(text(events[0].message)).toMatch(/Insufficient cpu/);
    for (const { metadata } of nodes) await labelNode(place, text(metadata.name), { node: null });
  },
);

function milli(cpu: Item | undefined): number {
  if (cpu === undefined) return 0;
  const value = text(cpu);
  return value.endsWith('m') ? Number(value.slice(0, -1)) : Number(value) * 1000;
}

conformance(
  `${predicates} that NodeSelector is respected if not matching [Conformance]`,
  async (place) => {
    await podsOf(place).create(pod('restricted-pod', { nodeSelector: { label: 'nonempty' } }));
    const condition = await unschedulable(place, 'restricted-pod');
    expect(condition.message).toMatch(/didn't match Pod's node affinity\/selector/);
  },
);

conformance(
  `${predicates} that NodeSelector is respected if matching [Conformance]`,
  async (place) => {
    const [node] = await untainted(place);
    const name = text(node.metadata.name);
    await labelNode(place, name, { 'kubernetes.io/e2e-1': '42' });
    await podsOf(place).create(
      pod('with-labels', { nodeSelector: { 'kubernetes.io/e2e-1': '42' } }),
    );
    expect((await scheduled(place, 'with-labels')).spec.nodeName).toBe(name);
    await labelNode(place, name, { 'kubernetes.io/e2e-1': null });
  },
);

conformance(
  `${predicates} that there exists conflict between pods with same hostPort and protocol but one using 0.0.0.0 hostIP [Conformance]`,
  async (place) => {
    const [node] = await untainted(place);
    const nodeSelector = {
      'kubernetes.io/hostname': text(node.metadata.labels['kubernetes.io/hostname']),
    };
    const withPort = (name: string, hostIP: string): object => ({
      metadata: { name },
      spec: {
        nodeSelector,
        containers: [
          {
            name,
            image: pause,
            ports: [{ containerPort: 8080, hostPort: 54_322, hostIP, protocol: 'TCP' }],
          },
        ],
      },
    });
    await podsOf(place).create(withPort('pod4', '0.0.0.0'));
    await scheduled(place, 'pod4');
    await podsOf(place).create(withPort('pod5', text(list(node.status.addresses)[0].address)));
    const condition = await unschedulable(place, 'pod5');
    expect(condition.message).toMatch(/didn't have free ports for the requested pod ports/);
  },
);

const preemption = '[sig-scheduling] SchedulerPreemption [Serial]';
const SCARCE = 'scheduling.k8s.io/foo';
const scarce = (count: number): object => ({
  requests: { [SCARCE]: String(count) },
  limits: { [SCARCE]: String(count) },
});

/** Gives the nodes five of a scarce thing and fills them with four of it, the first lowest. */
async function fill(place: Place): Promise<{ victim: string; nodes: Item[] }> {
  const nodes = await untainted(place);
  const classes = place.api.of('scheduling.k8s.io/v1', 'priorityclasses');
  for (const [name, value] of [
    ['low', 1],
    ['medium', 100],
    ['high', 1000],
  ] as const) {
    await classes.create({ metadata: { name: `${place.namespace}-${name}` }, value });
  }
  let victim = '';
  for (const [index, { metadata }] of nodes.entries()) {
    const name = text(metadata.name);
    await nodesOf(place).patch(
      name,
      'strategic',
      { status: { capacity: { [SCARCE]: '5' }, allocatable: { [SCARCE]: '5' } } },
      'status',
    );
    await labelNode(place, name, { node: name });
    for (const part of [0, 1]) {
      const isLow = index === 0 && part === 0;
      const own = `pod${index}-${part}`;
      if (isLow) victim = own;
      const priorityClassName = `${place.namespace}-${isLow ? 'low' : 'medium'}`;
      await podsOf(place).create(
        pod(own, { priorityClassName, nodeSelector: { node: name } }, scarce(2)),
      );
      await scheduled(place, own);
    }
  }
  return { victim, nodes };
}

async function clean(place: Place, nodes: readonly Item[]): Promise<void> {
  for (const { metadata } of nodes) {
    await labelNode(place, text(metadata.name), { node: null });
    await nodesOf(place).patch(
      text(metadata.name),
      'strategic',
      { status: { capacity: { [SCARCE]: null }, allocatable: { [SCARCE]: null } } },
      'status',
    );
  }
}

conformance(`${preemption} validates basic preemption works [Conformance]`, async (place) => {
  const { victim, nodes } = await fill(place);
  await podsOf(place).create(
    pod('preemptor-pod', { priorityClassName: `${place.namespace}-high` }, scarce(2)),
  );
  await scheduled(place, 'preemptor-pod');
  const { items } = await podsOf(place).list();
  const left = items
    .filter(({ metadata }) => !metadata.deletionTimestamp)
    .map(({ metadata }) => text(metadata.name));
  expect(left).not.toContain(victim);
  expect(left).toHaveLength(nodes.length * 2);
  await clean(place, nodes);
});

conformance(
  `${preemption} validates lower priority pod preemption by critical pod [Conformance]`,
  async (place) => {
    const { victim, nodes } = await fill(place);
    const system = place.api.core('pods', 'kube-system');
    await system.create(
      pod('critical-pod', { priorityClassName: 'system-cluster-critical' }, scarce(2)),
    );
    await until(
      'the critical pod to run',
      async () => text((await system.get('critical-pod')).status.phase) === 'Running',
    );
    await podsOf(place).gone(victim);
    await system.delete('critical-pod', { gracePeriodSeconds: 0 });
    await clean(place, nodes);
  },
);

conformance(
  `${preemption} validates pod disruption condition is added to the preempted pod [Conformance]`,
  async (place) => {
    const [node] = await untainted(place);
    const name = text(node.metadata.name);
    await nodesOf(place).patch(
      name,
      'strategic',
      { status: { capacity: { [SCARCE]: '1' }, allocatable: { [SCARCE]: '1' } } },
      'status',
    );
    const nodeSelector = {
      'kubernetes.io/hostname': text(node.metadata.labels['kubernetes.io/hostname']),
    };
    const classes = place.api.of('scheduling.k8s.io/v1', 'priorityclasses');
    for (const [own, value] of [
      ['disruption-low', 1],
      ['disruption-high', 1000],
    ] as const) {
      await classes.create({ metadata: { name: `${place.namespace}-${own}` }, value });
    }
    const low = pod(
      'victim-pod',
      { nodeSelector, priorityClassName: `${place.namespace}-disruption-low` },
      scarce(1),
    ) as Item;
    await podsOf(place).create({
      ...low,
      metadata: { ...low.metadata, finalizers: ['example.com/test-finalizer'] },
    });
    await scheduled(place, 'victim-pod');
    await podsOf(place).create(
      pod(
        'preemptor-pod',
        { nodeSelector, priorityClassName: `${place.namespace}-disruption-high` },
        scarce(1),
      ),
    );
    const victim = await until('the victim to be told to go', async () => {
      const object = await podsOf(place).get('victim-pod');
      return object.metadata.deletionTimestamp && object;
    });
    const target = list(victim.status.conditions).find(
      ({ type }) => text(type) === 'DisruptionTarget',
    );
    expect(target).toMatchObject({ status: 'True', reason: 'PreemptionByScheduler' });
    await podsOf(place).patch('victim-pod', 'merge', { metadata: { finalizers: null } });
    await podsOf(place).gone('victim-pod');
    await clean(place, [node]);
  },
);

conformance(
  `${preemption} PreemptionExecutionPath runs ReplicaSets to verify preemption running path [Conformance]`,
  async (place) => {
    const [node] = await untainted(place);
    const name = text(node.metadata.name);
    const fake = 'example.com/fakecpu';
    await nodesOf(place).patch(
      name,
      'strategic',
      { status: { capacity: { [fake]: '1000' }, allocatable: { [fake]: '1000' } } },
      'status',
    );
    const nodeSelector = {
      'kubernetes.io/hostname': text(node.metadata.labels['kubernetes.io/hostname']),
    };
    const classes = place.api.of('scheduling.k8s.io/v1', 'priorityclasses');
    const sets = place.api.of('apps/v1', 'replicasets', place.namespace);
    const set = async (index: number, replicas: number, cpu: number): Promise<void> => {
      const priorityClassName = `${place.namespace}-p${index}`;
      await classes.create({ metadata: { name: priorityClassName }, value: index });
      const labels = { name: `pod${index}` };
      const requests = { [fake]: String(cpu) };
      await sets.create({
        metadata: { name: `rs-pod${index}` },
        spec: {
          replicas,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              terminationGracePeriodSeconds: 0,
              nodeSelector,
              priorityClassName,
              containers: [
                { name: 'pause', image: pause, resources: { requests, limits: requests } },
              ],
            },
          },
        },
      });
    };
    const watch = podsOf(place).watch();
    for (const [index, replicas, cpu] of [
      [1, 1, 200],
      [2, 1, 300],
      [3, 1, 450],
    ] as const) {
      await set(index, replicas, cpu);
      await until(
        'running',
        async () => number((await sets.get(`rs-pod${index}`)).status.readyReplicas) === replicas,
      );
    }
    await set(4, 1, 500);
    await until(
      'the fourth',
      async () => number((await sets.get('rs-pod4')).status.readyReplicas) === 1,
    );
    await sleep(1000);
    const events = watch.take();
    watch.stop();
    const gone = (own: string): number =>
      new Set(
        events
          .filter(
            ({ type, object }) =>
              type === 'DELETED' &&
              text(object.metadata.labels?.name) === own &&
              object.spec.nodeName,
          )
          .map(({ object }) => text(object.metadata.uid)),
      ).size;
    expect(['pod1', 'pod2', 'pod3'].map(gone)).toEqual([1, 1, 0]);
    await nodesOf(place).patch(
      name,
      'strategic',
      { status: { capacity: { [fake]: null }, allocatable: { [fake]: null } } },
      'status',
    );
  },
);

conformance(
  `${preemption} PriorityClass endpoints verify PriorityClass endpoints can be operated with different HTTP methods [Conformance]`,
  async ({ api }) => {
    const classes = api.of('scheduling.k8s.io/v1', 'priorityclasses');
    for (const [name, value] of [
      ['p1', 1],
      ['p2', 2],
    ] as const) {
      await classes.create({ metadata: { name }, value });
      const patched = await classes.patch(name, 'strategic', {
        description: 'updated description',
      });
      expect(patched.description).toBe('updated description');
      const jsonPatch = `[{"op":"replace","path":"/value","value":${value * 10}}]`;
      expect((await refused(classes.patch(name, 'json', jsonPatch))).code).toBe(422);
      const live = await classes.get(name);
      expect((await refused(classes.update({ ...live, value: value * 10 }))).code).toBe(422);
      await classes.update({ ...live, description: 'another' });
    }
    for (const name of ['p1', 'p2']) await classes.delete(name);
  },
);

const taints = '[sig-node] NoExecuteTaintManager';
const TAINT = {
  key: 'kubernetes.io/e2e-evict-taint-key',
  value: 'evictTaintVal',
  effect: 'NoExecute',
};

async function taint(place: Place, name: string, wanted: object[]): Promise<void> {
  await nodesOf(place).change(name, (object) => ({
    ...object,
    spec: { ...object.spec, taints: wanted },
  }));
}

const tolerating = (seconds: number): object => ({
  tolerations: [
    {
      key: TAINT.key,
      operator: 'Equal',
      value: TAINT.value,
      effect: 'NoExecute',
      tolerationSeconds: seconds,
    },
  ],
  terminationGracePeriodSeconds: 1,
});

conformance(
  `${taints} Single Pod [Serial] removing taint cancels eviction [Disruptive] [Conformance]`,
  async (place) => {
    await podsOf(place).create(pod('taint-eviction-4', tolerating(60)));
    const { spec } = await scheduled(place, 'taint-eviction-4');
    const node = text(spec.nodeName);
    const { clock } = place.server.cluster;
    const wait = (ms: number): Promise<boolean> => {
      const endMs = clock.nowMs + ms;
      return until('time to pass', () => clock.nowMs > endMs);
    };
    await taint(place, node, [TAINT]);
    await wait(30_000);
    await taint(place, node, []);
    await wait(120_000);
    expect(
      (await podsOf(place).get('taint-eviction-4')).metadata.deletionTimestamp,
    ).toBeUndefined();
  },
);

conformance(
  `${taints} Multiple Pods [Serial] evicts pods with minTolerationSeconds [Disruptive] [Conformance]`,
  async (place) => {
    const [node] = await untainted(place);
    const name = text(node.metadata.name);
    const nodeSelector = {
      'kubernetes.io/hostname': text(node.metadata.labels['kubernetes.io/hostname']),
    };
    const both = {
      tolerations: [
        { key: TAINT.key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
        ...((tolerating(10) as Item).tolerations as never as object[]),
      ],
    };
    await podsOf(place).create(pod('taint-eviction-b1', { ...tolerating(10), nodeSelector }));
    await podsOf(place).create(
      pod('taint-eviction-b2', { ...tolerating(60), ...both, nodeSelector }),
    );
    for (const own of ['taint-eviction-b1', 'taint-eviction-b2']) await scheduled(place, own);
    await taint(place, name, [TAINT]);
    for (const own of ['taint-eviction-b1', 'taint-eviction-b2']) await podsOf(place).gone(own);
    await taint(place, name, []);
  },
);
