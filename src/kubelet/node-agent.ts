// Registers the Node and keeps it alive: a Lease renewed every ten seconds, a status written when
// something changed (looked at every ten seconds) or five minutes have passed.
// Upstream: pkg/kubelet/kubelet_node_status.go, k8s.io/component-helpers/apimachinery/lease.
import { leases, nodes } from '../api/resource-ref';
import { ConnectionError, isAlreadyExists, StatusError } from '../api/status-error';
import { formatMicroTime } from '../api/time';
import type { Lease, Node, ObjectReference } from '../api/types';
import type { EventRecorder, EventType } from '../client/event-recorder';
import type { KubeletContext } from './context';
import { nodeConditions, nodeDraft, nodeStatus, withOthersResources } from './node-object';

const LEASE_NAMESPACE = 'kube-node-lease';
const LEASE_SECONDS = 40;
const RENEW_MS = 10_000;
const RENEW_JITTER = 0.04;
const STATUS_MS = 10_000;
const REPORT_MS = 300_000;
const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 7000;
/** Runtime and PLEG are looked at for the first time about then. */
const READY_AFTER_MS = 700;
const FRESH_NODE_MS = 1000;
const NETWORK_POLL_MS = 500;

const STARTING =
  '[container runtime status check may not have completed yet, ' +
  'PLEG is not healthy: pleg has yet to be successful]';

/** Said until the Node has a pod range, for which the network plugin waits. */
export const NETWORK_NOT_READY =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady ' +
  'message:Network plugin returns error: cni plugin not initialized';

/** What the kubelet calls a condition that has become so. */
const FACTS: Readonly<Record<string, string>> = {
  MemoryPressureFalse: 'NodeHasSufficientMemory',
  DiskPressureFalse: 'NodeHasNoDiskPressure',
  DiskPressureTrue: 'NodeHasDiskPressure',
  PIDPressureFalse: 'NodeHasSufficientPID',
  ReadyTrue: 'NodeReady',
  ReadyFalse: 'NodeNotReady',
};

export class NodeAgent {
  /** As the server last answered; undefined until registered. */
  node: Node | undefined;
  private nodeAtMs = 0;
  private lease: Lease | undefined;
  /** Why the Node is not ready; '' when it is. */
  private notReadyBecause = STARTING;
  private isCheckSet = false;
  /** True when the Lease could not be renewed last time. */
  private isCutOff = false;
  private readonly reference: ObjectReference;

  constructor(
    private readonly context: KubeletContext,
    private readonly recorder: EventRecorder,
    /** Called when the Node is known to the server for the first time. */
    private readonly registered: () => void,
    /** Called once the Node's pod range is known. */
    private readonly networkReady: (podCIDR: string) => void,
    /** Unique names of volumes that need to be attached; undefined when nobody keeps them. */
    private readonly volumesInUse: () => readonly string[] | undefined,
  ) {
    const { name } = context.machine;
    // The kubelet's Events name their Node by name, because they may precede its registration.
    this.reference = Object.freeze({ kind: 'Node', name, uid: name });
  }

  start(): void {
    this.event('Starting', 'Starting kubelet.');
    this.register(FIRST_RETRY_MS);
    this.renewLease();
  }

  /** The Node as of a moment ago, for admission; undefined while the server was never reached. */
  freshNode(maxAgeMs = FRESH_NODE_MS): Node | undefined {
    const { nowMs } = this.context.sim.clock;
    if (!this.node || nowMs - this.nodeAtMs < maxAgeMs) return this.node;
    this.attempt(() => this.keep(this.context.client.get(nodes, '', this.context.machine.name)));
    return this.node;
  }

  /** Something that the status tells has changed: it is written at the next look, or at once. */
  changed(isUrgent = false): void {
    if (this.node && isUrgent) this.writeStatus();
    if (!this.node || this.isCheckSet || isUrgent) return;
    this.isCheckSet = true;
    this.context.scope.after(STATUS_MS, () => {
      this.isCheckSet = false;
      this.writeStatus();
    });
  }

  private register(retryMs: number): void {
    const done = this.attempt(() => {
      const draft = nodeDraft(this.context.machine, this.status(undefined));
      try {
        this.keep(this.context.client.create(nodes, draft));
      } catch (error) {
        if (!isAlreadyExists(error)) throw error;
        this.rejoin(this.context.client.get(nodes, '', this.context.machine.name));
      }
    });
    const { scope } = this.context;
    if (!done) {
      scope.after(retryMs, () => this.register(Math.min(retryMs * 2, MAX_RETRY_MS)));
      return;
    }
    this.tellTransitions(undefined);
    this.event('NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
    const { podCIDR } = this.node!.spec;
    if (podCIDR) this.networkReady(podCIDR);
    this.registered();
    scope.after(READY_AFTER_MS, () => this.becomeReady());
  }

  private rejoin(known: Node): void {
    const { bootId, name } = this.context.machine;
    this.keep(known);
    if (known.status.nodeInfo?.bootID === bootId) return;
    const message = `Node ${name} has been rebooted, boot id: ${bootId}`;
    this.recorder.event(this.reference, 'Warning', 'Rebooted', message);
  }

  private becomeReady(): void {
    const { podCIDR } = this.node!.spec;
    if (!podCIDR) {
      this.awaitNetwork();
      return;
    }
    if (!this.context.ipam) this.networkReady(podCIDR);
    this.notReadyBecause = '';
    this.writeStatus();
    this.planReport();
  }

  private awaitNetwork(): void {
    if (this.notReadyBecause !== NETWORK_NOT_READY) {
      this.notReadyBecause = NETWORK_NOT_READY;
      this.writeStatus();
    }
    this.context.scope.after(NETWORK_POLL_MS, () => {
      this.freshNode(0);
      this.becomeReady();
    });
  }

  private planReport(): void {
    const delayMs = this.context.random.jitter(REPORT_MS, 0.1);
    this.context.scope.after(delayMs, () => {
      this.writeStatus();
      this.planReport();
    });
  }

  /** A Node that somebody deleted is not put back: a kubelet registers only when it starts. */
  private writeStatus(): void {
    const { client, machine } = this.context;
    const isWritten = this.attempt(() => {
      const current = client.get(nodes, '', machine.name);
      this.keep(client.updateStatus(nodes, { ...current, status: this.status(current) }));
      this.tellTransitions(current);
    });
    if (!isWritten) this.changed();
  }

  /** Events for the conditions that this write has changed. */
  private tellTransitions(before: Node | undefined): void {
    const { name } = this.context.machine;
    for (const { type, status } of this.node!.status.conditions ?? []) {
      const old = before?.status.conditions?.find((known) => known.type === type);
      const fact = FACTS[type + status];
      if (!fact || old?.status === status) continue;
      // A Node that begins as not ready is no news.
      if (type === 'Ready' && !old) continue;
      this.event(fact, `Node ${name} status is now: ${fact}`);
    }
  }

  private status(current: Node | undefined): Node['status'] {
    const { machine, runtime, sim, troubles } = this.context;
    const old = current?.status.conditions;
    const because = this.notReadyBecause || (troubles?.notReady() ?? '');
    const conditions = nodeConditions(because, old, sim.clock.activityMs, troubles?.pressures);
    const status = nodeStatus(machine, runtime.images.all(), conditions, current?.status);
    if (!current) return status;
    const volumesInUse = this.volumesInUse() ?? [];
    const { volumesInUse: _old, ...others } = current.status;
    const ownVolumes = volumesInUse.length > 0 ? { volumesInUse } : undefined;
    const shared = withOthersResources(current.status, status);
    return Object.assign(others, status, shared, ownVolumes) as never;
  }

  private renewLease(): void {
    const { scope, random } = this.context;
    const isRenewed = this.attempt(() => this.writeLease());
    // While the server did not hear of this node it may have given it up: look what it says now.
    if (isRenewed && this.isCutOff) this.changed();
    this.isCutOff = !isRenewed;
    const delayMs = isRenewed ? random.jitter(RENEW_MS, RENEW_JITTER) : RENEW_MS / 2;
    scope.after(delayMs, () => this.renewLease());
  }

  private writeLease(): void {
    const { client, machine, sim } = this.context;
    const renewTime = formatMicroTime(sim.clock.activityMs);
    if (this.lease?.metadata.ownerReferences) {
      const spec = { ...this.lease.spec, renewTime };
      this.lease = this.tryUpdate({ ...this.lease, spec });
      if (this.lease) return;
    }
    if (!this.node) {
      // Without its Node a Lease would have no owner; the next renewal comes soon.
      this.context.scope.after(FIRST_RETRY_MS, () => this.node && this.writeOwnedLease());
      return;
    }
    const { name } = machine;
    const spec = { holderIdentity: name, leaseDurationSeconds: LEASE_SECONDS, renewTime };
    const { uid } = this.node.metadata;
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name, uid }];
    const metadata = { namespace: LEASE_NAMESPACE, name, ownerReferences };
    try {
      this.lease = client.create(leases, { metadata, spec });
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
      const known = client.get(leases, LEASE_NAMESPACE, name);
      const renewed = { ...known, metadata: { ...known.metadata, ownerReferences }, spec };
      this.lease = client.update(leases, renewed);
    }
  }

  private writeOwnedLease(): void {
    if (!this.lease) this.attempt(() => this.writeLease());
  }

  private tryUpdate(lease: Lease): Lease | undefined {
    try {
      return this.context.client.update(leases, lease);
    } catch (error) {
      if (error instanceof StatusError) return undefined;
      throw error;
    }
  }

  /** False when the server could not be reached or refused. */
  private attempt(call: () => void): boolean {
    try {
      call();
      return true;
    } catch (error) {
      if (error instanceof ConnectionError || error instanceof StatusError) return false;
      throw error;
    }
  }

  private keep(node: Node): void {
    this.node = node;
    this.nodeAtMs = this.context.sim.clock.nowMs;
  }

  /** Tells of the Node. */
  event(reason: string, message: string, type: EventType = 'Normal'): void {
    this.recorder.event(this.reference, type, reason, message);
  }
}
