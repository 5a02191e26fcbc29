import type { PersistentVolume, PersistentVolumeClaim } from '../api/extension-types';
import { BOUND_BY_CONTROLLER, isBoundTo } from '../api/volume-binding';
import { referenceTo } from './reference-to';

/**
 * The volume with the claim in it, and a note that no person put it there; itself when it is so.
 */
export function withClaim(
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
): PersistentVolume {
  const { metadata, spec } = volume;
  const isReserved = isBoundTo(volume, claim);
  if (isReserved && spec.claimRef?.uid === claim.metadata.uid) return volume;
  const annotations = isReserved
    ? metadata.annotations
    : { ...metadata.annotations, [BOUND_BY_CONTROLLER]: 'yes' };
  return {
    ...volume,
    metadata: annotations ? { ...metadata, annotations } : metadata,
    spec: { ...spec, claimRef: referenceTo(claim) },
  };
}
