// What the test image of Kubernetes' own end-to-end tests does, by its first argument: some of its
// modes serve, others say something and leave. Modes that nothing is known of here serve on the
// ports that the container declares.
// Upstream: test/images/agnhost.
import { job, server, type ContainerProcess } from './container-process';
import type { ImageDefinition } from './image-definition';

const START_MS = 80;
const MOMENT_MS = 20;

/** Ports that a mode listens on, by the flags that name them and what they are without. */
const SERVERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  netexec: { 'http-port': 8080 },
  'serve-hostname': { port: 9376 },
  'test-webserver': { port: 80 },
  'crd-conversion-webhook': { port: 9443 },
  'grpc-health-checking': { port: 5000, 'http-port': 8080 },
  guestbook: { 'http-port': 80 },
  'resource-consumer-controller': { port: 8080 },
  nettest: { port: 8080 },
  webhook: { port: 443 },
};

/** Modes that only look and print. */
const PRINTERS = new Set([
  'connect',
  'dns-server-list',
  'dns-suffix',
  'entrypoint-tester',
  'etc-hosts',
  'help',
  'mounttest',
]);

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

export function isAgnhost({ name }: ImageDefinition): boolean {
  return name.endsWith('/agnhost');
}

/** The process of `agnhost MODE FLAGS...`; without a mode it prints its usage. */
export function agnhostProcess(
  [mode = 'help', ...args]: readonly string[],
  declaredPorts: readonly number[],
): ContainerProcess {
  const flags = ' ' + args.join(' ');
  if (mode === 'pause') return server([], 5);
  if (PRINTERS.has(mode)) return job(MOMENT_MS + retryMs(flags));
  if (mode === 'logs-generator') return job(durationMs(flags, 'run-duration') || MOMENT_MS);
  if (mode === 'liveness') {
    // The documentation's example of a server that gets sick after ten seconds.
    const http = [{ path: '/healthz', fromMs: 10_000, status: 500 }];
    return server([8080], START_MS, { http });
  }
  if (!Object.hasOwn(SERVERS, mode)) return server(declaredPorts, START_MS);
  const ports = Object.entries(SERVERS[mode]).map(([flag, port]) => portFlag(flags, flag) || port);
  return server(ports, START_MS);
}

function portFlag(flags: string, name: string): number {
  return Number(new RegExp(` --?${name}[= ](\\d+)`).exec(flags)?.[1] ?? 0);
}

/** How long mounttest looks again for a file that should come or change. */
function retryMs(flags: string): number {
  return Number(/ --?retry_time[= ](\d+)/.exec(flags)?.[1] ?? 0) * 1000;
}

function durationMs(flags: string, name: string): number {
  const [, count, unit] = new RegExp(` --?${name}[= ](\\d+)([smh])`).exec(flags) ?? [];
  return count ? Number(count) * UNIT_MS[unit] : 0;
}
