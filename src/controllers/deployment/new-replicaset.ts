// The ReplicaSet that has the Deployment's template: found, brought up to date, or made.
// Upstream: pkg/controller/deployment/sync.go, getNewReplicaSet.
import { controllerOf, type Draft } from '../../api/object';
import { deployments, replicaSets } from '../../api/resource-ref';
import { isAlreadyExists, StatusError } from '../../api/status-error';
import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../api/types';
import { controllerReference } from '../owners';
import { isNamespaceTerminating } from '../pod-control';
import { conditionsOf, findCondition, newCondition, withCondition } from './conditions';
import { hasProgressDeadline } from './progress';
import { maxSurge, newReplicaSetSize } from './replica-counts';
import { newestAnnotations, REVISION, revisionOf, withSizes } from './revision-annotations';
import type { Rollout } from './rollout';
import { sameTemplate, TEMPLATE_HASH_LABEL, templateHash } from '../template-hash';

/** The oldest of these ReplicaSets (oldest first) whose template is the Deployment's. */
export function findNewReplicaSet(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
): ReplicaSet | undefined {
  const template = deployment.spec.template as PodTemplateSpec;
  return sets.find((set) => sameTemplate(set.spec.template as PodTemplateSpec, template));
}

/**
 * Gives the new ReplicaSet its revision and the Deployment its annotation, and makes the ReplicaSet
 * when there is none and `create` says so. Throws what the server threw.
 */
export function syncNewReplicaSet(rollout: Rollout, create: boolean): void {
  const revision = nextRevision(rollout.oldSets);
  if (rollout.newSet) refresh(rollout, rollout.newSet, revision);
  else if (create) make(rollout, revision);
}

function nextRevision(oldSets: readonly ReplicaSet[]): bigint {
  let highest = 0n;
  for (const set of oldSets) {
    const revision = revisionOf(set);
    if (revision > highest) highest = revision;
  }
  return highest + 1n;
}

function refresh(rollout: Rollout, set: ReplicaSet, revision: bigint): void {
  const { deployment } = rollout;
  const annotations = newestAnnotations(deployment, set.metadata.annotations, revision);
  const { minReadySeconds } = deployment.spec;
  if (annotations !== set.metadata.annotations || set.spec.minReadySeconds !== minReadySeconds) {
    const metadata = { ...set.metadata, annotations };
    rollout.update({ ...set, metadata, spec: { ...set.spec, minReadySeconds } });
  }
  const { name } = set.metadata;
  const isNews = !findCondition(conditionsOf(deployment), 'Progressing');
  const message = `Found new replica set ${JSON.stringify(name)}`;
  announce(rollout, rollout.newSet!, isNews ? ['FoundNewReplicaSet', message] : undefined);
}

function make(rollout: Rollout, revision: bigint): void {
  const { deployment, context } = rollout;
  const draft = draftReplicaSet(rollout, revision);
  const { name } = draft.metadata;
  const created = createOrFind(rollout, draft);
  if (created.isNew && draft.spec.replicas! > 0) {
    const message = `Scaled up replica set ${name} from 0 to ${draft.spec.replicas}`;
    context.recorder.event(deployment, 'Normal', 'ScalingReplicaSet', message);
  }
  rollout.newSet = created.set;
  const message = `Created new replica set ${JSON.stringify(name)}`;
  announce(rollout, created.set, created.isNew ? ['NewReplicaSetCreated', message] : undefined);
}

function draftReplicaSet(rollout: Rollout, revision: bigint): Draft<ReplicaSet> {
  const { deployment } = rollout;
  const { spec, status, metadata } = deployment;
  const template = spec.template as PodTemplateSpec;
  const hash = { [TEMPLATE_HASH_LABEL]: templateHash(template, status.collisionCount) };
  const labels = { ...template.metadata?.labels, ...hash };
  const matchLabels = { ...spec.selector.matchLabels, ...hash };
  const wanted = spec.replicas!;
  const newest = newestAnnotations(deployment, undefined, revision);
  const annotations = withSizes(newest, wanted, wanted + maxSurge(deployment));
  return {
    metadata: {
      name: metadata.name + '-' + hash[TEMPLATE_HASH_LABEL],
      namespace: metadata.namespace,
      labels,
      annotations,
      ownerReferences: [controllerReference(deployment, deployments)],
    },
    spec: {
      replicas: newReplicaSetSize(deployment, rollout.oldSets, 0),
      minReadySeconds: spec.minReadySeconds,
      selector: { ...spec.selector, matchLabels },
      template: { ...template, metadata: { ...template.metadata, labels } },
    } as ReplicaSet['spec'],
  };
}

/** A ReplicaSet of that name may be there already: our own that the cache lacks, or a collision. */
function createOrFind(
  rollout: Rollout,
  draft: Draft<ReplicaSet>,
): { set: ReplicaSet; isNew: boolean } {
  const { context, deployment } = rollout;
  try {
    return { set: context.client.create(replicaSets, draft), isNew: true };
  } catch (error) {
    if (isAlreadyExists(error)) return { set: existing(rollout, draft, error), isNew: false };
    if (!(error instanceof StatusError) || isNamespaceTerminating(error)) throw error;
    const name = JSON.stringify(draft.metadata.name);
    const message = `Failed to create new replica set ${name}: ${error.message}`;
    if (hasProgressDeadline(deployment)) {
      const { nowMs } = rollout;
      const failed = newCondition('Progressing', 'False', 'ReplicaSetCreateError', message, nowMs);
      const conditions = [...withCondition(conditionsOf(deployment), failed)];
      rollout.writeStatus({ ...deployment.status, conditions });
    }
    context.recorder.event(deployment, 'Warning', 'ReplicaSetCreateError', message);
    throw error;
  }
}

function existing(rollout: Rollout, draft: Draft<ReplicaSet>, error: unknown): ReplicaSet {
  const { deployment, context } = rollout;
  const { namespace, name } = draft.metadata;
  const found = context.client.get(replicaSets, namespace!, name!);
  const template = deployment.spec.template as PodTemplateSpec;
  const isOurs = controllerOf(found)?.uid === deployment.metadata.uid;
  if (isOurs && sameTemplate(found.spec.template as PodTemplateSpec, template)) return found;
  const collisionCount = (deployment.status.collisionCount ?? 0) + 1;
  rollout.writeStatus({ ...deployment.status, collisionCount });
  throw error;
}

/** Writes the revision on the Deployment, and the news as its Progressing condition. */
function announce(
  rollout: Rollout,
  set: ReplicaSet,
  news: readonly [reason: string, message: string] | undefined,
): void {
  const { deployment, nowMs } = rollout;
  const revision = set.metadata.annotations?.[REVISION];
  const { annotations } = deployment.metadata;
  const revised =
    revision && annotations?.[REVISION] !== revision
      ? { ...annotations, [REVISION]: revision }
      : annotations;
  let { status } = deployment;
  if (news && hasProgressDeadline(deployment)) {
    const condition = newCondition('Progressing', 'True', news[0], news[1], nowMs);
    status = { ...status, conditions: [...withCondition(conditionsOf(deployment), condition)] };
  }
  rollout.writeStatus(status, revised);
}
