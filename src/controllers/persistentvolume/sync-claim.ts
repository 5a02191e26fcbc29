// What the binder does about one claim.
// Upstream: syncUnboundClaim, syncBoundClaim in
// pkg/controller/volume/persistentvolume/pv_controller.go.
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/extension-types';
import {
  BIND_COMPLETED,
  BOUND_BY_CONTROLLER,
  claimClassName,
  CLASS_ANNOTATION,
  defaultClass,
  findVolume,
  isBoundTo,
  mismatch,
  SELECTED_NODE,
  waitsForConsumer,
} from '../../api/volume-binding';
import { bind } from './bind';
import type { BinderState } from './binder-state';
import { provision } from './provision';

const NO_VOLUME = 'no persistent volumes available for this claim and no storage class is set';
const LOST_REFERENCE =
  'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!';
const LOST_VOLUME = 'Bound claim has lost its PersistentVolume. Data on the volume is lost!';
const MISBOUND = 'Two claims are bound to the same volume, this one is bound incorrectly';

export function syncClaim(state: BinderState, claim: PersistentVolumeClaim): void {
  if (claim.metadata.annotations?.[BIND_COMPLETED] !== undefined) syncBound(state, claim);
  else if (claim.spec.volumeName) syncNamed(state, claim, claim.spec.volumeName);
  else syncUnbound(state, claim);
}

function syncUnbound(state: BinderState, claim: PersistentVolumeClaim): void {
  const { recorder } = state.context;
  const isDelayed = waitsForConsumer(state.classes.get(claimClassName(claim)));
  const onlyReserved = isDelayed;
  const volume = findVolume(claim, state.volumes.values(), { onlyReserved });
  if (volume) {
    bind(state, volume, claim);
    return;
  }
  if (assignDefaultClass(state, claim)) return;
  const isSelected = claim.metadata.annotations?.[SELECTED_NODE] !== undefined;
  if (isDelayed && !isSelected) tellWhoIsAwaited(state, claim);
  else if (claimClassName(claim) !== '') {
    provision(state, claim);
    return;
  } else recorder.event(claim, 'Normal', 'FailedBinding', NO_VOLUME);
  state.setClaimPhase(claim, 'Pending');
}

/** A claim from before there was a default class gets it later. */
function assignDefaultClass(state: BinderState, claim: PersistentVolumeClaim): boolean {
  if (claim.spec.storageClassName != null) return false;
  if (claim.metadata.annotations?.[CLASS_ANNOTATION] !== undefined) return false;
  const best = defaultClass(state.classes.items.values());
  if (!best) return false;
  state.updateClaim({ ...claim, spec: { ...claim.spec, storageClassName: best.metadata.name } });
  return true;
}

function tellWhoIsAwaited(state: BinderState, claim: PersistentVolumeClaim): void {
  const names: string[] = [];
  for (const { metadata, spec, status } of state.podsWith(claim)) {
    const isOver = status.phase === 'Succeeded' || status.phase === 'Failed';
    if (!spec.nodeName && !isOver) names.push(metadata.name);
  }
  const { recorder } = state.context;
  if (names.length === 0) {
    const message = 'waiting for first consumer to be created before binding';
    recorder.event(claim, 'Normal', 'WaitForFirstConsumer', message);
    return;
  }
  const who = names.length > 1 ? `pods ${names.sort().join(',')}` : `pod ${names[0]}`;
  recorder.event(claim, 'Normal', 'WaitForPodScheduled', `waiting for ${who} to be scheduled`);
}

/** A claim that asks for one volume and no other. */
function syncNamed(state: BinderState, claim: PersistentVolumeClaim, volumeName: string): void {
  const volume = state.volumes.get(volumeName);
  const why = volume && whyNot(volume, claim);
  if (volume && !why) {
    bind(state, volume, claim);
    return;
  }
  if (why) state.context.recorder.event(claim, 'Warning', why.reason, why.message);
  state.setClaimPhase(claim, 'Pending');
}

function whyNot(
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
): { reason: string; message: string } | undefined {
  const { name } = volume.metadata;
  if (volume.spec.claimRef) {
    if (isBoundTo(volume, claim)) return undefined;
    if (claim.metadata.annotations?.[BOUND_BY_CONTROLLER] !== undefined) {
      const { claimRef } = volume.spec;
      throw new Error(`volume ${name} is claimed by ${claimRef.namespace}/${claimRef.name}`);
    }
    const message = `volume "${name}" already bound to a different claim.`;
    return { reason: 'FailedBinding', message };
  }
  const problem = mismatch(volume, claim);
  if (problem === '') return undefined;
  const message = `Cannot bind to requested volume "${name}": ${problem}`;
  return { reason: 'VolumeMismatch', message };
}

function syncBound(state: BinderState, claim: PersistentVolumeClaim): void {
  const { volumeName } = claim.spec;
  const lose = (reason: string, message: string): void => {
    state.setClaimPhase(claim, 'Lost', undefined, { type: 'Warning', reason, message });
  };
  if (!volumeName) {
    lose('ClaimLost', LOST_REFERENCE);
    return;
  }
  const volume = state.volumes.get(volumeName);
  if (!volume) lose('ClaimLost', LOST_VOLUME);
  else if (!volume.spec.claimRef || volume.spec.claimRef.uid === claim.metadata.uid) {
    bind(state, volume, claim);
  } else lose('ClaimMisbound', MISBOUND);
}
