// One step of a StatefulSet towards what it should be: pods in the order of their ordinals, each
// only when those before it stand; scaled down from the end; replaced from the end, one at a time.
// With podManagementPolicy Parallel, pods come and go together.
// Upstream: pkg/controller/statefulset/stateful_set_control.go, updateStatefulSet.
import type { StatefulSet } from '../../api/extension-types';
import { isNotFound } from '../../api/status-error';
import type { Pod } from '../../api/types';
import { BURST, slowStart } from '../pod-control';
import { isPodTerminal } from '../pod-status';
import type { PodClaims } from './claims';
import {
  identityMatches,
  isInRange,
  ordinalOf,
  podRevision,
  startOrdinal,
  storageMatches,
} from './identity';
import { newPod, type SetRevisions } from './new-pod';
import { claimingPod, type PodActions } from './pod-actions';
import { isRunningAndAvailable, isTerminating, isUnavailable } from './pod-state';

/** True when nothing after this may be done yet. */
type Blocks = boolean;

export class SetUpdate {
  /** Pods that were deleted although they are of the current revision. */
  replaced = 0;
  /** Pods that should be there, by how far their ordinal is from the first. */
  private readonly replicas = new Map<number, Pod>();
  /** Pods that are too many, the highest ordinal first. */
  private readonly condemned: readonly Pod[];
  private readonly isOrdered: boolean;
  private readonly minReadySeconds: number;

  constructor(
    private readonly set: StatefulSet,
    private readonly revisions: SetRevisions,
    pods: readonly Pod[],
    private readonly actions: PodActions,
    private readonly claims: PodClaims,
    private readonly nowMs: number,
  ) {
    const start = startOrdinal(set);
    for (const pod of pods) {
      if (isInRange(set, pod)) this.replicas.set(ordinalOf(pod) - start, pod);
    }
    this.condemned = pods
      .filter((pod) => ordinalOf(pod) >= 0 && !isInRange(set, pod))
      .sort((left, right) => ordinalOf(right) - ordinalOf(left));
    this.isOrdered = set.spec.podManagementPolicy !== 'Parallel';
    this.minReadySeconds = set.spec.minReadySeconds ?? 0;
  }

  /** Throws the first failure. */
  run(): void {
    const { condemned } = this;
    if (this.keepAll()) return;
    if (this.forEach(condemned, (pod) => this.fixClaims(pod))) return;
    const unhealthy = condemned.toReversed().find((pod) => this.isUnavailable(pod));
    if (this.forEach(condemned, (pod) => this.condemn(pod, unhealthy))) return;
    if (this.set.spec.updateStrategy?.type !== 'OnDelete') this.replaceOutdated();
  }

  /** Replicas in order as far as one lets the next; together, so many new ones at a time. */
  private keepAll(): Blocks {
    const count = this.set.spec.replicas!;
    if (this.isOrdered) {
      for (let index = 0; index < count; index++) if (this.keep(index)) return true;
      return false;
    }
    const indexes = [...this.replicas.keys()];
    for (let index = 0, made = 0; index < count && made < BURST; index++) {
      if (this.replicas.has(index)) continue;
      indexes.push(index);
      made++;
    }
    indexes.sort((left, right) => left - right);
    return this.forEach(indexes, (index) => this.keep(index));
  }

  /** In order, until one blocks; or all of them, a few at first. True when something blocks. */
  private forEach<T>(items: readonly T[], act: (item: T) => Blocks): Blocks {
    if (this.isOrdered) return items.some(act);
    const { error } = slowStart(items.length, (index) => act(items[index]));
    if (error !== undefined) throw error;
    return false;
  }

  private keep(index: number): Blocks {
    const { set, actions, claims } = this;
    const ordinal = startOrdinal(set) + index;
    const pod = this.replicas.get(index);
    if (!pod) return this.create(ordinal) || this.isOrdered;
    if (isPodTerminal(pod)) {
      // A new one of the same name can be made once it is gone.
      if (!isTerminating(pod)) actions.delete(pod);
      return true;
    }
    if (pod.status.phase === 'Pending') actions.createMissingClaims(pod);
    if (this.isOrdered && (isTerminating(pod) || !this.isSettled(pod))) return true;
    const isRight =
      identityMatches(set, pod) &&
      (!set.spec.volumeClaimTemplates?.length ||
        (storageMatches(set, pod) && claims.matchPolicy(set, claimingPod(set, pod), ordinal)));
    if (!isRight) actions.mend(pod);
    return false;
  }

  private create(ordinal: number): Blocks {
    const { set, actions, claims } = this;
    const pod = newPod(set, this.revisions, ordinal);
    const claiming = { name: pod.metadata.name, uid: '', isWanted: true };
    if (claims.areStale(set, claiming, ordinal)) return true;
    actions.create(pod, ordinal);
    return false;
  }

  private isSettled(pod: Pod): boolean {
    return isRunningAndAvailable(pod, this.minReadySeconds, this.nowMs);
  }

  private fixClaims(pod: Pod): Blocks {
    const { set, claims } = this;
    const claiming = claimingPod(set, pod);
    const ordinal = ordinalOf(pod);
    if (!claims.matchPolicy(set, claiming, ordinal)) claims.followPolicy(set, claiming, ordinal);
    return false;
  }

  /** In order a pod goes only when those above it are gone and no other is unhealthy. */
  private condemn(pod: Pod, unhealthy: Pod | undefined): Blocks {
    if (isTerminating(pod)) return this.isOrdered;
    if (this.isOrdered && !this.isSettled(pod) && pod !== unhealthy) return true;
    this.actions.delete(pod);
    return true;
  }

  private isUnavailable(pod: Pod): boolean {
    return isUnavailable(pod, this.minReadySeconds, this.nowMs);
  }

  /** The last pod that is not of the new revision goes, once all behind it stand. */
  private replaceOutdated(): void {
    const { replicas, set } = this;
    const updateRevision = this.revisions.update.metadata.name;
    const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
    for (let index = set.spec.replicas! - 1; index >= partition; index--) {
      const pod = replicas.get(index);
      // One that is yet to be made will be of the right revision.
      if (!pod) return;
      if (podRevision(pod) !== updateRevision && !isTerminating(pod)) {
        this.replace(pod);
        return;
      }
      if (this.isUnavailable(pod)) return;
    }
  }

  private replace(pod: Pod): void {
    try {
      this.actions.delete(pod);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    if (podRevision(pod) === this.revisions.current.metadata.name) this.replaced++;
  }
}
