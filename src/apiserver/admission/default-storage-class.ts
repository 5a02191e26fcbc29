import { storageClasses } from '../../api/extension-refs';
import type { PersistentVolumeClaim, StorageClass } from '../../api/extension-types';
import { CLASS_ANNOTATION, defaultClass } from '../../api/volume-binding';
import type { AdmissionStep } from './chain';

/** A claim that says nothing of a class gets the default one; '' is a class too. */
export const defaultStorageClass: AdmissionStep = {
  name: 'DefaultStorageClass',
  operations: ['CREATE'],
  resources: ['persistentvolumeclaims'],
  admit(object, { store }) {
    const claim = object as PersistentVolumeClaim;
    const { metadata, spec } = claim;
    if (spec.storageClassName != null) return claim;
    if (metadata.annotations?.[CLASS_ANNOTATION] !== undefined) return claim;
    const best = defaultClass(store.list(storageClasses.key) as StorageClass[]);
    if (best) spec.storageClassName = best.metadata.name;
    return claim;
  },
};
