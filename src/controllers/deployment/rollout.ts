// One reconcile of one Deployment: the Deployment and its ReplicaSets as they stand, replaced by
// what each write answers, so that later steps work on what earlier ones made.
// Upstream: pkg/controller/deployment/sync.go.
import { deepEqual } from '../../api/deep-equal';
import { deployments, replicaSets } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import { parseTime } from '../../api/time';
import type { Deployment, DeploymentStatus, ReplicaSet } from '../../api/types';
import type { ControllerContext } from '../controller';
import type { OwnWrites } from '../own-writes';
import { maxSurge } from './replica-counts';
import { annotatedDesiredReplicas, revisionOf, withSizes } from './revision-annotations';

export class Rollout {
  /** The ReplicaSet with the Deployment's template, if there is one. */
  newSet: ReplicaSet | undefined;
  /** All others, oldest first. */
  oldSets: readonly ReplicaSet[] = [];

  constructor(
    readonly context: ControllerContext,
    public deployment: Deployment,
    private readonly ownWrites: OwnWrites,
  ) {}

  get all(): readonly ReplicaSet[] {
    return this.newSet ? [...this.oldSets, this.newSet] : this.oldSets;
  }

  get nowMs(): number {
    return this.context.sim.clock.nowMs;
  }

  /** Sorts the Deployment's ReplicaSets, oldest first, into the new one and the old ones. */
  take(sets: readonly ReplicaSet[], newSet: ReplicaSet | undefined): void {
    this.newSet = newSet;
    this.oldSets = sets.filter(({ metadata }) => metadata.uid !== newSet?.metadata.uid);
  }

  /** Writes the status (and annotations) when something differs. True when it wrote. */
  writeStatus(
    status: DeploymentStatus,
    annotations = this.deployment.metadata.annotations,
  ): boolean {
    const { metadata, status: old } = this.deployment;
    if (deepEqual(status, old) && deepEqual(annotations, metadata.annotations)) return false;
    const changed = { ...this.deployment, metadata: { ...metadata, annotations }, status };
    this.deployment = this.context.client.updateStatus(deployments, changed);
    this.ownWrites.wrote(this.deployment);
    return true;
  }

  /** Scales one ReplicaSet and says so in an Event. True when its size changed. */
  scale(set: ReplicaSet, size: number): boolean {
    const { deployment, context } = this;
    const from = set.spec.replicas!;
    const wanted = deployment.spec.replicas!;
    const annotations = withSizes(set.metadata.annotations, wanted, wanted + maxSurge(deployment));
    if (from === size && annotations === set.metadata.annotations) return false;
    const spec = { ...set.spec, replicas: size };
    this.update({ ...set, metadata: { ...set.metadata, annotations }, spec });
    if (from === size) return false;
    const direction = from < size ? 'up' : 'down';
    const message = `Scaled ${direction} replica set ${set.metadata.name} from ${from} to ${size}`;
    context.recorder.event(deployment, 'Normal', 'ScalingReplicaSet', message);
    return true;
  }

  /** Writes a ReplicaSet and puts the answer in its place. */
  update(set: ReplicaSet): ReplicaSet {
    const written = this.context.client.update(replicaSets, set);
    this.ownWrites.wrote(written);
    const { uid } = written.metadata;
    if (this.newSet?.metadata.uid === uid) this.newSet = written;
    else this.oldSets = this.oldSets.map((old) => (old.metadata.uid === uid ? written : old));
    return written;
  }

  /** Deletes the old ReplicaSets beyond the history limit, the lowest revisions first. */
  cleanUp(): void {
    const limit = this.deployment.spec.revisionHistoryLimit;
    if (limit === undefined) return;
    const alive = this.oldSets.filter(({ metadata }) => !metadata.deletionTimestamp);
    const excess = alive.length - limit;
    if (excess <= 0) return;
    const byRevision = alive.sort((left, right) => Number(revisionOf(left) - revisionOf(right)));
    for (const { metadata, spec, status } of byRevision.slice(0, excess)) {
      const observed = status.observedGeneration ?? 0;
      const isBusy = status.replicas !== 0 || spec.replicas !== 0;
      if (isBusy || (metadata.generation ?? 0) > observed) continue;
      this.delete(metadata.namespace!, metadata.name);
    }
  }

  private delete(namespace: string, name: string): void {
    try {
      this.context.client.delete(replicaSets, namespace, name);
    } catch (error) {
      // The cache may still show what was deleted a moment ago.
      if (!isNotFound(error)) throw error;
    }
  }

  /** Whether spec.replicas has changed since the active ReplicaSets were last sized. */
  isScalingEvent(): boolean {
    const wanted = this.deployment.spec.replicas!;
    return this.all.some((set) => {
      const desired = annotatedDesiredReplicas(set);
      return set.spec.replicas! > 0 && desired !== undefined && desired !== wanted;
    });
  }
}

/** Oldest first; names decide between those of one second. */
export function byAge(left: ReplicaSet, right: ReplicaSet): number {
  const difference =
    parseTime(left.metadata.creationTimestamp) - parseTime(right.metadata.creationTimestamp);
  return difference || (left.metadata.name < right.metadata.name ? -1 : 1);
}
