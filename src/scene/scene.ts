// The picture as data: everything that the canvas draws, and nothing else. The engine side derives
// it by list, watch and trace (`scene/observer.ts`) and sends deltas; the page keeps the newest
// state and draws it. Plain JSON throughout, so that it crosses `postMessage` unchanged.
import type { Machine } from '../api/machine';
import type { PackedPods } from './packed-pods';
import type { StoryAct, StoryParts, StoryRule } from './story-parts';

/** What a pod looks like; one silhouette each (see VISUAL.md, Grammar). */
export type PodLook =
  | 'pending'
  | 'creating'
  | 'notReady'
  | 'running'
  | 'terminating'
  | 'crashLoop'
  | 'failed'
  | 'succeeded'
  | 'unknown';

export type ContainerLook =
  | 'running'
  | 'waiting'
  | 'error'
  | 'done'
  | 'initDone'
  | 'initWaiting'
  | 'sidecar';

export interface SceneOwner {
  /** The topmost controller ('Deployment', 'DaemonSet', 'Node' for static pods, ...). */
  kind: string;
  name: string;
  /** Owner colour, 1 to 8. */
  hue: number;
  /** False for a pod of an older revision: its bar is drawn broken. */
  current: boolean;
}

export interface ScenePod {
  /** 'namespace/name' */
  key: string;
  uid: string;
  namespace: string;
  name: string;
  /** Name for a tile, in two parts: what is shared and the suffix that must not be cut. */
  title: [stem: string, suffix: string];
  /** Name of the node it is bound to; '' while unscheduled. */
  node: string;
  look: PodLook;
  ready: number;
  total: number;
  containers: ContainerLook[];
  restarts: number;
  /** Image pull progress, 0 to 1, while creating. */
  pull?: { startMs: number; endMs: number };
  owner?: SceneOwner;
  /** One word for people: 'ImagePullBackOff', 'Unschedulable', ... */
  reason?: string;
  ip?: string;
  createdMs: number;
  mirror: boolean;
  /** 'app=web,tier=front', in the order of keys; absent when it has none. */
  labels?: string;
}

export interface SceneNode {
  name: string;
  /** Name of the Machine beneath; '' when none exists. */
  machine: string;
  power: 'On' | 'Off' | '';
  network: 'Connected' | 'Cut' | '';
  /** False while the machine exists but no Node object does. */
  registered: boolean;
  ready: 'Ready' | 'NotReady' | 'Unknown';
  roles: string[];
  zone: string;
  /** Of label topology.kubernetes.io/rack; absent when it has none. */
  rack?: string;
  cordoned: boolean;
  /** 'key=value:Effect' */
  taints: string[];
  /** Millicores. */
  cpu: { requested: number; allocatable: number };
  /** Bytes. */
  memory: { requested: number; allocatable: number };
  podCount: number;
  maxPods: number;
  imageCount: number;
  runtime: string;
  kubeletVersion: string;
  /** Virtual time of the last heartbeat (Lease renewal), ms since the epoch; 0 for never. */
  heartbeatMs: number;
  /** Conditions that say what is short: 'DiskPressure', ...; absent when nothing is. */
  pressures?: string[];
  /** What somebody else keeps of the machine's disk, in percent. */
  diskFilled?: number;
  /** What was asked of the machine's programs and containers; see Machine.spec. */
  programs?: Machine['spec']['programs'];
  containers?: Machine['spec']['containers'];
}

export interface SceneService {
  key: string;
  namespace: string;
  name: string;
  type: string;
  clusterIP: string;
  ports: string[];
  ready: number;
  total: number;
  hue: number;
}

export interface SceneComponent {
  /** 'kube-apiserver', 'etcd', 'kube-scheduler', 'kube-controller-manager' */
  name: string;
  machine: string;
  state: 'running' | 'starting' | 'stopped';
  /** Virtual time at which it came to be so; absent when nobody was looking then. */
  sinceMs?: number;
  leader: boolean;
}

export interface SceneController {
  name: string;
  queue: number;
  busy: boolean;
}

/** Where a message starts or ends. */
export type ScenePlace =
  | 'you'
  | 'kube-apiserver'
  | 'etcd'
  | 'kube-scheduler'
  | 'kube-controller-manager'
  | 'cloud-controller-manager'
  | `node:${string}`;

export interface SceneMessage {
  id: number;
  look: 'request' | 'answer' | 'watch' | 'heartbeat' | 'failure';
  from: ScenePlace;
  to: ScenePlace;
  /** Virtual time at which it sets off, and how long it travels. */
  atMs: number;
  durationMs: number;
  verb: string;
  resource: string;
  namespace: string;
  name: string;
  code: number;
}

/** An object, and how to call it: 'ReplicaSet web-7d9f', 'Pod mq7lp'. */
export interface SceneLink {
  text: string;
  kind: string;
  namespace: string;
  name: string;
  /** Set where a chain begins with what the person did to it. */
  act?: StoryAct;
}

/**
 * One thing that a person should notice, with the chain of causes from the person's act. It is of
 * no language: the page has the words for each rule (`i18n/.../stories.ts`).
 */
export interface SceneStory<R extends StoryRule = StoryRule> {
  /** Grows from story to story. */
  id: number;
  atMs: number;
  rule: R;
  parts: StoryParts[R];
  tone: 'plain' | 'good' | 'warn' | 'bad';
  about: SceneLink;
  chain: SceneLink[];
  /** Id of the act that began it, its own for an act; 0 when none is known. */
  root: number;
}

export interface SceneApiLine {
  id: number;
  verb: string;
  path: string;
  code: number;
}

/** Counters of the control plane, whole in each delta. */
export interface SceneGauges {
  revision: number;
  objectCount: number;
  databaseBytes: number;
  requestsPerSecond: number;
  watchCount: number;
  schedulerActive: number;
  schedulerBackoff: number;
  schedulerUnschedulable: number;
}

export interface SceneDelta {
  atMs: number;
  /** True for the first delta and after a restore: forget everything held before. */
  reset: boolean;
  nodes: SceneNode[];
  pods: ScenePod[];
  /** Pods of a large cluster, instead of `pods`. */
  packedPods?: PackedPods;
  /** Of nodes of a large cluster of which nothing else has changed. */
  heartbeats?: { names: string[]; atMs: Float64Array };
  services: SceneService[];
  removedNodes: string[];
  /** Keys. */
  removedPods: string[];
  removedServices: string[];
  /** Whole lists when changed, else absent. */
  components?: SceneComponent[];
  controllers?: SceneController[];
  gauges: SceneGauges;
  messages: SceneMessage[];
  stories: SceneStory[];
  /** All that was told until this moment, in place of what is held; when the moment is another. */
  toldSoFar?: SceneStory[];
  /** The newest requests of the API server, newest last, at most three; absent when unchanged. */
  apiLines?: SceneApiLine[];
}
