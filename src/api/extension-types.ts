// The wire types of the kinds that come with the extension, as `types.ts` has the others. Parts of
// them are imported from kubernetes-models where they are needed, as types only.
import type { IMutatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingAdmissionPolicy';
import type { IMutatingAdmissionPolicyBinding } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding';
import type { IMutatingAdmissionPolicyBindingSpec } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBindingSpec';
import type { IMutatingAdmissionPolicySpec } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingAdmissionPolicySpec';
import type { IMutatingWebhookConfiguration } from 'kubernetes-models/admissionregistration.k8s.io/v1/MutatingWebhookConfiguration';
import type { IValidatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy';
import type { IValidatingAdmissionPolicyBinding } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding';
import type { IValidatingAdmissionPolicyBindingSpec } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBindingSpec';
import type { IValidatingAdmissionPolicySpec } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicySpec';
import type { IValidatingAdmissionPolicyStatus } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyStatus';
import type { IValidatingWebhookConfiguration } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration';
import type { ICustomResourceDefinition } from 'kubernetes-models/apiextensions.k8s.io/v1/CustomResourceDefinition';
import type { ICustomResourceDefinitionSpec } from 'kubernetes-models/apiextensions.k8s.io/v1/CustomResourceDefinitionSpec';
import type { ICustomResourceDefinitionStatus } from 'kubernetes-models/apiextensions.k8s.io/v1/CustomResourceDefinitionStatus';
import type { IAPIService } from 'kubernetes-models/apiregistration.k8s.io/v1/APIService';
import type { IAPIServiceSpec } from 'kubernetes-models/apiregistration.k8s.io/v1/APIServiceSpec';
import type { IAPIServiceStatus } from 'kubernetes-models/apiregistration.k8s.io/v1/APIServiceStatus';
import type { IControllerRevision } from 'kubernetes-models/apps/v1/ControllerRevision';
import type { IStatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import type { IStatefulSetSpec } from 'kubernetes-models/apps/v1/StatefulSetSpec';
import type { IStatefulSetStatus } from 'kubernetes-models/apps/v1/StatefulSetStatus';
import type { ISelfSubjectReview } from 'kubernetes-models/authentication.k8s.io/v1/SelfSubjectReview';
import type { ISelfSubjectReviewStatus } from 'kubernetes-models/authentication.k8s.io/v1/SelfSubjectReviewStatus';
import type { ITokenReview } from 'kubernetes-models/authentication.k8s.io/v1/TokenReview';
import type { ITokenReviewSpec } from 'kubernetes-models/authentication.k8s.io/v1/TokenReviewSpec';
import type { ITokenReviewStatus } from 'kubernetes-models/authentication.k8s.io/v1/TokenReviewStatus';
import type { ILocalSubjectAccessReview } from 'kubernetes-models/authorization.k8s.io/v1/LocalSubjectAccessReview';
import type { ISelfSubjectAccessReview } from 'kubernetes-models/authorization.k8s.io/v1/SelfSubjectAccessReview';
import type { ISelfSubjectAccessReviewSpec } from 'kubernetes-models/authorization.k8s.io/v1/SelfSubjectAccessReviewSpec';
import type { ISelfSubjectRulesReview } from 'kubernetes-models/authorization.k8s.io/v1/SelfSubjectRulesReview';
import type { ISelfSubjectRulesReviewSpec } from 'kubernetes-models/authorization.k8s.io/v1/SelfSubjectRulesReviewSpec';
import type { ISubjectAccessReview } from 'kubernetes-models/authorization.k8s.io/v1/SubjectAccessReview';
import type { ISubjectAccessReviewSpec } from 'kubernetes-models/authorization.k8s.io/v1/SubjectAccessReviewSpec';
import type { ISubjectAccessReviewStatus } from 'kubernetes-models/authorization.k8s.io/v1/SubjectAccessReviewStatus';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { IHorizontalPodAutoscalerSpec } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscalerSpec';
import type { IHorizontalPodAutoscalerStatus } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscalerStatus';
import type { ICronJob } from 'kubernetes-models/batch/v1/CronJob';
import type { ICronJobSpec } from 'kubernetes-models/batch/v1/CronJobSpec';
import type { ICronJobStatus } from 'kubernetes-models/batch/v1/CronJobStatus';
import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { IJobSpec } from 'kubernetes-models/batch/v1/JobSpec';
import type { IJobStatus } from 'kubernetes-models/batch/v1/JobStatus';
import type { ICertificateSigningRequest } from 'kubernetes-models/certificates.k8s.io/v1/CertificateSigningRequest';
import type { ICertificateSigningRequestSpec } from 'kubernetes-models/certificates.k8s.io/v1/CertificateSigningRequestSpec';
import type { ICertificateSigningRequestStatus } from 'kubernetes-models/certificates.k8s.io/v1/CertificateSigningRequestStatus';
import type { IFlowSchema } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1/FlowSchema';
import type { IFlowSchemaSpec } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1/FlowSchemaSpec';
import type { IFlowSchemaStatus } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1/FlowSchemaStatus';
import type { IPriorityLevelConfiguration } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration';
import type { IPriorityLevelConfigurationSpec } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfigurationSpec';
import type { IPriorityLevelConfigurationStatus } from 'kubernetes-models/flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfigurationStatus';
import type { IIPAddress } from 'kubernetes-models/networking.k8s.io/v1/IPAddress';
import type { IIPAddressSpec } from 'kubernetes-models/networking.k8s.io/v1/IPAddressSpec';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import type { IIngressClass } from 'kubernetes-models/networking.k8s.io/v1/IngressClass';
import type { IIngressClassSpec } from 'kubernetes-models/networking.k8s.io/v1/IngressClassSpec';
import type { IIngressSpec } from 'kubernetes-models/networking.k8s.io/v1/IngressSpec';
import type { IIngressStatus } from 'kubernetes-models/networking.k8s.io/v1/IngressStatus';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { INetworkPolicySpec } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicySpec';
import type { INetworkPolicyStatus } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicyStatus';
import type { IServiceCIDR } from 'kubernetes-models/networking.k8s.io/v1/ServiceCIDR';
import type { IServiceCIDRSpec } from 'kubernetes-models/networking.k8s.io/v1/ServiceCIDRSpec';
import type { IServiceCIDRStatus } from 'kubernetes-models/networking.k8s.io/v1/ServiceCIDRStatus';
import type { IRuntimeClass } from 'kubernetes-models/node.k8s.io/v1/RuntimeClass';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IPodDisruptionBudgetSpec } from 'kubernetes-models/policy/v1/PodDisruptionBudgetSpec';
import type { IPodDisruptionBudgetStatus } from 'kubernetes-models/policy/v1/PodDisruptionBudgetStatus';
import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import type { IDeviceClass } from 'kubernetes-models/resource.k8s.io/v1/DeviceClass';
import type { IDeviceClassSpec } from 'kubernetes-models/resource.k8s.io/v1/DeviceClassSpec';
import type { IResourceClaim } from 'kubernetes-models/resource.k8s.io/v1/ResourceClaim';
import type { IResourceClaimSpec } from 'kubernetes-models/resource.k8s.io/v1/ResourceClaimSpec';
import type { IResourceClaimStatus } from 'kubernetes-models/resource.k8s.io/v1/ResourceClaimStatus';
import type { IResourceClaimTemplate } from 'kubernetes-models/resource.k8s.io/v1/ResourceClaimTemplate';
import type { IResourceClaimTemplateSpec } from 'kubernetes-models/resource.k8s.io/v1/ResourceClaimTemplateSpec';
import type { IResourceSlice } from 'kubernetes-models/resource.k8s.io/v1/ResourceSlice';
import type { IResourceSliceSpec } from 'kubernetes-models/resource.k8s.io/v1/ResourceSliceSpec';
import type { ICSIDriver } from 'kubernetes-models/storage.k8s.io/v1/CSIDriver';
import type { ICSIDriverSpec } from 'kubernetes-models/storage.k8s.io/v1/CSIDriverSpec';
import type { ICSINode } from 'kubernetes-models/storage.k8s.io/v1/CSINode';
import type { ICSINodeSpec } from 'kubernetes-models/storage.k8s.io/v1/CSINodeSpec';
import type { ICSIStorageCapacity } from 'kubernetes-models/storage.k8s.io/v1/CSIStorageCapacity';
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1/StorageClass';
import type { IVolumeAttachment } from 'kubernetes-models/storage.k8s.io/v1/VolumeAttachment';
import type { IVolumeAttachmentSpec } from 'kubernetes-models/storage.k8s.io/v1/VolumeAttachmentSpec';
import type { IVolumeAttachmentStatus } from 'kubernetes-models/storage.k8s.io/v1/VolumeAttachmentStatus';
import type { IVolumeAttributesClass } from 'kubernetes-models/storage.k8s.io/v1/VolumeAttributesClass';
import type { ILimitRange } from 'kubernetes-models/v1/LimitRange';
import type { ILimitRangeSpec } from 'kubernetes-models/v1/LimitRangeSpec';
import type { IPersistentVolume } from 'kubernetes-models/v1/PersistentVolume';
import type { IPersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import type { IPersistentVolumeClaimSpec } from 'kubernetes-models/v1/PersistentVolumeClaimSpec';
import type { IPersistentVolumeClaimStatus } from 'kubernetes-models/v1/PersistentVolumeClaimStatus';
import type { IPersistentVolumeSpec } from 'kubernetes-models/v1/PersistentVolumeSpec';
import type { IPersistentVolumeStatus } from 'kubernetes-models/v1/PersistentVolumeStatus';
import type { IPodTemplate } from 'kubernetes-models/v1/PodTemplate';
import type { IPodTemplateSpec } from 'kubernetes-models/v1/PodTemplateSpec';
import type { IReplicationController } from 'kubernetes-models/v1/ReplicationController';
import type { IReplicationControllerSpec } from 'kubernetes-models/v1/ReplicationControllerSpec';
import type { IReplicationControllerStatus } from 'kubernetes-models/v1/ReplicationControllerStatus';
import type { IResourceQuota } from 'kubernetes-models/v1/ResourceQuota';
import type { IResourceQuotaSpec } from 'kubernetes-models/v1/ResourceQuotaSpec';
import type { IResourceQuotaStatus } from 'kubernetes-models/v1/ResourceQuotaStatus';
import type { KubeObject } from './object';

type Stored<T> = Omit<T, 'apiVersion' | 'kind' | 'metadata' | 'spec' | 'status'> & KubeObject;

export type StatefulSet = Stored<IStatefulSet> & {
  spec: IStatefulSetSpec;
  status: IStatefulSetStatus;
};
export type ControllerRevision = Stored<IControllerRevision>;
export type ReplicationController = Stored<IReplicationController> & {
  spec: IReplicationControllerSpec;
  status: IReplicationControllerStatus;
};
export type PodTemplate = Stored<IPodTemplate> & { spec: IPodTemplateSpec };
export type Job = Stored<IJob> & { spec: IJobSpec; status: IJobStatus };
export type CronJob = Stored<ICronJob> & { spec: ICronJobSpec; status: ICronJobStatus };
export type HorizontalPodAutoscaler = Stored<IHorizontalPodAutoscaler> & {
  spec: IHorizontalPodAutoscalerSpec;
  status: IHorizontalPodAutoscalerStatus;
};
export type PodDisruptionBudget = Stored<IPodDisruptionBudget> & {
  spec: IPodDisruptionBudgetSpec;
  status: IPodDisruptionBudgetStatus;
};
export type Ingress = Stored<IIngress> & { spec: IIngressSpec; status: IIngressStatus };
export type IngressClass = Stored<IIngressClass> & { spec: IIngressClassSpec };
export type NetworkPolicy = Stored<INetworkPolicy> & {
  spec: INetworkPolicySpec;
  status: INetworkPolicyStatus;
};
export type IPAddress = Stored<IIPAddress> & { spec: IIPAddressSpec };
export type ServiceCIDR = Stored<IServiceCIDR> & {
  spec: IServiceCIDRSpec;
  status: IServiceCIDRStatus;
};
export type PersistentVolume = Stored<IPersistentVolume> & {
  spec: IPersistentVolumeSpec;
  status: IPersistentVolumeStatus;
};
export type PersistentVolumeClaim = Stored<IPersistentVolumeClaim> & {
  spec: IPersistentVolumeClaimSpec;
  status: IPersistentVolumeClaimStatus;
};
export type StorageClass = Stored<IStorageClass>;
export type CSIDriver = Stored<ICSIDriver> & { spec: ICSIDriverSpec };
export type CSINode = Stored<ICSINode> & { spec: ICSINodeSpec };
export type CSIStorageCapacity = Stored<ICSIStorageCapacity>;
export type VolumeAttachment = Stored<IVolumeAttachment> & {
  spec: IVolumeAttachmentSpec;
  status: IVolumeAttachmentStatus;
};
export type VolumeAttributesClass = Stored<IVolumeAttributesClass>;
export type ResourceQuota = Stored<IResourceQuota> & {
  spec: IResourceQuotaSpec;
  status: IResourceQuotaStatus;
};
export type LimitRange = Stored<ILimitRange> & { spec: ILimitRangeSpec };
export type Role = Stored<IRole>;
export type RoleBinding = Stored<IRoleBinding>;
export type ClusterRole = Stored<IClusterRole>;
export type ClusterRoleBinding = Stored<IClusterRoleBinding>;
export type TokenReview = Stored<ITokenReview> & {
  spec: ITokenReviewSpec;
  status: ITokenReviewStatus;
};
export type SelfSubjectReview = Stored<ISelfSubjectReview> & { status: ISelfSubjectReviewStatus };
export type SubjectAccessReview = Stored<ISubjectAccessReview> & {
  spec: ISubjectAccessReviewSpec;
  status: ISubjectAccessReviewStatus;
};
export type LocalSubjectAccessReview = Stored<ILocalSubjectAccessReview>;
export type SelfSubjectAccessReview = Stored<ISelfSubjectAccessReview> & {
  spec: ISelfSubjectAccessReviewSpec;
};
export type SelfSubjectRulesReview = Stored<ISelfSubjectRulesReview> & {
  spec: ISelfSubjectRulesReviewSpec;
};
export type CertificateSigningRequest = Stored<ICertificateSigningRequest> & {
  spec: ICertificateSigningRequestSpec;
  status: ICertificateSigningRequestStatus;
};
export type RuntimeClass = Stored<IRuntimeClass>;
export type FlowSchema = Stored<IFlowSchema> & { spec: IFlowSchemaSpec; status: IFlowSchemaStatus };
export type PriorityLevelConfiguration = Stored<IPriorityLevelConfiguration> & {
  spec: IPriorityLevelConfigurationSpec;
  status: IPriorityLevelConfigurationStatus;
};
export type CustomResourceDefinition = Stored<ICustomResourceDefinition> & {
  spec: ICustomResourceDefinitionSpec;
  status: ICustomResourceDefinitionStatus;
};
export type ValidatingAdmissionPolicy = Stored<IValidatingAdmissionPolicy> & {
  spec: IValidatingAdmissionPolicySpec;
  status: IValidatingAdmissionPolicyStatus;
};
export type ValidatingAdmissionPolicyBinding = Stored<IValidatingAdmissionPolicyBinding> & {
  spec: IValidatingAdmissionPolicyBindingSpec;
};
export type MutatingAdmissionPolicy = Stored<IMutatingAdmissionPolicy> & {
  spec: IMutatingAdmissionPolicySpec;
};
export type MutatingAdmissionPolicyBinding = Stored<IMutatingAdmissionPolicyBinding> & {
  spec: IMutatingAdmissionPolicyBindingSpec;
};
export type ValidatingWebhookConfiguration = Stored<IValidatingWebhookConfiguration>;
export type MutatingWebhookConfiguration = Stored<IMutatingWebhookConfiguration>;
export type APIService = Stored<IAPIService> & { spec: IAPIServiceSpec; status: IAPIServiceStatus };
export type ResourceClaim = Stored<IResourceClaim> & {
  spec: IResourceClaimSpec;
  status: IResourceClaimStatus;
};
export type ResourceClaimTemplate = Stored<IResourceClaimTemplate> & {
  spec: IResourceClaimTemplateSpec;
};
export type ResourceSlice = Stored<IResourceSlice> & { spec: IResourceSliceSpec };
export type DeviceClass = Stored<IDeviceClass> & { spec: IDeviceClassSpec };

export type StatefulSetSpec = IStatefulSetSpec;
export type StatefulSetStatus = IStatefulSetStatus;
export type ReplicationControllerSpec = IReplicationControllerSpec;
export type ReplicationControllerStatus = IReplicationControllerStatus;
export type PodTemplateSpec = IPodTemplateSpec;
export type JobSpec = IJobSpec;
export type JobStatus = IJobStatus;
export type CronJobSpec = ICronJobSpec;
export type CronJobStatus = ICronJobStatus;
export type HorizontalPodAutoscalerSpec = IHorizontalPodAutoscalerSpec;
export type HorizontalPodAutoscalerStatus = IHorizontalPodAutoscalerStatus;
export type PodDisruptionBudgetSpec = IPodDisruptionBudgetSpec;
export type PodDisruptionBudgetStatus = IPodDisruptionBudgetStatus;
export type IngressSpec = IIngressSpec;
export type IngressStatus = IIngressStatus;
export type IngressClassSpec = IIngressClassSpec;
export type NetworkPolicySpec = INetworkPolicySpec;
export type NetworkPolicyStatus = INetworkPolicyStatus;
export type IPAddressSpec = IIPAddressSpec;
export type ServiceCIDRSpec = IServiceCIDRSpec;
export type ServiceCIDRStatus = IServiceCIDRStatus;
export type PersistentVolumeSpec = IPersistentVolumeSpec;
export type PersistentVolumeStatus = IPersistentVolumeStatus;
export type PersistentVolumeClaimSpec = IPersistentVolumeClaimSpec;
export type PersistentVolumeClaimStatus = IPersistentVolumeClaimStatus;
export type CSIDriverSpec = ICSIDriverSpec;
export type CSINodeSpec = ICSINodeSpec;
export type VolumeAttachmentSpec = IVolumeAttachmentSpec;
export type VolumeAttachmentStatus = IVolumeAttachmentStatus;
export type ResourceQuotaSpec = IResourceQuotaSpec;
export type ResourceQuotaStatus = IResourceQuotaStatus;
export type LimitRangeSpec = ILimitRangeSpec;
export type TokenReviewSpec = ITokenReviewSpec;
export type TokenReviewStatus = ITokenReviewStatus;
export type SelfSubjectReviewStatus = ISelfSubjectReviewStatus;
export type SubjectAccessReviewSpec = ISubjectAccessReviewSpec;
export type SubjectAccessReviewStatus = ISubjectAccessReviewStatus;
export type SelfSubjectAccessReviewSpec = ISelfSubjectAccessReviewSpec;
export type SelfSubjectRulesReviewSpec = ISelfSubjectRulesReviewSpec;
export type CertificateSigningRequestSpec = ICertificateSigningRequestSpec;
export type CertificateSigningRequestStatus = ICertificateSigningRequestStatus;
export type FlowSchemaSpec = IFlowSchemaSpec;
export type FlowSchemaStatus = IFlowSchemaStatus;
export type PriorityLevelConfigurationSpec = IPriorityLevelConfigurationSpec;
export type PriorityLevelConfigurationStatus = IPriorityLevelConfigurationStatus;
export type CustomResourceDefinitionSpec = ICustomResourceDefinitionSpec;
export type CustomResourceDefinitionStatus = ICustomResourceDefinitionStatus;
export type ValidatingAdmissionPolicySpec = IValidatingAdmissionPolicySpec;
export type ValidatingAdmissionPolicyStatus = IValidatingAdmissionPolicyStatus;
export type ValidatingAdmissionPolicyBindingSpec = IValidatingAdmissionPolicyBindingSpec;
export type MutatingAdmissionPolicySpec = IMutatingAdmissionPolicySpec;
export type MutatingAdmissionPolicyBindingSpec = IMutatingAdmissionPolicyBindingSpec;
export type APIServiceSpec = IAPIServiceSpec;
export type APIServiceStatus = IAPIServiceStatus;
export type ResourceClaimSpec = IResourceClaimSpec;
export type ResourceClaimStatus = IResourceClaimStatus;
export type ResourceClaimTemplateSpec = IResourceClaimTemplateSpec;
export type ResourceSliceSpec = IResourceSliceSpec;
export type DeviceClassSpec = IDeviceClassSpec;
