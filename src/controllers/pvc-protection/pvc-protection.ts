// Lets a claim that is being deleted go when no pod that has a node uses it any more.
// Where the real one differs: it asks the API server for the pods besides; the informer here lags
// by a known few milliseconds, which are waited for.
// Upstream: pkg/controller/volume/pvcprotection.
import { persistentVolumeClaims } from '../../api/extension-refs';
import type { PersistentVolumeClaim } from '../../api/extension-types';
import { objectKey } from '../../api/object';
import { pods } from '../../api/resource-ref';
import type { Pod } from '../../api/types';
import { claimKeysOf, claimNameOf, hasClaims, notForPod } from '../../api/pod-volume-claims';
import type { Informer } from '../../client/informer';
import type { Controller } from '../controller';
import { candidateFor, withFinalizer, withoutFinalizer } from '../protection-finalizer';

const FINALIZER = 'kubernetes.io/pvc-protection';
/** Longer than any watch event is on its way. */
const CACHE_LAG_MS = 250;

export const pvcProtectionController: Controller = {
  name: 'persistentvolumeclaim-protection',
  eventSource: 'pvc-protection-controller',
  workers: 1,
  start(context) {
    const consider = (claim: PersistentVolumeClaim): void => {
      const step = candidateFor(claim, FINALIZER);
      if (step === 'add') context.enqueue(objectKey(claim));
      else if (step) context.enqueueAfter(objectKey(claim), CACHE_LAG_MS);
    };
    const claims = context.watch(persistentVolumeClaims, { added: consider, updated: consider });
    const left = (pod: Pod): void => {
      if (!hasClaims(pod)) return;
      for (const key of claimKeysOf(pod)) context.enqueue(key);
    };
    const podInformer = context.watch(pods, {
      updated: (pod) => {
        if (hasClaims(pod) && isTerminated(pod)) left(pod);
      },
      deleted: left,
    });
    podInformer.addIndex('claims', claimKeysOf);
    return {
      reconcile(key) {
        const claim = claims.get(key);
        const step = claim && candidateFor(claim, FINALIZER);
        if (!claim || !step) return;
        if (step === 'add') {
          context.client.update(persistentVolumeClaims, withFinalizer(claim, FINALIZER));
        } else if (!isUsed(claim, podInformer)) {
          context.client.update(persistentVolumeClaims, withoutFinalizer(claim, FINALIZER));
        }
      },
    };
  },
};

function isTerminated({ spec, status }: Pod): boolean {
  return !spec.nodeName || status.phase === 'Succeeded' || status.phase === 'Failed';
}

function isUsed(claim: PersistentVolumeClaim, podInformer: Informer<Pod>): boolean {
  for (const pod of podInformer.byIndex('claims', objectKey(claim))) {
    if (uses(pod, claim)) return true;
  }
  return false;
}

/** A pod without a node will not be started with a claim that is being deleted. */
function uses(pod: Pod, claim: PersistentVolumeClaim): boolean {
  if (!pod.spec.nodeName) return false;
  return (pod.spec.volumes ?? []).some((volume) => {
    if (claimNameOf(pod, volume) !== claim.metadata.name) return false;
    return !volume.ephemeral || (!isShutDown(pod) && notForPod(pod, claim) === '');
  });
}

/** The kubelet is done with it, or was told not to bother. */
function isShutDown({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined && metadata.deletionGracePeriodSeconds === 0;
}
