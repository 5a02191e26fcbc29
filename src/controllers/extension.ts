// The controllers that come with the extension, in the order in which they are started and shown.
import { bootstrapSignerController } from './bootstrap/bootstrap-signer';
import { tokenCleanerController } from './bootstrap/token-cleaner';
import { clusterRoleAggregationController } from './clusterrole-aggregation/aggregated-roles';
import type { Controller } from './controller';
import { csrApprovingController } from './csr-approving/csr-approving';
import { csrCleanerController } from './csr-cleaner/csr-cleaner';
import { legacyServiceAccountTokenCleaner } from './legacy-token-cleaner/legacy-token-cleaner';
import { cronJobController } from './cronjob/cronjob';
import { deviceTaintEvictionController } from './device-taint-eviction/device-taint-eviction';
import { disruptionController } from './disruption/disruption';
import { jobController } from './job/job';
import { ttlAfterFinishedController } from './ttl-after-finished/ttl-after-finished';
import { daemonSetWithHistory } from './daemonset/daemonset-with-history';
import { horizontalPodAutoscalerController } from './hpa/hpa';
import { replicationController } from './replicaset/replication-controller';
import { statefulSetController } from './statefulset/statefulset';
import { resourceClaimController } from './resourceclaim/resourceclaim';
import { resourceQuotaController } from './resource-quota/resource-quota';
import { endpointSliceMirroringController } from './endpointslicemirroring/endpointslicemirroring';
import { serviceCidrController } from './service-cidr/service-cidr';
import { ephemeralVolumeController } from './ephemeral-volume/ephemeral-volume';
import { persistentVolumeBinder } from './persistentvolume/persistentvolume';
import { pvProtectionController } from './pv-protection/pv-protection';
import { pvcProtectionController } from './pvc-protection/pvc-protection';
import { csiProvisioner } from './provisioner/csi';
import { localPathProvisioner } from './provisioner/local-path';
import { minikubeHostPathProvisioner } from './provisioner/minikube-hostpath';
import { attachDetachController } from './attach-detach/attach-detach';
import { csiAttacher } from './attach-detach/csi-attacher';
import { csiResizer, volumeExpandController } from './volume-expand/volume-expand';
import { csiModifier } from './volume-expand/volume-modify';
import { volumeAttributesClassProtectionController } from './volumeattributesclass-protection/volumeattributesclass-protection';

export const controllerExtension: readonly Controller[] = [
  jobController,
  cronJobController,
  ttlAfterFinishedController,
  disruptionController,
  persistentVolumeBinder,
  pvcProtectionController,
  pvProtectionController,
  volumeAttributesClassProtectionController,
  ephemeralVolumeController,
  attachDetachController,
  volumeExpandController,
  csiAttacher,
  csiResizer,
  csiModifier,
  localPathProvisioner,
  minikubeHostPathProvisioner,
  csiProvisioner,

  daemonSetWithHistory,
  replicationController,
  statefulSetController,
  horizontalPodAutoscalerController,
  clusterRoleAggregationController,
  csrApprovingController,
  csrCleanerController,
  legacyServiceAccountTokenCleaner,
  resourceClaimController,
  deviceTaintEvictionController,
  resourceQuotaController,
  endpointSliceMirroringController,
  serviceCidrController,
  bootstrapSignerController,
  tokenCleanerController,
];
