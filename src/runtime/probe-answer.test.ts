import { expect, test } from 'vitest';
import type { Container as ContainerSpec, Probe } from '../api/types';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import { ContainerRuntime, type Container } from './container-runtime';
import { nextAnswerChangeMs, probeContainer } from './probe-answer';

function started(spec: ContainerSpec): { container: Container; startMs: number } {
  const sim = new Simulation({ seed: 1 });
  const scope = new Scope(sim.clock);
  const runtime = new ContainerRuntime(sim, { scope, host: 'n1', bytesPerSecond: () => 1 });
  const sandbox = runtime.createSandbox('u1', '10.1.0.2');
  const container = runtime.createContainer(sandbox, spec, runtime.images.preload(spec.image!));
  runtime.startContainer(sandbox, container);
  return { container, startMs: sim.clock.nowMs };
}

const http = (port: number | string, path = '/'): Probe => ({ httpGet: { port, path } });
const refused = (address: string): string => `dial tcp ${address}: connect: connection refused`;
const nginx: ContainerSpec = {
  name: 'a',
  image: 'nginx',
  ports: [{ name: 'web', containerPort: 80 }],
};
const redis: ContainerSpec = { name: 'a', image: 'redis' };

test.each<[string, ContainerSpec, Probe, number, string]>([
  ['serves its page', nginx, http(80), 1000, ''],
  ['finds a port by name', nginx, http('web'), 1000, ''],
  ['is not up yet', nginx, http(80), 100, `Get "http://10.1.0.2:80/": ${refused('10.1.0.2:80')}`],
  ['has no such page', nginx, http(80, '/x'), 1000, 'HTTP probe failed with statuscode: 404'],
  [
    'does not listen there',
    nginx,
    http(81),
    1000,
    `Get "http://10.1.0.2:81/": ${refused('10.1.0.2:81')}`,
  ],
  ['takes connections', redis, { tcpSocket: { port: 6379 } }, 1000, ''],
  ['takes none there', redis, { tcpSocket: { port: 80 } }, 1000, refused('10.1.0.2:80')],
  ['answers its client', redis, { exec: { command: ['redis-cli', 'ping'] } }, 1000, ''],
  ['answers gRPC on its port', redis, { grpc: { port: 6379 } }, 1000, ''],
  [
    'answers no gRPC elsewhere',
    redis,
    { grpc: { port: 1 }, timeoutSeconds: 2 },
    1000,
    'timeout: failed to connect service "10.1.0.2:1" within 2s',
  ],
])('%s', (_name, spec, probe, ageMs, output) => {
  const { container, startMs } = started(spec);
  const answer = probeContainer(probe, spec, container, '10.1.0.2', startMs + ageMs);
  expect(answer).toEqual({ isHealthy: output === '', output });
});

test('a server that reads its configuration from a volume is taken to do what it declares', () => {
  const spec: ContainerSpec = {
    ...nginx,
    ports: [{ containerPort: 8080 }],
    volumeMounts: [{ name: 'config', mountPath: '/etc/nginx/conf.d' }],
  };
  const { container, startMs } = started(spec);
  expect(probeContainer(http(8080, '/x'), spec, container, 'ip', startMs + 1000).isHealthy).toBe(
    true,
  );
});

test('answers change when the server is up, and when what it is known to do sets in', () => {
  const { container, startMs } = started(nginx);
  expect(nextAnswerChangeMs(container, startMs) - startMs).toBe(150);
  expect(nextAnswerChangeMs(container, startMs + 150)).toBe(Infinity);
  const sick: ContainerSpec = {
    name: 'a',
    image: 'registry.k8s.io/e2e-test-images/agnhost:2.40',
    args: ['liveness'],
  };
  const agnhost = started(sick);
  const at = (ms: number) =>
    probeContainer(http(8080, '/healthz'), sick, agnhost.container, 'ip', agnhost.startMs + ms);
  expect(nextAnswerChangeMs(agnhost.container, agnhost.startMs + 100)).toBe(
    agnhost.startMs + 10_000,
  );
  expect([at(9999).isHealthy, at(10_000).output]).toEqual([
    true,
    'HTTP probe failed with statuscode: 500',
  ]);
});

test('a file that a script removes takes a cat along', () => {
  const args = ['/bin/sh', '-c', 'touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600'];
  const spec: ContainerSpec = { name: 'a', image: 'busybox', args };
  const { container, startMs } = started(spec);
  const probe: Probe = { exec: { command: ['cat', '/tmp/healthy'] } };
  const at = (ms: number) => probeContainer(probe, spec, container, 'ip', startMs + ms).output;
  expect([at(29_999), at(30_000)]).toEqual([
    '',
    "cat: can't open '/tmp/healthy': No such file or directory",
  ]);
  expect(nextAnswerChangeMs(container, startMs + 1) - startMs).toBe(30_000);
});
