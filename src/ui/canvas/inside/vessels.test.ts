import { describe, expect, test } from 'vitest';
import type { Container, ContainerStatus, Event, Pod } from '../../../api/types';
import { podVolumes } from './pod-volumes';
import { unhealthyOf } from './unhealthy';
import { shortImage, vesselsOf } from './vessels';

const startMs = Date.parse('2026-01-01T00:00:00Z');
const at = (seconds: number) => new Date(startMs + seconds * 1000).toISOString();

const nginx: Container = { name: 'nginx', image: 'nginx:1.27' };

function status(part: Partial<ContainerStatus>): ContainerStatus {
  const rest = { name: 'nginx', image: 'nginx:1.27', imageID: '', ready: false, restartCount: 0 };
  return { ...rest, ...part };
}

function podOf(spec: Partial<Pod['spec']>, part: Partial<Pod['status']> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { uid: 'u1', name: 'web', namespace: 'default', creationTimestamp: at(0) },
    spec: { containers: [nginx], ...spec },
    status: { ...part },
  } as Pod;
}

function first(state: Partial<ContainerStatus>, container: Container = nginx) {
  const pod = podOf({ containers: [container] }, { containerStatuses: [status(state)] });
  return vesselsOf(pod, [], startMs + 60_000, false)[0]!;
}

describe('a vessel', () => {
  const running = { running: { startedAt: at(0) } };
  const failed = { terminated: { exitCode: 1, reason: 'Error' } };
  test.each<[string, Partial<ContainerStatus>, string, string, string]>([
    ['runs', { state: running }, 'run', 'running', ''],
    ['is made', { state: { waiting: { reason: 'ContainerCreating' } } }, 'create', 'waiting', 'C'],
    [
      'waits for init',
      { state: { waiting: { reason: 'PodInitializing' } } },
      'wait',
      'waiting',
      'P',
    ],
    ['cannot pull', { state: { waiting: { reason: 'ErrImagePull' } } }, 'bad', 'waiting', 'E'],
    [
      'crashes',
      { state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: failed },
      'bad',
      'error',
      'C',
    ],
    ['failed', { state: failed }, 'bad', 'error', 'E'],
    ['ended', { state: { terminated: { exitCode: 0, reason: 'Completed' } } }, 'done', 'done', 'C'],
  ])('of a container that %s', (_, part, tone, look, reason) => {
    const vessel = first(part);
    expect([vessel.tone, vessel.look, vessel.reason[0] ?? '']).toEqual([tone, look, reason]);
  });

  test('waits before the kubelet has said anything of it', () => {
    expect(vesselsOf(podOf({}), [], startMs, false)).toEqual([
      {
        name: 'nginx',
        role: 'app',
        look: 'waiting',
        tone: 'wait',
        reason: '',
        message: '',
        last: '',
        exitCode: undefined,
        image: 'nginx:1.27',
        restarts: 0,
        probes: [],
        mounts: [],
      },
    ]);
  });

  test('says how often it was started again, and how it ended before', () => {
    const vessel = first({ state: running, restartCount: 3, lastState: failed });
    expect([vessel.restarts, vessel.last]).toEqual([3, 'Error, 1']);
  });

  test('loses its colour when nothing is heard of its node', () => {
    const pod = podOf({}, { containerStatuses: [status({ state: running })] });
    expect(vesselsOf(pod, [], startMs, true)[0]!.tone).toBe('stale');
  });

  test('stands in the order of starting: init and sidecars before the others', () => {
    const pod = podOf(
      {
        initContainers: [{ name: 'migrate' }, { name: 'proxy', restartPolicy: 'Always' }],
      },
      {
        initContainerStatuses: [
          status({ name: 'migrate', state: { terminated: { exitCode: 0 } } }),
          status({ name: 'proxy', state: running }),
        ],
      },
    );
    const seen = vesselsOf(pod, [], startMs, false).map(({ name, role, look }) => [
      name,
      role,
      look,
    ]);
    expect(seen).toEqual([
      ['migrate', 'init', 'initDone'],
      ['proxy', 'sidecar', 'sidecar'],
      ['nginx', 'app', 'waiting'],
    ]);
  });
});

describe('what came of a probe', () => {
  const probe = { httpGet: { path: '/health', port: 8080 }, periodSeconds: 5 };
  const probed = { ...nginx, startupProbe: probe, readinessProbe: probe, livenessProbe: probe };
  const running = { running: { startedAt: at(0) } };
  const failure = (kind: string, seconds: number) => ({
    metadata: { uid: kind, name: kind, creationTimestamp: at(0) },
    involvedObject: { uid: 'u1', fieldPath: 'spec.containers{nginx}' },
    reason: 'Unhealthy',
    message: `${kind} probe failed: HTTP probe failed with statuscode: 500`,
    lastTimestamp: at(seconds),
  });
  const results = (part: Partial<ContainerStatus>, failures: object[] = [], nowSeconds = 60) => {
    const pod = podOf({ containers: [probed] }, { containerStatuses: [status(part)] });
    const unhealthy = unhealthyOf(failures as Event[]);
    const nowMs = startMs + nowSeconds * 1000;
    return vesselsOf(pod, unhealthy, nowMs, false)[0]!.probes.map(({ result }) => result);
  };

  test('none is run while the container waits', () => {
    expect(results({ state: { waiting: {} } })).toEqual(['waiting', 'waiting', 'waiting']);
  });

  test('the others wait for the startup probe', () => {
    const seen = results({ state: running, started: false }, [failure('Startup', 3)]);
    expect(seen).toEqual(['failed', 'waiting', 'waiting']);
  });

  test('all passed', () => {
    const seen = results({ state: running, started: true, ready: true });
    expect(seen).toEqual(['passed', 'passed', 'passed']);
  });

  test('a readiness probe has failed while the container is not ready', () => {
    const seen = results({ state: running, started: true }, [failure('Readiness', 10)]);
    expect(seen).toEqual(['passed', 'failed', 'passed']);
  });

  test.each([
    [12, 'failed'],
    [18, 'passed'],
  ])('a liveness probe that failed after 10 s: after %d s it has %s', (nowSeconds, result) => {
    const started = { state: running, started: true, ready: true };
    expect(results(started, [failure('Liveness', 10)], nowSeconds)[2]).toBe(result);
  });

  test('a failure of the run before says nothing of this one', () => {
    const again = { running: { startedAt: at(20) } };
    const seen = results({ state: again, started: true }, [failure('Readiness', 10)]);
    expect(seen).toEqual(['passed', 'waiting', 'passed']);
  });

  test('it is told in the words of kubectl describe, with what was answered', () => {
    const pod = podOf({ containers: [probed] }, { containerStatuses: [status({})] });
    const unhealthy = unhealthyOf([failure('Readiness', 10)] as unknown as Event[]);
    expect(vesselsOf(pod, unhealthy, startMs, false)[0]!.probes[1]).toEqual({
      kind: 'readiness',
      result: 'waiting',
      asks: 'http-get :8080/health',
      periodSeconds: 5,
      said: 'HTTP probe failed with statuscode: 500',
    });
  });

  test('an Event about something else is not of a probe', () => {
    const other = { ...failure('Readiness', 1), message: 'Back-off restarting failed container' };
    expect(unhealthyOf([other] as unknown as Event[])).toEqual([]);
  });
});

test.each([
  ['nginx:1.27', 'nginx:1.27'],
  ['registry.k8s.io/coredns/coredns:v1.12.1', 'coredns:v1.12.1'],
  ['localhost:5000/team/app', 'app'],
  ['ghcr.io/x/app@sha256:0123456789abcdef', 'app@0123456'],
  ['ghcr.io/x/app:2@sha256:0123456789abcdef', 'app:2'],
])('image %s is %s in short', (image, short) => {
  expect(shortImage(image)).toBe(short);
});

test('volumes say what they are, where they come from and who mounts them where', () => {
  const pod = podOf({
    containers: [
      {
        ...nginx,
        volumeMounts: [
          { name: 'kube-api-access-x2k4q', mountPath: '/var/run/secrets', readOnly: true },
          { name: 'data', mountPath: '/data' },
        ],
      },
    ],
    volumes: [
      {
        name: 'kube-api-access-x2k4q',
        projected: { sources: [{ serviceAccountToken: { path: 'token' } }] },
      },
      { name: 'data', persistentVolumeClaim: { claimName: 'data-db-0' } },
      { name: 'scratch', emptyDir: {} },
    ],
  });
  const vessels = vesselsOf(pod, [], startMs, false);
  expect(podVolumes(pod, vessels)).toEqual([
    {
      name: 'data',
      type: 'persistentVolumeClaim',
      mark: 'claim',
      source: 'data-db-0',
      mounts: [{ container: 'nginx', path: '/data', isReadOnly: false }],
      isGiven: false,
    },
    { name: 'scratch', type: 'emptyDir', mark: 'empty', source: '', mounts: [], isGiven: false },
    {
      name: 'kube-api-access-x2k4q',
      type: 'projected',
      mark: 'projected',
      source: 'token',
      mounts: [{ container: 'nginx', path: '/var/run/secrets', isReadOnly: true }],
      isGiven: true,
    },
  ]);
});
