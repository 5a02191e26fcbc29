// The binding itself, in its four writes; whatever fails on the way is finished by the next sync.
// Upstream: bind in pkg/controller/volume/persistentvolume/pv_controller.go,
// component-helpers/storage/volume/pv_helpers.go (GetBindVolumeToClaim).
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/extension-types';
import { BIND_COMPLETED, BOUND_BY_CONTROLLER } from '../../api/volume-binding';
import { withClaim } from '../../client/volume-claim-reference';
import type { BinderState } from './binder-state';

/** Makes the two each other's, from wherever they stand. */
export function bind(
  state: BinderState,
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
): void {
  let boundVolume = withClaim(volume, claim);
  if (boundVolume !== volume) boundVolume = state.updateVolume(boundVolume);
  boundVolume = state.setVolumePhase(boundVolume, 'Bound');
  let boundClaim = claimFor(claim, boundVolume);
  if (boundClaim !== claim) boundClaim = state.updateClaim(boundClaim);
  state.setClaimPhase(boundClaim, 'Bound', boundVolume);
}

function claimFor(claim: PersistentVolumeClaim, volume: PersistentVolume): PersistentVolumeClaim {
  const { metadata, spec } = claim;
  const isNamed = spec.volumeName === volume.metadata.name;
  const isCompleted = metadata.annotations?.[BIND_COMPLETED] !== undefined;
  if (isNamed && isCompleted) return claim;
  const annotations = { ...metadata.annotations };
  if (!isNamed) annotations[BOUND_BY_CONTROLLER] = 'yes';
  annotations[BIND_COMPLETED] = 'yes';
  return {
    ...claim,
    metadata: { ...metadata, annotations },
    spec: isNamed ? spec : { ...spec, volumeName: volume.metadata.name },
  };
}

/**
 * Takes the claim off the volume: wholly when the binder had put it there, else only its uid, so
 * that the volume stays kept for a claim of that name.
 */
export function unbind(state: BinderState, volume: PersistentVolume): void {
  const { metadata, spec } = volume;
  const { [BOUND_BY_CONTROLLER]: byController, ...annotations } = metadata.annotations ?? {};
  let next: PersistentVolume;
  if (byController === undefined) {
    const { uid: _uid, ...claimRef } = spec.claimRef!;
    next = { ...volume, spec: { ...spec, claimRef } };
  } else {
    const { claimRef: _gone, ...others } = spec;
    const { annotations: _old, ...bare } = metadata;
    const isEmpty = Object.keys(annotations).length === 0;
    next = { ...volume, metadata: isEmpty ? bare : { ...bare, annotations }, spec: others };
  }
  state.setVolumePhase(state.updateVolume(next), 'Available');
}
