// The binder: gives each claim the volume that suits it, asks provisioners for one where there is
// none, keeps the phases of both, and reclaims volumes whose claims are gone.
// Invariants: a volume and its claim name each other, by uid, before either is Bound; of a claim
// that was bound once nothing but its phase changes; one key is worked on at a time.
// Where the real one differs: disks are not there, so that recycling and the deletion of host paths
// are a matter of time only.
// Upstream: pkg/controller/volume/persistentvolume/pv_controller.go, pv_controller_base.go.
import {
  persistentVolumeClaims,
  persistentVolumes,
  storageClasses,
} from '../../api/extension-refs';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/extension-types';
import { objectKey } from '../../api/object';
import { pods } from '../../api/resource-ref';
import { claimKeysOf } from '../../api/pod-volume-claims';
import type { Controller, ControllerContext } from '../controller';
import { BinderState, CLAIM_KEY, RECLAIM_KEY, VOLUME_KEY } from './binder-state';
import { finishReclaim } from './reclaim';
import { syncClaim } from './sync-claim';
import { syncVolume } from './sync-volume';

/** Everything is looked at again this often: a claim finds a volume made after it then. */
const RESYNC_MS = 15_000;
const RESYNC = 'resync';

export const persistentVolumeBinder: Controller = {
  name: 'persistentvolume-binder',
  eventSource: 'persistentvolume-controller',
  workers: 1,
  start(context) {
    const state = stateOf(context);
    return { reconcile: (key) => sync(state, key) };
  },
};

function stateOf(context: ControllerContext): BinderState {
  const enqueue = (key: string): void => {
    context.enqueue(key);
    if (state.isResyncing) return;
    state.isResyncing = true;
    context.enqueueAfter(RESYNC, RESYNC_MS);
  };
  const claimChanged = (claim: PersistentVolumeClaim): void =>
    enqueue(CLAIM_KEY + objectKey(claim));
  const volumeChanged = ({ metadata }: PersistentVolume): void =>
    enqueue(VOLUME_KEY + metadata.name);
  const claims = context.watch(persistentVolumeClaims, {
    added: claimChanged,
    updated: claimChanged,
    deleted: ({ spec }) => {
      if (spec.volumeName) enqueue(VOLUME_KEY + spec.volumeName);
    },
  });
  const volumes = context.watch(persistentVolumes, {
    added: volumeChanged,
    updated: volumeChanged,
    deleted: ({ spec: { claimRef } }) => {
      if (claimRef) enqueue(`${CLAIM_KEY}${claimRef.namespace}/${claimRef.name}`);
    },
  });
  const classes = context.informer(storageClasses);
  const podInformer = context.informer(pods);
  podInformer.addIndex('claims', claimKeysOf);
  const state = new BinderState(context, claims, volumes, classes, podInformer);
  return state;
}

function sync(state: BinderState, key: string): number | void {
  const name = key.slice(key.indexOf(':') + 1);
  if (key === RESYNC) return resync(state);
  if (key.startsWith(RECLAIM_KEY)) return finishReclaim(state, name);
  if (key.startsWith(CLAIM_KEY)) {
    const claim = state.claims.get(name);
    return claim && syncClaim(state, claim);
  }
  const volume = state.volumes.get(name);
  return volume && syncVolume(state, volume);
}

/** Again in a while, as long as there is anything. */
function resync(state: BinderState): number | void {
  const { context, claims, volumes } = state;
  state.isResyncing = false;
  for (const { metadata } of volumes.values()) {
    state.isResyncing = true;
    context.enqueue(VOLUME_KEY + metadata.name);
  }
  for (const claim of claims.values()) {
    state.isResyncing = true;
    context.enqueue(CLAIM_KEY + objectKey(claim));
  }
  return state.isResyncing ? RESYNC_MS : undefined;
}
