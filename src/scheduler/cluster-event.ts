// What happens in the cluster that may let a pod be scheduled which could not be, and how changes
// of nodes and pods are read as such events.
// Upstream: pkg/scheduler/framework/events.go.
import { deepEqual } from '../api/deep-equal';
import type { KubeObject } from '../api/object';
import type { Node, Pod } from '../api/types';
import type { ResourceAmounts } from './resource-amounts';
import { podRequests } from './pod-requests';
import { countedPod } from './resized-pod';

export type ClusterEventKind =
  | 'NodeAdd'
  | 'NodeDelete'
  | 'NodeAllocatable'
  | 'NodeLabel'
  | 'NodeTaint'
  | 'NodeCondition'
  | 'NodeAnnotation'
  | 'AssignedPodAdd'
  | 'AssignedPodDelete'
  | 'AssignedPodLabel'
  | 'AssignedPodScaleDown'
  | 'AssignedPodUpdate'
  /** Changes of the pending pod itself. */
  | 'PodLabel'
  | 'PodScaleDown'
  | 'PodToleration'
  | 'PodGatesEliminated'
  | 'PodUpdate'
  /** Of kinds that plugins of the extension follow. */
  | `${ExtraSubject}${'Add' | 'Update' | 'Delete'}`;

export type ExtraSubject =
  | 'StorageClass'
  | 'PersistentVolume'
  | 'PersistentVolumeClaim'
  | 'CSINode'
  | 'CSIDriver'
  | 'CSIStorageCapacity'
  | 'VolumeAttachment'
  | 'ResourceClaim'
  | 'ResourceSlice'
  | 'DeviceClass';

export interface ClusterEvent {
  readonly kind: ClusterEventKind;
  /** What changed, before the change; undefined for an addition. */
  readonly old?: KubeObject;
  /** What changed, after the change; undefined for a deletion. */
  readonly new?: KubeObject;
}

/** Only what may make a node fit where it did not; a heartbeat gives none. */
export function nodeChanges(node: Node, old: Node): ClusterEventKind[] {
  const kinds: ClusterEventKind[] = [];
  const becameSchedulable = old.spec.unschedulable === true && !node.spec.unschedulable;
  if (!deepEqual(old.status.allocatable, node.status.allocatable)) kinds.push('NodeAllocatable');
  if (!deepEqual(old.metadata.labels, node.metadata.labels)) kinds.push('NodeLabel');
  if (becameSchedulable || !deepEqual(old.spec.taints, node.spec.taints)) kinds.push('NodeTaint');
  if (!sameConditions(node, old)) kinds.push('NodeCondition');
  if (!deepEqual(old.metadata.annotations, node.metadata.annotations)) kinds.push('NodeAnnotation');
  return kinds;
}

function sameConditions(node: Node, old: Node): boolean {
  const now = node.status.conditions ?? [];
  const before = old.status.conditions ?? [];
  if (now === before) return true;
  if (now.length !== before.length) return false;
  return now.every((condition) =>
    before.some(({ type, status }) => type === condition.type && status === condition.status),
  );
}

/** Changes of a pod that has no node. */
export function pendingPodChanges(pod: Pod, old: Pod): ClusterEventKind[] {
  const kinds: ClusterEventKind[] = [];
  if (!deepEqual(pod.metadata.labels, old.metadata.labels)) kinds.push('PodLabel');
  if (isScaledDown(pod, old)) kinds.push('PodScaleDown');
  if (old.spec.schedulingGates?.length && !pod.spec.schedulingGates?.length) {
    kinds.push('PodGatesEliminated');
  }
  if ((pod.spec.tolerations?.length ?? 0) !== (old.spec.tolerations?.length ?? 0)) {
    kinds.push('PodToleration');
  }
  if (kinds.length === 0) kinds.push('PodUpdate');
  return kinds;
}

/** Changes of a pod that is on a node. */
export function assignedPodChanges(pod: Pod, old: Pod): ClusterEventKind[] {
  const kinds: ClusterEventKind[] = [];
  if (!deepEqual(pod.metadata.labels, old.metadata.labels)) kinds.push('AssignedPodLabel');
  if (isScaledDown(pod, old)) kinds.push('AssignedPodScaleDown');
  if (kinds.length === 0) kinds.push('AssignedPodUpdate');
  return kinds;
}

function isScaledDown(pod: Pod, old: Pod): boolean {
  const { spec } = countedPod(pod);
  const { spec: oldSpec } = countedPod(old);
  if (spec === oldSpec) return false;
  const { containers, initContainers, resources } = spec;
  if (
    containers === oldSpec.containers &&
    initContainers === oldSpec.initContainers &&
    resources === oldSpec.resources
  ) {
    return false;
  }
  return isLess(podRequests(spec), podRequests(oldSpec));
}

function isLess(amounts: ResourceAmounts, old: ResourceAmounts): boolean {
  if (amounts.milliCpu < old.milliCpu || amounts.memory < old.memory) return true;
  if (amounts.ephemeralStorage < old.ephemeralStorage) return true;
  if (old.scalars === undefined) return false;
  for (const [name, amount] of old.scalars) if (amounts.get(name) < amount) return true;
  return false;
}
