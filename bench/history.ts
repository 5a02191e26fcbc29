// The benchmark's row `history`: how long it takes to show any of 100,000 revisions, from the
// page's word to the picture as it is sent, and to answer a list as of that revision. Printed as
// JSON.
import { extension } from '../src/cluster/extension';
import { EngineHost } from '../src/host/engine-host';
import { createHistory } from '../src/host/history/history';
import type { FromEngine, HttpRequest, ToEngine } from '../src/host/protocol';

const revisionsMin = 100_000;
const looks = 400;
const replicas = 300;
const startMs = Date.UTC(2026, 0, 1);
const path = '/apis/apps/v1/namespaces/default/deployments';

export interface HistoryRow {
  revisions: number;
  pods: number;
  /** Random moments of the whole history, one after another. */
  medianMs: number;
  worstMs: number;
  /** The worst of them in processor time, for busy machines. */
  worstCpuMs: number;
  /** From the present to the oldest moment. */
  firstMs: number;
  /** All pods as of such a moment. */
  listWorstMs: number;
  heapBytesPerRevision: number;
}

const sent: FromEngine[] = [];
const host = new EngineHost(
  (message) => sent.push(message),
  () => performance.now(),
);
host.extend(extension);
host.remember(createHistory);
const options = { seed: 1, preset: 'kubeadm', startMs, speed: 1, paused: true };
say({ type: 'start', options });
process.stdout.write(JSON.stringify(measure()));

function measure(): HistoryRow {
  const { clock, store } = host.running;
  collectGarbage();
  const emptyBytes = process.memoryUsage().heapUsed;
  const firstRevision = store.revision;
  request({ method: 'POST', path, body: JSON.stringify(deployment()) });
  for (let round = 1; store.revision - firstRevision < revisionsMin; round++) {
    clock.runFor(120_000);
    say({ type: 'now' });
    const template = { metadata: { annotations: { round: String(round) } } };
    const body = JSON.stringify({ spec: { template } });
    const headers = { 'content-type': 'application/merge-patch+json' };
    request({ method: 'PATCH', path: `${path}/web`, headers, body });
  }
  const revisions = store.revision - firstRevision;
  collectGarbage();
  const heapBytes = process.memoryUsage().heapUsed - emptyBytes;
  const spanMs = clock.nowMs - 1 - startMs;
  look(clock.nowMs - 1);
  say({ type: 'now' });
  const firstMs = look(startMs).wallMs;
  const times: Took[] = [];
  const lists: number[] = [];
  // A fixed sequence of moments, as far apart as can be.
  for (let turn = 1; turn <= looks; turn++) {
    times.push(look(startMs + ((turn * 0.618034) % 1) * spanMs));
    if (turn % 20 === 0) lists.push(request({ method: 'GET', path: '/api/v1/pods' }));
  }
  times.sort((a, b) => a.wallMs - b.wallMs);
  return {
    revisions,
    pods: replicas,
    medianMs: times[Math.floor(looks / 2)].wallMs,
    worstMs: times.at(-1)!.wallMs,
    worstCpuMs: Math.max(...times.map(({ cpuMs }) => cpuMs)),
    firstMs,
    listWorstMs: Math.max(...lists),
    heapBytesPerRevision: Math.round(heapBytes / revisions),
  };
}

interface Took {
  wallMs: number;
  cpuMs: number;
}

function look(atMs: number): Took {
  sent.length = 0;
  const started = process.cpuUsage();
  const startedMs = performance.now();
  say({ type: 'look', atMs });
  const wallMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(started);
  if (!sent.some(({ type }) => type === 'scene')) throw new Error('no picture came');
  return { wallMs, cpuMs: (user + system) / 1000 };
}

function say(message: ToEngine): void {
  host.receive(message);
  host.tick();
}

function request(asked: HttpRequest): number {
  const startedMs = performance.now();
  host.receive({ type: 'request', id: 1, request: asked });
  const answer = sent.at(-1);
  if (answer?.type !== 'response' || answer.response.status >= 300) throw new Error('refused');
  return performance.now() - startedMs;
}

function deployment(): object {
  const labels = { app: 'web' };
  const containers = [{ name: 'main', image: 'nginx:1.27' }];
  const template = { metadata: { labels }, spec: { containers } };
  const spec = { replicas, selector: { matchLabels: labels }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec };
}

function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  globalThis.gc();
  globalThis.gc();
}
