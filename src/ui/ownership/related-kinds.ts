// The kinds that stand in the ownership view, each with the column in which it stands. Ownership
// runs from the left to the pods; what selects or serves pods stands to the right of them.
import {
  cronJobs,
  horizontalPodAutoscalers,
  ingresses,
  jobs,
  networkPolicies,
  persistentVolumeClaims,
  persistentVolumes,
  podDisruptionBudgets,
  replicationControllers,
  statefulSets,
} from '../../api/extension-refs';
import {
  configMaps,
  daemonSets,
  deployments,
  endpointSlices,
  pods,
  replicaSets,
  secrets,
  services,
} from '../../api/resource-ref';
import type { ResourceRef } from '../../api/resource-ref';
import type { IconName } from '../theme/icon-paths';

export const COLUMNS = ['workloads', 'revisions', 'pods', 'around', 'beyond'] as const;
export type Column = (typeof COLUMNS)[number];

export interface RelatedKind {
  ref: ResourceRef;
  column: Column;
  icon: IconName;
  /** As the field says it, where the kind's own name is too long for a card. */
  short?: string;
}

export const RELATED_KINDS: readonly RelatedKind[] = [
  { ref: horizontalPodAutoscalers as ResourceRef, column: 'workloads', icon: 'bars', short: 'HPA' },
  { ref: deployments as ResourceRef, column: 'workloads', icon: 'own' },
  { ref: statefulSets as ResourceRef, column: 'workloads', icon: 'own' },
  { ref: daemonSets as ResourceRef, column: 'workloads', icon: 'own' },
  { ref: cronJobs as ResourceRef, column: 'workloads', icon: 'loop' },
  { ref: replicationControllers as ResourceRef, column: 'workloads', icon: 'own', short: 'RC' },
  { ref: replicaSets as ResourceRef, column: 'revisions', icon: 'list' },
  { ref: jobs as ResourceRef, column: 'revisions', icon: 'check' },
  { ref: pods as ResourceRef, column: 'pods', icon: 'tank' },
  { ref: services as ResourceRef, column: 'around', icon: 'svc' },
  { ref: podDisruptionBudgets as ResourceRef, column: 'around', icon: 'cordon', short: 'PDB' },
  { ref: networkPolicies as ResourceRef, column: 'around', icon: 'cable' },
  { ref: configMaps as ResourceRef, column: 'around', icon: 'doc' },
  { ref: secrets as ResourceRef, column: 'around', icon: 'key' },
  { ref: persistentVolumeClaims as ResourceRef, column: 'around', icon: 'disk', short: 'PVC' },
  { ref: endpointSlices as ResourceRef, column: 'around', icon: 'list' },
  { ref: ingresses as ResourceRef, column: 'beyond', icon: 'gate' },
  { ref: persistentVolumes as ResourceRef, column: 'beyond', icon: 'disk', short: 'PV' },
];

const byKind = new Map(RELATED_KINDS.map((kind) => [kind.ref.kind, kind]));

/** How a kind stands in the view; undefined for one that does not. */
export function relatedKind(kind: string): RelatedKind | undefined {
  return byKind.get(kind);
}
