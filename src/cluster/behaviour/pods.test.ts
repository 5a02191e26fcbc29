import { describe, expect, it } from 'vitest';
import { configMaps, pods } from '../../api/resource-ref';
import { container, pod } from './manifests';
import { Stage } from './stage';

function shell(script: string): object {
  return { image: 'busybox:1.36', command: ['sh', '-c', script] };
}

/** Seconds between the lines that match. */
function gaps(stage: Stage, line: RegExp): number[] {
  const lines = stage.diary().split('\n');
  const at = lines.filter((each) => line.test(each)).map((each) => Number.parseFloat(each));
  return at.slice(1).map((each, index) => Math.round(each - at[index]));
}

interface Case {
  name: string;
  objects: object[];
  seconds: number;
  /** What a person does then, and for how long one looks on. */
  then?: [what: string, act: (stage: Stage) => void, seconds: number];
}

const CRASH_WAITS = [10, 20, 40, 80, 160, 300, 300];
const PULL_WAITS = [10, 20, 40, 80, 160, 300];

const CASES: Case[] = [
  {
    name: 'an image of an unknown tag',
    objects: [pod('web', { containers: [container({ image: 'nginx:1.x' })] })],
    seconds: 100,
  },
  {
    name: 'a container that crashes',
    objects: [pod('web', { containers: [container(shell('sleep 1; exit 3'))] })],
    seconds: 120,
  },
  {
    name: 'a job of one run',
    objects: [pod('web', { restartPolicy: 'Never', containers: [container(shell('sleep 5'))] })],
    seconds: 20,
  },
  {
    name: 'init containers run one after the other',
    objects: [
      pod('web', {
        initContainers: [
          { name: 'first', ...shell('sleep 2') },
          { name: 'second', ...shell('sleep 3') },
        ],
      }),
    ],
    seconds: 30,
  },
  {
    name: 'an init container that fails holds the pod back',
    objects: [pod('web', { initContainers: [{ name: 'first', ...shell('exit 1') }] })],
    seconds: 60,
  },
  {
    name: 'a readiness probe at a closed port',
    objects: [
      pod('web', {
        containers: [container({ readinessProbe: { tcpSocket: { port: 81 }, periodSeconds: 10 } })],
      }),
    ],
    seconds: 40,
  },
  {
    name: 'a liveness probe that fails restarts the container',
    objects: [
      pod('web', {
        terminationGracePeriodSeconds: 2,
        containers: [
          container({
            livenessProbe: { tcpSocket: { port: 81 }, periodSeconds: 5, failureThreshold: 2 },
          }),
        ],
      }),
    ],
    seconds: 60,
  },
  {
    name: 'a graceful deletion waits for the process',
    objects: [pod('web', { containers: [container(shell('sleep 1000'))] })],
    seconds: 20,
    then: [
      'delete web',
      ({ cluster }) => cluster.client.delete(pods, 'default', 'web', { gracePeriodSeconds: 5 }),
      20,
    ],
  },
  {
    name: 'a ConfigMap that is missing, then made',
    objects: [
      pod('web', {
        containers: [
          container({
            env: [
              { name: 'MODE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'mode' } } },
            ],
          }),
        ],
      }),
    ],
    seconds: 40,
    then: [
      'create settings',
      ({ cluster }) =>
        cluster.client.create(configMaps, {
          metadata: { namespace: 'default', name: 'settings' },
          data: { mode: 'fast' },
        }),
      40,
    ],
  },
];

describe('a pod:', () => {
  it.each(CASES.map((each) => [each.name, each] as const))('%s', async (name, given) => {
    const { objects, seconds, then } = given;
    const stage = new Stage({ workers: 1 });
    stage.act('apply', () => objects.forEach((object) => stage.create(object))).run(seconds);
    if (then) stage.act(then[0], () => then[1](stage)).run(then[2]);
    await expect(stage.diary()).toMatchFileSnapshot(
      `diaries/${name.toLowerCase().replace(/[^a-z]+/g, '-')}.txt`,
    );
  });
});

describe('backoff doubles from ten seconds to five minutes', () => {
  it.each<[string, object, RegExp, number[]]>([
    // The first restart waits for nothing.
    ['of a container that crashes', shell('exit 3'), /pod web: .*Error 3 restarts/, CRASH_WAITS],
    [
      'of pulls of an image that is not there',
      { image: 'nginx:1.x' },
      /waiting ErrImagePull/,
      PULL_WAITS,
    ],
  ])('%s', (_what, spec, line, waits) => {
    const stage = new Stage({ workers: 1 });
    stage.create(pod('web', { containers: [container(spec)] }));
    stage.run(1800);
    const found = gaps(stage, line).slice(0, waits.length);
    expect(found).toHaveLength(waits.length);
    for (const [index, waitSeconds] of waits.entries()) {
      // The kubelet looks again up to half as late, and each try takes a moment.
      expect(found[index]).toBeGreaterThanOrEqual(waitSeconds);
      expect(found[index]).toBeLessThanOrEqual(waitSeconds * 1.5 + 20);
    }
  });
});
