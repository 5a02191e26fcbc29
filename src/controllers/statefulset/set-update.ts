// One step of a StatefulSet towards what it should be: pods in the order of their ordinals, each
// only when those before it stand; scaled down from the end; replaced from the end, one at a time.
// With podManagementPolicy Parallel, pods come and go together.
// Upstream: pkg/controller/statefulset/stateful_set_control.go, updateStatefulSet.
import type { StatefulSet } from '../../api/extension-types';
import { isNotFound } from '../../api/status-error';
import type { Pod } from '../../api/types';
import { slowStart } from '../pod-control';
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
  /** By ordinal from the first on; undefined where there is none. */
  private readonly replicas: (Pod | undefined)[];
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
    this.replicas = Array.from<Pod | undefined>({ length: set.spec.replicas! });
    for (const pod of pods) {
      if (isInRange(set, pod)) this.replicas[ordinalOf(pod) - start] = pod;
    }
    this.condemned = pods
      .filter((pod) => ordinalOf(pod) >= 0 && !isInRange(set, pod))
      .sort((left, right) => ordinalOf(right) - ordinalOf(left));
    this.isOrdered = set.spec.podManagementPolicy !== 'Parallel';
    this.minReadySeconds = set.spec.minReadySeconds ?? 0;
  }

  /** Throws the first failure. */
  run(): void {
    const { replicas, condemned } = this;
    if (this.forEach(replicas.length, (index) => this.keep(index))) return;
    if (this.forEach(condemned.length, (index) => this.fixClaims(condemned[index]))) return;
    const unhealthy = this.firstUnavailable();
    if (this.forEach(condemned.length, (index) => this.condemn(condemned[index], unhealthy))) {
      return;
    }
    if (this.set.spec.updateStrategy?.type !== 'OnDelete') this.replaceOutdated();
  }

  /** In order, until one blocks; or all of them, a few at first. True when something blocks. */
  private forEach(count: number, act: (index: number) => Blocks): Blocks {
    if (this.isOrdered) {
      for (let index = 0; index < count; index++) if (act(index)) return true;
      return false;
    }
    const { error } = slowStart(count, act);
    if (error !== undefined) throw error;
    return false;
  }

  private keep(index: number): Blocks {
    const { set, actions, claims } = this;
    const ordinal = startOrdinal(set) + index;
    const pod = this.replicas[index];
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

  private firstUnavailable(): Pod | undefined {
    if (this.condemned.length === 0) return undefined;
    const lowestFirst = [...this.replicas, ...this.condemned.toReversed()];
    return lowestFirst.find((pod) => pod && this.isUnavailable(pod));
  }

  private isUnavailable(pod: Pod): boolean {
    return isUnavailable(pod, this.minReadySeconds, this.nowMs);
  }

  /** The last pod that is not of the new revision goes, once all behind it stand. */
  private replaceOutdated(): void {
    const { replicas, set } = this;
    const updateRevision = this.revisions.update.metadata.name;
    const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
    for (let index = replicas.length - 1; index >= partition; index--) {
      const pod = replicas[index];
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
