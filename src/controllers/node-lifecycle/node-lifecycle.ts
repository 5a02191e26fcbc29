// The node lifecycle controller: hears every node's heartbeats (status and Lease), declares the
// silent ones Unknown, taints what is not ready, and marks the pods there as not ready. What then
// evicts pods is the taint eviction controller. Invariants: a turn of the monitor looks at nodes
// only, never at all pods; a node is tainted NoExecute only when its zone's turn has come.
// Upstream: pkg/controller/nodelifecycle.
import { objectKey } from '../../api/object';
import { leases, nodes, pods } from '../../api/resource-ref';
import { isConflict, isNotFound } from '../../api/status-error';
import { formatTime } from '../../api/time';
import { TAINT_NOT_READY, TAINT_UNREACHABLE } from '../../api/tolerations';
import type { Lease, Node, NodeCondition, Pod } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import { recordNodeEvent, recordNodeStatusChange } from '../node-events';
import { indexByNode, podsOn } from '../node-index';
import { isPodReady } from '../pod-status';
import { hasTaint, setNoExecuteTaint, syncNoScheduleTaints } from './condition-taints';
import { NodeHealth, readyCondition, unknownConditions } from './node-health';
import { Zones } from './zones';

const MONITOR = 'monitor';
const EVICT = 'evict';
const LEASE_NAMESPACE = 'kube-node-lease';
const NODE_PREFIX = 'node/';
const POD_PREFIX = 'pod/';

/** How often the lines of nodes to be tainted are looked at. */
const TAINTING_PERIOD_MS = 100;

/** Labels that are kept equal to the ones that replaced them. */
const DEPRECATED_LABELS = [
  ['kubernetes.io/os', 'beta.kubernetes.io/os'],
  ['kubernetes.io/arch', 'beta.kubernetes.io/arch'],
] as const;

export const nodeLifecycleController: Controller = {
  name: 'node-lifecycle',
  eventSource: 'node-controller',
  workers: 8,
  start(context) {
    const loop = new NodeLifecycleLoop(context);
    context.enqueue(MONITOR);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

class NodeLifecycleLoop {
  private readonly nodes: Informer<Node>;
  private readonly pods: Informer<Pod>;
  private readonly leases: Informer<Lease>;
  private readonly health = new Map<string, NodeHealth>();
  private readonly zones = new Zones();
  /** Nodes that the monitor has met, as they last were. */
  private readonly registered = new Map<string, Node>();
  /** Nodes whose pods could not all be marked not ready. */
  private readonly retries = new Set<string>();

  constructor(private readonly context: ControllerContext) {
    this.nodes = context.watch(nodes, {
      added: ({ metadata }) => context.enqueue(NODE_PREFIX + metadata.name),
      updated: (node, old) => {
        if (
          node.spec !== old.spec ||
          node.status !== old.status ||
          node.metadata.labels !== old.metadata.labels
        ) {
          context.enqueue(NODE_PREFIX + node.metadata.name);
        }
      },
    });
    this.pods = context.watch(pods, {
      added: (pod) => this.podPlaced(pod),
      updated: (pod, old) => {
        if (pod.spec.nodeName !== old.spec.nodeName) this.podPlaced(pod);
      },
    });
    indexByNode(this.pods);
    this.leases = context.informer(leases, { namespace: LEASE_NAMESPACE });
  }

  reconcile(key: string): number | void {
    if (key === MONITOR) {
      this.monitor();
      return this.context.settings.nodeMonitorPeriodMs;
    }
    if (key === EVICT) return this.taintDue();
    if (key.startsWith(POD_PREFIX)) return this.checkPod(key.slice(POD_PREFIX.length));
    return this.processNode(key.slice(NODE_PREFIX.length));
  }

  /** Taints and labels that follow from the node as it is. */
  private processNode(name: string): void {
    const node = this.nodes.get(name);
    if (!node) return;
    const { client, sim } = this.context;
    this.tolerateRace(() => {
      syncNoScheduleTaints(client, node, sim.clock.nowMs);
      const labels: Record<string, string> = {};
      for (const [label, deprecated] of DEPRECATED_LABELS) {
        const value = node.metadata.labels?.[label];
        if (value && node.metadata.labels?.[deprecated] !== value) labels[deprecated] = value;
      }
      if (Object.keys(labels).length > 0) client.patch(nodes, '', name, { metadata: { labels } });
    });
  }

  private monitor(): void {
    const { recorder } = this.context;
    for (const [name, node] of this.registered) {
      const current = this.nodes.get(name);
      if (current?.metadata.uid === node.metadata.uid) continue;
      const what = `Removing Node ${name} from Controller`;
      recordNodeEvent(recorder, node, 'RemovingNode', what);
      this.registered.delete(name);
      this.health.delete(name);
      this.zones.leave(node);
      this.retries.delete(name);
    }
    const judged: Node[] = [];
    for (const node of this.nodes.items.values()) {
      const { name } = node.metadata;
      if (!this.registered.has(name)) {
        recordNodeEvent(recorder, node, 'RegisteredNode', `Registered Node ${name} in Controller`);
      }
      this.registered.set(name, node);
      this.zones.add(node);
      judged.push(this.checkNode(node));
    }
    this.handleDisruption(judged);
    this.scheduleTainting();
  }

  /** One node's turn: its health, its NoExecute taint, its pods. Returns it as it now is. */
  private checkNode(node: Node): Node {
    const { recorder } = this.context;
    const { name } = node.metadata;
    const before = readyCondition(node);
    const current = this.updateHealth(node);
    const ready = readyCondition(current);
    if (!ready) return current;
    if (ready.status === 'True') this.zones.leave(current);
    this.tolerateRace(() => this.updateNoExecute(current, ready));
    if (ready.status !== 'True' && before?.status === 'True') {
      recordNodeStatusChange(recorder, current, 'NodeNotReady');
      this.markPodsNotReady(name, podsOn(this.pods, name));
    } else if (this.retries.has(name) && ready.status !== 'True') {
      this.markPodsNotReady(name, podsOn(this.pods, name));
    }
    return current;
  }

  private updateHealth(node: Node): Node {
    const { client, sim, settings } = this.context;
    const { name } = node.metadata;
    const { nowMs } = sim.clock;
    let health = this.health.get(name);
    if (!health) this.health.set(name, (health = new NodeHealth(node, nowMs)));
    health.observe(node, this.leases.find(LEASE_NAMESPACE, name), nowMs);
    if (!health.isSilent(node, settings.nodeMonitorGracePeriodMs, nowMs)) return node;
    const isKnown = (node.status.conditions as NodeCondition[] | undefined)?.some(
      ({ type, status }) => type === 'Ready' && status !== 'Unknown',
    );
    if (!isKnown && readyCondition(node)) return node;
    const status = { ...node.status, conditions: unknownConditions(node, nowMs) };
    try {
      return client.updateStatus(nodes, { ...node, status } as Node);
    } catch (error) {
      // The next turn sees what changed it, perhaps a sign of life.
      if (isConflict(error) || isNotFound(error)) return node;
      throw error;
    }
  }

  /** Swaps the wrong NoExecute taint at once; the first one waits for the zone's turn. */
  private updateNoExecute(node: Node, { status }: NodeCondition): void {
    const { client, sim } = this.context;
    const [wanted, other] =
      status === 'Unknown'
        ? [TAINT_UNREACHABLE, TAINT_NOT_READY]
        : [TAINT_NOT_READY, TAINT_UNREACHABLE];
    if (status === 'True') setNoExecuteTaint(client, node, undefined, sim.clock.nowMs);
    else if (hasTaint(node, other, 'NoExecute')) {
      setNoExecuteTaint(client, node, wanted, sim.clock.nowMs);
    } else if (!hasTaint(node, wanted, 'NoExecute')) this.zones.wait(node);
  }

  private handleDisruption(judged: readonly Node[]): void {
    const { client, sim } = this.context;
    const change = this.zones.judge(judged);
    if (change === 'AllDown') {
      // When nothing answers, the fault is more likely here: nobody is evicted for it.
      for (const node of judged) {
        this.zones.leave(node);
        this.tolerateRace(() => setNoExecuteTaint(client, node, undefined, sim.clock.nowMs));
      }
    } else if (change === 'Recovered') {
      for (const health of this.health.values()) health.revive(sim.clock.nowMs);
    }
  }

  private scheduleTainting(): void {
    const nextMs = this.zones.nextMs();
    if (nextMs === undefined) return;
    const waitMs = Math.max(TAINTING_PERIOD_MS, nextMs - this.context.sim.clock.nowMs);
    this.context.enqueueAfter(EVICT, waitMs);
  }

  /** Taints the nodes whose turn it is. */
  private taintDue(): void {
    const { client, sim } = this.context;
    for (const name of this.zones.due(sim.clock.nowMs)) {
      const node = this.nodes.get(name);
      const status = node && readyCondition(node)?.status;
      if (!node || status === undefined || status === 'True') continue;
      const key = status === 'Unknown' ? TAINT_UNREACHABLE : TAINT_NOT_READY;
      // A conflict leaves the node untainted: the monitor puts it in line again.
      this.tolerateRace(() => setNoExecuteTaint(client, node, key, sim.clock.nowMs));
    }
    this.scheduleTainting();
  }

  /**
   * A pod that turns up as ready on a node that is not. Later changes are not looked at: kubelet
   * and controller would take the condition out of each other's hands without end.
   */
  private podPlaced(pod: Pod): void {
    const { nodeName } = pod.spec;
    if (!nodeName || !isPodReady(pod)) return;
    const node = this.nodes.get(nodeName);
    const ready = node && readyCondition(node);
    if (ready && ready.status !== 'True') this.context.enqueue(POD_PREFIX + objectKey(pod));
  }

  private checkPod(key: string): void {
    const pod = this.pods.get(key);
    const node = pod?.spec.nodeName ? this.nodes.get(pod.spec.nodeName) : undefined;
    const ready = node && readyCondition(node);
    if (pod && ready && ready.status !== 'True') this.markPodsNotReady(node.metadata.name, [pod]);
  }

  private markPodsNotReady(nodeName: string, victims: Iterable<Pod>): void {
    const { client, sim, recorder } = this.context;
    this.retries.delete(nodeName);
    for (const pod of victims) {
      if (!isPodReady(pod)) continue;
      const { namespace = '', name, uid, generation } = pod.metadata;
      const condition = {
        type: 'Ready',
        status: 'False',
        lastTransitionTime: formatTime(sim.clock.nowMs),
        ...(generation ? { observedGeneration: generation } : {}),
      };
      const body = { metadata: { uid }, status: { conditions: [condition] } };
      try {
        client.patch(pods, namespace, name, body, { subresource: 'status' });
        recorder.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
      } catch (error) {
        if (!isNotFound(error)) this.retries.add(nodeName);
      }
    }
  }

  /** Somebody else wrote the node in between: the event of that write leads here again. */
  private tolerateRace(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!isConflict(error) && !isNotFound(error)) throw error;
    }
  }
}
