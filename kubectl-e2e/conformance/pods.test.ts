// Upstream: test/e2e/common/node/{pods,kubelet,init_container,ephemeral_containers,sysctl,
// expansion}.go, test/e2e/node/pods.go: phases and conditions; what reads logs or runs commands is
// not here.
import { expect } from 'vitest';
import {
  isMissing,
  list,
  number,
  refused,
  suite,
  text,
  until,
  type Item,
  type Place,
} from './framework';
import { agnhost, busybox, nginx, pause } from './images';
import { isTrue, phase, pod, podsOf, ready } from './test-pods';

const { conformance } = suite(60);

const paused = (name: string, more: object = {}, labels = {}): object =>
  pod(name, [{ name: 'agnhost-container', image: agnhost, args: ['pause'] }], more, labels);

const pods = '[sig-node] Pods';

conformance(`${pods} should get a host IP [NodeConformance] [Conformance]`, async (place) => {
  await podsOf(place).create(paused('pod-hostip'));
  const { status } = await ready(place, 'pod-hostip');
  expect(text(status.hostIP)).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
  expect(list(status.hostIPs)[0].ip).toBe(status.hostIP);
});

conformance(
  `${pods} should be submitted and removed [NodeConformance] [Conformance]`,
  async (place) => {
    const client = podsOf(place);
    const selector = { labelSelector: 'time=123' };
    const { metadata } = await client.list(selector);
    const watch = client.watch({ ...selector, resourceVersion: text(metadata.resourceVersion) });
    await client.create(paused('pod-submit-remove', {}, { name: 'foo', time: '123' }));
    expect((await client.list(selector)).items).toHaveLength(1);
    await watch.type('ADDED');
    await ready(place, 'pod-submit-remove');
    const running = await client.get('pod-submit-remove');
    const answer = await place.api.send(
      'DELETE',
      `${client.path}/pod-submit-remove?gracePeriodSeconds=30`,
    );
    expect(answer.code).toBe(200);
    expect(answer.body.metadata).toMatchObject({
      uid: running.metadata.uid,
      deletionGracePeriodSeconds: 30,
      deletionTimestamp: expect.any(String) as string,
    });
    const { object } = await watch.type('DELETED');
    watch.stop();
    expect([
      object.metadata.deletionTimestamp !== undefined,
      object.spec.terminationGracePeriodSeconds,
    ]).toEqual([true, 30]);
    expect((await client.list(selector)).items).toEqual([]);
  },
);

conformance(`${pods} should be updated [NodeConformance] [Conformance]`, async (place) => {
  const client = podsOf(place);
  await client.create(paused('pod-update', {}, { name: 'foo', time: '1' }));
  await ready(place, 'pod-update');
  await client.change('pod-update', (object) => ({
    ...object,
    metadata: { ...object.metadata, labels: { ...object.metadata.labels, time: '2' } },
  }));
  expect((await client.list({ labelSelector: 'time=2' })).items).toHaveLength(1);
});

conformance(
  `${pods} should allow activeDeadlineSeconds to be updated [NodeConformance] [Conformance]`,
  async (place) => {
    const client = podsOf(place);
    await client.create(paused('pod-deadline'));
    await ready(place, 'pod-deadline');
    await client.change('pod-deadline', (object) => ({
      ...object,
      spec: { ...object.spec, activeDeadlineSeconds: 5 },
    }));
    const { status } = await phase(place, 'pod-deadline', 'Failed');
    expect(status).toMatchObject({
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    });
  },
);

conformance(`${pods} should delete a collection of pods [Conformance]`, async (place) => {
  const client = podsOf(place);
  for (const name of ['test-pod-1', 'test-pod-2', 'test-pod-3']) {
    const more = { terminationGracePeriodSeconds: 1 };
    await client.create(
      pod(name, [{ name: 'token-test', image: agnhost }], more, { type: 'Testing' }),
    );
  }
  const selector = { labelSelector: 'type=Testing' };
  await client.deleteAll(selector, { gracePeriodSeconds: 1 });
  await until('no pods', async () => (await client.list(selector)).items.length === 0);
});

conformance(
  `${pods} should run through the lifecycle of Pods and PodStatus [Conformance]`,
  async (place) => {
    const client = podsOf(place);
    const name = 'pod-test';
    const selector = { labelSelector: 'test-pod-static=true' };
    const { metadata } = await client.list(selector);
    const watch = client.watch({ ...selector, resourceVersion: text(metadata.resourceVersion) });
    const more = { terminationGracePeriodSeconds: 1 };
    await client.create(
      pod(name, [{ name, image: agnhost, args: ['pause'] }], more, { 'test-pod-static': 'true' }),
    );
    await watch.next('ready', ({ object }) => isTrue(object, 'Ready'));
    await client.patch(name, 'strategic', {
      metadata: { labels: { 'test-pod': 'patched' } },
      spec: { containers: [{ name, image: pause }] },
    });
    await watch.next(
      'patched',
      ({ object }) => text(object.metadata.labels['test-pod']) === 'patched',
    );
    const patched = await client.get(name);
    expect(list(patched.spec.containers)[0].image).toBe(pause);
    await ready(place, name);
    const updated = await client.change(
      name,
      (object) => ({
        ...object,
        status: {
          ...object.status,
          conditions: list(object.status.conditions).map((one) =>
            text(one.type) === 'Ready' ? { ...one, status: 'False' } : one,
          ),
        },
      }),
      'status',
    );
    expect(isTrue(updated, 'Ready')).toBe(false);
    await client.deleteAll(selector);
    await watch.type('DELETED');
    watch.stop();
  },
);

conformance(`${pods} should patch a pod status [Conformance]`, async (place) => {
  const client = podsOf(place);
  const name = 'pod-patch';
  await client.create(paused(name, { terminationGracePeriodSeconds: 1 }, { 'e2e-pod': name }));
  await phase(place, name, 'Running');
  expect(
    (await place.api.core('pods').list({ labelSelector: `e2e-pod=${name}` })).items,
  ).toHaveLength(1);
  const status = { message: 'Patched by e2e test', reason: 'E2E' };
  const patched = await client.patch(
    name,
    'strategic',
    { metadata: { labels: { [name]: 'patched' } }, status },
    'status',
  );
  expect(patched.status).toMatchObject(status);
});

/** Fewer than theirs, which only take longer. */
const UPDATES = 100;

const generation = '[sig-node] Pods Extended (pod generation) Pod Generation';

function observedGeneration(place: Place, name: string, wanted: number): Promise<Item> {
  return until(`generation ${wanted} of ${name} to be observed`, async () => {
    const object = await podsOf(place).get(name);
    return number(object.status.observedGeneration) === wanted && object;
  });
}

conformance(
  `${generation} pod generation should start at 1 and increment per update [MinimumKubeletVersion:1.34] [Conformance]`,
  async (place) => {
    const client = podsOf(place);
    const initContainers = [{ name: 'init-container', image: busybox }];
    const made = await client.create(paused('pod-generation', { initContainers }));
    expect(made.metadata.generation).toBe(1);
    await ready(place, 'pod-generation');
    const spec = (change: (spec: Item) => object) => (object: Item) => ({
      ...object,
      spec: { ...object.spec, ...change(object.spec) },
    });
    const image = (field: string, value: string) =>
      spec((own) => ({ [field]: [{ ...list(own[field])[0], image: value }] }));
    const toleration = { key: 'foo-1', operator: 'Equal', value: 'bar', effect: 'NoSchedule' };
    let wanted = 1;
    for (const [change, isBump] of [
      [(object: Item) => object, false],
      [spec(({ tolerations }) => ({ tolerations: [...list(tolerations), toleration] })), true],
      [spec(() => ({ activeDeadlineSeconds: 5000 })), true],
      [image('containers', nginx), true],
      [image('initContainers', pause), true],
      [
        (object: Item) => ({
          ...object,
          metadata: { ...object.metadata, annotations: { key: 'value' } },
        }),
        false,
      ],
      [(object: Item) => ({ ...object, metadata: { ...object.metadata, generation: 1 } }), false],
    ] as const) {
      await client.change('pod-generation', change);
      if (isBump) wanted++;
      expect((await client.get('pod-generation')).metadata.generation).toBe(wanted);
      await observedGeneration(place, 'pod-generation', wanted);
    }
  },
);

conformance(
  `${generation} custom-set generation on new pods and graceful delete [Conformance]`,
  async (place) => {
    const client = podsOf(place);
    // One that does not heed SIGTERM, or it is gone before it is read.
    const own = pod('pod-generation', [
      { name: 'agnhost-container', image: busybox, command: ['sleep', '3600'] },
    ]) as Item;
    const made = await client.create({ ...own, metadata: { ...own.metadata, generation: 100 } });
    expect(made.metadata.generation).toBe(1);
    await phase(place, 'pod-generation', 'Running');
    const { code } = await place.api.send(
      'DELETE',
      `${client.path}/pod-generation?gracePeriodSeconds=60`,
    );
    expect(code).toBe(200);
    expect((await client.get('pod-generation')).metadata.generation).toBe(2);
  },
);

conformance(
  `${generation} issue 500 podspec updates and verify generation and observedGeneration eventually converge [MinimumKubeletVersion:1.34] [Conformance]`,
  async (place) => {
    const client = podsOf(place);
    await client.create(paused('pod-generation', { activeDeadlineSeconds: 5000 }));
    for (let count = 1; count < UPDATES; count++) {
      await client.change('pod-generation', (object) => ({
        ...object,
        spec: {
          ...object.spec,
          activeDeadlineSeconds: number(object.spec.activeDeadlineSeconds) - 1,
        },
      }));
    }
    const { metadata } = await observedGeneration(place, 'pod-generation', UPDATES);
    expect(metadata.generation).toBe(UPDATES);
  },
);

conformance(
  '[sig-node] Pods Extended Pods Set QOS Class should be set on Pods with matching resource requests and limits for memory and cpu [Conformance]',
  async (place) => {
    const resources = { cpu: '100m', memory: '100Mi' };
    const container = {
      name: 'agnhost',
      image: agnhost,
      args: ['pause'],
      resources: { limits: resources, requests: resources },
    };
    await podsOf(place).create(pod('pod-qos-class', [container]));
    expect((await podsOf(place).get('pod-qos-class')).status.qosClass).toBe('Guaranteed');
  },
);

const failing = '[sig-node] Kubelet when scheduling a busybox command that always fails in a pod';

conformance(
  `${failing} should have an terminated reason [NodeConformance] [Conformance]`,
  async (place) => {
    const container = { name: 'bin-false', image: busybox, command: ['/bin/false'] };
    await podsOf(place).create(pod('bin-false', [container], { restartPolicy: 'Never' }));
    const [status] = await until('the end', async () => {
      const statuses = list((await podsOf(place).get('bin-false')).status.containerStatuses);
      return statuses.length === 1 && statuses[0].state.terminated && statuses;
    });
    expect(status.state.terminated).toMatchObject({ exitCode: 1, reason: 'Error' });
  },
);

conformance(
  `${failing} should be possible to delete [NodeConformance] [Conformance]`,
  async (place) => {
    const container = { name: 'bin-false', image: busybox, command: ['/bin/false'] };
    await podsOf(place).create(pod('bin-false', [container], { restartPolicy: 'Never' }));
    await podsOf(place).delete('bin-false');
    await podsOf(place).gone('bin-false');
  },
);

const inits = '[sig-node] InitContainer [NodeConformance]';
const init = (name: string, command: string): object => ({
  name,
  image: busybox,
  command: [command],
});

for (const restartPolicy of ['Never', 'Always']) {
  conformance(
    `${inits} should invoke init containers on a Restart${restartPolicy} pod [Conformance]`,
    async (place) => {
      const initContainers = [init('init1', '/bin/true'), init('init2', '/bin/true')];
      const isNever = restartPolicy === 'Never';
      const resources = { limits: { cpu: '100m' } };
      const run = isNever
        ? { ...init('run1', '/bin/true'), resources }
        : { name: 'run1', image: pause, resources };
      await podsOf(place).create(pod('pod-init', [run], { restartPolicy, initContainers }));
      const object = await phase(place, 'pod-init', isNever ? 'Succeeded' : 'Running');
      expect(isTrue(object, 'Initialized')).toBe(true);
      const statuses = list(object.status.initContainerStatuses);
      expect(statuses.map(({ ready, state }) => [ready, state.terminated.exitCode])).toEqual([
        [true, 0],
        [true, 0],
      ]);
    },
  );
}

conformance(
  `${inits} should not start app containers if init containers fail on a RestartAlways pod [Conformance]`,
  async (place) => {
    const initContainers = [init('init1', '/bin/false'), init('init2', '/bin/true')];
    const run = { name: 'run1', image: pause, resources: { limits: { cpu: '100m' } } };
    await podsOf(place).create(pod('pod-init', [run], { restartPolicy: 'Always', initContainers }));
    const object = await until('three restarts', async () => {
      const object = await podsOf(place).get('pod-init');
      return number(list(object.status.initContainerStatuses)[0]?.restartCount) >= 3 && object;
    });
    expect(object.status.phase).toBe('Pending');
    const initialized = list(object.status.conditions).find(
      ({ type }) => text(type) === 'Initialized',
    );
    expect(initialized).toMatchObject({
      status: 'False',
      reason: 'ContainersNotInitialized',
      message: 'containers with incomplete status: [init1 init2]',
    });
    const [run1] = list(object.status.containerStatuses);
    expect(run1.state.waiting.reason).toBe('PodInitializing');
    const [init1, init2] = list(object.status.initContainerStatuses);
    expect(init1.lastState.terminated ?? init1.state.terminated).toMatchObject({ exitCode: 1 });
    expect(init2.state.waiting.reason).toBe('PodInitializing');
  },
);

conformance(
  `${inits} should not start app containers and fail the pod if init containers fail on a RestartNever pod [Conformance]`,
  async (place) => {
    const initContainers = [init('init1', '/bin/true'), init('init2', '/bin/false')];
    const run = { ...init('run1', '/bin/true'), resources: { limits: { cpu: '100m' } } };
    await podsOf(place).create(pod('pod-init', [run], { restartPolicy: 'Never', initContainers }));
    const object = await phase(place, 'pod-init', 'Failed');
    expect(
      list(object.status.initContainerStatuses).map(({ state }) => state.terminated.exitCode),
    ).toEqual([0, 1]);
    const initialized = list(object.status.conditions).find(
      ({ type }) => text(type) === 'Initialized',
    );
    expect(initialized).toMatchObject({
      status: 'False',
      reason: 'ContainersNotInitialized',
      message: 'containers with incomplete status: [init2]',
    });
    expect(list(object.status.containerStatuses)[0].state.waiting).toBeDefined();
  },
);

const ephemeral = '[sig-node] Ephemeral Containers [NodeConformance]';

conformance(
  `${ephemeral} should update the ephemeral containers in an existing pod [Conformance]`,
  async (place) => {
    const client = podsOf(place);
    await client.create(paused('ephemeral'));
    await ready(place, 'ephemeral');
    const debuggers = (count: number): object[] =>
      Array.from({ length: count }, (_, index) => ({
        name: `debugger${index}`,
        image: busybox,
        command: ['/bin/sh'],
        stdin: true,
        tty: true,
      }));
    await client.patch(
      'ephemeral',
      'strategic',
      { spec: { ephemeralContainers: debuggers(1) } },
      'ephemeralcontainers',
    );
    const running = (count: number): Promise<boolean> =>
      until(`${count} debuggers`, async () => {
        const statuses = list((await client.get('ephemeral')).status.ephemeralContainerStatuses);
        return statuses.filter(({ state }) => state.running).length === count;
      });
    await running(1);
    const object = await client.get('ephemeral', 'ephemeralcontainers');
    await client.update(
      {
        ...object,
        spec: {
          ...object.spec,
          ephemeralContainers: [...list(object.spec.ephemeralContainers), debuggers(2)[1]],
        },
      },
      'ephemeralcontainers',
    );
    await running(2);
    expect(list((await client.get('ephemeral')).spec.ephemeralContainers)).toHaveLength(2);
  },
);

conformance(
  '[sig-node] Sysctls [LinuxOnly] [NodeConformance] should reject invalid sysctls [Conformance]',
  async (place) => {
    const sysctls = [
      { name: 'foo-', value: 'bar' },
      { name: 'kernel.shmmax', value: '100000000' },
      { name: 'safe-and-unsafe', value: '100000000' },
      { name: 'bar..', value: '42' },
    ];
    const refusal = await refused(
      podsOf(place).create(paused('sysctl', { securityContext: { sysctls } })),
    );
    const message = text(refusal.message);
    for (const part of ['Invalid value: "foo-"', 'Invalid value: "bar.."'])
      expect(message).toContain(part);
    for (const part of ['safe-and-unsafe', 'kernel.shmmax']) expect(message).not.toContain(part);
    expect(await isMissing(podsOf(place).get('sysctl'))).toBe(true);
  },
);

const expansion = '[sig-node] Variable Expansion';

for (const [words, path] of [
  ['backticks', '..'],
  ['absolute path', '/tmp'],
] as const) {
  conformance(
    `${expansion} should fail substituting values in a volume subpath with ${words} [Conformance]`,
    async (place) => {
      const container = {
        name: 'dapi-container',
        image: busybox,
        env: [{ name: 'POD_NAME', value: path }],
        volumeMounts: [
          { name: 'workdir1', mountPath: '/logscontainer', subPathExpr: '$(POD_NAME)' },
        ],
      };
      const volumes = [{ name: 'workdir1', emptyDir: {} }];
      await podsOf(place).create(
        pod('var-expansion', [container], { volumes, restartPolicy: 'Never' }),
      );
      const waiting = await until('the refusal', async () => {
        const { status } = await podsOf(place).get('var-expansion');
        const { reason, message } = list(status.containerStatuses)[0]?.state.waiting ?? {};
        return reason && text(reason) !== 'ContainerCreating' && { reason, message };
      });
      expect(waiting.reason).toBe('CreateContainerConfigError');
    },
  );
}

conformance(
  `${expansion} should verify that a failing subpath expansion can be modified during the lifecycle of a container [Slow] [Conformance]`,
  async (place) => {
    const container = {
      name: 'dapi-container',
      image: busybox,
      command: ['sh', '-c', 'tail -f /dev/null'],
      env: [
        { name: 'POD_NAME', value: 'foo' },
        {
          name: 'ANNOTATION',
          valueFrom: {
            fieldRef: { apiVersion: 'v1', fieldPath: "metadata.annotations['mysubpath']" },
          },
        },
      ],
      volumeMounts: [
        { name: 'workdir1', mountPath: '/subpath_mount', subPathExpr: '$(ANNOTATION)/$(POD_NAME)' },
        { name: 'workdir1', mountPath: '/volume_mount' },
      ],
    };
    const volumes = [{ name: 'workdir1', emptyDir: {} }];
    const own = pod('var-expansion', [container], { volumes }) as Item;
    const annotations = { notmysubpath: 'mypath' };
    await podsOf(place).create({ ...own, metadata: { ...own.metadata, annotations } });
    await until('the failure', async () => {
      const { status } = await podsOf(place).get('var-expansion');
      return (
        text(list(status.containerStatuses)[0]?.state.waiting?.reason) ===
        'CreateContainerConfigError'
      );
    });
    await podsOf(place).change('var-expansion', (object) => ({
      ...object,
      metadata: { ...object.metadata, annotations: { mysubpath: 'mypath' } },
    }));
    await phase(place, 'var-expansion', 'Running');
    await podsOf(place).delete('var-expansion');
    await podsOf(place).gone('var-expansion');
  },
);
