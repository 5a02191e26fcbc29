// Taint eviction: deletes pods from nodes with a NoExecute taint, at once when they do not tolerate
// it, after the shortest tolerationSeconds when they do for a time. Invariants: only nodes with
// such a taint and pods on them are looked at; an eviction that is called off leaves an Event.
// Upstream: pkg/controller/tainteviction.
import { objectKey } from '../../api/object';
import { nodes, pods } from '../../api/resource-ref';
import { isConflict, isNotFound } from '../../api/status-error';
import { toleratesTaint } from '../../api/tolerations';
import type { Node, Pod, Taint } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import { markDisrupted } from '../disruption-target';
import { indexByNode, podsOn } from '../node-index';

const DISRUPTION = {
  reason: 'DeletionByTaintManager',
  message: 'Taint manager: deleting due to NoExecute taint',
};

export const taintEvictionController: Controller = {
  name: 'taint-eviction',
  eventSource: 'taint-eviction-controller',
  workers: 8,
  start(context) {
    const loop = new TaintEvictionLoop(context);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

interface Eviction {
  uid: string;
  atMs: number;
}

class TaintEvictionLoop {
  private readonly pods: Informer<Pod>;
  /** NoExecute taints by node; nodes without any are absent. */
  private readonly tainted = new Map<string, readonly Taint[]>();
  /** Evictions to come, by pod key. */
  private readonly evictions = new Map<string, Eviction>();

  constructor(private readonly context: ControllerContext) {
    context.watch(nodes, {
      added: (node) => this.nodeChanged(node, undefined),
      updated: (node, old) => this.nodeChanged(node, old),
      deleted: ({ metadata }) => this.tainted.delete(metadata.name),
    });
    this.pods = context.watch(pods, {
      added: (pod) => this.podChanged(pod),
      updated: (pod) => this.podChanged(pod),
      deleted: (pod) => this.podGone(pod),
    });
    indexByNode(this.pods);
  }

  /** Keys are pod keys. */
  reconcile(key: string): number | void {
    const pod = this.pods.get(key);
    if (!pod || pod.metadata.deletionTimestamp || !pod.spec.nodeName) return undefined;
    const taints = this.tainted.get(pod.spec.nodeName);
    if (!taints) {
      this.cancel(pod, key);
      return undefined;
    }
    const waitMs = toleratedMs(pod, taints);
    if (waitMs === undefined || waitMs === Number.POSITIVE_INFINITY) this.cancel(pod, key);
    if (waitMs === Number.POSITIVE_INFINITY) return undefined;
    const { nowMs } = this.context.sim.clock;
    const { uid } = pod.metadata;
    const known = this.evictions.get(key);
    // What is planned stays planned, whatever further taints are tolerated for.
    const atMs = known?.uid === uid ? known.atMs : nowMs + (waitMs ?? 0);
    if (atMs > nowMs) {
      this.evictions.set(key, { uid, atMs });
      return atMs - nowMs;
    }
    this.evictions.delete(key);
    this.evict(pod, key);
    return undefined;
  }

  private nodeChanged(node: Node, old: Node | undefined): void {
    if (old && node.spec.taints === old.spec.taints) return;
    const { name } = node.metadata;
    const taints = node.spec.taints?.filter(({ effect }) => effect === 'NoExecute') ?? [];
    const wasTainted = this.tainted.has(name);
    if (taints.length > 0) this.tainted.set(name, taints);
    else this.tainted.delete(name);
    if (taints.length === 0 && !wasTainted) return;
    for (const pod of podsOn(this.pods, name)) this.context.enqueue(objectKey(pod));
  }

  private podChanged(pod: Pod): void {
    const { nodeName } = pod.spec;
    if (!nodeName || this.tainted.size === 0 || !this.tainted.has(nodeName)) return;
    this.context.enqueue(objectKey(pod));
  }

  private podGone(pod: Pod): void {
    if (this.evictions.size > 0) this.cancel(pod, objectKey(pod));
  }

  private cancel(pod: Pod, key: string): void {
    if (!this.evictions.delete(key)) return;
    const message = 'Cancelling deletion of Pod ' + key;
    this.context.recorder.event(pod, 'Normal', 'TaintManagerEviction', message);
  }

  private evict(pod: Pod, key: string): void {
    const { client, recorder, sim } = this.context;
    const { namespace = '', name, uid } = pod.metadata;
    const message = 'Marking for deletion Pod ' + key;
    recorder.event(pod, 'Normal', 'TaintManagerEviction', message);
    try {
      markDisrupted(client, pod, DISRUPTION, undefined, sim.clock.nowMs);
      client.delete(pods, namespace, name, { preconditions: { uid } });
    } catch (error) {
      if (!isNotFound(error) && !isConflict(error)) throw error;
    }
  }
}

/** How long the pod may stay; undefined when it does not tolerate a taint. */
function toleratedMs({ spec }: Pod, taints: readonly Taint[]): number | undefined {
  let waitMs = Number.POSITIVE_INFINITY;
  for (const taint of taints) {
    const matching = spec.tolerations?.find((toleration) => toleratesTaint(toleration, taint));
    if (!matching) return undefined;
    const { tolerationSeconds } = matching;
    if (tolerationSeconds !== undefined && tolerationSeconds !== null) {
      waitMs = Math.min(waitMs, Math.max(0, tolerationSeconds) * 1000);
    }
  }
  return waitMs;
}
