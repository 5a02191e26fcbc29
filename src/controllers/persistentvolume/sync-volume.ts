// What the binder does about one volume.
// Upstream: syncVolume in pkg/controller/volume/persistentvolume/pv_controller.go.
import { persistentVolumeClaims } from '../../api/extension-refs';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/extension-types';
import { isNotFound } from '../../api/status-error';
import { hasVolumeMode, PROVISIONED_BY } from '../../api/volume-binding';
import { unbind } from './bind';
import { CLAIM_KEY, type BinderState } from './binder-state';
import { reclaim } from './reclaim';

export function syncVolume(state: BinderState, volume: PersistentVolume): void {
  const { claimRef, persistentVolumeReclaimPolicy } = volume.spec;
  if (!claimRef?.uid) {
    state.setVolumePhase(volume, 'Available');
    return;
  }
  const claim = claimOf(state, volume);
  if (!claim) {
    reclaim(state, released(state, volume));
  } else if (!claim.spec.volumeName) {
    if (hasVolumeMode(volume, claim)) {
      state.context.enqueue(`${CLAIM_KEY}${claimRef.namespace}/${claimRef.name}`);
    } else tellMismatch(state, volume, claim);
  } else if (claim.spec.volumeName === volume.metadata.name) {
    state.setVolumePhase(volume, 'Bound');
  } else if (
    volume.metadata.annotations?.[PROVISIONED_BY] !== undefined &&
    persistentVolumeReclaimPolicy === 'Delete'
  ) {
    // It was made for a claim that has found another.
    reclaim(state, released(state, volume));
  } else unbind(state, volume);
}

/** Of a volume that failed, the failure stays to be seen. */
function released(state: BinderState, volume: PersistentVolume): PersistentVolume {
  return volume.status.phase === 'Failed' ? volume : state.setVolumePhase(volume, 'Released');
}

/** The claim that the volume is bound to, if it still is the same. */
function claimOf(
  state: BinderState,
  { spec, status }: PersistentVolume,
): PersistentVolumeClaim | undefined {
  const { namespace = '', name = '', uid } = spec.claimRef!;
  let claim = state.claims.get(`${namespace}/${name}`);
  if (claim?.metadata.uid === uid) return claim;
  if (status.phase === 'Released' || status.phase === 'Failed') return undefined;
  // A cache that lags must not cost anybody a volume.
  try {
    claim = state.context.client.get(persistentVolumeClaims, namespace, name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return undefined;
  }
  return claim.metadata.uid === uid ? claim : undefined;
}

function tellMismatch(
  { context: { recorder } }: BinderState,
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
): void {
  const ofClaim = 'PersistentVolumeClaim';
  const why = 'due to incompatible volumeMode.';
  recorder.event(
    volume,
    'Warning',
    'VolumeMismatch',
    `Cannot bind PersistentVolume to requested ${ofClaim} "${claim.metadata.name}" ${why}`,
  );
  recorder.event(
    claim,
    'Warning',
    'VolumeMismatch',
    `Cannot bind PersistentVolume "${volume.metadata.name}" to requested ${ofClaim} ${why}`,
  );
}
