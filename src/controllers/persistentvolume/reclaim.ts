// What becomes of a volume whose claim is gone, by its policy. Volumes that somebody else made are
// for that one to delete.
// Upstream: reclaimVolume, deleteVolumeOperation, recycleVolumeOperation in
// pkg/controller/volume/persistentvolume/pv_controller.go, pkg/volume/hostpath.
import { persistentVolumes } from '../../api/extension-refs';
import type { PersistentVolume } from '../../api/extension-types';
import { isNotFound } from '../../api/status-error';
import { PROVISIONED_BY } from '../../api/volume-binding';
import { unbind } from './bind';
import { RECLAIM_KEY, type BinderState } from './binder-state';

/** What an `rm -rf` of a small directory, or a pod that does one, takes. */
const DELETE_MS = 100;
const RECYCLE_MS = 8_000;

export function reclaim(state: BinderState, volume: PersistentVolume): void {
  switch (volume.spec.persistentVolumeReclaimPolicy) {
    case 'Retain':
      return;
    case 'Delete':
      deleteVolume(state, volume);
      return;
    case 'Recycle':
      recycle(state, volume);
      return;
    default:
      fail(
        state,
        volume,
        'VolumeUnknownReclaimPolicy',
        'Volume has an unrecognized reclaim policy',
      );
  }
}

function deleteVolume(state: BinderState, volume: PersistentVolume): void {
  const { metadata } = volume;
  const maker = metadata.annotations?.[PROVISIONED_BY] ?? '';
  if (metadata.deletionTimestamp) return;
  if (maker && !maker.startsWith('kubernetes.io/')) return;
  const problem = deleteProblem(volume);
  if (problem) {
    fail(state, volume, 'VolumeFailedDelete', problem);
    return;
  }
  state.context.enqueueAfter(RECLAIM_KEY + metadata.name, DELETE_MS);
}

/** Of what Kubernetes itself can delete, only host paths are left, and of them only some. */
function deleteProblem({ metadata, spec }: PersistentVolume): string {
  if (!spec.hostPath) {
    const prefix = `error getting deleter volume plugin for volume "${metadata.name}"`;
    return `${prefix}: no deletable volume plugin matched`;
  }
  const { path } = spec.hostPath;
  if (/^\/tmp\/.+/.test(path)) return '';
  return `host_path deleter only supports /tmp/.+ but received provided ${path}`;
}

function recycle(state: BinderState, volume: PersistentVolume): void {
  const { name } = volume.metadata;
  const { hostPath, nfs } = volume.spec;
  if (!hostPath && !nfs) {
    fail(state, volume, 'VolumeFailedRecycle', 'No recycler plugin found for the volume!');
    return;
  }
  state.context.enqueueAfter(RECLAIM_KEY + name, RECYCLE_MS);
}

/** Does what was begun some time ago, unless the volume is wanted again. */
export function finishReclaim(state: BinderState, name: string): void {
  const { client, recorder } = state.context;
  const volume = state.volumes.get(name);
  if (!volume || (volume.status.phase !== 'Released' && volume.status.phase !== 'Failed')) return;
  if (volume.spec.persistentVolumeReclaimPolicy === 'Recycle') {
    recorder.event(volume, 'Normal', 'VolumeRecycled', 'Volume recycled');
    unbind(state, volume);
    return;
  }
  if (volume.spec.persistentVolumeReclaimPolicy !== 'Delete') return;
  try {
    client.delete(persistentVolumes, '', name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function fail(state: BinderState, volume: PersistentVolume, reason: string, message: string): void {
  state.setVolumePhase(volume, 'Failed', message, { type: 'Warning', reason, message });
}
