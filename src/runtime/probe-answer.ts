// What a probe of a running container finds, and until when it would find the same: the kubelet
// asks again only when the answer can have changed. Texts are those of kubelet's probers.
// Upstream: pkg/probe/{http,tcp,exec,grpc}.
import type { Container as ContainerSpec, Probe } from '../api/types';
import type { Container } from './container-runtime';
import { planCommand } from './scripts';

export interface ProbeAnswer {
  isHealthy: boolean;
  /** What went wrong, '' when healthy. */
  output: string;
}

const HEALTHY: ProbeAnswer = Object.freeze({ isHealthy: true, output: '' });

/** Probes a container that runs, at `nowMs`; `podIp` stands in the texts. */
export function probeContainer(
  probe: Probe,
  spec: ContainerSpec,
  container: Container,
  podIp: string,
  nowMs: number,
): ProbeAnswer {
  const ageMs = nowMs - container.startedMs;
  if (probe.exec) return probeExec(probe.exec.command ?? [], container, ageMs);
  if (probe.httpGet) return probeHttp(probe.httpGet, spec, container, podIp, ageMs);
  if (probe.tcpSocket) {
    const address = `${probe.tcpSocket.host || podIp}:${portOf(probe.tcpSocket.port, spec)}`;
    return listens(container, portOf(probe.tcpSocket.port, spec), ageMs)
      ? HEALTHY
      : unhealthy(`dial tcp ${address}: connect: connection refused`);
  }
  if (probe.grpc) {
    const { port } = probe.grpc;
    return listens(container, port, ageMs)
      ? HEALTHY
      : unhealthy(grpcTimeout(`${podIp}:${port}`, probe));
  }
  return HEALTHY;
}

/** When the answer can next differ, ms since the epoch; Infinity when never. */
export function nextAnswerChangeMs(container: Container, nowMs: number): number {
  const { process, startedMs } = container;
  const ageMs = nowMs - startedMs;
  let next = process.startMs > ageMs ? process.startMs : Infinity;
  if (process.asks) next = Math.min(next, Math.max(process.asks.atMs, ageMs) + 1);
  for (const { fromMs } of process.http) if (fromMs > ageMs && fromMs < next) next = fromMs;
  for (const { fromMs, toMs } of process.files) {
    if (fromMs > ageMs && fromMs < next) next = fromMs;
    if (toMs > ageMs && toMs < next) next = toMs;
  }
  return startedMs + next;
}

function probeExec(command: readonly string[], container: Container, ageMs: number): ProbeAnswer {
  const { files, startMs } = container.process;
  const present = files
    .filter(({ fromMs, toMs }) => fromMs <= ageMs && ageMs < toMs)
    .map(({ path }) => ({ path, fromMs: 0, toMs: Infinity }));
  const plan = planCommand(command, present);
  // Commands that nothing is known of are clients of the server inside: they work once it is up.
  if (plan.isUnknown) return ageMs >= startMs ? HEALTHY : unhealthy('');
  if (plan.exitCode === 0) return HEALTHY;
  const isCat = command[0] === 'cat';
  return unhealthy(isCat ? `cat: can't open '${command[1]}': No such file or directory` : '');
}

function probeHttp(
  get: NonNullable<Probe['httpGet']>,
  spec: ContainerSpec,
  container: Container,
  podIp: string,
  ageMs: number,
): ProbeAnswer {
  const port = portOf(get.port, spec);
  const address = `${get.host || podIp}:${port}`;
  const path = get.path ?? '/';
  if (!listens(container, port, ageMs)) {
    const url = `${(get.scheme ?? 'HTTP').toLowerCase()}://${address}${path}`;
    return unhealthy(`Get "${url}": dial tcp ${address}: connect: connection refused`);
  }
  let status = 200;
  const [bare] = path.split('?');
  for (const answer of container.process.http) {
    if ((answer.path === '' || answer.path === bare) && ageMs >= answer.fromMs) {
      ({ status } = answer);
    }
  }
  if (status < 400) return HEALTHY;
  return unhealthy(`HTTP probe failed with statuscode: ${status}`);
}

function listens(container: Container, port: number, ageMs: number): boolean {
  return ageMs >= container.process.startMs && container.process.ports.includes(port);
}

function portOf(port: number | string, spec: ContainerSpec): number {
  if (typeof port === 'number') return port;
  return spec.ports?.find(({ name }) => name === port)?.containerPort ?? Number(port);
}

function grpcTimeout(address: string, probe: Probe): string {
  return `timeout: failed to connect service "${address}" within ${probe.timeoutSeconds ?? 1}s`;
}

function unhealthy(output: string): ProbeAnswer {
  return { isHealthy: false, output };
}
