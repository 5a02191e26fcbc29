// The StatefulSet controller: pods that keep their names, addresses and claims, made and replaced
// one after the other.
// Invariants: it acts only when its cache shows what it did before; a pod that is on its way out,
// or on a node that nobody hears of, is not replaced before it is gone, for no two pods may ever
// have the same name.
// Where the real one differs: it counts all pods in every reconcile too; that is one read of an
// index. spec.updateStrategy.rollingUpdate.maxUnavailable is off in 1.36.
// Upstream: pkg/controller/statefulset.
import { statefulSets } from '../../api/extension-refs';
import type {
  ControllerRevision,
  PersistentVolumeClaim,
  StatefulSet,
  StatefulSetStatus,
} from '../../api/extension-types';
import { controllerOf, objectKey } from '../../api/object';
import { isConflict, isNotFound } from '../../api/status-error';
import type { Pod } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import { Expectations } from '../expectations';
import { OwnWrites } from '../own-writes';
import { PodOwnership, selectsPod } from '../pod-ownership';
import { RevisionHistory } from '../revision-history';
import { PodClaims } from './claims';
import { ordinalOf, parentNameOf } from './identity';
import { PodActions } from './pod-actions';
import { currentRevisions, truncateHistory, type RevisionsNow } from './set-revisions';
import { countReplicas, nextAvailableMs, statefulSetStatus } from './set-status';
import { SetUpdate } from './set-update';

export const statefulSetController: Controller = {
  name: 'statefulset',
  eventSource: 'statefulset-controller',
  workers: 5,
  start(context) {
    const loop = new StatefulSetLoop(context);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

class StatefulSetLoop {
  private readonly expectations: Expectations;
  private readonly ownWrites = new OwnWrites();
  private readonly ownership: PodOwnership<StatefulSet>;
  private readonly sets: Informer<StatefulSet>;
  private readonly history: RevisionHistory<StatefulSet>;
  private readonly claims: PodClaims;

  constructor(private readonly context: ControllerContext) {
    this.expectations = new Expectations(context.sim.clock);
    this.ownership = new PodOwnership(
      context,
      statefulSets,
      (...change) => this.podChanged(...change),
      isMember,
    );
    this.sets = context.watch(statefulSets, {
      added: (set) => {
        this.ownership.ownerAdded(set);
        context.enqueue(objectKey(set));
      },
      updated: (set) => context.enqueue(objectKey(set)),
      deleted: (set) => this.disappeared(set),
    });
    this.ownership.follow(this.sets);
    const revisionChanged = (revision: ControllerRevision): void => this.revisionChanged(revision);
    this.history = new RevisionHistory(context, statefulSets, {
      updated: revisionChanged,
      deleted: revisionChanged,
    });
    this.claims = new PodClaims(context, (claim) => this.claimDeleted(claim));
  }

  reconcile(key: string): number | void {
    const set = this.sets.get(key);
    if (!set || this.ownWrites.isAheadOf(set) || !this.expectations.areMet(key)) return undefined;
    const { nowMs } = this.context.sim.clock;
    const known = this.history.revisionsOf(set);
    const pods = this.podsOf(set);
    const revisions = currentRevisions(this.history, set, known);
    const actions = new PodActions(this.context, this.claims, set);
    const update = new SetUpdate(set, revisions, pods, actions, this.claims, nowMs);
    let failure: unknown;
    try {
      if (!set.metadata.deletionTimestamp) update.run();
    } catch (error) {
      failure = error;
    }
    this.expectations.expect(key, actions.created, actions.deleted);
    this.writeStatus(set, revisions, pods, update.replaced, nowMs);
    truncateHistory(this.history, set, known, revisions, pods);
    if (failure !== undefined) throw failure;
    return nextAvailableMs(set, pods, nowMs);
  }

  /** By ordinal; with what was just taken, without what was let go. */
  private podsOf(set: StatefulSet): Pod[] {
    const { adopted, released } = this.ownership.claim(set);
    const own = this.ownership.podsOf(set).filter((pod) => !released.has(objectKey(pod)));
    return [...own, ...adopted].sort((left, right) => ordinalOf(left) - ordinalOf(right));
  }

  private writeStatus(
    set: StatefulSet,
    revisions: RevisionsNow,
    pods: readonly Pod[],
    replaced: number,
    nowMs: number,
  ): void {
    const { client } = this.context;
    const counts = countReplicas(set, revisions, pods, nowMs);
    counts.currentReplicas -= replaced;
    const status = statefulSetStatus(set, revisions, revisions.collisionCount, counts);
    if (!differs(status, set.status)) return;
    try {
      this.ownWrites.wrote(client.updateStatus(statefulSets, { ...set, status }));
    } catch (error) {
      if (isNotFound(error)) return;
      if (!isConflict(error)) throw error;
      const fresh = client.get(statefulSets, set.metadata.namespace!, set.metadata.name);
      this.ownWrites.wrote(client.updateStatus(statefulSets, { ...fresh, status }));
    }
  }

  private podChanged(set: StatefulSet, pod: Pod | undefined, old: Pod | undefined): void {
    const key = objectKey(set);
    const isGoing = pod === undefined || pod.metadata.deletionTimestamp !== undefined;
    if (isGoing) this.expectations.deletionObserved(key, (pod ?? old)!.metadata.uid);
    else if (!old) this.expectations.creationObserved(key);
    this.context.enqueue(key);
  }

  private revisionChanged(revision: ControllerRevision): void {
    const owner = controllerOf(revision);
    if (owner?.kind !== statefulSets.kind) return;
    this.context.enqueue(`${revision.metadata.namespace}/${owner.name}`);
  }

  /** A pod may have waited for the claim of the one before it to go. */
  private claimDeleted({ metadata }: PersistentVolumeClaim): void {
    for (const { kind, name } of metadata.ownerReferences ?? []) {
      const key = `${metadata.namespace}/${parentNameOf(name)}`;
      if (kind === 'Pod' && this.sets.get(key)) this.context.enqueue(key);
    }
  }

  private disappeared(set: StatefulSet): void {
    this.ownership.ownerDeleted(set);
    this.ownWrites.forget(set.metadata.uid);
    this.expectations.forget(objectKey(set));
  }
}

/** A pod that matches but is named after another set is none of this one. */
function isMember(set: StatefulSet, pod: Pod): boolean {
  return parentNameOf(pod.metadata.name) === set.metadata.name && selectsPod(set, pod);
}

const WATCHED = [
  'replicas',
  'currentReplicas',
  'readyReplicas',
  'updatedReplicas',
  'currentRevision',
  'availableReplicas',
  'updateRevision',
] as const;

/** Whether a status has to be written; what others have put into it is no reason. */
function differs(next: StatefulSetStatus, old: StatefulSetStatus): boolean {
  if ((next.observedGeneration ?? 0) > (old.observedGeneration ?? 0)) return true;
  return WATCHED.some((field) => (next[field] ?? 0) !== (old[field] ?? 0));
}
