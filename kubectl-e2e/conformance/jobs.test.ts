// Upstream: test/e2e/apps/job.go, test/e2e/framework/job/fixtures.go.
import { expect } from 'vitest';
import { isMissing, list, number, suite, text, until, type Item, type Place } from './framework';
import { busybox } from './images';
import { podsOf } from './test-pods';

const { conformance } = suite();

interface JobShape {
  behavior: keyof typeof SCRIPTS;
  name: string;
  restartPolicy?: string;
  parallelism?: number;
  completions?: number;
  node?: string;
  spec?: object;
  labels?: object;
}

const SCRIPTS = {
  notTerminate: { image: 'registry.k8s.io/pause:3.10.1' },
  fail: { command: ['/bin/sh', '-c', 'exit 1'] },
  succeed: { command: ['/bin/sh', '-c', 'exit 0'] },
  failOddSucceedEven: {
    command: ['sh', '-c'],
    args: [
      '\n\t\t\tif [ $(expr ${JOB_COMPLETION_INDEX} % 2) -ne 0 ]; then\n\t\t\t\texit 1\n\t\t\telse\n\t\t\t\texit 0\n\t\t\tfi\n\t\t\t',
    ],
  },
  failOnce: {
    command: ['/bin/sh', '-c'],
    args: [
      '\n\t\t\tif [[ -r /data/foo ]]\n\t\t\tthen\n\t\t\t\texit 0\n\t\t\telse\n\t\t\t\ttouch /data/foo\n\t\t\t\texit 1\n\t\t\tfi\n\t\t',
    ],
  },
  notTerminateOncePerIndex: {
    command: ['/bin/sh', '-c'],
    args: [
      '\n\t\tif [[ -r /data/foo-$JOB_COMPLETION_INDEX ]]\n\t\tthen\n\t\t\texit 0\n\t\telse\n\t\t\ttouch /data/foo-$JOB_COMPLETION_INDEX\n\t\t\tsleep 1000000\n\t\tfi\n\t\t',
    ],
    readinessProbe: {
      periodSeconds: 1,
      initialDelaySeconds: 5,
      exec: { command: ['/bin/sh', '-c', '[[ -r /data/foo-$JOB_COMPLETION_INDEX ]]'] },
    },
  },
} as const;

function job(shape: JobShape): object {
  const { behavior, name, node, labels, spec } = shape;
  const { restartPolicy = 'Never', parallelism = 2, completions = 4 } = shape;
  const data = node
    ? { hostPath: { path: `/tmp/job-e2e/${name}`, type: 'DirectoryOrCreate' } }
    : { emptyDir: {} };
  const container = {
    name: 'c',
    image: busybox,
    volumeMounts: [{ mountPath: '/data', name: 'data' }],
    securityContext: node ? { privileged: true } : {},
    ...SCRIPTS[behavior],
  };
  return {
    kind: 'Job',
    apiVersion: 'batch/v1',
    metadata: { name, labels },
    spec: {
      parallelism,
      completions,
      backoffLimit: 6,
      manualSelector: false,
      template: {
        metadata: { labels: { job: name } },
        spec: {
          restartPolicy,
          volumes: [{ name: 'data', ...data }],
          nodeSelector: node ? { 'kubernetes.io/hostname': node } : undefined,
          containers: [container],
        },
      },
      ...spec,
    },
  };
}

const jobsOf = ({ api, namespace }: Place) => api.of('batch/v1', 'jobs', namespace);
const create = (place: Place, shape: JobShape): Promise<Item> => jobsOf(place).create(job(shape));

function conditionOf(object: Item, type: string): Item | undefined {
  return list(object.status.conditions).find((one) => text(one.type) === type);
}

/** The job once it has the condition. */
function withCondition(place: Place, name: string, type: string, reason?: string): Promise<Item> {
  return until(`${name} to be ${type}`, async () => {
    const object = await jobsOf(place).get(name);
    const condition = conditionOf(object, type);
    if (!condition || text(condition.status) !== 'True') return undefined;
    if (reason) expect(condition.reason).toBe(reason);
    return object;
  });
}

/** Complete, after the interim condition, and with the expected count. */
async function complete(place: Place, name: string, reason: string, count: number): Promise<Item> {
  await withCondition(place, name, 'SuccessCriteriaMet', reason);
  const object = await withCondition(place, name, 'Complete', reason);
  expect(object.status.succeeded).toBe(count);
  expect(object.status).toMatchObject({ ready: 0, terminating: 0 });
  expect(number(object.status.active ?? (0 as never))).toBe(0);
  return object;
}

function running(place: Place, name: string, count: number): Promise<Item[]> {
  return until(`${count} running pods of ${name}`, async () => {
    const { items } = await podsOf(place).list({ labelSelector: `job=${name}` });
    const some = items.filter(({ status }) => text(status.phase) === 'Running');
    return some.length === count && some;
  });
}

async function aNode({ api }: Place): Promise<string> {
  const { items } = await api.core('nodes').list({ fieldSelector: 'spec.unschedulable=false' });
  const ready = items.filter(
    ({ spec, status }) =>
      !spec.taints &&
      list(status.conditions).some(
        (one) => text(one.type) === 'Ready' && text(one.status) === 'True',
      ),
  );
  return text(ready[0].metadata.name);
}

const title = (text: string): string => `[sig-apps] Job ${text} [Conformance]`;

conformance(
  title('should allow to use the pod failure policy on exit code to fail the job early'),
  async (place) => {
    const onExitCodes = { operator: 'In', values: [1] };
    await create(place, {
      behavior: 'failOnce',
      name: 'pod-failure-failjob',
      node: await aNode(place),
      spec: { podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes }] } },
    });
    await withCondition(place, 'pod-failure-failjob', 'Failed', 'PodFailurePolicy');
  },
);

conformance(
  title(
    'should allow to use a pod failure policy to ignore failure matching on DisruptionTarget condition',
  ),
  async (place) => {
    const name = 'evicted-pod-ignore-on-disruption-condition';
    const onPodConditions = [{ type: 'DisruptionTarget', status: 'True' }];
    await create(place, {
      behavior: 'notTerminateOncePerIndex',
      name,
      parallelism: 3,
      completions: 3,
      node: await aNode(place),
      spec: {
        backoffLimit: 2,
        completionMode: 'Indexed',
        podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions }] },
      },
    });
    await until('all ready', async () => {
      const { status } = await jobsOf(place).get(name);
      return number(status.ready) === 3;
    });
    for (const { metadata } of await running(place, name, 3)) {
      const own = text(metadata.name);
      await place.api.ask('POST', `${podsOf(place).path}/${own}/eviction`, {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: own, namespace: place.namespace },
      });
      await podsOf(place).gone(own);
    }
    await complete(place, name, 'CompletionsReached', 3);
  },
);

conformance(
  title('should create pods for an Indexed job with completion indexes and specified hostname'),
  async (place) => {
    const name = 'indexed-job';
    await create(place, { behavior: 'succeed', name, spec: { completionMode: 'Indexed' } });
    await complete(place, name, 'CompletionsReached', 4);
    const { items } = await podsOf(place).list({ labelSelector: `job=${name}` });
    const indexes = items
      .filter(({ status }) => text(status.phase) === 'Succeeded')
      .map(({ metadata, spec }) => {
        const index = text(metadata.annotations['batch.kubernetes.io/job-completion-index']);
        expect(spec.hostname).toBe(`${name}-${index}`);
        return index;
      });
    expect(indexes.sort()).toEqual(['0', '1', '2', '3']);
  },
);

conformance(
  title('with successPolicy should succeeded when all indexes succeeded'),
  async (place) => {
    const name = 'with-success-policy';
    await create(place, {
      behavior: 'succeed',
      name,
      completions: 2,
      spec: {
        completionMode: 'Indexed',
        successPolicy: { rules: [{ succeededIndexes: '0-1' }] },
      },
    });
    const done = await complete(place, name, 'SuccessPolicy', 2);
    expect(done.status).not.toHaveProperty('failed');
  },
);

for (const [words, name, rule, backoffLimit] of [
  ['succeededIndexes', 'with-success-policy-succeeded-indexed', { succeededIndexes: '0' }, 6],
  ['succeededCount', 'with-success-policy-succeeded-count', { succeededCount: 1 }, 2_147_483_647],
] as const) {
  conformance(
    title(
      `with successPolicy ${words} rule should succeeded even when some indexes remain pending`,
    ),
    async (place) => {
      await create(place, {
        behavior: 'failOddSucceedEven',
        name,
        completions: 5,
        spec: { backoffLimit, completionMode: 'Indexed', successPolicy: { rules: [rule] } },
      });
      const done = await complete(place, name, 'SuccessPolicy', 1);
      expect(done.status.completedIndexes).toBe('0');
    },
  );
}

const perIndex = { backoffLimit: undefined, completionMode: 'Indexed' };

conformance(
  title('should execute all indexes despite some failing when using backoffLimitPerIndex'),
  async (place) => {
    const name = 'with-backoff-limit-per-index';
    const spec = { ...perIndex, backoffLimitPerIndex: 1 };
    await create(place, { behavior: 'failOddSucceedEven', name, spec });
    const { status } = await withCondition(place, name, 'Failed', 'FailedIndexes');
    expect(status).toMatchObject({
      failedIndexes: '1,3',
      completedIndexes: '0,2',
      failed: 4,
      succeeded: 2,
    });
  },
);

conformance(
  title(
    'should terminate job execution when the number of failed indexes exceeds maxFailedIndexes',
  ),
  async (place) => {
    const name = 'with-max-failed-indexes';
    const spec = { ...perIndex, backoffLimitPerIndex: 0, maxFailedIndexes: 0 };
    await create(place, { behavior: 'fail', name, parallelism: 1, spec });
    const { status } = await withCondition(place, name, 'Failed', 'MaxFailedIndexesExceeded');
    expect(status).toMatchObject({ failedIndexes: '0', failed: 1 });
  },
);

conformance(
  title('should mark indexes as failed when the FailIndex action is matched in podFailurePolicy'),
  async (place) => {
    const name = 'matching-fail-index-action';
    const rule = { action: 'FailIndex', onExitCodes: { operator: 'In', values: [1] } };
    const spec = { ...perIndex, backoffLimitPerIndex: 1, podFailurePolicy: { rules: [rule] } };
    await create(place, { behavior: 'failOddSucceedEven', name, completions: 2, spec });
    const { status } = await withCondition(place, name, 'Failed');
    expect(status).toMatchObject({
      failedIndexes: '1',
      completedIndexes: '0',
      failed: 1,
      succeeded: 1,
    });
  },
);

conformance(
  title('should run a job to completion when tasks sometimes fail and are locally restarted'),
  async (place) => {
    const name = 'fail-once-local';
    await create(place, { behavior: 'failOnce', name, restartPolicy: 'OnFailure' });
    await complete(place, name, 'CompletionsReached', 4);
  },
);

conformance(title('should delete a job'), async (place) => {
  await create(place, { behavior: 'notTerminate', name: 'foo' });
  await running(place, 'foo', 2);
  const { metadata } = await jobsOf(place).get('foo');
  await jobsOf(place).delete('foo', {
    propagationPolicy: 'Background',
    preconditions: { uid: metadata.uid },
  });
  await jobsOf(place).gone('foo');
  await until(
    'no pods',
    async () => !(await podsOf(place).list({ labelSelector: 'job=foo' })).items.length,
  );
});

conformance(title('should adopt matching orphans and release non-matching pods'), async (place) => {
  const made = await create(place, { behavior: 'notTerminate', name: 'adopt-release' });
  const [pod] = await running(place, 'adopt-release', 2);
  const name = text(pod.metadata.name);
  await podsOf(place).change(name, (object) => ({
    ...object,
    metadata: { ...object.metadata, ownerReferences: undefined },
  }));
  const owner = await until('adoption', async () =>
    list((await podsOf(place).get(name)).metadata.ownerReferences).find(
      ({ controller }) => controller,
    ),
  );
  expect(owner).toMatchObject({ kind: 'Job', name: 'adopt-release', uid: made.metadata.uid });
  await podsOf(place).change(name, (object) => ({
    ...object,
    metadata: { ...object.metadata, labels: undefined },
  }));
  await until('release', async () => !(await podsOf(place).get(name)).metadata.ownerReferences);
});

conformance(title('should apply changes to a job status'), async (place) => {
  const name = 'suspend-false-to-true';
  const made = await create(place, { behavior: 'notTerminate', name });
  await running(place, name, 2);
  const custom = (lastTransitionTime: string): object => ({
    type: 'CustomConditionType',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime,
  });
  const patched = await jobsOf(place).patch(
    name,
    'merge',
    {
      metadata: { annotations: { patchedstatus: 'true' } },
      status: { conditions: [custom('2026-01-02T03:04:05Z')] },
    },
    'status',
  );
  expect(patched.metadata.annotations.patchedstatus).toBe('true');
  expect(conditionOf(patched, 'CustomConditionType')).toMatchObject({
    lastTransitionTime: '2026-01-02T03:04:05Z',
  });
  const later = '2026-01-02T03:05:05Z';
  const updated = await jobsOf(place).change(
    name,
    (object) => ({ ...object, status: { ...object.status, conditions: [custom(later)] } }),
    'status',
  );
  expect(conditionOf(updated, 'CustomConditionType')).toMatchObject({ lastTransitionTime: later });
  expect((await jobsOf(place).get(name, 'status')).metadata.uid).toBe(made.metadata.uid);
});

conformance(title('should manage the lifecycle of a job'), async (place) => {
  const name = 'e2e-abcde';
  const selector = { labelSelector: `e2e-job-label=${name}` };
  const before = await jobsOf(place).list(selector);
  const watch = jobsOf(place).watch({
    ...selector,
    resourceVersion: text(before.metadata.resourceVersion),
  });
  const labels = { 'e2e-job-label': name };
  await create(place, { behavior: 'succeed', name, labels, spec: { suspend: true } });
  const patched = await jobsOf(place).patch(name, 'strategic', {
    metadata: { labels: { [name]: 'patched' } },
  });
  expect(patched.metadata.labels[name]).toBe('patched');
  await watch.next('patched', ({ object }) => name in object.metadata.labels);
  const updated = await jobsOf(place).change(name, (object) => ({
    ...object,
    metadata: { ...object.metadata, annotations: { updated: 'true' } },
    spec: { ...object.spec, suspend: false },
  }));
  expect(updated.metadata.annotations.updated).toBe('true');
  await watch.next('updated', ({ object }) => Boolean(object.metadata.annotations?.updated));
  expect((await place.api.of('batch/v1', 'jobs').list(selector)).items).toHaveLength(1);
  await complete(place, name, 'CompletionsReached', 4);
  await jobsOf(place).deleteAll(selector, { propagationPolicy: 'Background' });
  await watch.type('DELETED');
  watch.stop();
  expect((await place.api.of('batch/v1', 'jobs').list(selector)).items).toEqual([]);
  expect(await isMissing(jobsOf(place).get(name))).toBe(true);
});
