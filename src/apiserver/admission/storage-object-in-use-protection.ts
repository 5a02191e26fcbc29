import type { KubeObject } from '../../api/object';
import type { AdmissionStep } from './chain';

const FINALIZERS: Readonly<Record<string, string>> = {
  persistentvolumes: 'kubernetes.io/pv-protection',
  persistentvolumeclaims: 'kubernetes.io/pvc-protection',
  'volumeattributesclasses.storage.k8s.io': 'kubernetes.io/vac-protection',
};

/** Volumes, claims and classes of attributes stay until nobody uses them. */
export const storageObjectInUseProtection: AdmissionStep = {
  name: 'StorageObjectInUseProtection',
  operations: ['CREATE'],
  resources: Object.keys(FINALIZERS),
  admit(object: KubeObject, { ref }) {
    const { metadata } = object;
    const finalizer = FINALIZERS[ref.key];
    const finalizers = metadata.finalizers ?? [];
    if (!finalizers.includes(finalizer)) metadata.finalizers = [...finalizers, finalizer];
    return object;
  },
};
