import { persistentVolumeClaims, storageClasses } from '../../api/extension-refs';
import type { PersistentVolumeClaim, StorageClass } from '../../api/extension-types';
import { forbidden, type StatusError } from '../../api/status-error';
import { claimClassName, requestedBytes } from '../../api/volume-binding';
import type { AdmissionRequest, AdmissionStep } from './chain';

/** Only a bound claim may grow, and only when its class allows it. */
export const persistentVolumeClaimResize: AdmissionStep = {
  name: 'PersistentVolumeClaimResize',
  operations: ['UPDATE'],
  resources: ['persistentvolumeclaims'],
  validate(object, request) {
    const claim = object as PersistentVolumeClaim;
    const old = request.old as PersistentVolumeClaim;
    if (requestedBytes(claim) <= requestedBytes(old)) return;
    if (old.status?.phase !== 'Bound') {
      throw refusal(request, 'only bound persistent volume claims can be expanded');
    }
    if (allowsExpansion(claim, old, request)) return;
    throw refusal(
      request,
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the ' +
        'pvc must support resize',
    );
  },
};

function allowsExpansion(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
  { store }: AdmissionRequest,
): boolean {
  const className = claimClassName(claim);
  if (className === '' || className !== claimClassName(old)) return false;
  const storageClass = store.get(storageClasses.key, '', className) as StorageClass | undefined;
  return storageClass?.allowVolumeExpansion === true;
}

function refusal({ name }: AdmissionRequest, why: string): StatusError {
  return forbidden(persistentVolumeClaims, name, why);
}
