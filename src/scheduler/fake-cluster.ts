// For tests and benchmarks only: a scheduler over an API server that binds pods and merges
// conditions, with short ways to say what nodes and pods there are.
import type { KubeObject } from '../api/object';
import { pods } from '../api/resource-ref';
import { notFound } from '../api/status-error';
import type { Node, Pod, PodSpec } from '../api/types';
import { Component, type Pace } from '../client/component';
import { FakeTransport } from '../client/fake-transport';
import type { ApiRequest } from '../client/transport';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import { startScheduler, type Scheduler, type SchedulerOptions } from './scheduler';

const PACE: Pace = { apiCallMs: 4, watchDelayMs: 3, schedulingMs: 5, reconcileMs: 1 };

interface Binding {
  target: { name: string };
}

/** Knows bindings and the merge of status.conditions on top of the fake server. */
class SchedulingTransport extends FakeTransport {
  /** Thrown by the next binding. */
  bindingError: Error | undefined;
  readonly events: string[] = [];
  private lastEvent = {};
  private generated = 0;

  override request(request: ApiRequest): unknown {
    const { verb, ref, subresource, namespace, name } = request;
    if (ref.resource === 'events') {
      const { type, reason, message } = request.body as Record<string, string>;
      if (verb === 'create') this.events.push([type, reason, message].join(' '));
      this.lastEvent = { ...this.lastEvent, ...(request.body as object) };
      return this.lastEvent;
    }
    if (subresource === 'binding')
      return this.bind(`${namespace}/${name}`, request.body as Binding);
    if (verb === 'create') return super.request({ ...request, body: this.named(request.body) });
    if (verb === 'patch' && subresource === 'status') {
      return super.request({ ...request, body: this.mergeConditions(request) });
    }
    return super.request(request);
  }

  private named(body: unknown): unknown {
    const object = body as KubeObject;
    const { generateName } = object.metadata;
    const name = object.metadata.name || `${generateName}${++this.generated}`;
    return { ...object, metadata: { ...object.metadata, name } };
  }

  private bind(key: string, { target }: Binding): unknown {
    const error = this.bindingError;
    this.bindingError = undefined;
    if (error) throw error;
    const pod = this.objects.get('pods/' + key) as Pod | undefined;
    if (pod === undefined) throw notFound(pods, key);
    const spec = { ...pod.spec, nodeName: target.name };
    return this.put({ ...pod, spec } as unknown as Parameters<FakeTransport['put']>[0]);
  }

  private mergeConditions({ namespace, name, body }: ApiRequest): unknown {
    const { status, ...rest } = body as { status: Pod['status'] };
    if (!status.conditions) return body;
    const old = this.get<Pod>(`pods/${namespace}/${name}`)?.status.conditions ?? [];
    const types = new Set(status.conditions.map(({ type }) => type));
    const kept = old.filter(({ type }) => !types.has(type));
    return { ...rest, status: { ...status, conditions: [...kept, ...status.conditions] } };
  }
}

export interface NodeDraft {
  name: string;
  labels?: Record<string, string>;
  cpu?: string;
  memory?: string;
  pods?: string;
  extended?: Record<string, string>;
  taints?: Node['spec']['taints'];
  unschedulable?: boolean;
  images?: Node['status']['images'];
}

export interface PodDraft extends Partial<PodSpec> {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  cpu?: string;
  memory?: string;
  extended?: Record<string, string>;
  image?: string;
  hostPort?: number;
  ownerReferences?: Pod['metadata']['ownerReferences'];
  status?: Partial<Pod['status']>;
}

export function nodeOf(draft: NodeDraft): Node {
  const { name, labels, cpu = '2', memory = '4Gi', extended, taints, images } = draft;
  const allocatable = {
    cpu,
    memory,
    pods: draft.pods ?? '110',
    'ephemeral-storage': '100Gi',
    ...extended,
  };
  const { unschedulable } = draft;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } } as Partial<
      Node['metadata']
    > as Node['metadata'],
    spec: { ...(taints && { taints }), ...(unschedulable && { unschedulable }) },
    status: { allocatable, capacity: allocatable, ...(images && { images }) },
  };
}

export function podOf(draft: PodDraft): Pod {
  const { name, namespace = 'default', labels, ownerReferences, status, ...rest } = draft;
  const { cpu, memory, extended, image = 'nginx:1.27', hostPort, ...spec } = rest;
  const requests = { ...(cpu && { cpu }), ...(memory && { memory }), ...extended };
  const ports = hostPort ? [{ containerPort: hostPort, hostPort, protocol: 'TCP' as const }] : [];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      ...(labels && { labels }),
      ...(ownerReferences && { ownerReferences }),
    } as Pod['metadata'],
    spec: { containers: [{ name: 'main', image, ports, resources: { requests } }], ...spec },
    status: { phase: 'Pending', ...status },
  };
}

export class FakeCluster {
  readonly sim: Simulation;
  readonly transport: SchedulingTransport;
  readonly component: Component;
  scheduler!: Scheduler;

  constructor(seed = 1, pace = PACE) {
    this.sim = new Simulation({ seed });
    this.transport = new SchedulingTransport(this.sim);
    const scope = new Scope(this.sim.clock);
    const options = { name: 'kube-scheduler', host: 'm1' };
    this.component = new Component(this.sim, scope, this.transport, pace, options);
  }

  start(options: Partial<SchedulerOptions> = {}): this {
    this.scheduler = startScheduler(this.component, { identity: 'm1_1', ...options });
    return this;
  }

  nodes(...drafts: NodeDraft[]): this {
    for (const draft of drafts) this.put(nodeOf(draft));
    return this;
  }

  pods(...drafts: PodDraft[]): this {
    for (const draft of drafts) this.put(podOf(draft));
    return this;
  }

  put(object: KubeObject): KubeObject {
    return this.transport.put(object as unknown as Parameters<FakeTransport['put']>[0]);
  }

  /** Merges into an object, as another client would. */
  change<T extends KubeObject>(key: string, change: (object: T) => T): void {
    this.put(change(this.transport.get<T>(key)));
  }

  pod(name: string, namespace = 'default'): Pod {
    return this.transport.get<Pod>(`pods/${namespace}/${name}`);
  }

  /** The kubelet's last word on a pod. */
  remove(key: string): void {
    const object = this.transport.get(key);
    const { namespace = '', name } = object.metadata;
    const resource = key.split('/')[0];
    const ref = { ...pods, resource, kind: object.kind };
    const options = { gracePeriodSeconds: 0 };
    this.transport.request({
      verb: 'delete',
      ref,
      subresource: '',
      namespace,
      name,
      options,
      actor: 'kubelet',
    });
  }

  run(ms = 1000): this {
    this.sim.clock.runFor(ms);
    return this;
  }

  /** Node by pod name, '' for those without. */
  placements(): Record<string, string> {
    const placements: Record<string, string> = {};
    for (const [key, object] of this.transport.objects) {
      if (!key.startsWith('pods/')) continue;
      placements[object.metadata.name] = (object as Pod).spec.nodeName ?? '';
    }
    return placements;
  }

  /** The node's reasons against the pod by node name, as its last cycle found them. */
  rejections(name: string): Record<string, string> {
    const report = this.scheduler.report('default', name)!;
    return Object.assign({}, ...report.filters.map(({ rejected }) => rejected));
  }

  /** Weighted scores by node name that a plugin gave in the pod's last cycle. */
  scores(name: string, plugin: string): Record<string, number> | undefined {
    const { scores } = this.scheduler.report('default', name)!;
    return scores.find((each) => each.plugin === plugin)?.byNode;
  }

  /** The PodScheduled condition's message. */
  why(name: string): string | undefined {
    const { conditions } = this.pod(name).status;
    return conditions?.find(({ type }) => type === 'PodScheduled')?.message;
  }
}
