// Asks for a new volume: the binder names the provisioner on the claim, and who that is does the
// rest. Of the provisioners that Kubernetes had in itself none is left.
// Upstream: provisionClaim, provisionClaimOperationExternal in
// pkg/controller/volume/persistentvolume/pv_controller.go, csi-translation-lib.
import type { PersistentVolumeClaim } from '../../api/extension-types';
import {
  BETA_STORAGE_PROVISIONER,
  claimClassName,
  STORAGE_PROVISIONER,
} from '../../api/volume-binding';
import type { BinderState } from './binder-state';

/** CSI drivers that took over from the volume plugins of that name. */
const MIGRATED: Readonly<Record<string, string>> = {
  'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
  'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
  'kubernetes.io/cinder': 'cinder.csi.openstack.org',
  'kubernetes.io/azure-disk': 'disk.csi.azure.com',
  'kubernetes.io/azure-file': 'file.csi.azure.com',
  'kubernetes.io/vsphere-volume': 'csi.vsphere.vmware.com',
  'kubernetes.io/portworx-volume': 'pxd.portworx.com',
};

export function provision(state: BinderState, claim: PersistentVolumeClaim): void {
  const { recorder } = state.context;
  const className = claimClassName(claim);
  const storageClass = state.classes.get(className);
  const asked = storageClass?.provisioner ?? '';
  const provisioner = MIGRATED[asked] ?? asked;
  const problem = storageClass
    ? pluginProblem(provisioner)
    : `storageclass.storage.k8s.io "${className}" not found`;
  if (problem) {
    recorder.event(claim, 'Warning', 'ProvisioningFailed', problem);
    return;
  }
  const marked = withProvisioner(claim, provisioner);
  const updated = marked === claim ? claim : state.updateClaim(marked);
  recorder.event(
    updated,
    'Normal',
    'ExternalProvisioning',
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' or ` +
      'manually by the system administrator. If volume creation is delayed, please verify that ' +
      'the provisioner is running and correctly registered.',
  );
}

function pluginProblem(provisioner: string): string {
  if (!provisioner.startsWith('kubernetes.io/')) return '';
  return `no volume plugin matched name: ${provisioner}`;
}

function withProvisioner(claim: PersistentVolumeClaim, provisioner: string): PersistentVolumeClaim {
  const { metadata } = claim;
  if (metadata.annotations?.[STORAGE_PROVISIONER] === provisioner) return claim;
  const annotations = {
    ...metadata.annotations,
    [BETA_STORAGE_PROVISIONER]: provisioner,
    [STORAGE_PROVISIONER]: provisioner,
  };
  return { ...claim, metadata: { ...metadata, annotations } };
}
