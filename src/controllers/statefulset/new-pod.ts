// The pod that a StatefulSet makes for one ordinal.
// Upstream: pkg/controller/statefulset/stateful_set_utils.go, newVersionedStatefulSetPod.
import { statefulSets } from '../../api/extension-refs';
import type { ControllerRevision, StatefulSet } from '../../api/extension-types';
import type { Draft } from '../../api/object';
import type { Pod, PodSpec, PodTemplateSpec } from '../../api/types';
import { controllerReference } from '../owners';
import { templateOf } from '../revision-history';
import { identityLabels, podNameOf, REVISION_LABEL, startOrdinal, volumesOf } from './identity';

export type NewPod = Draft<Pod> & { metadata: { name: string } };

/** The revision that pods are still of, and the one that they are to be of. */
export interface SetRevisions {
  readonly current: ControllerRevision;
  readonly update: ControllerRevision;
}

/** Below the partition a pod is made anew as it was. */
export function newPod(set: StatefulSet, revisions: SetRevisions, ordinal: number): NewPod {
  const isOld = isBelowPartition(set, ordinal);
  const revision = isOld ? revisions.current : revisions.update;
  const own = set.spec.template as PodTemplateSpec;
  // What is to be is what the set says; only the past must be read from a revision.
  const template = isOld ? (templateOf(revision) ?? own) : own;
  const spec = template.spec as PodSpec;
  const { labels, annotations, finalizers } = template.metadata ?? {};
  const name = podNameOf(set, ordinal);
  return {
    metadata: {
      name,
      namespace: set.metadata.namespace,
      generateName: set.metadata.name + '-',
      labels: {
        ...labels,
        ...identityLabels(set, ordinal),
        [REVISION_LABEL]: revision.metadata.name,
      },
      annotations,
      finalizers,
      ownerReferences: [controllerReference(set, statefulSets)],
    },
    spec: {
      ...spec,
      hostname: name,
      subdomain: set.spec.serviceName || undefined,
      volumes: volumesOf(set, ordinal, spec.volumes),
    },
  };
}

function isBelowPartition(set: StatefulSet, ordinal: number): boolean {
  const { updateStrategy } = set.spec;
  const index = ordinal - startOrdinal(set);
  const rolling = updateStrategy?.rollingUpdate;
  if (rolling) return index < (rolling.partition ?? 0);
  return updateStrategy?.type === 'RollingUpdate' && index < (set.status.currentReplicas ?? 0);
}
