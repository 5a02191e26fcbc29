// The admission plugins that come with the extension; the chain knows their places.
import type { AdmissionStep } from './chain';
import { escalation } from '../authorization/escalation';
import {
  certificateApproval,
  certificateSigning,
  certificateSubjectRestriction,
} from './certificate-requests';
import { deviceAdminAccess } from './device-admin-access';
import { defaultIngressClass } from './default-ingress-class';
import { limitRanger } from './limit-ranger';
import { nodeRestriction } from './node-restriction';
import { podSecurity } from './pod-security/pod-security';
import { resourceQuota } from './resource-quota';
import { runtimeClass } from './runtime-class';
import { defaultStorageClass } from './default-storage-class';
import { persistentVolumeClaimResize } from './persistent-volume-claim-resize';
import { storageObjectInUseProtection } from './storage-object-in-use-protection';

export const admissionExtension: readonly AdmissionStep[] = [
  nodeRestriction,
  certificateApproval,
  certificateSigning,
  certificateSubjectRestriction,
  escalation,
  limitRanger,
  podSecurity,
  runtimeClass,
  defaultIngressClass,
  resourceQuota,
  defaultStorageClass,
  storageObjectInUseProtection,
  persistentVolumeClaimResize,
  deviceAdminAccess,
];
