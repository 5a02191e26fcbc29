// The hops on the way from what a person applies to a running pod, found in the messages that the
// cluster sends: one object is followed, then what is made of it, down to the first pod.
// Invariants: a hop is found once; hops come in the order in which they happened; nothing is found
// that no message, pod or story told of.
import type { SceneMessage, ScenePod } from '../../../scene/scene';
import type { ApiStage } from '../../canvas/api-stages';

export type HopKind =
  | 'sent'
  | 'authn'
  | 'authz'
  | 'admission'
  | 'validation'
  | 'stored'
  | 'refused'
  | 'controllerTold'
  | 'replicaSetMade'
  | 'podMade'
  | 'schedulerTold'
  | 'filtered'
  | 'scored'
  | 'bound'
  | 'noNode'
  | 'kubeletTold'
  | 'pulls'
  | 'imageThere'
  | 'started'
  | 'probed'
  | 'ready'
  | 'failed'
  | 'endpoints'
  | 'done';

/** Parts of a hop's sentence; each has those that its words use. */
export interface HopParts {
  kind?: string;
  name?: string;
  owner?: string;
  pod?: string;
  node?: string;
  service?: string;
  code?: number;
  reason?: string;
  ready?: number;
  total?: number;
}

/** What is lit on the canvas. */
export interface HopPlace {
  kind: string;
  namespace: string;
  name: string;
  stage?: ApiStage;
}

export interface Hop {
  kind: HopKind;
  parts: HopParts;
  place: HopPlace;
}

const WORKLOADS: Record<string, string | undefined> = {
  'deployments.apps': 'Deployment',
  'replicasets.apps': 'ReplicaSet',
  'statefulsets.apps': 'StatefulSet',
  'daemonsets.apps': 'DaemonSet',
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

/** How many of the stages a refused request passed, from the code of its answer. */
function stagesBefore(code: number): number {
  if (code === 401) return 1;
  if (code === 403) return 2;
  return 4;
}

/** Whether a message is a person's write of something that becomes pods. */
export function isWorkload({ from, verb, resource, look }: SceneMessage): boolean {
  const isWrite = verb === 'create' || verb === 'patch' || verb === 'update';
  return from === 'you' && look !== 'watch' && isWrite && WORKLOADS[resource] !== undefined;
}

/** Follows one object; `hear` each message of the scene in its order. */
export class HopFinder {
  private kind = '';
  private name = '';
  private namespace = '';
  /** Names that the next object's name begins with. */
  private owner = '';
  private pod = '';
  private readonly found = new Set<HopKind>();

  /** Key of the pod that is followed; '' before there is one. */
  get podKey(): string {
    return this.pod && `${this.namespace}/${this.pod}`;
  }

  get hasBegun(): boolean {
    return this.kind !== '';
  }

  hear(message: SceneMessage): Hop[] {
    if (!this.hasBegun) return isWorkload(message) ? this.begin(message) : [];
    if (message.namespace !== this.namespace) return [];
    const { from, to, look } = message;
    if (look === 'watch') return this.heardWatch(message);
    if (from === 'kube-apiserver' || look === 'answer') return [];
    if (from === 'kube-controller-manager') return this.heardController(message);
    if (from === 'kube-scheduler') return this.heardScheduler(message);
    void to;
    return [];
  }

  private begin({ resource, name, namespace, code }: SceneMessage): Hop[] {
    this.kind = WORKLOADS[resource]!;
    this.name = this.owner = name;
    this.namespace = namespace;
    if (this.kind === 'Pod') this.pod = name;
    const parts = { kind: this.kind, name };
    const hops: Hop[] = [{ kind: 'sent', parts, place: YOU }];
    const isRefused = code >= 400;
    const stages = isRefused ? STAGES.slice(0, stagesBefore(code)) : STAGES;
    for (const [kind, stage] of stages) hops.push({ kind, parts, place: { ...API, stage } });
    if (isRefused) {
      const { stage } = hops.at(-1)!.place;
      hops[hops.length - 1] = {
        kind: 'refused',
        parts: { ...parts, code },
        place: { ...API, stage: stage! },
      };
    } else hops.push({ kind: 'stored', parts, place: { ...component('etcd') } });
    return hops;
  }

  private heardWatch({ to, resource, name }: SceneMessage): Hop[] {
    if (to === 'kube-controller-manager') {
      const isIt = name === this.name && WORKLOADS[resource] === this.kind && !this.pod;
      return isIt ? this.once('controllerTold', { kind: this.kind, name }, MANAGER) : [];
    }
    if (resource !== 'pods' || name !== this.pod || !this.pod) return [];
    if (to === 'kube-scheduler') return this.once('schedulerTold', { pod: name }, SCHEDULER);
    if (!to.startsWith('node:') || !this.found.has('bound')) return [];
    const node = to.slice('node:'.length);
    return this.once('kubeletTold', { pod: name, node }, nodePlace(node));
  }

  private heardController({ verb, resource, name, namespace, code }: SceneMessage): Hop[] {
    if (verb !== 'create' || code >= 400 || !name.startsWith(`${this.owner}-`) || this.pod) {
      return [];
    }
    if (resource === 'replicasets.apps') {
      const owner = this.owner;
      this.owner = name;
      return this.once('replicaSetMade', { owner, name }, MANAGER);
    }
    if (resource === 'jobs.batch') {
      this.owner = name;
      return [];
    }
    if (resource !== 'pods') return [];
    this.pod = name;
    const place = { kind: 'Pod', namespace, name };
    return this.once('podMade', { owner: this.owner, pod: name }, place);
  }

  private heardScheduler({ verb, resource, name, code }: SceneMessage): Hop[] {
    if (name !== this.pod || !this.pod || code >= 400) return [];
    if (resource !== 'pods/binding' || verb !== 'create') return [];
    const parts = { pod: name };
    return [
      ...this.once('filtered', parts, SCHEDULER),
      ...this.once('scored', parts, SCHEDULER),
      ...this.once('bound', parts, SCHEDULER),
    ];
  }

  /** What its pod has come to. */
  see(pod: ScenePod): Hop[] {
    if (pod.key !== this.podKey) return [];
    const { node, name, look, namespace } = pod;
    const place = { kind: 'Pod', namespace, name };
    const parts = { pod: name, node };
    const reason = pod.reason ?? '';
    switch (look) {
      case 'pending':
        return reason === 'Unschedulable' ? this.once('noNode', parts, SCHEDULER) : [];
      case 'creating':
        if (!this.found.has('kubeletTold')) return [];
        return pod.pull ? this.once('pulls', parts, place) : [];
      case 'notReady':
        return [...this.startedHops(parts, place), ...this.once('probed', parts, place)];
      case 'running':
        return [...this.startedHops(parts, place), ...this.once('ready', parts, place)];
      case 'failed':
      case 'crashLoop':
        return this.once('failed', { ...parts, reason }, place);
      case 'succeeded':
        return [...this.startedHops(parts, place), ...this.once('done', parts, place)];
      default:
        return [];
    }
  }

  private startedHops(parts: HopParts, place: HopPlace): Hop[] {
    const image = this.found.has('pulls') ? [] : this.once('imageThere', parts, place);
    return [...image, ...this.once('started', parts, place)];
  }

  /** A Service has begun to send to pods, while its pod is ready. */
  served(service: string, ready: number, total: number): Hop[] {
    if (!this.found.has('ready')) return [];
    const place = { kind: 'Service', namespace: this.namespace, name: service };
    return this.once('endpoints', { service, ready, total, pod: this.pod }, place);
  }

  /** The walk is over. */
  end(): Hop[] {
    const place = { kind: 'Pod', namespace: this.namespace, name: this.pod };
    return this.once('done', { pod: this.pod, kind: this.kind, name: this.name }, place);
  }

  private once(kind: HopKind, parts: HopParts, place: HopPlace): Hop[] {
    if (this.found.has(kind)) return [];
    this.found.add(kind);
    return [{ kind, parts, place }];
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
