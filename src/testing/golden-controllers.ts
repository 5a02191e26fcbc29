// Plays a recording of a real control plane's controllers to ours: the same writes, the same
// stand-in for kubelets, snapshots of what the controllers made of it. Virtual time passes where
// the recorder waited. The format is described in the recordings' README.
import { HttpHandler } from '../apiserver/http/handler';
import { formatMicroTime, formatTime } from '../api/time';
import { Scope } from '../sim/scope';
import { Component, REAL_PACE } from '../client/component';
import { schedulerExtension } from '../scheduler/extension';
import { startScheduler } from '../scheduler/scheduler';
import { startCluster } from './controllers';
import { maskSnapshots, type GoldenSnapshot, type Json, type RawSnapshot } from './golden-snapshot';

interface PodChange {
  selector?: string;
  name?: string;
  image?: string;
  phase0?: string;
  count?: number;
  phase: string;
  ready?: boolean;
  exitCode?: number;
}

interface Action {
  apply?: Json | Json[];
  request?: { method: string; path: string; contentType?: string; body?: unknown };
  setPods?: PodChange;
  waitFor?: { path: string; until: unknown };
  timeoutMs?: number;
  sleepMs?: number;
  kubelet?: string;
  stopHeartbeat?: string[];
  snapshot?: string;
  noSettle?: boolean;
  extra?: string[];
  result?: unknown;
}

interface GoldenNode {
  name: string;
  labels?: Record<string, string>;
  taints?: unknown;
  unschedulable?: boolean;
  capacity?: Record<string, string>;
}

export interface ControllerCase {
  name: string;
  why: string;
  namespace: string;
  nodes?: GoldenNode[];
  keepDefaults?: boolean;
  ignoreEvents?: string[];
  actions: Action[];
}

/** Snapshots by label, in order. */
export function playControllers(golden: ControllerCase): Map<string, GoldenSnapshot> {
  const stage = new Stage(golden);
  const labels: string[] = [];
  const raw: RawSnapshot[] = [];
  for (const action of golden.actions) {
    stage.play(action);
    if (!action.snapshot) continue;
    labels.push(action.snapshot);
    raw.push(stage.grab(action.extra ?? []));
  }
  const masked = maskSnapshots(raw, golden.keepDefaults === true);
  return new Map(labels.map((label, index) => [label, masked[index]]));
}

const SETTLE_MS = 3_000;
const POLL_MS = 150;
/** What the recorder's writes of pods took, so that controllers could act in between. */
const WRITE_MS = 25;
const KUBELET_MS = 500;
const LEASES = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
const KINDS = [
  ['/api/v1', 'pods'],
  ['/apis/apps/v1', 'deployments'],
  ['/apis/apps/v1', 'replicasets'],
  ['/apis/apps/v1', 'statefulsets'],
  ['/apis/apps/v1', 'daemonsets'],
  ['/apis/apps/v1', 'controllerrevisions'],
  ['/apis/batch/v1', 'jobs'],
  ['/apis/batch/v1', 'cronjobs'],
  ['/api/v1', 'services'],
  ['/api/v1', 'endpoints'],
  ['/apis/discovery.k8s.io/v1', 'endpointslices'],
  ['/api/v1', 'configmaps'],
  ['/api/v1', 'secrets'],
  ['/api/v1', 'serviceaccounts'],
  ['/api/v1', 'persistentvolumeclaims'],
  ['/api/v1', 'replicationcontrollers'],
  ['/api/v1', 'resourcequotas'],
  ['/apis/autoscaling/v2', 'horizontalpodautoscalers'],
  ['/apis/policy/v1', 'poddisruptionbudgets'],
  ['/apis/resource.k8s.io/v1', 'resourceclaims'],
] as const;
const CLUSTER_SCOPED = new Set([
  'Node',
  'Namespace',
  'PriorityClass',
  'PersistentVolume',
  'StorageClass',
  'DeviceClass',
  'ResourceSlice',
]);

class Stage {
  /** The recorded control plane gave its nodes no addresses. */
  private readonly cluster = startCluster({ clusterCIDR: '' });
  private readonly http = new HttpHandler(this.cluster.server);
  private readonly alive = new Set<string>();
  private isKubeletRunning = false;
  private addresses = 0;

  constructor(private readonly golden: ControllerCase) {
    const { sim, server } = this.cluster;
    const options = { name: 'kube-scheduler', host: 'm1' };
    const component = new Component(sim, new Scope(sim.clock), server, REAL_PACE, options);
    startScheduler(component, { identity: 'm1_scheduler', extension: schedulerExtension });
    for (const name of ['kube-node-lease', golden.namespace]) {
      this.post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    }
    for (const node of golden.nodes ?? []) this.addNode(node);
    this.runFor(2_000);
    const scope = new Scope(sim.clock);
    scope.every(KUBELET_MS, () => this.runKubelets());
    scope.every(8_000, () => {
      for (const name of this.alive) this.renew(name);
    });
  }

  play(action: Action): void {
    if (action.request)
      this.call(
        action.request.method,
        action.request.path,
        action.request.body,
        action.request.contentType,
      );
    if (action.apply) for (const body of [action.apply].flat()) this.apply(body);
    if (action.sleepMs) this.runFor(action.sleepMs + 500);
    if (action.kubelet !== undefined) this.isKubeletRunning = action.kubelet === 'run';
    for (const name of action.stopHeartbeat ?? []) this.alive.delete(name);
    if (action.waitFor) this.waitFor(action.waitFor, action.timeoutMs ?? 20_000);
    if (action.setPods) this.setPods(action.setPods);
    if (action.snapshot && !action.noSettle) this.runFor(SETTLE_MS);
  }

  grab(extra: readonly string[]): RawSnapshot {
    const { namespace, ignoreEvents } = this.golden;
    const items: RawSnapshot['items'] = [];
    for (const [base, resource] of KINDS) {
      items.push(...this.listed(`${base}/namespaces/${namespace}/${resource}`));
    }
    for (const path of extra) {
      const { status, body } = this.call('GET', path);
      if (status === 200) items.push(body as RawSnapshot['items'][number]);
      else items.push({ kind: 'Status', path, code: status, metadata: { name: path } });
    }
    const events = this.listed(`/api/v1/namespaces/${namespace}/events`);
    return {
      items,
      events: events.filter(({ reason }) => !ignoreEvents?.includes(String(reason))),
    };
  }

  private listed(path: string): RawSnapshot['items'] {
    type List = { apiVersion: string; kind: string; items: Json[] };
    const { status, body } = this.call('GET', path);
    // A kind that is not served has no objects.
    if (status === 404) return [];
    const list = body as List;
    const kind = list.kind.replace(/List$/, '');
    return list.items.map((item) => ({ apiVersion: list.apiVersion, kind, ...item })) as never;
  }

  private runFor(ms: number): void {
    this.cluster.sim.clock.runFor(ms);
  }

  private call(
    method: string,
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ): { status: number; body: unknown } {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = { 'content-type': contentType };
    const answer = this.http.handle({ method, path, headers, body: text });
    // Of a group that is not served, the page that is not found is plain text.
    const isJson = answer.headers['Content-Type'] === 'application/json';
    return { status: answer.status, body: isJson ? JSON.parse(answer.body) : {} };
  }

  private post(path: string, body: unknown): void {
    const answer = this.call('POST', path, body);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  }

  private patch(path: string, type: 'merge' | 'strategic-merge', body: unknown): void {
    this.call('PATCH', path, body, `application/${type}-patch+json`);
  }

  private apply(body: Json): void {
    const { apiVersion, kind } = body as { apiVersion: string; kind: string };
    const root = apiVersion.includes('/') ? '/apis/' : '/api/';
    const plural = kind.toLowerCase().replace(/s?$/, kind.endsWith('Class') ? 'ses' : 's');
    const scope = CLUSTER_SCOPED.has(kind) ? '' : `/namespaces/${this.golden.namespace}`;
    this.post(`${root}${apiVersion}${scope}/${plural}`, body);
  }

  private addNode({ name, labels, taints, unschedulable, capacity }: GoldenNode): void {
    this.alive.add(name);
    this.post(LEASES, {
      metadata: { name },
      spec: { holderIdentity: name, leaseDurationSeconds: 40 },
    });
    this.renew(name);
    this.post('/api/v1/nodes', {
      metadata: {
        name,
        labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', ...labels },
      },
      spec: { taints, unschedulable },
    });
    const resources = { cpu: '2', memory: '4Gi', pods: '110', ...capacity };
    const now = formatTime(this.cluster.sim.clock.nowMs);
    const ready = {
      type: 'Ready',
      status: 'True',
      reason: 'KubeletReady',
      message: 'ready',
      lastHeartbeatTime: now,
      lastTransitionTime: now,
    };
    const status = { capacity: resources, allocatable: resources, conditions: [ready] };
    this.patch(`/api/v1/nodes/${name}/status`, 'strategic-merge', { status });
  }

  private renew(name: string): void {
    const renewTime = formatMicroTime(this.cluster.sim.clock.nowMs);
    this.patch(`${LEASES}/${name}`, 'merge', { spec: { renewTime } });
  }

  private runKubelets(): void {
    if (!this.isKubeletRunning) return;
    for (const pod of this.pods()) {
      const { name, deletionTimestamp } = pod.metadata;
      if (!pod.spec.nodeName) continue;
      if (deletionTimestamp) this.call('DELETE', this.podPath(name) + '?gracePeriodSeconds=0');
      else if (pod.status.phase === 'Pending') this.setPod(pod, { phase: 'Running', ready: true });
    }
  }

  private podPath(name: string): string {
    return `/api/v1/namespaces/${this.golden.namespace}/pods/${name}`;
  }

  private pods(selector?: string): GoldenPod[] {
    const query = selector ? '?labelSelector=' + encodeURIComponent(selector) : '';
    return this.listed(`/api/v1/namespaces/${this.golden.namespace}/pods${query}`) as never;
  }

  private setPods(change: PodChange): void {
    this.runFor(1_000);
    const chosen = this.pods(change.selector)
      .filter(({ metadata }) => !metadata.deletionTimestamp)
      .filter(({ status }) => !change.phase0 || status.phase === change.phase0)
      .filter(({ metadata }) => !change.name || metadata.name === change.name)
      .filter(({ spec }) => !change.image || spec.containers[0].image === change.image)
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    for (const pod of chosen.slice(0, change.count)) {
      this.setPod(pod, change);
      this.runFor(WRITE_MS);
    }
  }

  private setPod(pod: GoldenPod, { phase, ready = false, exitCode = 1 }: PodChange): void {
    const now = formatTime(this.cluster.sim.clock.nowMs);
    const condition = (type: string, isTrue: boolean): Json => ({
      type,
      status: isTrue ? 'True' : 'False',
      lastTransitionTime: now,
    });
    const status: Json = { phase };
    if (phase === 'Running') {
      const ip = `10.244.7.${++this.addresses}`;
      const conditions = [
        condition('Initialized', true),
        condition('ContainersReady', ready),
        condition('Ready', ready),
      ];
      Object.assign(status, { podIP: ip, podIPs: [{ ip }], conditions });
    }
    if (phase === 'Succeeded' || phase === 'Failed') {
      const isFailed = phase === 'Failed';
      const terminated = {
        exitCode: isFailed ? exitCode : 0,
        reason: isFailed ? 'Error' : 'Completed',
        finishedAt: now,
        startedAt: now,
      };
      status.conditions = [condition('ContainersReady', false), condition('Ready', false)];
      status.containerStatuses = pod.spec.containers.map(({ name, image }) => ({
        name,
        image,
        imageID: '',
        ready: false,
        restartCount: 0,
        state: { terminated },
      }));
    }
    this.patch(this.podPath(pod.metadata.name) + '/status', 'strategic-merge', { status });
  }

  private waitFor({ path, until }: { path: string; until: unknown }, timeoutMs: number): void {
    for (let waited = 0; waited < timeoutMs; waited += POLL_MS) {
      if (contains(this.call('GET', path), until)) return;
      this.runFor(POLL_MS);
    }
    throw new Error(`${path} never came to ${JSON.stringify(until)}`);
  }
}

interface GoldenPod {
  metadata: { name: string; deletionTimestamp?: string };
  spec: { nodeName?: string; containers: { name: string; image: string }[] };
  status: { phase: string };
}

/** Whether all that is wanted is there; of a list, each wanted item must match some item. */
function contains(got: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return got === wanted;
  if ('$exists' in wanted) return (got !== undefined) === wanted.$exists;
  if (Array.isArray(wanted)) {
    return Array.isArray(got) && wanted.every((item) => got.some((each) => contains(each, item)));
  }
  if (typeof got !== 'object' || got === null) return false;
  return Object.entries(wanted).every(([name, part]) => contains((got as Json)[name], part));
}
