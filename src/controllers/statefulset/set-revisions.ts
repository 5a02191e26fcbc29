// Which revision a StatefulSet's pods are of and which they are to be of; a template that was not
// there before is recorded, one that was gets the highest number again.
// Upstream: pkg/controller/statefulset/stateful_set_control.go, getStatefulSetRevisions.
import { statefulSets } from '../../api/extension-refs';
import type { ControllerRevision, StatefulSet } from '../../api/extension-types';
import { isAlreadyExists } from '../../api/status-error';
import type { Pod, PodTemplateSpec } from '../../api/types';
import { controllerReference } from '../owners';
import {
  keepsTemplate,
  nextNumber,
  revisionData,
  revisionName,
  type RevisionHistory,
} from '../revision-history';
import { templateHash } from '../template-hash';
import { podRevision } from './identity';
import type { SetRevisions } from './new-pod';

const HASH_LABEL = 'controller.kubernetes.io/hash';

export interface RevisionsNow extends SetRevisions {
  readonly collisionCount: number;
}

/** `known` are the set's revisions in order. */
export function currentRevisions(
  history: RevisionHistory<StatefulSet>,
  set: StatefulSet,
  known: readonly ControllerRevision[],
): RevisionsNow {
  const template = set.spec.template as PodTemplateSpec;
  const equal = known.filter((revision) => keepsTemplate(revision, template)).at(-1);
  let collisionCount = set.status.collisionCount ?? 0;
  let update: ControllerRevision;
  if (!equal) ({ update, collisionCount } = record(history, set, nextNumber(known)));
  else if (equal === known.at(-1)) update = equal;
  else update = history.change(equal, { revision: nextNumber(known) });
  const current = known.find(({ metadata }) => metadata.name === set.status.currentRevision);
  return { current: current ?? update, update, collisionCount };
}

/** Removes the oldest revisions beyond the limit, but for those that something is of. */
export function truncateHistory(
  history: RevisionHistory<StatefulSet>,
  set: StatefulSet,
  known: readonly ControllerRevision[],
  { current, update }: SetRevisions,
  pods: readonly Pod[],
): void {
  const limit = set.spec.revisionHistoryLimit ?? 10;
  if (limit < 0 || known.length <= limit) return;
  const live = new Set([current.metadata.name, update.metadata.name, ...pods.map(podRevision)]);
  const old = known.filter(({ metadata }) => !live.has(metadata.name));
  for (const revision of old.slice(0, Math.max(0, old.length - limit))) history.delete(revision);
}

function record(
  history: RevisionHistory<StatefulSet>,
  set: StatefulSet,
  number: number,
): { update: ControllerRevision; collisionCount: number } {
  const { name, namespace = '', annotations } = set.metadata;
  const template = set.spec.template as PodTemplateSpec;
  let collisionCount = set.status.collisionCount ?? 0;
  for (;;) {
    const hash = templateHash(template, collisionCount);
    const metadata = {
      name: revisionName(name, hash),
      namespace,
      labels: { ...template.metadata?.labels, [HASH_LABEL]: hash },
      annotations,
      ownerReferences: [controllerReference(set, statefulSets)],
    };
    const data = revisionData(template) as never;
    try {
      return { update: history.create({ metadata, data, revision: number }), collisionCount };
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
    }
    const existing = history.get(namespace, metadata.name);
    if (keepsTemplate(existing, template)) return { update: existing, collisionCount };
    collisionCount++;
  }
}
