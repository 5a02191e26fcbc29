// The life of every pod as spans of what it looked like, with its restarts and their causes.
import type { KubeObject } from '../../api/object';
import { controllerOf } from '../../api/object';
import type { Pod } from '../../api/types';
import { lookOf, reasonOf } from '../../scene/pod-view';
import type { LogEntry } from '../../cluster/past/recorder';
import type { PodLane } from '../protocol';

/** Spans of a lane; of a pod that crashes for hours the oldest are forgotten. */
const SPANS_MAX = 400;
/** Lanes at the most; beyond, those of pods that are long gone are forgotten. */
const LANES_MAX = 20_000;
/** So many of them are worth a look at all, to be forgotten. */
const ENDED_MANY = LANES_MAX / 20;

export interface LaneOwners {
  /** Owner colour, 1 to 8. */
  hueOf(kind: string, namespace: string, name: string): number;
}

interface Held {
  lane: PodLane;
  /** Newest version; undefined once it is gone. */
  pod: Pod | undefined;
  isTold: boolean;
}

export class PodLanes {
  private readonly held = new Map<string, Held>();
  private readonly onNode = new Map<string, Set<Held>>();
  private readonly deploymentOf = new Map<string, string>();
  private readonly unheard = new Set<string>();
  private changed = new Set<Held>();
  /** Lanes of pods that are gone. */
  private ended = 0;
  /** Writes about pods for which there was no lane any more. */
  leftOut = 0;

  constructor(private readonly owners: LaneOwners) {}

  /** Notes whose a ReplicaSet is: its pods belong to that Deployment. */
  replicaSet(object: KubeObject): void {
    const owner = controllerOf(object);
    if (owner?.kind !== 'Deployment') return;
    this.deploymentOf.set(keyOf(object), owner.name);
  }

  write({ type, object, previous }: Pick<LogEntry, 'type' | 'object' | 'previous'>, atMs: number) {
    const pod = object as Pod;
    const held = this.held.get(pod.metadata.uid) ?? this.begin(pod);
    if (!held) return;
    this.changed.add(held);
    if (type === 'DELETED') {
      held.lane.endMs = atMs;
      this.ended++;
      this.settle(held, undefined);
      return;
    }
    this.settle(held, pod);
    this.look(held, atMs);
    if (previous) this.noteRestarts(held.lane, pod, previous as Pod, atMs);
  }

  /** The node is heard of, or not any more: what its pods look like is old news then. */
  nodeHeard(name: string, isHeard: boolean, atMs: number): void {
    if (isHeard) this.unheard.delete(name);
    else this.unheard.add(name);
    for (const held of this.onNode.get(name) ?? []) {
      this.look(held, atMs);
      this.changed.add(held);
    }
  }

  /** Lanes that are new or have changed since the last call. */
  take(): PodLane[] {
    for (const held of this.changed) held.isTold = true;
    const lanes = Array.from(this.changed, ({ lane }) => lane);
    this.changed = new Set();
    return lanes;
  }

  /** How many pods have lanes. */
  get size(): number {
    return this.held.size;
  }

  private begin(pod: Pod): Held | undefined {
    if (this.held.size >= LANES_MAX && this.ended >= ENDED_MANY) this.forget();
    if (this.held.size >= LANES_MAX) {
      this.leftOut++;
      return undefined;
    }
    const { uid, namespace = '', name } = pod.metadata;
    const owner = this.ownerOf(pod);
    const hue = owner ? this.owners.hueOf(owner.kind, namespace, owner.name) : 0;
    const lane: PodLane = { uid, namespace, name, hue, spans: [], restarts: [] };
    if (owner) lane.owner = owner;
    const held: Held = { lane, pod: undefined, isTold: false };
    this.held.set(uid, held);
    return held;
  }

  private ownerOf(pod: Pod): PodLane['owner'] {
    const direct = controllerOf(pod);
    if (!direct) return undefined;
    const key = `${pod.metadata.namespace}/${direct.name}`;
    const deployment = direct.kind === 'ReplicaSet' ? this.deploymentOf.get(key) : undefined;
    return deployment
      ? { kind: 'Deployment', name: deployment }
      : { kind: direct.kind, name: direct.name };
  }

  /** Keeps the newest version, under its node. */
  private settle(held: Held, pod: Pod | undefined): void {
    const before = held.pod?.spec.nodeName;
    const after = pod?.spec.nodeName;
    held.pod = pod;
    if (before === after) return;
    if (before) this.onNode.get(before)?.delete(held);
    if (!after) return;
    const there = this.onNode.get(after) ?? new Set();
    this.onNode.set(after, there.add(held));
  }

  private look({ lane, pod }: Held, atMs: number): void {
    if (!pod) return;
    const look = lookOf(pod, this.unheard.has(pod.spec.nodeName ?? ''));
    const reason = reasonOf(pod);
    const { spans } = lane;
    const last = spans.at(-1);
    if (last?.look === look && last.reason === reason) return;
    const span = reason ? { fromMs: atMs, look, reason } : { fromMs: atMs, look };
    if (last?.fromMs === atMs) spans[spans.length - 1] = span;
    else spans.push(span);
    if (spans.length > SPANS_MAX) spans.splice(1, spans.length - SPANS_MAX);
  }

  private noteRestarts(lane: PodLane, pod: Pod, before: Pod, atMs: number): void {
    const { containerStatuses } = pod.status;
    if (containerStatuses === before.status.containerStatuses) return;
    for (const { name, restartCount, lastState } of containerStatuses ?? []) {
      const old = before.status.containerStatuses?.find((each) => each.name === name);
      if (!old || restartCount <= old.restartCount) continue;
      const { reason = 'Error', exitCode = 0 } = lastState?.terminated ?? {};
      lane.restarts.push({ atMs, container: name, reason, exitCode });
      if (lane.restarts.length > SPANS_MAX) lane.restarts.shift();
    }
  }

  private forget(): void {
    for (const [uid, held] of this.held) {
      const { lane } = held;
      if (this.held.size <= LANES_MAX * 0.9) return;
      if (lane.endMs === undefined) continue;
      this.held.delete(uid);
      this.ended--;
      // A page that knows it has yet to hear of its end.
      if (!held.isTold) this.changed.delete(held);
    }
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
