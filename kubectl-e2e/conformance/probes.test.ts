// Upstream: test/e2e/common/node/container_probe.go.
import { expect } from 'vitest';
import { list, number, suite, text, until, type Item, type Place } from './framework';
import { agnhost, busybox } from './images';
import { isTrue, phase, pod, podsOf, ready } from './test-pods';

const { conformance } = suite(60);

const probing = '[sig-node] Probing container';
const webserver = (probe: object): object => ({
  name: 'test-webserver',
  image: agnhost,
  args: ['test-webserver'],
  ...probe,
});

function restarts(place: Place, name: string, count: number): Promise<Item> {
  return until(`${count} restarts of ${name}`, async () => {
    const object = await podsOf(place).get(name);
    return number(list(object.status.containerStatuses)[0]?.restartCount) >= count && object;
  });
}

conformance(
  `${probing} with readiness probe should not be ready before initial delay and never restart [NodeConformance] [Conformance]`,
  async (place) => {
    const readinessProbe = {
      httpGet: { path: '/', port: 80 },
      initialDelaySeconds: 30,
      failureThreshold: 1,
    };
    await podsOf(place).create(pod('probe', [webserver({ readinessProbe })]));
    const object = await ready(place, 'probe');
    const [status] = list(object.status.containerStatuses);
    const started = Date.parse(text(status.state.running.startedAt));
    const since = list(object.status.conditions).find(({ type }) => text(type) === 'Ready')!;
    expect(Date.parse(text(since.lastTransitionTime)) - started).toBeGreaterThanOrEqual(29_000);
    expect(status.restartCount).toBe(0);
  },
);

conformance(
  `${probing} with readiness probe that fails should never be ready and never restart [NodeConformance] [Conformance]`,
  async (place) => {
    const readinessProbe = {
      exec: { command: ['/bin/false'] },
      initialDelaySeconds: 0,
      failureThreshold: 1,
    };
    await podsOf(place).create(pod('probe', [webserver({ readinessProbe })]));
    const object = await phase(place, 'probe', 'Running');
    expect(isTrue(object, 'Ready')).toBe(false);
  },
);

for (const [words, container, count] of [
  [
    'should be restarted with a exec "cat /tmp/health" liveness probe',
    {
      name: 'busybox',
      image: busybox,
      command: ['/bin/sh', '-c', 'echo ok >/tmp/health; sleep 10; rm -rf /tmp/health; sleep 600'],
      livenessProbe: {
        exec: { command: ['cat', '/tmp/health'] },
        initialDelaySeconds: 15,
        failureThreshold: 1,
        timeoutSeconds: 5,
      },
    },
    1,
  ],
  [
    'should be restarted with a /healthz http liveness probe',
    {
      name: 'agnhost-container',
      image: agnhost,
      args: ['liveness'],
      livenessProbe: {
        httpGet: { path: '/healthz', port: 8080 },
        initialDelaySeconds: 15,
        failureThreshold: 1,
      },
    },
    1,
  ],
  [
    'should have monotonically increasing restart count',
    {
      name: 'agnhost-container',
      image: agnhost,
      args: ['liveness'],
      livenessProbe: {
        httpGet: { path: '/healthz', port: 8080 },
        initialDelaySeconds: 5,
        failureThreshold: 1,
      },
    },
    5,
  ],
  [
    'should be restarted with a GRPC liveness probe',
    {
      name: 'agnhost-container',
      image: agnhost,
      args: ['grpc-health-checking'],
      ports: [{ containerPort: 5000 }, { containerPort: 8080 }],
      livenessProbe: {
        grpc: { port: 2333 },
        initialDelaySeconds: 60,
        failureThreshold: 1,
        timeoutSeconds: 5,
      },
    },
    1,
  ],
] as const) {
  conformance(`${probing} ${words} [NodeConformance] [Conformance]`, async (place) => {
    await podsOf(place).create(pod('liveness', [container]));
    await phase(place, 'liveness', 'Running');
    for (let wanted = 1; wanted <= count; wanted++) await restarts(place, 'liveness', wanted);
  });
}

for (const [words, container] of [
  [
    'should *not* be restarted with a exec "cat /tmp/health" liveness probe',
    {
      name: 'busybox',
      image: busybox,
      command: ['/bin/sh', '-c', 'echo ok >/tmp/health; sleep 600'],
      livenessProbe: {
        exec: { command: ['cat', '/tmp/health'] },
        initialDelaySeconds: 15,
        failureThreshold: 1,
        timeoutSeconds: 5,
      },
    },
  ],
  [
    'should *not* be restarted with a tcp:8080 liveness probe',
    {
      name: 'agnhost-container',
      image: agnhost,
      args: ['liveness'],
      livenessProbe: { tcpSocket: { port: 8080 }, initialDelaySeconds: 15, failureThreshold: 1 },
    },
  ],
  [
    'should *not* be restarted with a /healthz http liveness probe',
    webserver({
      livenessProbe: {
        httpGet: { path: '/', port: 80 },
        initialDelaySeconds: 15,
        timeoutSeconds: 5,
        failureThreshold: 5,
      },
    }),
  ],
  [
    'should *not* be restarted with a GRPC liveness probe',
    {
      name: 'agnhost-container',
      image: agnhost,
      args: ['grpc-health-checking'],
      ports: [{ containerPort: 5000 }, { containerPort: 8080 }],
      livenessProbe: {
        grpc: { port: 5000 },
        initialDelaySeconds: 10,
        failureThreshold: 1,
        timeoutSeconds: 5,
      },
    },
  ],
] as const) {
  conformance(`${probing} ${words} [NodeConformance] [Conformance]`, async (place) => {
    await podsOf(place).create(pod('liveness', [container]));
    await ready(place, 'liveness');
    const clock = place.server.cluster.clock;
    const endMs = clock.nowMs + 120_000;
    await until('two minutes to pass', () => clock.nowMs > endMs);
    const { status } = await podsOf(place).get('liveness');
    expect(list(status.containerStatuses)[0].restartCount).toBe(0);
  });
}
