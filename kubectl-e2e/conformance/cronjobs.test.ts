// Upstream: test/e2e/apps/{cronjob,disruption}.go.
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

// A minute of the schedule is half a second.
const { conformance } = suite(120);

function cronJob(name: string, policy: string, command: string[], more: object = {}): object {
  const containers = [
    {
      name: 'c',
      image: 'registry.k8s.io/e2e-test-images/busybox:1.37.0-1',
      command,
      volumeMounts: [{ name: 'data', mountPath: '/data' }],
    },
  ];
  const spec = {
    restartPolicy: 'OnFailure',
    volumes: [{ name: 'data', emptyDir: {} }],
    containers,
  };
  return {
    kind: 'CronJob',
    metadata: { name },
    spec: {
      schedule: '*/1 * * * ?',
      concurrencyPolicy: policy,
      jobTemplate: { spec: { parallelism: 1, completions: 1, template: { spec } } },
      ...more,
    },
  };
}

const cronJobsOf = ({ api, namespace }: Place) => api.of('batch/v1', 'cronjobs', namespace);
const jobsOf = ({ api, namespace }: Place) => api.of('batch/v1', 'jobs', namespace);
const sleepers = ['sleep', '300'];

function active(place: Place, name: string, count: number): Promise<Item> {
  return until(`${count} active jobs of ${name}`, async () => {
    const object = await cronJobsOf(place).get(name);
    return list(object.status.active).length >= count && object;
  });
}

conformance(
  '[sig-apps] CronJob should schedule multiple jobs concurrently [Conformance]',
  async (place) => {
    await cronJobsOf(place).create(cronJob('concurrent', 'Allow', sleepers));
    await active(place, 'concurrent', 2);
    const { items } = await jobsOf(place).list();
    expect(items.filter(({ status }) => number(status.active) > 0).length).toBeGreaterThanOrEqual(
      2,
    );
    await cronJobsOf(place).delete('concurrent');
  },
);

conformance(
  '[sig-apps] CronJob should not schedule jobs when suspended [Slow] [Conformance]',
  async (place) => {
    await cronJobsOf(place).create(cronJob('suspended', 'Allow', sleepers, { suspend: true }));
    await sleep(2500);
    expect((await jobsOf(place).list()).items).toEqual([]);
    expect((await cronJobsOf(place).get('suspended')).status).toEqual({});
    await cronJobsOf(place).delete('suspended');
  },
);

conformance(
  '[sig-apps] CronJob should not schedule new jobs when ForbidConcurrent [Slow] [Conformance]',
  async (place) => {
    await cronJobsOf(place).create(cronJob('forbid', 'Forbid', sleepers));
    const first = await active(place, 'forbid', 1);
    expect(list(first.status.active)).toHaveLength(1);
    await sleep(1200);
    const { items } = await jobsOf(place).list();
    expect(items.map(({ metadata }) => metadata.name)).toEqual([list(first.status.active)[0].name]);
    await cronJobsOf(place).delete('forbid');
  },
);

conformance(
  '[sig-apps] CronJob should replace jobs when ReplaceConcurrent [Conformance]',
  async (place) => {
    await cronJobsOf(place).create(cronJob('replace', 'Replace', sleepers));
    const first = await active(place, 'replace', 1);
    const [before] = list(first.status.active);
    const replaced = await until('another job', async () => {
      const { status } = await cronJobsOf(place).get('replace');
      const [now] = list(status.active);
      return now && text(now.name) !== text(before.name) && list(status.active);
    });
    expect(replaced).toHaveLength(1);
    await cronJobsOf(place).delete('replace');
  },
);

const budgetsOf = ({ api, namespace }: Place) =>
  api.of('policy/v1', 'poddisruptionbudgets', namespace);
const labels = { foo: 'bar' };
const budget = (name: string, spec: object, own: object = {}): object => ({
  metadata: { name, labels: own },
  spec: { selector: { matchLabels: labels }, ...spec },
});

async function makePods({ api, namespace }: Place, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    await api.core('pods', namespace).create({
      metadata: { name: `pod-${index}`, namespace, labels },
      spec: {
        containers: [{ name: 'donothing', image: 'registry.k8s.io/pause:3.10.1' }],
        restartPolicy: 'Always',
      },
    });
  }
}

function processed(place: Place, name: string, allowed?: number): Promise<Item> {
  return until(`${name} to be processed`, async () => {
    const object = await budgetsOf(place).get(name);
    const { observedGeneration, disruptionsAllowed } = object.status ?? {};
    const isSeen = number(observedGeneration) >= number(object.metadata.generation);
    return isSeen && (allowed === undefined || number(disruptionsAllowed) === allowed) && object;
  });
}

const disruption = '[sig-apps] DisruptionController';

conformance(`${disruption} should create a PodDisruptionBudget [Conformance]`, async (place) => {
  await budgetsOf(place).create(budget('foo', { minAvailable: '1%' }));
  await processed(place, 'foo');
  await budgetsOf(place).change('foo', (object) => ({
    ...object,
    spec: { ...object.spec, minAvailable: '2%' },
  }));
  const updated = await processed(place, 'foo');
  expect(updated.spec.minAvailable).toBe('2%');
  const patched = await budgetsOf(place).patch('foo', 'strategic', {
    spec: { minAvailable: '3%' },
  });
  expect(patched.spec.minAvailable).toBe('3%');
  await budgetsOf(place).delete('foo');
  await budgetsOf(place).gone('foo');
});

conformance(
  `${disruption} should observe PodDisruptionBudget status updated [Conformance]`,
  async (place) => {
    await budgetsOf(place).create(budget('foo', { minAvailable: 1 }));
    await makePods(place, 3);
    const { status } = await processed(place, 'foo', 2);
    expect(status).toMatchObject({ currentHealthy: 3, desiredHealthy: 1, expectedPods: 3 });
  },
);

conformance(
  `${disruption} should update/patch PodDisruptionBudget status [Conformance]`,
  async (place) => {
    await budgetsOf(place).create(budget('foo', { minAvailable: 1 }));
    await processed(place, 'foo');
    const disrupted = (pod: string): object => ({ [pod]: '2026-01-02T03:04:05Z' });
    const updated = await budgetsOf(place).change(
      'foo',
      (object) => ({
        ...object,
        status: { ...object.status, disruptedPods: disrupted('pod-0') },
      }),
      'status',
    );
    expect(updated.status.disruptedPods).toHaveProperty('pod-0');
    const old = await budgetsOf(place).get('foo');
    const patched = await budgetsOf(place).patch(
      'foo',
      'merge',
      {
        metadata: { resourceVersion: old.metadata.resourceVersion },
        status: { ...old.status, disruptedPods: disrupted('pod-1') },
      },
      'status',
    );
    expect(patched.status.disruptedPods).toHaveProperty('pod-1');
  },
);

conformance(
  `${disruption} should block an eviction until the PDB is updated to allow it [Conformance]`,
  async (place) => {
    const pods = place.api.core('pods', place.namespace);
    await makePods(place, 3);
    await until('running', async () =>
      (await pods.list()).items.every(({ status }) => text(status.phase) === 'Running'),
    );
    const evict = (name: string): Promise<Item> =>
      place.api.ask('POST', `${pods.path}/${name}/eviction`, {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name, namespace: place.namespace },
      });
    await budgetsOf(place).create(budget('foo', { minAvailable: 3 }));
    await processed(place, 'foo', 0);
    const refusal = await refused(evict('pod-0'));
    expect(refusal).toMatchObject({ code: 429, reason: 'TooManyRequests' });
    expect(list(refusal.details.causes)[0].reason).toBe('DisruptionBudget');
    await budgetsOf(place).change('foo', (object) => ({
      ...object,
      spec: { ...object.spec, minAvailable: 2 },
    }));
    await processed(place, 'foo', 1);
    await evict('pod-0');
    await pods.gone('pod-0');
    await until('pods to be recounted', async () => {
      const { status } = await budgetsOf(place).get('foo');
      return number(status.disruptionsAllowed) === 0;
    });
    expect((await refused(evict('pod-1'))).code).toBe(429);
    await budgetsOf(place).patch('foo', 'merge', {
      spec: { maxUnavailable: 1, minAvailable: null },
    });
    await budgetsOf(place).delete('foo');
    await evict('pod-1');
    await pods.gone('pod-1');
  },
);

conformance(
  `${disruption} Listing PodDisruptionBudgets for all namespaces should list and delete a collection of PodDisruptionBudgets [Conformance]`,
  async (place) => {
    const own = { special: place.namespace };
    for (const name of ['foo', 'foo2', 'foo3']) {
      await budgetsOf(place).create(budget(name, { minAvailable: '1%' }, own));
      await processed(place, name);
    }
    const selector = { labelSelector: `special=${place.namespace}` };
    const everywhere = place.api.of('policy/v1', 'poddisruptionbudgets');
    expect((await everywhere.list(selector)).items).toHaveLength(3);
    await budgetsOf(place).deleteAll(selector);
    expect((await budgetsOf(place).list(selector)).items).toEqual([]);
  },
);
