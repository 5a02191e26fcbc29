// How volumes and claims find and name each other: what the binder, the scheduler, the kubelet and
// the API server must agree on.
// Upstream: component-helpers/storage/volume/pv_helpers.go.
import { selectorFromLabelSelector } from './label-selector';
import { matchesNodeSelector } from './node-affinity';
import { parseQuantity, quantityError } from './quantity';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from './extension-types';
import type { Node } from './types';

/** Class of a claim or volume, before there was a field for it. */
export const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';
/** On a class: the one for claims that name none. */
export const DEFAULT_CLASS_ANNOTATION = 'storageclass.kubernetes.io/is-default-class';
const BETA_DEFAULT_CLASS_ANNOTATION = 'storageclass.beta.kubernetes.io/is-default-class';
/** On a claim: it has been bound once. */
export const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
/** On claims and volumes: not a person but the binder chose the other. */
export const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
/** On a volume: who made it. */
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
/** On a claim: who is to make its volume; and the name it had before. */
export const STORAGE_PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
export const BETA_STORAGE_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';
/** On a claim that waits for its consumer: the node that the scheduler chose. */
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';

/** The class that a claim names; '' for none. */
export function claimClassName({ metadata, spec }: PersistentVolumeClaim): string {
  return metadata.annotations?.[CLASS_ANNOTATION] ?? spec.storageClassName ?? '';
}

/** The class that a volume is of; '' for none. */
export function volumeClassName({ metadata, spec }: PersistentVolume): string {
  return metadata.annotations?.[CLASS_ANNOTATION] ?? spec.storageClassName ?? '';
}

export function isDefaultClass({ metadata }: StorageClass): boolean {
  const { annotations = {} } = metadata;
  return (
    annotations[DEFAULT_CLASS_ANNOTATION] === 'true' ||
    annotations[BETA_DEFAULT_CLASS_ANNOTATION] === 'true'
  );
}

/** The newest of the default classes, by name when they are of one age. */
export function defaultClass(classes: Iterable<StorageClass>): StorageClass | undefined {
  let best: StorageClass | undefined;
  for (const each of classes) {
    if (isDefaultClass(each) && (!best || isBetterDefault(each, best))) best = each;
  }
  return best;
}

function isBetterDefault({ metadata: a }: StorageClass, { metadata: b }: StorageClass): boolean {
  if (a.creationTimestamp !== b.creationTimestamp) {
    return a.creationTimestamp > b.creationTimestamp;
  }
  return a.name < b.name;
}

/** Whether volumes for such a claim are chosen only when a pod with it is given a node. */
export function waitsForConsumer(storageClass: StorageClass | undefined): boolean {
  return storageClass?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** The volume is this claim's, or kept for a claim of its name that has no uid yet. */
export function isBoundTo(volume: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const { claimRef } = volume.spec;
  if (!claimRef) return false;
  if (claimRef.name !== metadata.name || claimRef.namespace !== metadata.namespace) return false;
  return !claimRef.uid || claimRef.uid === metadata.uid;
}

/** Both sides know each other, for good. */
export function isFullyBound({ metadata, spec }: PersistentVolumeClaim): boolean {
  return !!spec.volumeName && metadata.annotations?.[BIND_COMPLETED] !== undefined;
}

/** Bytes that a claim asks for. */
export function requestedBytes({ spec }: PersistentVolumeClaim): number {
  return amountOf(spec.resources?.requests?.storage);
}

/** Bytes that a volume has. */
export function capacityBytes({ spec }: PersistentVolume): number {
  return amountOf(spec.capacity?.storage);
}

export function amountOf(quantity: string | number | undefined): number {
  if (quantity === undefined || quantityError(quantity) !== undefined) return 0;
  return parseQuantity(quantity);
}

/** Whether the volume can be reached from the node. */
export function isReachableFrom({ spec }: PersistentVolume, node: Node): boolean {
  const required = spec.nodeAffinity?.required;
  return !required || matchesNodeSelector(required, node);
}

export function hasAccessModes(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const { accessModes = [] } = volume.spec;
  return (claim.spec.accessModes ?? []).every((mode) => accessModes.includes(mode));
}

export function hasVolumeMode(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return (claim.spec.volumeMode ?? 'Filesystem') === (volume.spec.volumeMode ?? 'Filesystem');
}

function hasAttributesClass(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const asked = claim.spec.volumeAttributesClassName ?? '';
  return asked === (volume.spec.volumeAttributesClassName ?? '');
}

/** What else a search for a volume is bound by. */
export interface SearchOptions {
  /** The scheduler's candidate; undefined when the binder asks, which goes by no node. */
  readonly node?: Node;
  /** Names of volumes that are as good as given away. */
  readonly excluded?: ReadonlySet<string>;
  /** Only volumes that are kept for the claim, since the scheduler is to choose. */
  readonly onlyReserved?: boolean;
}

/**
 * The volume that suits the claim best: one that is kept for it, else the smallest that is large
 * enough, first among those with the fewest access modes beyond the claim's.
 */
export function findVolume(
  claim: PersistentVolumeClaim,
  volumes: Iterable<PersistentVolume>,
  { node, excluded, onlyReserved = false }: SearchOptions = {},
): PersistentVolume | undefined {
  const asked = requestedBytes(claim);
  const selector = selectorFromLabelSelector(claim.spec.selector ?? {});
  const className = claimClassName(claim);
  let best: PersistentVolume | undefined;
  for (const volume of volumes) {
    if (excluded?.has(volume.metadata.name)) continue;
    if (volume.spec.claimRef && !isBoundTo(volume, claim)) continue;
    if (!isLargeEnough(volume, asked) || !hasAccessModes(volume, claim)) continue;
    if (!hasVolumeMode(volume, claim) || !hasAttributesClass(volume, claim)) continue;
    if (volume.metadata.deletionTimestamp) continue;
    const isReachable = !node || isReachableFrom(volume, node);
    if (isBoundTo(volume, claim)) return isReachable ? volume : undefined;
    if (onlyReserved || !isReachable || volume.status?.phase !== 'Available') continue;
    if (volumeClassName(volume) !== className) continue;
    if (claim.spec.selector && !selector.matches(volume.metadata.labels ?? {})) continue;
    if (!best || isBetter(volume, best)) best = volume;
  }
  return best;
}

function isLargeEnough(volume: PersistentVolume, asked: number): boolean {
  return capacityBytes(volume) >= asked;
}

function isBetter(volume: PersistentVolume, than: PersistentVolume): boolean {
  const modes = (volume.spec.accessModes?.length ?? 0) - (than.spec.accessModes?.length ?? 0);
  if (modes !== 0) return modes < 0;
  const bytes = capacityBytes(volume) - capacityBytes(than);
  if (bytes !== 0) return bytes < 0;
  return volume.metadata.name < than.metadata.name;
}

/** Why a volume that a claim names cannot be its own; '' when it can. */
export function mismatch(volume: PersistentVolume, claim: PersistentVolumeClaim): string {
  if (volume.metadata.deletionTimestamp) {
    return `the volume is marked for deletion "${volume.metadata.name}"`;
  }
  if (!isLargeEnough(volume, requestedBytes(claim))) return 'requested PV is too small';
  if (volumeClassName(volume) !== claimClassName(claim)) return 'storageClassName does not match';
  if (!hasAttributesClass(volume, claim)) return 'volumeAttributesClassName does not match';
  if (!hasVolumeMode(volume, claim)) return 'incompatible volumeMode';
  return hasAccessModes(volume, claim) ? '' : 'incompatible accessMode';
}
