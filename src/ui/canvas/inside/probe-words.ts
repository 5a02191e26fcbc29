// A probe in the words of `kubectl describe`, which a person who knows Kubernetes reads at once.
import type { Probe } from '../../../api/types';

/** What a probe asks ('http-get :8080/health'), and how often. */
export function probeWords(probe: Probe): { asks: string; periodSeconds: number } {
  return { asks: asks(probe), periodSeconds: probe.periodSeconds ?? 10 };
}

function asks({ exec, httpGet, tcpSocket, grpc }: Probe): string {
  if (httpGet) return `http-get :${portText(httpGet.port)}${httpGet.path ?? '/'}`;
  if (tcpSocket) return `tcp-socket :${portText(tcpSocket.port)}`;
  if (grpc) return `grpc :${grpc.port}${grpc.service ? ` ${grpc.service}` : ''}`;
  return exec ? `exec ${(exec.command ?? []).join(' ')}` : '';
}

function portText(port: unknown): string {
  return typeof port === 'number' || typeof port === 'string' ? String(port) : '';
}
