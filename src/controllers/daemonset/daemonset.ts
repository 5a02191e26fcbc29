// The DaemonSet controller: one pod on every node that its template may run on.
// Invariants: it acts only when its cache shows what it did before; a pod is tied to its node by
// node affinity and bound by the scheduler like any other; a failed pod is replaced, ever more
// slowly. Where the real one differs: it reads all nodes and pods in every reconcile. History is
// kept where ControllerRevisions are served (see daemonset-with-history.ts).
// Upstream: pkg/controller/daemon.
import { deepEqual } from '../../api/deep-equal';
import { selectsAll } from '../../api/label-selector';
import { objectKey } from '../../api/object';
import { daemonSets, nodes } from '../../api/resource-ref';
import { isConflict, isNotFound } from '../../api/status-error';
import type { DaemonSet, DaemonSetStatus, Node, Pod, PodTemplateSpec } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import { Expectations } from '../expectations';
import { OwnWrites } from '../own-writes';
import { controllerReference } from '../owners';
import { BURST, createPod, deletePod, isNamespaceTerminating, slowStart } from '../pod-control';
import { PodOwnership, selectsPod } from '../pod-ownership';
import type { DaemonHistory } from './daemon-history';
import { byScheduledAndAge, DaemonTally } from './daemon-tally';
import { FailedPodBackoff } from './failed-pod-backoff';
import { placementOn, podSpecFor, targetNodeOf } from './node-placement';
import { revisionHash } from './revision-hash';
import { maxSurgeOf, rollingUpdateActions, type DaemonActions } from './rolling-update';

export const daemonSetController: Controller = {
  name: 'daemonset',
  eventSource: 'daemonset-controller',
  workers: 2,
  start(context) {
    const loop = new DaemonSetLoop(context);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

/** `history` where it is kept. */
export class DaemonSetLoop {
  private readonly expectations: Expectations;
  private readonly ownWrites = new OwnWrites();
  private readonly backoff: FailedPodBackoff;
  private readonly ownership: PodOwnership<DaemonSet>;
  private readonly daemonSets: Informer<DaemonSet>;
  private readonly nodes: Informer<Node>;
  /** By DaemonSet uid. */
  private readonly tallies = new Map<string, DaemonTally>();

  constructor(
    private readonly context: ControllerContext,
    private readonly history?: DaemonHistory,
  ) {
    const { clock } = context.sim;
    this.expectations = new Expectations(clock);
    this.backoff = new FailedPodBackoff(clock);
    this.ownership = new PodOwnership(
      context,
      daemonSets,
      (...change) => this.podChanged(...change),
      selectsPod,
    );
    this.nodes = context.watch(nodes, {
      added: (node) => this.nodeChanged(node.metadata.name),
      updated: (node, old) => {
        if (placementChanged(node, old)) this.nodeChanged(node.metadata.name);
      },
      deleted: (node) => this.nodeChanged(node.metadata.name),
    });
    this.daemonSets = context.watch(daemonSets, {
      added: (daemonSet) => this.appeared(daemonSet),
      updated: (daemonSet) => context.enqueue(objectKey(daemonSet)),
      deleted: (daemonSet) => this.disappeared(daemonSet),
    });
    this.ownership.follow(this.daemonSets);
  }

  reconcile(key: string): number | void {
    const daemonSet = this.daemonSets.get(key);
    if (!daemonSet || daemonSet.metadata.deletionTimestamp) return undefined;
    if (this.ownWrites.isAheadOf(daemonSet)) return undefined;
    if (selectsAll(daemonSet.spec.selector)) {
      const message = 'This daemon set is selecting all pods. A non-empty selector is required.';
      this.context.recorder.event(daemonSet, 'Warning', 'SelectingAll', message);
      return undefined;
    }
    this.ownership.claim(daemonSet);
    const tally = this.currentTally(daemonSet);
    const nextMs = this.countDirty(tally);
    if (!this.expectations.areMet(key)) {
      this.writeStatus(tally, daemonSet.status.observedGeneration);
      return undefined;
    }
    const failure = this.act(key, tally);
    this.writeStatus(tally, daemonSet.metadata.generation);
    if (failure !== undefined) throw failure;
    this.history?.cleanUp(daemonSet, () => this.ownership.podsOf(daemonSet));
    return nextMs === undefined ? undefined : nextMs - this.context.sim.clock.nowMs;
  }

  private appeared(daemonSet: DaemonSet): void {
    this.ownership.ownerAdded(daemonSet);
    const pods = new Map<string, Pod[]>();
    for (const pod of this.ownership.podsOf(daemonSet)) placePod(pods, pod, undefined);
    this.setTally(new DaemonTally(daemonSet, pods, revisionHash(daemonSet)));
    this.context.enqueue(objectKey(daemonSet));
  }

  private disappeared(daemonSet: DaemonSet): void {
    const { uid } = daemonSet.metadata;
    this.ownership.ownerDeleted(daemonSet);
    this.tallies.delete(uid);
    this.history?.forget(uid);
    this.ownWrites.forget(uid);
    this.expectations.forget(objectKey(daemonSet));
  }

  private setTally(tally: DaemonTally): DaemonTally {
    this.tallies.set(tally.daemonSet.metadata.uid, tally);
    for (const name of this.nodes.items.keys()) tally.dirty.add(name);
    for (const name of tally.pods.keys()) tally.dirty.add(name);
    return tally;
  }

  /** A new version of the spec, or of the revision, is counted from the start. */
  private currentTally(daemonSet: DaemonSet): DaemonTally {
    const tally = this.tallies.get(daemonSet.metadata.uid)!;
    const { generation } = daemonSet.metadata;
    const isSame = tally.daemonSet.metadata.generation === generation;
    const hash =
      this.history?.currentHash(daemonSet, () => this.ownership.podsOf(daemonSet)) ??
      (isSame ? tally.hash : revisionHash(daemonSet));
    if (isSame && tally.hash === hash) return tally;
    return this.setTally(new DaemonTally(daemonSet, tally.pods, hash));
  }

  private podChanged(owner: DaemonSet, pod: Pod | undefined, old: Pod | undefined): void {
    const key = objectKey(owner);
    const tally = this.tallies.get(owner.metadata.uid);
    if (tally) {
      if (old) tally.dirty.add(placePod(tally.pods, undefined, old));
      if (pod) tally.dirty.add(placePod(tally.pods, pod, undefined));
    }
    const isGoing = pod === undefined || pod.metadata.deletionTimestamp !== undefined;
    if (isGoing) this.expectations.deletionObserved(key, (pod ?? old)!.metadata.uid);
    else if (!old) this.expectations.creationObserved(key);
    this.context.enqueue(key);
  }

  private nodeChanged(name: string): void {
    for (const daemonSet of this.daemonSets.items.values()) {
      this.tallies.get(daemonSet.metadata.uid)?.dirty.add(name);
      this.context.enqueue(objectKey(daemonSet));
    }
  }

  /** Returns when the next pod becomes available by the passing of time alone. */
  private countDirty(tally: DaemonTally): number | undefined {
    const { nowMs } = this.context.sim.clock;
    tally.wakeAvailable(nowMs);
    for (const name of tally.dirty) {
      const node = this.nodes.get(name);
      const placement = node && placementOn(node, tally.daemonSet, tally.tolerations);
      tally.count(name, placement, nowMs);
    }
    return tally.wakeAvailable(nowMs);
  }

  private act(key: string, tally: DaemonTally): unknown {
    const actions: DaemonActions = { create: [], delete: [] };
    for (const name of tally.dirty) this.manageNode(tally, name, actions);
    const { nowMs } = this.context.sim.clock;
    const isBusy = actions.create.length > 0 || actions.delete.length > 0;
    const isRolling = tally.daemonSet.spec.updateStrategy?.type === 'RollingUpdate';
    tally.dirty.clear();
    const step = !isBusy && isRolling ? rollingUpdateActions(tally, nowMs) : actions;
    // What does not fit into one burst is looked at again.
    for (const name of step.create.splice(BURST)) tally.dirty.add(name);
    for (const pod of step.delete.splice(BURST)) tally.dirty.add(targetNodeOf(pod));
    return this.carryOut(key, tally, step);
  }

  /** What must be created or deleted on one node, apart from updates. */
  private manageNode(tally: DaemonTally, name: string, actions: DaemonActions): void {
    const pods = tally.pods.get(name) ?? [];
    const node = this.nodes.get(name);
    if (!node) {
      // Pods that are on it are the pod garbage collector's; the others would wait for ever.
      actions.delete.push(
        ...pods.filter(({ spec, metadata }) => !spec.nodeName && !metadata.deletionTimestamp),
      );
      return;
    }
    const { shouldRun, mayStay } = placementOn(node, tally.daemonSet, tally.tolerations);
    if (pods.length === 0) {
      if (shouldRun) actions.create.push(name);
      return;
    }
    const standing = pods.filter(({ metadata }) => !metadata.deletionTimestamp);
    if (!mayStay) {
      actions.delete.push(...standing);
      return;
    }
    const running = standing.filter((pod) => !this.replaceEnded(tally, name, pod, actions));
    this.deleteExtra(tally, running, actions);
  }

  /** Failed and succeeded pods are deleted; true when this one is. */
  private replaceEnded(
    tally: DaemonTally,
    nodeName: string,
    pod: Pod,
    actions: DaemonActions,
  ): boolean {
    const { phase } = pod.status;
    const { namespace, name } = pod.metadata;
    const { daemonSet } = tally;
    const which = `daemon pod ${namespace}/${name} on node ${nodeName}, will try to`;
    if (phase === 'Failed') {
      const waitMs = this.backoff.delayMs(daemonSet.metadata.uid + '/' + nodeName);
      if (waitMs > 0) {
        this.retryNode(daemonSet, nodeName, waitMs);
        return true;
      }
      const { recorder } = this.context;
      recorder.event(daemonSet, 'Warning', 'FailedDaemonPod', `Found failed ${which} kill it`);
    } else if (phase === 'Succeeded') {
      const { recorder } = this.context;
      recorder.event(
        daemonSet,
        'Normal',
        'SucceededDaemonPod',
        `Found succeeded ${which} delete it`,
      );
    } else return false;
    actions.delete.push(pod);
    return true;
  }

  private retryNode(daemonSet: DaemonSet, nodeName: string, delayMs: number): void {
    this.context.scope.after(delayMs, () => {
      this.tallies.get(daemonSet.metadata.uid)?.dirty.add(nodeName);
      this.context.enqueue(objectKey(daemonSet));
    });
  }

  /** All but the oldest go; while surging, one old and one new pod may stand side by side. */
  private deleteExtra(tally: DaemonTally, running: Pod[], actions: DaemonActions): void {
    if (running.length <= 1) return;
    if (maxSurgeOf(tally) === 0) {
      actions.delete.push(...running.slice(1));
      return;
    }
    const updated = running.filter((pod) => tally.isUpdated(pod));
    const outdated = running.filter((pod) => !tally.isUpdated(pod));
    actions.delete.push(...updated.slice(1), ...outdated.slice(1));
    const { nowMs } = this.context.sim.clock;
    if (updated[0] && outdated[0] && tally.isAvailable(updated[0], nowMs)) {
      actions.delete.push(outdated[0]);
    }
  }

  private carryOut(key: string, tally: DaemonTally, actions: DaemonActions): unknown {
    const { daemonSet, tolerations } = tally;
    const { create, delete: doomed } = actions;
    if (create.length === 0 && doomed.length === 0) return undefined;
    this.expectations.expect(
      key,
      create.length,
      doomed.map(({ metadata }) => metadata.uid),
    );
    const owners = [controllerReference(daemonSet, daemonSets)];
    const template = this.podTemplate(tally);
    const { successes, error } = slowStart(create.length, (index) => {
      const spec = podSpecFor(template.spec!, create[index], tolerations);
      try {
        createPod(this.context, daemonSet, owners, template, spec);
      } catch (error) {
        // Any further creation in this namespace would fail too: nothing is left to do.
        if (!isNamespaceTerminating(error)) throw error;
      }
    });
    if (successes < create.length) {
      this.expectations.creationObserved(key, create.length - successes);
      for (const name of create) tally.dirty.add(name);
    }
    let failure = error;
    for (const pod of doomed) {
      try {
        deletePod(this.context, daemonSet, pod);
      } catch (error) {
        this.expectations.deletionObserved(key, pod.metadata.uid);
        tally.dirty.add(targetNodeOf(pod));
        failure ??= error;
      }
    }
    return failure;
  }

  private podTemplate({ daemonSet, hash, generation }: DaemonTally): PodTemplateSpec {
    const template = daemonSet.spec.template as PodTemplateSpec;
    const labels: Record<string, string> = { ...template.metadata?.labels };
    if (generation) labels['pod-template-generation'] = generation;
    labels['controller-revision-hash'] = hash;
    return { ...template, metadata: { ...template.metadata, labels } };
  }

  private writeStatus({ daemonSet, counts }: DaemonTally, observed: number | undefined): void {
    const { client } = this.context;
    const cached = this.daemonSets.get(objectKey(daemonSet))!;
    const status = daemonSetStatus(cached, counts, observed);
    if (deepEqual(status, cached.status)) return;
    try {
      this.ownWrites.wrote(client.updateStatus(daemonSets, { ...cached, status }));
    } catch (error) {
      if (isNotFound(error)) return;
      if (!isConflict(error)) throw error;
      const fresh = client.get(daemonSets, cached.metadata.namespace!, cached.metadata.name);
      this.ownWrites.wrote(client.updateStatus(daemonSets, { ...fresh, status }));
    }
  }
}

function daemonSetStatus(
  { status: old }: DaemonSet,
  counts: DaemonTally['counts'],
  observed: number | undefined,
): DaemonSetStatus {
  const status: DaemonSetStatus = {
    currentNumberScheduled: counts.current,
    numberMisscheduled: counts.misscheduled,
    desiredNumberScheduled: counts.desired,
    numberReady: counts.ready,
  };
  const unavailable = counts.desired - counts.available;
  if (observed) status.observedGeneration = observed;
  if (counts.updated) status.updatedNumberScheduled = counts.updated;
  if (counts.available) status.numberAvailable = counts.available;
  if (unavailable) status.numberUnavailable = unavailable;
  if (old.collisionCount !== undefined) status.collisionCount = old.collisionCount;
  return status;
}

/** Puts a pod under its node, or takes it away; returns the node's name. */
function placePod(pods: Map<string, Pod[]>, pod: Pod | undefined, old: Pod | undefined): string {
  const name = targetNodeOf((pod ?? old)!);
  const known = pods.get(name) ?? [];
  const uid = (pod ?? old)!.metadata.uid;
  const others = known.filter(({ metadata }) => metadata.uid !== uid);
  if (pod) others.push(pod);
  if (others.length > 1) others.sort(byScheduledAndAge);
  if (others.length > 0) pods.set(name, others);
  else pods.delete(name);
  return name;
}

/** What decides about placement: labels and taints. */
function placementChanged(node: Node, old: Node): boolean {
  return (
    (node.metadata.labels !== old.metadata.labels &&
      !deepEqual(node.metadata.labels, old.metadata.labels)) ||
    (node.spec.taints !== old.spec.taints && !deepEqual(node.spec.taints, old.spec.taints))
  );
}
