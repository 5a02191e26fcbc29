import { expect, test } from 'vitest';
import type { Container } from '../api/types';
import { findImage } from './images';
import { launch } from './launch';

const IMAGE = 'registry.k8s.io/e2e-test-images/agnhost';
const started = (more: Partial<Container>) =>
  launch({ name: 'a', image: IMAGE + ':2.57', ...more }, findImage(IMAGE));

test.each<[string[], number[]]>([
  [['pause'], []],
  [['netexec'], [8080]],
  [['netexec', '--http-port', '8090', '--udp-port', '-1'], [8090]],
  [['netexec', '--http-port=8080', '--udp-port=8081'], [8080]],
  [['serve-hostname'], [9376]],
  [['serve-hostname', '--port', '9000'], [9000]],
  [['test-webserver'], [80]],
  [
    ['grpc-health-checking', '--port', '6000'],
    [6000, 8080],
  ],
  [['liveness'], [8080]],
  [['porter'], [7070]],
])('%j serves', (args, ports) => {
  const declared = { ports: [{ containerPort: 7070 }] };
  expect(started({ args, ...declared })).toMatchObject({ ports, exitAfterMs: Infinity });
  const command = ['/agnhost', ...args];
  expect(started({ command, ...declared })).toMatchObject({ ports, exitAfterMs: Infinity });
});

test.each<[Partial<Container>, number]>([
  [{ args: ['entrypoint-tester', 'override', 'arguments'] }, 20],
  [{ command: ['/agnhost-2', 'entrypoint-tester'] }, 20],
  [{ command: ['/agnhost-2'], args: ['entrypoint-tester', 'override'] }, 20],
  [{ args: ['mounttest', '--fs_type=/test-volume'] }, 20],
  [{ args: ['logs-generator', '--log-lines-total', '100', '--run-duration', '20s'] }, 20_000],
])('%j ends well', (more, exitAfterMs) => {
  expect(started(more)).toMatchObject({ exitAfterMs, exitCode: 0 });
});
