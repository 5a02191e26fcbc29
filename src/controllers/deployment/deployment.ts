// The Deployment controller: turns a Deployment into ReplicaSets, one a template, and moves pods
// from the old to the new by the Deployment's strategy.
// Invariants: at most one ReplicaSet has the Deployment's template; a reconcile takes one step and
// is called again by what the step changes; it never touches pods.
// Where the real one differs: it copies the objects it works on; rollback is the client's affair
// here.
// Upstream: pkg/controller/deployment.
import { deepEqual } from '../../api/deep-equal';
import { selectsAll, selectsLabels } from '../../api/label-selector';
import { controllerOf, objectKey } from '../../api/object';
import { deployments, pods, replicaSets } from '../../api/resource-ref';
import type { Deployment, Pod, ReplicaSet } from '../../api/types';
import type { Informer } from '../../client/informer';
import { adopt, checkMayAdopt, release } from '../adoption';
import type { Controller, ControllerContext } from '../controller';
import { OwnWrites } from '../own-writes';
import { controlledBy, indexByOwner, indexOrphans, orphansIn } from '../owners';
import { conditionsOf, findCondition, newCondition, withCondition } from './conditions';
import { findNewReplicaSet, syncNewReplicaSet } from './new-replicaset';
import { hasProgressDeadline, syncStatus } from './progress';
import { recreate } from './recreate';
import { rollingUpdate } from './rolling-update';
import { byAge, Rollout } from './rollout';
import { syncScale } from './scaling';

export const deploymentController: Controller = {
  name: 'deployment',
  eventSource: 'deployment-controller',
  workers: 5,
  start(context) {
    const loop = new DeploymentLoop(context);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

class DeploymentLoop {
  private readonly ownWrites = new OwnWrites();
  private readonly deployments: Informer<Deployment>;
  private readonly replicaSets: Informer<ReplicaSet>;
  private readonly pods: Informer<Pod>;

  constructor(private readonly context: ControllerContext) {
    this.deployments = context.watch(deployments, {
      added: (deployment) => context.enqueue(objectKey(deployment)),
      updated: (deployment) => context.enqueue(objectKey(deployment)),
      deleted: (deployment) => this.ownWrites.forget(deployment.metadata.uid),
    });
    this.deployments.addIndex('namespace', ({ metadata }) => [metadata.namespace!]);
    this.replicaSets = context.watch(replicaSets, {
      added: (set) => this.replicaSetChanged(set, undefined),
      updated: (set, old) => this.replicaSetChanged(set, old),
      deleted: (set) => this.replicaSetGone(set),
    });
    indexByOwner(this.replicaSets);
    indexOrphans(this.replicaSets);
    this.pods = context.watch(pods, { deleted: (pod) => this.podGone(pod) });
    indexByOwner(this.pods);
  }

  reconcile(key: string): number | void {
    const deployment = this.deployments.get(key);
    if (!deployment || this.ownWrites.isAheadOf(deployment)) return undefined;
    if (selectsAll(deployment.spec.selector)) return this.refuse(deployment);
    const sets = this.claim(deployment);
    if (sets.some((set) => this.ownWrites.isAheadOf(set))) return undefined;
    const rollout = new Rollout(this.context, deployment, this.ownWrites);
    rollout.take(sets, findNewReplicaSet(deployment, sets));
    if (deployment.metadata.deletionTimestamp) return syncStatus(rollout);
    this.checkPaused(rollout);
    if (deployment.spec.paused) return syncScale(rollout);
    syncNewReplicaSet(rollout, false);
    if (rollout.isScalingEvent()) return syncScale(rollout);
    if (deployment.spec.strategy?.type === 'Recreate') {
      return recreate(rollout, (set) => controlledBy(this.pods, set.metadata.uid));
    }
    return rollingUpdate(rollout);
  }

  private refuse(deployment: Deployment): void {
    const { metadata, status } = deployment;
    const message = 'This deployment is selecting all pods. A non-empty selector is required.';
    this.context.recorder.event(deployment, 'Warning', 'SelectingAll', message);
    if ((status.observedGeneration ?? 0) >= (metadata.generation ?? 0)) return;
    const observed = { ...status, observedGeneration: metadata.generation };
    new Rollout(this.context, deployment, this.ownWrites).writeStatus(observed);
  }

  /** The Deployment's ReplicaSets, oldest first, after adopting and releasing what is due. */
  private claim(deployment: Deployment): ReplicaSet[] {
    const { client } = this.context;
    const { uid, namespace, deletionTimestamp } = deployment.metadata;
    const { selector } = deployment.spec;
    const claimed: ReplicaSet[] = [];
    for (const set of controlledBy(this.replicaSets, uid)) {
      if (selectsLabels(selector, set.metadata.labels)) claimed.push(set);
      else if (!deletionTimestamp) release(client, deployment, replicaSets, set);
    }
    if (!deletionTimestamp) {
      for (const set of orphansIn(this.replicaSets, namespace!)) {
        if (set.metadata.deletionTimestamp) continue;
        if (!selectsLabels(selector, set.metadata.labels)) continue;
        checkMayAdopt(client, deployments, deployment);
        if (adopt(client, deployments, deployment, replicaSets, set)) claimed.push(set);
      }
    }
    return claimed.sort(byAge);
  }

  /** Notes on Progressing that the rollout stands still, and that it goes on. */
  private checkPaused(rollout: Rollout): void {
    const { deployment, nowMs } = rollout;
    if (!hasProgressDeadline(deployment)) return;
    const conditions = conditionsOf(deployment);
    const current = findCondition(conditions, 'Progressing');
    if (current?.reason === 'ProgressDeadlineExceeded') return;
    const isNoted = current?.reason === 'DeploymentPaused';
    const { paused = false } = deployment.spec;
    if (paused === isNoted) return;
    const [reason, message] = paused
      ? ['DeploymentPaused', 'Deployment is paused']
      : ['DeploymentResumed', 'Deployment is resumed'];
    const condition = newCondition('Progressing', 'Unknown', reason, message, nowMs);
    const changed = [...withCondition(conditions, condition)];
    rollout.writeStatus({ ...deployment.status, conditions: changed });
  }

  private replicaSetChanged(set: ReplicaSet, old: ReplicaSet | undefined): void {
    if (old && controllerOf(old)?.uid !== controllerOf(set)?.uid) this.enqueueOwner(old);
    if (controllerOf(set)) {
      this.enqueueOwner(set);
      return;
    }
    const isNews =
      !old || controllerOf(old) || !deepEqual(old.metadata.labels, set.metadata.labels);
    if (!isNews || set.metadata.deletionTimestamp) return;
    for (const deployment of this.deployments.byIndex('namespace', set.metadata.namespace!)) {
      if (selectsLabels(deployment.spec.selector, set.metadata.labels)) {
        this.context.enqueue(objectKey(deployment));
      }
    }
  }

  private replicaSetGone(set: ReplicaSet): void {
    this.ownWrites.forget(set.metadata.uid);
    this.enqueueOwner(set);
  }

  private enqueueOwner(set: ReplicaSet): void {
    const deployment = this.ownerOf(set);
    if (deployment) this.context.enqueue(objectKey(deployment));
  }

  private ownerOf(set: ReplicaSet): Deployment | undefined {
    const owner = controllerOf(set);
    if (owner?.kind !== 'Deployment') return undefined;
    const deployment = this.deployments.find(set.metadata.namespace!, owner.name);
    return deployment?.metadata.uid === owner.uid ? deployment : undefined;
  }

  /** A Recreate waits for the last old pod: nothing but its end tells that it may go on. */
  private podGone(pod: Pod): void {
    const owner = controllerOf(pod);
    if (owner?.kind !== 'ReplicaSet') return;
    const set = this.replicaSets.find(pod.metadata.namespace!, owner.name);
    const deployment = set?.metadata.uid === owner.uid ? this.ownerOf(set) : undefined;
    if (deployment?.spec.strategy?.type === 'Recreate') this.context.enqueue(objectKey(deployment));
  }
}
