// What a timeline draws, kept up to date write by write: lanes of pods, rollouts and nodes, how
// many pods look how, and the moments that stand out.
import type { KubeObject } from '../../api/object';
import { events, machines, nodes, pods, replicaSets } from '../../api/resource-ref';
import type { Event } from '../../api/types';
import type { LogEntry } from '../../cluster/past/recorder';
import type { TimelineDelta, TimelineMark } from '../protocol';
import type { Cursor } from '../../cluster/past/cursor';
import { NodeLanes } from './node-lanes';
import { PodCounts } from './pod-counts';
import { PodLanes, type LaneOwners } from './pod-lanes';
import { ROLLED_OUT, RolloutLanes } from './rollout-lanes';

/** Of how many fewer pods than lanes are wanted of there are lanes again. */
const CALM_SHARE = 0.8;

type Write = Pick<LogEntry, 'type' | 'object' | 'previous'>;

export class Lanes {
  private readonly pods: PodLanes;
  private readonly counts: PodCounts;
  private readonly rollouts: RolloutLanes;
  private readonly nodes = new NodeLanes();
  private marks: TimelineMark[] = [];
  private isNew = true;
  /** False while there are more pods than the page wants lanes of. */
  private hasPodLanes = true;

  /** Begins with all that was there at the cursor's place. */
  constructor(owners: LaneOwners, cursor: Cursor, fromMs: number) {
    this.pods = new PodLanes(owners);
    this.counts = new PodCounts(fromMs);
    this.rollouts = new RolloutLanes(owners);
    for (const table of [machines.key, nodes.key, replicaSets.key, ...ROLLED_OUT, pods.key]) {
      for (const object of cursor.list(table)) {
        this.write(table, { type: 'ADDED', object, previous: undefined }, fromMs);
      }
    }
    this.marks = [];
  }

  write(table: string, write: Write, atMs: number): void {
    const { type, object } = write;
    switch (table) {
      case pods.key:
        this.pods.write(write, atMs);
        this.counts.write(write, atMs);
        break;
      case replicaSets.key:
        this.pods.replicaSet(object);
        break;
      case nodes.key:
        this.node(object.metadata.name, type === 'DELETED' ? undefined : object, atMs);
        break;
      case machines.key: {
        const machine = type === 'DELETED' ? undefined : object;
        this.marks.push(...this.nodes.machine(object.metadata.name, machine as never, atMs));
        break;
      }
      case events.key:
        this.event(write, atMs);
        break;
      default:
        if (ROLLED_OUT.includes(table)) this.marks.push(...this.rollouts.write(table, write, atMs));
    }
  }

  /** A mark of somebody else's, for what no object tells. */
  mark(mark: TimelineMark): void {
    this.marks.push(mark);
  }

  /** How many pods have lanes. */
  get podCount(): number {
    return this.pods.size;
  }

  /**
   * What is new since the last call; undefined when nothing is. While there are more pods than
   * `podLanesMax`, their lanes wait.
   */
  take(fromMs: number, podLanesMax: number): TimelineDelta | undefined {
    const { hasPodLanes } = this;
    this.hasPodLanes = this.counts.alive <= podLanesMax * (hasPodLanes ? 1 : CALM_SHARE);
    const delta: TimelineDelta = {
      reset: this.isNew,
      isFull: this.pods.leftOut > 0,
      fromMs,
      hasPodLanes: this.hasPodLanes,
      pods: this.hasPodLanes ? this.pods.take() : [],
      counts: this.counts.take(),
      rollouts: this.rollouts.take(),
      nodes: this.nodes.take(),
      marks: this.marks,
    };
    this.marks = [];
    const { pods: lanes, counts, rollouts, nodes: nodeLanes, marks } = delta;
    const isSame = hasPodLanes === this.hasPodLanes && !this.isNew;
    const news = [lanes, counts, rollouts, nodeLanes, marks];
    if (isSame && news.every(({ length }) => length === 0)) return undefined;
    this.isNew = false;
    return delta;
  }

  private node(name: string, node: KubeObject | undefined, atMs: number): void {
    const was = this.nodes.isHeard(name);
    this.marks.push(...this.nodes.node(name, node as never, atMs));
    const is = this.nodes.isHeard(name);
    if (was === is) return;
    this.pods.nodeHeard(name, is, atMs);
    this.counts.nodeHeard(name, is, atMs);
  }

  private event({ type, object }: Write, atMs: number): void {
    const event = object as Event;
    if (type === 'DELETED' || event.type !== 'Warning') return;
    const { kind = '', name = '' } = event.involvedObject;
    this.marks.push({
      kind: 'warning',
      atMs,
      text: event.reason ?? '',
      about: `${kind}/${name}`,
    });
  }
}
