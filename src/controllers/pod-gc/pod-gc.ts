// The pod garbage collector: every 20 s it deletes, by force, pods that nobody else will: those
// bound to nodes that are gone, terminating ones that were never bound or whose node is out of
// service, and the oldest of the terminated ones once there are too many.
// Where the real one differs: it reads all pods at each turn; here events say which to look at.
// Upstream: pkg/controller/podgc.
import { objectKey } from '../../api/object';
import { nodes, pods } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import { parseTime } from '../../api/time';
import { TAINT_OUT_OF_SERVICE } from '../../api/tolerations';
import type { Node, Pod } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import { markDisrupted } from '../disruption-target';
import { indexByNode, podsOn } from '../node-index';
import { isPodTerminal } from '../pod-status';

const PERIOD_MS = 20_000;
const QUARANTINE_MS = 40_000;
const TICK = 'tick';
const NODE_GONE = { reason: 'DeletionByPodGC', message: 'PodGC: node no longer exists' };

export const podGarbageCollector: Controller = {
  name: 'pod-garbage-collector',
  eventSource: 'pod-garbage-collector-controller',
  workers: 1,
  start(context) {
    const loop = new PodGarbageCollectorLoop(context);
    context.enqueue(TICK);
    return { reconcile: () => loop.tick() };
  },
};

class PodGarbageCollectorLoop {
  private readonly pods: Informer<Pod>;
  private readonly nodes: Informer<Node>;
  /** Keys of Succeeded and Failed pods. */
  private readonly terminated = new Set<string>();
  /** Keys of pods that are being deleted and were never bound. */
  private readonly unscheduled = new Set<string>();
  /** Nodes that pods are bound to and that are not there, to when that was first seen. */
  private readonly missing = new Map<string, number>();
  private readonly outOfService = new Set<string>();

  constructor(private readonly context: ControllerContext) {
    this.nodes = context.watch(nodes, {
      added: (node) => this.nodeChanged(node),
      updated: (node) => this.nodeChanged(node),
      deleted: ({ metadata }) => this.nodeGone(metadata.name),
    });
    this.pods = context.watch(pods, {
      added: (pod) => this.podChanged(pod),
      updated: (pod) => this.podChanged(pod),
      deleted: (pod) => this.forget(objectKey(pod)),
    });
    indexByNode(this.pods);
  }

  tick(): number {
    this.collectTerminated();
    this.collectOutOfService();
    this.collectOrphaned();
    for (const key of this.unscheduled) this.collect(this.pods.get(key)!);
    return PERIOD_MS;
  }

  private podChanged(pod: Pod): void {
    const { nodeName } = pod.spec;
    if (nodeName && !this.nodes.get(nodeName)) this.suspect(nodeName);
    const { deletionTimestamp } = pod.metadata;
    if (!deletionTimestamp && !isPodTerminal(pod)) return;
    const key = objectKey(pod);
    if (isPodTerminal(pod)) this.terminated.add(key);
    if (deletionTimestamp && !nodeName) this.unscheduled.add(key);
    else this.unscheduled.delete(key);
  }

  private forget(key: string): void {
    this.terminated.delete(key);
    this.unscheduled.delete(key);
  }

  private nodeChanged({ metadata, spec }: Node): void {
    this.missing.delete(metadata.name);
    const isOut = spec.taints?.some(({ key }) => key === TAINT_OUT_OF_SERVICE);
    if (isOut) this.outOfService.add(metadata.name);
    else this.outOfService.delete(metadata.name);
  }

  private nodeGone(name: string): void {
    this.outOfService.delete(name);
    if (podsOn(this.pods, name).size > 0) this.suspect(name);
  }

  private suspect(nodeName: string): void {
    if (this.missing.has(nodeName)) return;
    this.missing.set(nodeName, this.context.sim.clock.nowMs);
  }

  private collectTerminated(): void {
    const excess = this.terminated.size - this.context.settings.terminatedPodThreshold;
    if (excess <= 0) return;
    const candidates = [...this.terminated].map((key) => this.pods.get(key)!);
    candidates.sort(byEvictionAndAge);
    for (const pod of candidates.slice(0, excess)) this.collect(pod);
  }

  /** Nobody on such a node will end its pods: an administrator has said so. */
  private collectOutOfService(): void {
    for (const name of this.outOfService) {
      const node = this.nodes.get(name);
      const ready = node?.status.conditions?.find(({ type }) => type === 'Ready');
      if (!node || ready?.status === 'True') continue;
      for (const pod of podsOn(this.pods, name)) {
        if (pod.metadata.deletionTimestamp) this.collect(pod);
      }
    }
  }

  private collectOrphaned(): void {
    const { nowMs } = this.context.sim.clock;
    for (const [name, sinceMs] of this.missing) {
      if (nowMs - sinceMs < QUARANTINE_MS) continue;
      if (!this.nodeExists(name)) {
        for (const pod of podsOn(this.pods, name)) this.collect(pod, NODE_GONE);
      }
      if (podsOn(this.pods, name).size === 0) this.missing.delete(name);
    }
  }

  private nodeExists(name: string): boolean {
    if (this.nodes.get(name)) return true;
    try {
      this.context.client.get(nodes, '', name);
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  }

  /** Marks the pod as failed, so that whoever counts it knows, and deletes it without grace. */
  private collect(pod: Pod, reason?: typeof NODE_GONE): void {
    const { client, sim } = this.context;
    const { namespace = '', name, uid } = pod.metadata;
    try {
      if (!isPodTerminal(pod)) markDisrupted(client, pod, reason, 'Failed', sim.clock.nowMs);
      client.delete(pods, namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

function byEvictionAndAge(left: Pod, right: Pod): number {
  const evicted = ({ status }: Pod): number =>
    status.phase === 'Failed' && status.reason === 'Evicted' ? 0 : 1;
  return (
    evicted(left) - evicted(right) ||
    parseTime(left.metadata.creationTimestamp) - parseTime(right.metadata.creationTimestamp) ||
    (left.metadata.name < right.metadata.name ? -1 : 1)
  );
}
