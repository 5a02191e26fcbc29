// Keeps the picture: informers mark what has changed, `flush` turns the marks into one delta. Work
// is in proportion to what changed since the last flush, never to the size of the cluster.
// Invariants: it only reads, through list, watch and trace, as any client could; what it has sent
// and what it would send now differ by the marks alone.
import {
  deployments,
  endpointSlices,
  leases,
  machines,
  nodes,
  pods,
  replicaSets,
  services,
} from '../api/resource-ref';
import { objectKey, splitKey, type KubeObject } from '../api/object';
import type { Deployment, EndpointSlice, Lease, Node, Pod, ReplicaSet } from '../api/types';
import type { Machine } from '../api/machine';
import type { Component } from '../client/component';
import type { Informer } from '../client/informer';
import type { TraceRecord } from '../sim/trace';
import { MACHINES, messagesOf, type TravelTimes } from './messages';
import { heartbeatOf, readinessOf, viewNode } from './node-view';
import { ownerIndex, Owners, revisionOf } from './owners';
import { viewPod } from './pod-view';
import type { MakeTeller, StoryTeller, StoryView } from './rules/rule';
import type {
  SceneApiLine,
  SceneComponent,
  SceneController,
  SceneDelta,
  SceneGauges,
  SceneNode,
  ScenePod,
  SceneService,
  SceneStory,
} from './scene';
import { viewService } from './service-view';

/** What no list or watch tells: the state of programs and of their queues. */
export interface ObserverSources {
  components(): SceneComponent[];
  controllers(): SceneController[];
  gauges(): Omit<SceneGauges, 'requestsPerSecond'>;
  /** From when to when an image that the pod waits for is being pulled, virtual ms. */
  pullOf(pod: Pod): ScenePod['pull'];
  /** What the cluster's own calls and watch events take. */
  travelTimes: TravelTimes;
  /** Reads for the story, which are no requests of anybody; without them little is told. */
  read?: StoryView['read'];
  kindOf?: StoryView['kindOf'];
}

/** In larger clusters pods come packed, nodes' renewals apart, and nodes' messages not at all. */
const CROWD_PODS = 1500;
const CROWD_NODES = 60;
/** More messages than this in one flush are noise; the rest is left out. */
const MESSAGES_MAX = 80;
/** More sentences than this in one flush nobody follows; what a person did is among them. */
const STORIES_MAX = 200;
const RATE_WINDOW_MS = 1000;

export class Observer {
  private readonly pods: Informer<Pod>;
  private readonly nodes: Informer<Node>;
  private readonly leases: Informer<Lease>;
  private readonly slices: Informer<EndpointSlice>;
  private readonly services;
  private readonly machines: Informer<Machine>;
  private readonly owners: Owners;
  private teller: StoryTeller | undefined;
  private stories: SceneStory[] = [];
  private readonly firstTraceId: number;
  private podCount = 0;
  private nodeCount = 0;
  private readonly changedPods = new Set<string>();
  private readonly changedNodes = new Set<string>();
  private readonly changedServices = new Set<string>();
  /** Nodes of which the Lease was renewed. */
  private readonly renewed = new Set<string>();
  /** Pods of which the image's pull has yet to begin. */
  private readonly beforePull = new Set<string>();
  private reset = true;
  private traceId: number;
  /** The last record that was told of. */
  private heardId = 0;
  /** Somebody follows a pod: of a large cluster its messages are told, too. */
  isFollowed = false;
  private requests: { atMs: number; count: number }[] = [];
  private readonly componentStates = new Map<string, Pick<SceneComponent, 'state' | 'sinceMs'>>();
  private componentsText = '';
  private controllersText = '';

  constructor(
    private readonly cluster: Component,
    world: Component,
    private readonly sources: ObserverSources,
  ) {
    this.pods = cluster.informer(pods);
    this.pods.addIndex('node', ({ spec }) => (spec.nodeName ? [spec.nodeName] : []));
    this.pods.addIndex('owner', ownerIndex);
    this.nodes = cluster.informer(nodes);
    this.leases = cluster.informer(leases, { namespace: 'kube-node-lease' });
    this.services = cluster.informer(services);
    this.slices = cluster.informer(endpointSlices);
    this.slices.addIndex('service', (slice) => [serviceKeyOf(slice)]);
    this.machines = world.informer(machines);
    cluster.informer(replicaSets).addIndex('owner', ownerIndex);
    this.owners = new Owners(cluster.informer(replicaSets), cluster.informer(deployments));
    this.firstTraceId = this.traceId = cluster.sim.trace.lastId;
    this.subscribe();
    cluster.startInformers();
    world.startInformers();
    this.owners.adopt([
      ...cluster.informer(deployments).items.values(),
      ...this.services.items.values(),
    ]);
  }

  /** Draws its owners in the colours of another picture of the same objects. */
  shareColours(other: Observer): void {
    this.owners.share(other.owners);
  }

  /** Owner colour, 1 to 8. */
  hueOf(kind: string, namespace: string, name: string): number {
    return this.owners.hueOf(kind, namespace, name);
  }

  /** The next delta is whole, as for a page that has just come. */
  startOver(): void {
    this.reset = true;
    this.traceId = this.cluster.sim.trace.lastId;
    this.componentsText = '';
    this.controllersText = '';
    for (const key of this.pods.items.keys()) this.changedPods.add(key);
    for (const key of this.nodes.items.keys()) this.changedNodes.add(key);
    for (const key of this.machines.items.keys()) this.changedNodes.add(key);
    for (const key of this.services.items.keys()) this.changedServices.add(key);
  }

  /** Tells the story from now on, and what of it has gone by since the picture was begun. */
  tellWith(makeTeller: MakeTeller): void {
    const { read, kindOf } = this.sources;
    const view: StoryView = {
      read: (resource, namespace, name) => read?.(resource, namespace, name) as undefined,
      kindOf: (resource) => kindOf?.(resource),
      podsOn: (node) => this.pods.byIndex('node', node),
    };
    this.teller = makeTeller(view, this.machines);
    this.teller.programs(this.sources.components(), 0);
    for (const record of this.cluster.sim.trace.since(this.firstTraceId)) {
      if (record.id > Math.max(this.traceId, this.heardId)) break;
      this.tell(record);
    }
  }

  /**
   * What has changed since the last flush; without motion, no messages. Pods beyond `podsMax` wait
   * for the next one.
   */
  flush(withMotion = true, podsMax = Infinity): SceneDelta {
    const delta: SceneDelta = {
      atMs: this.cluster.sim.clock.nowMs,
      reset: this.reset,
      nodes: [],
      pods: [],
      services: [],
      removedNodes: [],
      removedPods: [],
      removedServices: [],
      gauges: { ...this.sources.gauges(), requestsPerSecond: 0 },
      messages: [],
      stories: [],
    };
    this.reset = false;
    this.flushNodes(delta);
    this.flushPods(delta, podsMax);
    this.flushServices(delta);
    this.flushTrace(delta, withMotion);
    this.flushPrograms(delta);
    const spare = this.stories.length - STORIES_MAX;
    delta.stories = this.stories.filter(({ id, root }, at) => at >= spare || id === root);
    this.stories = [];
    return delta;
  }

  /** Whether a delta says anything that the page does not show already. */
  hasNews(delta: SceneDelta): boolean {
    const { nodes, pods, services, messages, stories, components, controllers, apiLines } = delta;
    if (nodes.length + pods.length + services.length + messages.length + stories.length > 0)
      return true;
    const { removedNodes, removedPods, removedServices } = delta;
    if (removedNodes.length + removedPods.length + removedServices.length > 0) return true;
    return Boolean(components ?? controllers ?? apiLines ?? delta.heartbeats);
  }

  private subscribe(): void {
    const mark = <T extends KubeObject>(informer: Informer<T>, act: (object: T) => void): void => {
      informer.addHandler({ added: act, updated: act, deleted: act });
    };
    mark(this.pods, (pod) => {
      this.changedPods.add(objectKey(pod));
      if (pod.spec.nodeName) this.changedNodes.add(pod.spec.nodeName);
    });
    this.pods.addHandler({ added: () => this.podCount++, deleted: () => this.podCount-- });
    this.nodes.addHandler({ added: () => this.nodeCount++, deleted: () => this.nodeCount-- });
    this.nodes.addHandler({
      added: (node) => this.changedNodes.add(node.metadata.name),
      updated: (node, old) => this.nodeChanged(node, old),
      deleted: (node) => this.changedNodes.add(node.metadata.name),
    });
    mark(this.leases, ({ metadata }) => this.renewed.add(metadata.name));
    mark(this.machines, ({ metadata }) => this.changedNodes.add(metadata.name));
    mark(this.services, (service) => this.changedServices.add(objectKey(service)));
    mark(this.slices, (slice) => this.changedServices.add(serviceKeyOf(slice)));
    mark(this.cluster.informer(replicaSets), (replicaSet) => this.markPodsOf(replicaSet));
    this.cluster.informer(deployments).addHandler({
      updated: (deployment, old) => this.deploymentChanged(deployment, old),
    });
  }

  private nodeChanged(node: Node, old: Node): void {
    const { name } = node.metadata;
    this.changedNodes.add(name);
    if (readinessOf(node) === readinessOf(old)) return;
    for (const pod of this.pods.byIndex('node', name)) this.changedPods.add(objectKey(pod));
  }

  /** Its pods of the revision before are of the past now. */
  private deploymentChanged(deployment: Deployment, old: Deployment): void {
    if (revisionOf(deployment) === revisionOf(old)) return;
    const { uid } = deployment.metadata;
    const owned = this.cluster.informer(replicaSets).byIndex('owner', uid);
    for (const replicaSet of owned) this.markPodsOf(replicaSet);
  }

  private markPodsOf({ metadata }: ReplicaSet): void {
    for (const pod of this.pods.byIndex('owner', metadata.uid)) {
      this.changedPods.add(objectKey(pod));
    }
  }

  private flushNodes(delta: SceneDelta): void {
    this.flushHeartbeats(delta);
    for (const name of this.changedNodes) {
      const node = this.nodes.get(name);
      const machine = this.machines.get(name);
      if (node || machine) delta.nodes.push(this.viewNode(name, node, machine));
      else delta.removedNodes.push(name);
    }
    this.changedNodes.clear();
  }

  /** Of a large cluster they alone are told of nodes that are as they were. */
  private flushHeartbeats(delta: SceneDelta): void {
    const isLarge = this.nodeCount > CROWD_NODES;
    const names: string[] = [];
    for (const name of this.renewed) {
      if (!isLarge) this.changedNodes.add(name);
      else if (!this.changedNodes.has(name)) names.push(name);
    }
    this.renewed.clear();
    if (names.length === 0) return;
    const heard = names.map((name) => heartbeatOf(this.leases.get(`kube-node-lease/${name}`)));
    delta.heartbeats = { names, atMs: Float64Array.from(heard) };
  }

  private viewNode(name: string, node?: Node, machine?: Machine): SceneNode {
    const lease = this.leases.get(`kube-node-lease/${name}`);
    return viewNode(name, { node, machine, lease, pods: this.pods.byIndex('node', name) });
  }

  /** A pull that begins is no write, so that those who wait for one are asked after. */
  private markPulls(): void {
    for (const key of this.beforePull) {
      const pod = this.pods.get(key);
      if (!pod || this.sources.pullOf(pod)) this.changedPods.add(key);
    }
  }

  private flushPods(delta: SceneDelta, podsMax: number): void {
    this.markPulls();
    let left = podsMax;
    for (const key of this.changedPods) {
      if (left-- === 0) break;
      this.changedPods.delete(key);
      const pod = this.pods.get(key);
      if (pod) delta.pods.push(this.viewPod(pod));
      else delta.removedPods.push(key);
      if (!pod) this.beforePull.delete(key);
    }
  }

  /** Whether the page takes its pods in columns. */
  get isCrowd(): boolean {
    return this.podCount > CROWD_PODS;
  }

  private viewPod(pod: Pod): ScenePod {
    const node = pod.spec.nodeName ? this.nodes.get(pod.spec.nodeName) : undefined;
    const isStale = node !== undefined && readinessOf(node) === 'Unknown';
    const view = viewPod(pod, this.owners.ownerOf(pod), isStale);
    if (view.look === 'creating') view.pull = this.sources.pullOf(pod);
    if (view.look === 'creating' && !view.pull) this.beforePull.add(view.key);
    else this.beforePull.delete(view.key);
    return view;
  }

  private flushServices(delta: SceneDelta): void {
    for (const key of this.changedServices) {
      const service = this.services.get(key);
      if (service) delta.services.push(this.viewService(key));
      else delta.removedServices.push(key);
    }
    this.changedServices.clear();
  }

  private viewService(key: string): SceneService {
    const { namespace, name } = splitKey(key);
    const hue = this.owners.hueOf('Deployment', namespace, name);
    return viewService(this.services.get(key)!, this.slices.byIndex('service', key), hue);
  }

  /** Tells what has been said since: the sooner, the nearer objects are to what they were then. */
  hear(): void {
    const { trace } = this.cluster.sim;
    const from = Math.max(this.heardId, this.traceId);
    if (this.teller && trace.lastId > from) {
      for (const record of trace.since(from)) this.tell(record);
    }
    this.heardId = trace.lastId;
  }

  private flushTrace(delta: SceneDelta, withMotion: boolean): void {
    const { sim } = this.cluster;
    const { travelTimes } = this.sources;
    const lines: SceneApiLine[] = [];
    let requests = 0;
    const isLarge = this.nodeCount > CROWD_NODES;
    this.hear();
    for (const record of sim.trace.since(this.traceId)) {
      if (record.resource.startsWith(MACHINES)) continue;
      const isSeen = !isLarge || (this.isFollowed && isOnTheWay(record));
      if (withMotion && isSeen && delta.messages.length < MESSAGES_MAX) {
        delta.messages.push(...messagesOf(record, travelTimes));
      }
      if (record.verb === 'deliver') continue;
      requests++;
      lines.push(apiLine(record));
    }
    this.traceId = sim.trace.lastId;
    if (lines.length > 0) delta.apiLines = lines.slice(-3);
    delta.gauges.requestsPerSecond = this.rate(sim.clock.nowMs, requests);
  }

  private rate(nowMs: number, count: number): number {
    if (count > 0) this.requests.push({ atMs: nowMs, count });
    this.requests = this.requests.filter(({ atMs }) => atMs > nowMs - RATE_WINDOW_MS);
    return this.requests.reduce((sum, { count: each }) => sum + each, 0);
  }

  /** A component with the time since which it is as it is. */
  private dated(component: SceneComponent): SceneComponent {
    const key = `${component.machine} ${component.name}`;
    const held = this.componentStates.get(key);
    if (held?.state === component.state) return { ...component, ...held };
    const sinceMs = held && this.cluster.sim.clock.nowMs;
    this.componentStates.set(key, { state: component.state, ...(sinceMs ? { sinceMs } : {}) });
    return { ...component, ...this.componentStates.get(key) };
  }

  private flushPrograms(delta: SceneDelta): void {
    const components = this.sources.components().map((component) => this.dated(component));
    const componentsText = JSON.stringify(components);
    if (componentsText !== this.componentsText) delta.components = components;
    this.componentsText = componentsText;
    if (delta.components && this.teller) {
      this.stories.push(...this.teller.programs(components, delta.atMs));
    }
    const controllers = this.sources.controllers();
    const controllersText = JSON.stringify(controllers);
    if (controllersText !== this.controllersText) delta.controllers = controllers;
    this.controllersText = controllersText;
  }

  private tell(record: TraceRecord): void {
    const story = this.teller?.next(record);
    if (story) this.stories.push(story);
  }
}

const WORKLOADS = /^(pods|deployments|replicasets|statefulsets|daemonsets|jobs|cronjobs)\b/;

/** Whether a record may be of the way from an act to a pod; what kubelets report is not. */
function isOnTheWay({ resource, verb, actor }: TraceRecord): boolean {
  return WORKLOADS.test(resource) && (verb === 'deliver' || !actor.startsWith('kubelet/'));
}

function apiLine(record: {
  id: number;
  verb: string;
  resource: string;
  name: string;
  code: number;
}) {
  const { id, verb, resource, name, code } = record;
  const [plural, subresource] = resource.split('/');
  const short = plural.split('.')[0];
  const path = [short, name, subresource].filter(Boolean).join('/');
  return { id, verb: VERBS[verb] ?? verb, path, code };
}

const VERBS: Record<string, string> = {
  get: 'GET',
  list: 'LIST',
  watch: 'WATCH',
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  deletecollection: 'DELETE',
};

function serviceKeyOf({ metadata }: EndpointSlice): string {
  return `${metadata.namespace}/${metadata.labels?.['kubernetes.io/service-name'] ?? ''}`;
}
