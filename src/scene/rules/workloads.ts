// How Deployments and ReplicaSets get the pods that they want.
import type { Pod, ReplicaSet } from '../../api/types';
import type { TraceRecord } from '../../sim/trace';
import {
  isGone,
  linkOf,
  linkTo,
  objectOf,
  ownedBy,
  told,
  type StoryFamily,
  type StoryView,
  type Told,
} from './rule';

export function workloadRules(): StoryFamily {
  return {
    table: {
      'kube-controller-manager create replicasets.apps': madeReplicaSet,
      'kube-controller-manager update replicasets.apps': scaledReplicaSet,
      'kube-controller-manager patch replicasets.apps': scaledReplicaSet,
      'kube-controller-manager create pods': madePod,
      'kube-controller-manager delete pods': deletedPod,
    },
  };
}

function madeReplicaSet(record: TraceRecord, view: StoryView): Told | undefined {
  const deployment = ownedBy(record, view)?.owner.name;
  if (!deployment) return undefined;
  const parts = { deployment, replicaSet: record.name };
  return told('replicaSetCreated', parts, linkOf('ReplicaSet', record));
}

function scaledReplicaSet(record: TraceRecord, view: StoryView): Told | undefined {
  const owned = ownedBy<ReplicaSet>(record, view);
  if (!owned) return undefined;
  const to = owned.object.spec.replicas ?? 0;
  const from = owned.object.status.replicas;
  if (to === from) return undefined;
  const parts = { deployment: owned.owner.name, replicaSet: record.name, from, to };
  return told('replicaSetScaled', parts, linkOf('ReplicaSet', record));
}

function madePod(record: TraceRecord, view: StoryView): Told | undefined {
  const owned = ownedBy<Pod>(record, view);
  if (!owned) return undefined;
  const { kind, name: owner } = owned.owner;
  const replicaSet =
    kind === 'ReplicaSet'
      ? view.read<ReplicaSet>('replicasets.apps', record.namespace, owner)
      : undefined;
  const count = replicaSet?.spec.replicas ?? -1;
  return told('podCreated', { kind, owner, pod: record.name, count }, linkOf('Pod', record));
}

function deletedPod(record: TraceRecord, view: StoryView): Told | undefined {
  const pod = objectOf<Pod>(record, view);
  const about = linkOf('Pod', record);
  if (pod?.status.conditions?.some(({ type }) => type === 'DisruptionTarget')) {
    const node = pod.spec.nodeName ?? '';
    return told('podEvicted', { pod: record.name, node }, about, 'warn', linkTo('Node', '', node));
  }
  const owned = ownedBy<Pod>(record, view);
  if (!owned) return undefined;
  const { kind, name: owner } = owned.owner;
  const parts = { kind, owner, pod: record.name };
  const isCascade = isGone(owned.owner, record.namespace, view);
  return told(isCascade ? 'podCascade' : 'podSurplus', parts, about);
}
