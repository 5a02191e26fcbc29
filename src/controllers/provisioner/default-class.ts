import type { Draft } from '../../api/object';
import type { StorageClass } from '../../api/extension-types';
import { DEFAULT_CLASS_ANNOTATION } from '../../api/volume-binding';

/**
 * The class that kind gives its clusters, so that claims which name none get a volume: a bare
 * kubeadm cluster has no class at all, and hardly anybody keeps it so.
 */
export function standardClass(): Draft<StorageClass> {
  return {
    metadata: { name: 'standard', annotations: { [DEFAULT_CLASS_ANNOTATION]: 'true' } },
    provisioner: 'rancher.io/local-path',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  };
}
