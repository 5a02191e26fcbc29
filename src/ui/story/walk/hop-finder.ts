// Finds the hops of a walk in what the scene tells: one object is followed, then what is made of
// it, down to the first pod. Messages say most; what they leave out (after a warp, in a large
// cluster) stories and the pod's picture say.
// Invariants: a hop is found once; hops come in the order in which they happened; nothing is found
// that no message, pod or story told of.
import type { SceneMessage, ScenePod, SceneStory } from '../../../scene/scene';
import type { ApiStage } from '../../canvas/api-stages';
import type { SceneData } from '../../state/scene-store';
import { isEnd } from './hops';
import type { Hop, HopKind, HopParts, HopPlace } from './hops';

const WORKLOADS: Record<string, string | undefined> = {
  'deployments.apps': 'Deployment',
  'replicasets.apps': 'ReplicaSet',
  'statefulsets.apps': 'StatefulSet',
  'daemonsets.apps': 'DaemonSet',
  replicationcontrollers: 'ReplicationController',
  'jobs.batch': 'Job',
  'cronjobs.batch': 'CronJob',
  pods: 'Pod',
};

const STAGES: readonly [HopKind, ApiStage][] = [
  ['authn', 'authn'],
  ['authz', 'authz'],
  ['admission', 'admit'],
  ['validation', 'check'],
];

/** How many of the stages a refused request reached; who applies here may do everything. */
function stagesOf(code: number): number {
  if (code === 401) return 1;
  if (code === 403 || code === 404 || code >= 500) return 3;
  return 4;
}

/** What says that the scheduler has nothing to queue, or has done so. */
const BEYOND_QUEUE: readonly HopKind[] = ['gated', 'bound', 'kubeletTold'];

/** Virtual time without a hop after which the walk says how things stand, and ends. */
const STILL_MS = 120_000;
const STILL_OF: Partial<Record<HopKind, number>> = {
  due: 25 * 3_600_000,
  noNode: 15_000,
  gated: 15_000,
  podRefused: 15_000,
  failed: 30_000,
};
/** Virtual time after which a pod that is ready has no Service that would send to it. */
const SERVICE_MS = 3_000;

/** Parts of the sentences that say what messages leave out. */
interface ToldParts {
  owner?: string;
  pod?: string;
  node?: string;
  message?: string;
  deployment?: string;
  replicaSet?: string;
  cronJob?: string;
  job?: string;
}

/** What the scene tells that a walk listens to. */
export type Heard = Pick<SceneData, 'messages' | 'stories' | 'pods' | 'atMs'>;

/** Whether a message is a person's write of something that becomes pods. */
export function isWorkload({ from, verb, resource, look }: SceneMessage): boolean {
  const isWrite = verb === 'create' || verb === 'patch' || verb === 'update';
  return from === 'you' && look !== 'watch' && isWrite && WORKLOADS[resource] !== undefined;
}

export class HopFinder {
  private kind = '';
  private name = '';
  private namespace = '';
  /** Who makes the pods that are awaited. */
  private owner = '';
  private pod = '';
  /** Where the pod is bound to; '' before. */
  private node = '';
  private wasSeen = false;
  /** What was last said of why it does not go on. */
  private reason = '';
  private readyMs = Infinity;
  /** The Service that began to send to more pods last. */
  private serving: SceneStory<'endpointsChanged'> | undefined;
  /** When a hop was found last. */
  private foundMs = 0;
  private last: Hop | undefined;
  private readonly found = new Set<HopKind>();

  constructor(
    private lastStory: number,
    /** Whether what is sent now is being applied, and no trial. */
    private readonly isApplying: () => boolean,
  ) {}

  get hasBegun(): boolean {
    return this.name !== '';
  }

  get podKey(): string {
    return this.pod && `${this.namespace}/${this.pod}`;
  }

  /** Whether the picture has heard of the pod, and of its node, as far as the hops have come. */
  isDrawn({ pods }: Pick<Heard, 'pods'>): boolean {
    if (this.pod === '' || isEnd(this.last)) return true;
    const pod = pods.get(this.podKey);
    return pod !== undefined && (pod.node !== '' || !this.found.has('bound'));
  }

  /** The hops that the scene tells of since it was as `was`. */
  take(scene: Heard, was: Heard): Hop[] {
    const hops: Hop[] = [];
    if (scene.messages !== was.messages) {
      const heard = scene.messages.toSorted((a, b) => a.id - b.id);
      for (const message of heard) hops.push(...this.hear(message, heard, scene.pods));
    }
    if (scene.stories !== was.stories) {
      for (const story of scene.stories) {
        if (story.id > this.lastStory) hops.push(...this.told(story));
      }
      this.lastStory = Math.max(this.lastStory, scene.stories.at(-1)?.id ?? 0);
    }
    if (scene.pods !== was.pods || hops.length > 0) hops.push(...this.look(scene));
    hops.push(...this.served());
    if (hops.length > 0) this.foundMs = scene.atMs;
    return hops;
  }

  /** The hops that come of nothing having happened until then. */
  wait(atMs: number): Hop[] {
    if (!this.hasBegun || isEnd(this.last)) return [];
    if (atMs > this.readyMs + SERVICE_MS) return this.end(atMs);
    const { kind } = this.last!;
    if (atMs < this.foundMs + (STILL_OF[kind] ?? STILL_MS)) return [];
    const { name, pod, node, reason } = this;
    const parts = { kind: this.kind, name, pod, node, reason };
    if (this.found.has('ready')) return this.end(atMs);
    if (pod) return this.once('stays', parts, this.podPlace(), atMs);
    return this.once(kind === 'due' ? 'noJob' : 'noPod', parts, MANAGER, atMs);
  }

  private hear(
    message: SceneMessage,
    all: readonly SceneMessage[],
    pods: Heard['pods'],
  ): readonly Hop[] {
    if (!this.hasBegun) {
      if (!isWorkload(message)) return [];
      const isStored = all.some(({ id, to }) => id === message.id + 1 && to === 'etcd');
      const isRefused = message.code >= 400 && this.isApplying();
      return isStored || isRefused ? this.begin(message) : [];
    }
    if (message.namespace !== this.namespace || isEnd(this.last)) return [];
    if (message.look === 'watch') return this.heardWatch(message);
    if (message.code >= 400) return [];
    if (message.from === 'kube-controller-manager') return this.heardController(message, pods);
    if (message.from === 'kube-scheduler') return this.heardScheduler(message);
    return [];
  }

  private begin({ resource, name, namespace, code, atMs }: SceneMessage): Hop[] {
    this.kind = WORKLOADS[resource]!;
    this.name = this.owner = name;
    this.namespace = namespace;
    if (this.kind === 'Pod') this.pod = name;
    const parts = { kind: this.kind, name };
    const beforeMs = atMs - 1;
    const isRefused = code >= 400;
    const stages = isRefused ? STAGES.slice(0, stagesOf(code)) : STAGES;
    const hops = this.once('sent', parts, YOU, beforeMs);
    for (const [kind, stage] of stages.slice(0, isRefused ? -1 : stages.length)) {
      hops.push(...this.once(kind, parts, { ...API, stage }, beforeMs));
    }
    if (isRefused) {
      const [, stage] = stages.at(-1)!;
      hops.push(...this.once('refused', { ...parts, code }, { ...API, stage }, beforeMs));
    } else hops.push(...this.once('stored', parts, component('etcd'), atMs));
    return hops;
  }

  private heardWatch({ to, resource, name, atMs, durationMs }: SceneMessage): Hop[] {
    const thenMs = atMs + durationMs;
    if (to === 'kube-controller-manager') {
      const isIt = name === this.name && WORKLOADS[resource] === this.kind && !this.pod;
      return isIt ? this.controllerTold(thenMs) : [];
    }
    if (resource !== 'pods' || name !== this.pod || !this.pod) return [];
    if (to === 'kube-scheduler') {
      const isLate = BEYOND_QUEUE.some((kind) => this.found.has(kind));
      return isLate ? [] : this.once('schedulerTold', { pod: name }, SCHEDULER, thenMs);
    }
    if (!to.startsWith('node:')) return [];
    const node = to.slice('node:'.length);
    return this.once('kubeletTold', { pod: name, node }, nodePlace(node), thenMs);
  }

  private controllerTold(atMs: number): Hop[] {
    const parts = { kind: this.kind, name: this.name };
    const hops = this.once('controllerTold', parts, MANAGER, atMs);
    if (this.kind === 'CronJob') hops.push(...this.once('due', parts, MANAGER, atMs));
    return hops;
  }

  private heardController(message: SceneMessage, pods: Heard['pods']): readonly Hop[] {
    const { verb, resource, name, atMs } = message;
    if (verb !== 'create' || this.pod) return [];
    if (resource === 'persistentvolumeclaims') {
      const isOfFirst = name.includes(`-${this.name}-`) && this.kind === 'StatefulSet';
      return isOfFirst ? this.claimMade(name, atMs) : [];
    }
    if (!name.startsWith(`${this.owner}-`)) return [];
    // A name that only begins alike is of another, unless its rest is what a controller adds.
    const rest = name.slice(this.owner.length + 1);
    if (resource === 'replicasets.apps') {
      return rest.includes('-') ? [] : this.replicaSetMade(name, atMs);
    }
    if (resource === 'jobs.batch') return rest.includes('-') ? [] : this.jobMade(name, atMs);
    if (resource !== 'pods') return [];
    const owner = pods.get(`${this.namespace}/${name}`)?.owner;
    if (owner && owner.name !== this.name && owner.name !== this.owner) return [];
    if (!owner && rest.includes('-') && this.kind !== 'Deployment') return [];
    return this.podMade(name, atMs);
  }

  private replicaSetMade(name: string, atMs: number): Hop[] {
    const { owner } = this;
    this.owner = name;
    return this.once('replicaSetMade', { owner, name }, MANAGER, atMs);
  }

  private jobMade(name: string, atMs: number): Hop[] {
    const { owner } = this;
    this.owner = name;
    return this.once('jobMade', { owner, name }, MANAGER, atMs);
  }

  private claimMade(name: string, atMs: number): Hop[] {
    return this.once('claimMade', { owner: this.owner, name }, MANAGER, atMs);
  }

  private podMade(pod: string, atMs: number): Hop[] {
    this.pod = pod;
    const { kind } = this;
    return this.once('podMade', { kind, owner: this.owner, pod }, this.podPlace(), atMs);
  }

  private heardScheduler({ verb, resource, name, atMs }: SceneMessage): Hop[] {
    if (name !== this.pod || !this.pod) return [];
    return resource === 'pods/binding' && verb === 'create' ? this.bound(undefined, atMs) : [];
  }

  /** What the scheduler found out it found while the pod had no node yet. */
  private bound(node: string | undefined, atMs: number): Hop[] {
    const { pod, namespace } = this;
    const parts = { pod, namespace, ...(node && { node }) };
    const beforeMs = this.last?.atMs ?? atMs;
    return [
      ...this.once('filtered', parts, SCHEDULER, beforeMs),
      ...this.once('scored', parts, SCHEDULER, beforeMs),
      ...this.once('bound', parts, SCHEDULER, atMs),
    ];
  }

  /** What a sentence of the story tells beyond messages, or in their place. */
  private told(story: SceneStory): Hop[] {
    if (!this.hasBegun || isEnd(this.last)) return [];
    const { about, atMs } = story;
    if (about.namespace !== this.namespace) return [];
    const parts = story.parts as ToldParts;
    const { owner = '', pod = '', message = '' } = parts;
    switch (story.rule) {
      case 'replicaSetCreated':
        if (parts.deployment !== this.owner || this.pod) return [];
        return this.replicaSetMade(parts.replicaSet!, atMs);
      case 'jobCreated':
        if (parts.cronJob !== this.name || this.pod) return [];
        return this.found.has('jobMade') ? [] : this.jobMade(parts.job!, atMs);
      case 'podCreated':
      case 'statefulPodCreated':
      case 'daemonPodCreated':
      case 'jobPodCreated':
        return owner === this.owner && !this.pod ? this.podMade(pod, atMs) : [];
      case 'createRefused':
        if ((owner !== this.owner && owner !== this.name) || this.pod) return [];
        this.reason = message;
        return this.once('podRefused', { owner, reason: message }, MANAGER, atMs);
      case 'endpointsChanged':
        this.serving = story as SceneStory<'endpointsChanged'>;
        return [];
      default:
        return pod === this.pod && pod !== '' ? this.toldOfPod(story, atMs) : [];
    }
  }

  private toldOfPod(story: SceneStory, atMs: number): Hop[] {
    const { pod } = this;
    const { node = '', message = '' } = story.parts as ToldParts;
    switch (story.rule) {
      case 'podBound':
        return this.bound(node, atMs);
      case 'podTaken':
        return this.once('kubeletTold', { pod, node }, nodePlace(node), atMs);
      case 'podUnschedulable':
        this.reason = message;
        return this.once('noNode', { pod, reason: message }, SCHEDULER, atMs);
      case 'volumeNotMounted':
        this.reason = message;
        return this.once('failed', { pod, reason: message }, this.podPlace(), atMs);
      default:
        return [];
    }
  }

  /** What its pod has come to. */
  private look({ pods, atMs }: Heard): Hop[] {
    if (!this.pod || isEnd(this.last)) return [];
    const pod = pods.get(this.podKey);
    if (pod) return this.see(pod, atMs);
    if (!this.wasSeen) return [];
    return this.once('gone', { pod: this.pod }, YOU, atMs);
  }

  private see(pod: ScenePod, atMs: number): Hop[] {
    this.wasSeen = true;
    const { node, name, look } = pod;
    this.node = node;
    const place = this.podPlace();
    const parts = { pod: name, node };
    const reason = pod.reason ?? '';
    switch (look) {
      case 'pending':
        if (reason !== 'SchedulingGated') return [];
        this.reason = reason;
        return this.once('gated', parts, place, atMs);
      case 'creating':
        if (!this.found.has('kubeletTold')) return [];
        return pod.pull ? this.once('pulls', parts, place, atMs) : [];
      case 'notReady':
        return [...this.started(parts, atMs), ...this.once('probed', parts, place, atMs)];
      case 'running':
        this.readyMs = Math.min(this.readyMs, atMs);
        return [...this.started(parts, atMs), ...this.once('ready', parts, place, atMs)];
      case 'failed':
      case 'crashLoop':
        this.reason = reason;
        return this.once('failed', { ...parts, reason }, place, atMs);
      case 'succeeded':
        return [...this.started(parts, atMs), ...this.end(atMs)];
      default:
        return [];
    }
  }

  private started(parts: HopParts, atMs: number): Hop[] {
    const place = this.podPlace();
    const image = this.found.has('pulls') ? [] : this.once('imageThere', parts, place, atMs);
    return [...image, ...this.once('started', parts, place, atMs)];
  }

  /** A Service has begun to send to more pods since its own was ready. */
  private served(): Hop[] {
    const { serving } = this;
    this.serving = undefined;
    if (!serving || !this.found.has('ready')) return [];
    const { service, from, ready, total } = serving.parts;
    if (ready <= from) return [];
    const place = { kind: 'Service', namespace: this.namespace, name: service };
    const parts = { service, ready, total, pod: this.pod };
    const { atMs } = serving;
    return [...this.once('endpoints', parts, place, atMs), ...this.end(atMs)];
  }

  private end(atMs: number): Hop[] {
    const parts = { pod: this.pod, kind: this.kind, name: this.name };
    return this.once('done', parts, this.podPlace(), atMs);
  }

  private podPlace(): HopPlace {
    return { kind: 'Pod', namespace: this.namespace, name: this.pod };
  }

  private once(kind: HopKind, parts: HopParts, place: HopPlace, atMs: number): Hop[] {
    if (this.found.has(kind) || isEnd(this.last)) return [];
    this.found.add(kind);
    this.last = { kind, parts, place, atMs };
    return [this.last];
  }
}

const YOU: HopPlace = { kind: 'Client', namespace: '', name: 'you' };
const API = component('kube-apiserver');
const MANAGER = component('kube-controller-manager');
const SCHEDULER = component('kube-scheduler');

function component(name: string): HopPlace {
  return { kind: 'Component', namespace: '', name };
}

function nodePlace(name: string): HopPlace {
  return { kind: 'Node', namespace: '', name };
}
