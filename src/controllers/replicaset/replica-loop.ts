// Keeps as many active pods as spec.replicas asks for: of ReplicaSets, and of the
// ReplicationControllers that came before them.
// Invariants: it creates and deletes only when its cache shows all that it did before
// (expectations); the status is what the cache shows, failures included; a reconcile costs nothing
// per pod that has not changed, but for the ranking when it scales down.
// Where the real one differs: it counts all pods in every reconcile.
// Upstream: pkg/controller/replicaset.
import { deepEqual } from '../../api/deep-equal';
import { controllerOf, objectKey } from '../../api/object';
import type { ResourceRef } from '../../api/resource-ref';
import { isConflict, isNotFound } from '../../api/status-error';
import type { Pod, PodTemplateSpec } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { ControllerContext } from '../controller';
import { Expectations } from '../expectations';
import { OwnWrites } from '../own-writes';
import { controlledBy, controllerReference, indexByOwner } from '../owners';
import { BURST, createPod, deletePod, isNamespaceTerminating, slowStart } from '../pod-control';
import { PodOwnership, type PodMatch } from '../pod-ownership';
import { isPodActive } from '../pod-status';
import { podsToDelete } from './deletion-rank';
import { PodTally } from './pod-tally';
import { replicaSetStatus, type ReplicaCounts, type Replicated } from './replicaset-status';

/** The kind whose objects a loop looks after. */
export interface ReplicatedKind {
  readonly ref: ResourceRef<Replicated>;
  readonly matches: PodMatch<Replicated>;
  /** Whether the status tells of pods that are on their way out. */
  readonly countsTerminating: boolean;
}

export class ReplicaLoop {
  private readonly expectations: Expectations;
  private readonly ownWrites = new OwnWrites();
  private readonly ownership: PodOwnership<Replicated>;
  private readonly replicaSets: Informer<Replicated>;
  /** By ReplicaSet uid. */
  private readonly tallies = new Map<string, PodTally>();

  constructor(
    private readonly context: ControllerContext,
    private readonly kind: ReplicatedKind,
  ) {
    this.expectations = new Expectations(context.sim.clock);
    this.ownership = new PodOwnership(
      context,
      kind.ref,
      (...change) => this.podChanged(...change),
      kind.matches,
    );
    this.replicaSets = context.watch(kind.ref, {
      added: (replicaSet) => this.appeared(replicaSet),
      updated: (replicaSet, old) => this.updated(replicaSet, old),
      deleted: (replicaSet) => this.disappeared(replicaSet),
    });
    this.ownership.follow(this.replicaSets);
    indexByOwner(this.replicaSets);
  }

  reconcile(key: string): number | void {
    const replicaSet = this.replicaSets.get(key);
    if (!replicaSet) {
      this.expectations.forget(key);
      return;
    }
    if (this.ownWrites.isAheadOf(replicaSet)) return;
    const mayAct = this.expectations.areMet(key) && !replicaSet.metadata.deletionTimestamp;
    const tally = this.tallies.get(replicaSet.metadata.uid)!;
    const { adopted, released } = this.ownership.claim(replicaSet);
    const count = tally.active - released.size + adopted.length;
    let failure: unknown;
    if (mayAct) failure = this.manage(key, replicaSet, count, released);
    const againMs = this.writeStatus(replicaSet, tally, count, failure);
    if (failure !== undefined) throw failure;
    return againMs;
  }

  private appeared(replicaSet: Replicated): void {
    this.ownership.ownerAdded(replicaSet);
    this.recount(replicaSet);
    this.context.enqueue(objectKey(replicaSet));
  }

  private updated(replicaSet: Replicated, old: Replicated): void {
    const { spec } = replicaSet;
    const counting =
      spec.minReadySeconds !== old.spec.minReadySeconds ||
      !deepEqual(spec.template?.metadata?.labels, old.spec.template?.metadata?.labels);
    if (counting) this.recount(replicaSet);
    this.context.enqueue(objectKey(replicaSet));
  }

  private disappeared(replicaSet: Replicated): void {
    const { uid } = replicaSet.metadata;
    this.ownership.ownerDeleted(replicaSet);
    this.tallies.delete(uid);
    this.ownWrites.forget(uid);
    this.expectations.forget(objectKey(replicaSet));
  }

  private recount(replicaSet: Replicated): void {
    const tally = new PodTally();
    for (const pod of this.ownership.podsOf(replicaSet)) tally.add(pod, replicaSet);
    this.tallies.set(replicaSet.metadata.uid, tally);
  }

  private podChanged(owner: Replicated, pod: Pod | undefined, old: Pod | undefined): void {
    const key = objectKey(owner);
    const tally = this.tallies.get(owner.metadata.uid);
    if (old) tally?.remove(old, owner);
    if (pod) tally?.add(pod, owner);
    const isGoing = pod === undefined || pod.metadata.deletionTimestamp !== undefined;
    if (isGoing) this.expectations.deletionObserved(key, (pod ?? old)!.metadata.uid);
    else if (!old) this.expectations.creationObserved(key);
    this.context.enqueue(key);
  }

  /** Creates or deletes towards spec.replicas; returns the first failure. */
  private manage(
    key: string,
    replicaSet: Replicated,
    count: number,
    released: ReadonlySet<string>,
  ): unknown {
    const wanted = replicaSet.spec.replicas!;
    if (count < wanted) return this.create(key, replicaSet, Math.min(wanted - count, BURST));
    if (count > wanted) {
      return this.delete(key, replicaSet, Math.min(count - wanted, BURST), released);
    }
    return undefined;
  }

  private create(key: string, replicaSet: Replicated, count: number): unknown {
    const owners = [controllerReference(replicaSet, this.kind.ref)];
    const template = replicaSet.spec.template as PodTemplateSpec;
    this.expectations.expectCreations(key, count);
    const { successes, error } = slowStart(count, () => {
      try {
        createPod(this.context, replicaSet, owners, template);
      } catch (error) {
        // Any further creation in this namespace would fail too: nothing is left to do.
        if (!isNamespaceTerminating(error)) throw error;
      }
    });
    if (successes < count) this.expectations.creationObserved(key, count - successes);
    return error;
  }

  private delete(
    key: string,
    replicaSet: Replicated,
    count: number,
    released: ReadonlySet<string>,
  ): unknown {
    const mine = this.ownership
      .podsOf(replicaSet)
      .filter((pod) => isPodActive(pod) && !released.has(objectKey(pod)));
    const nowMs = this.context.sim.clock.nowMs;
    const doomed = podsToDelete(mine, this.relatedPods(replicaSet), count, nowMs);
    this.expectations.expectDeletions(
      key,
      doomed.map(({ metadata }) => metadata.uid),
    );
    let failure: unknown;
    for (const pod of doomed) {
      try {
        deletePod(this.context, replicaSet, pod);
      } catch (error) {
        this.expectations.deletionObserved(key, pod.metadata.uid);
        failure ??= error;
      }
    }
    return failure;
  }

  /** All pods of the ReplicaSets with the same owner as this one. */
  private relatedPods(replicaSet: Replicated): Iterable<Pod> {
    const owner = controllerOf(replicaSet);
    const siblings = owner ? controlledBy(this.replicaSets, owner.uid) : [replicaSet];
    return siblings.flatMap((sibling) => this.ownership.podsOf(sibling));
  }

  private writeStatus(
    replicaSet: Replicated,
    tally: PodTally,
    count: number,
    failure: unknown,
  ): number | void {
    const { client, sim } = this.context;
    const { ref, countsTerminating } = this.kind;
    const { nowMs } = sim.clock;
    const counts: ReplicaCounts = {
      replicas: count,
      fullyLabeledReplicas: tally.fullyLabeled,
      readyReplicas: tally.ready,
      availableReplicas: tally.available(nowMs),
    };
    if (countsTerminating) counts.terminatingReplicas = tally.terminating;
    const status = replicaSetStatus(replicaSet, counts, failure, nowMs);
    if (!deepEqual(status, replicaSet.status)) {
      let current = replicaSet;
      try {
        this.ownWrites.wrote(client.updateStatus(ref, { ...current, status }));
      } catch (error) {
        if (isNotFound(error)) return undefined;
        if (!isConflict(error)) throw error;
        current = client.get(ref, current.metadata.namespace!, current.metadata.name);
        this.ownWrites.wrote(client.updateStatus(ref, { ...current, status }));
      }
    }
    const nextMs = tally.nextAvailableMs();
    return nextMs === undefined ? undefined : nextMs - nowMs;
  }
}
