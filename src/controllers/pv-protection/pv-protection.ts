// Lets a volume that is being deleted go when no claim is bound to it any more.
// Upstream: pkg/controller/volume/pvprotection.
import { persistentVolumes } from '../../api/extension-refs';
import type { PersistentVolume } from '../../api/extension-types';
import type { Controller } from '../controller';
import { candidateFor, withFinalizer, withoutFinalizer } from '../protection-finalizer';

const FINALIZER = 'kubernetes.io/pv-protection';

export const pvProtectionController: Controller = {
  name: 'persistentvolume-protection',
  eventSource: 'pv-protection-controller',
  workers: 1,
  start(context) {
    const consider = (volume: PersistentVolume): void => {
      if (candidateFor(volume, FINALIZER)) context.enqueue(volume.metadata.name);
    };
    const volumes = context.watch(persistentVolumes, { added: consider, updated: consider });
    return {
      reconcile(name) {
        const volume = volumes.get(name);
        const step = volume && candidateFor(volume, FINALIZER);
        if (!volume || !step) return;
        if (step === 'add') {
          context.client.update(persistentVolumes, withFinalizer(volume, FINALIZER));
        } else if (volume.status.phase !== 'Bound') {
          context.client.update(persistentVolumes, withoutFinalizer(volume, FINALIZER));
        }
      },
    };
  },
};
