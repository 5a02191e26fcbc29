// The typed references of the kinds that come with the extension, as `resource-ref.ts` has the
// others.
import type {
  APIService,
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  CertificateSigningRequest,
  ClusterRole,
  ClusterRoleBinding,
  ControllerRevision,
  CronJob,
  CustomResourceDefinition,
  DeviceClass,
  FlowSchema,
  HorizontalPodAutoscaler,
  IPAddress,
  Ingress,
  IngressClass,
  Job,
  LimitRange,
  LocalSubjectAccessReview,
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  MutatingWebhookConfiguration,
  NetworkPolicy,
  PersistentVolume,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  PodTemplate,
  PriorityLevelConfiguration,
  ReplicationController,
  ResourceClaim,
  ResourceClaimTemplate,
  ResourceQuota,
  ResourceSlice,
  Role,
  RoleBinding,
  RuntimeClass,
  SelfSubjectAccessReview,
  SelfSubjectReview,
  SelfSubjectRulesReview,
  ServiceCIDR,
  StatefulSet,
  StorageClass,
  SubjectAccessReview,
  TokenReview,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  ValidatingWebhookConfiguration,
  VolumeAttachment,
  VolumeAttributesClass,
} from './extension-types';
import { resourceRef } from './resource-ref';

export const statefulSets = /* @__PURE__ */ resourceRef<StatefulSet>(
  'apps/v1',
  'statefulsets',
  'StatefulSet',
);
export const controllerRevisions = /* @__PURE__ */ resourceRef<ControllerRevision>(
  'apps/v1',
  'controllerrevisions',
  'ControllerRevision',
);
export const replicationControllers = /* @__PURE__ */ resourceRef<ReplicationController>(
  'v1',
  'replicationcontrollers',
  'ReplicationController',
);
export const podTemplates = /* @__PURE__ */ resourceRef<PodTemplate>(
  'v1',
  'podtemplates',
  'PodTemplate',
);
export const jobs = /* @__PURE__ */ resourceRef<Job>('batch/v1', 'jobs', 'Job');
export const cronJobs = /* @__PURE__ */ resourceRef<CronJob>('batch/v1', 'cronjobs', 'CronJob');
export const horizontalPodAutoscalers = /* @__PURE__ */ resourceRef<HorizontalPodAutoscaler>(
  'autoscaling/v2',
  'horizontalpodautoscalers',
  'HorizontalPodAutoscaler',
);
export const podDisruptionBudgets = /* @__PURE__ */ resourceRef<PodDisruptionBudget>(
  'policy/v1',
  'poddisruptionbudgets',
  'PodDisruptionBudget',
);
export const ingresses = /* @__PURE__ */ resourceRef<Ingress>(
  'networking.k8s.io/v1',
  'ingresses',
  'Ingress',
);
export const ingressClasses = /* @__PURE__ */ resourceRef<IngressClass>(
  'networking.k8s.io/v1',
  'ingressclasses',
  'IngressClass',
  false,
);
export const networkPolicies = /* @__PURE__ */ resourceRef<NetworkPolicy>(
  'networking.k8s.io/v1',
  'networkpolicies',
  'NetworkPolicy',
);
export const ipAddresses = /* @__PURE__ */ resourceRef<IPAddress>(
  'networking.k8s.io/v1',
  'ipaddresses',
  'IPAddress',
  false,
);
export const serviceCIDRs = /* @__PURE__ */ resourceRef<ServiceCIDR>(
  'networking.k8s.io/v1',
  'servicecidrs',
  'ServiceCIDR',
  false,
);
export const persistentVolumes = /* @__PURE__ */ resourceRef<PersistentVolume>(
  'v1',
  'persistentvolumes',
  'PersistentVolume',
  false,
);
export const persistentVolumeClaims = /* @__PURE__ */ resourceRef<PersistentVolumeClaim>(
  'v1',
  'persistentvolumeclaims',
  'PersistentVolumeClaim',
);
export const storageClasses = /* @__PURE__ */ resourceRef<StorageClass>(
  'storage.k8s.io/v1',
  'storageclasses',
  'StorageClass',
  false,
);
export const csiDrivers = /* @__PURE__ */ resourceRef<CSIDriver>(
  'storage.k8s.io/v1',
  'csidrivers',
  'CSIDriver',
  false,
);
export const csiNodes = /* @__PURE__ */ resourceRef<CSINode>(
  'storage.k8s.io/v1',
  'csinodes',
  'CSINode',
  false,
);
export const csiStorageCapacities = /* @__PURE__ */ resourceRef<CSIStorageCapacity>(
  'storage.k8s.io/v1',
  'csistoragecapacities',
  'CSIStorageCapacity',
);
export const volumeAttachments = /* @__PURE__ */ resourceRef<VolumeAttachment>(
  'storage.k8s.io/v1',
  'volumeattachments',
  'VolumeAttachment',
  false,
);
export const volumeAttributesClasses = /* @__PURE__ */ resourceRef<VolumeAttributesClass>(
  'storage.k8s.io/v1',
  'volumeattributesclasses',
  'VolumeAttributesClass',
  false,
);
export const resourceQuotas = /* @__PURE__ */ resourceRef<ResourceQuota>(
  'v1',
  'resourcequotas',
  'ResourceQuota',
);
export const limitRanges = /* @__PURE__ */ resourceRef<LimitRange>(
  'v1',
  'limitranges',
  'LimitRange',
);
export const roles = /* @__PURE__ */ resourceRef<Role>(
  'rbac.authorization.k8s.io/v1',
  'roles',
  'Role',
);
export const roleBindings = /* @__PURE__ */ resourceRef<RoleBinding>(
  'rbac.authorization.k8s.io/v1',
  'rolebindings',
  'RoleBinding',
);
export const clusterRoles = /* @__PURE__ */ resourceRef<ClusterRole>(
  'rbac.authorization.k8s.io/v1',
  'clusterroles',
  'ClusterRole',
  false,
);
export const clusterRoleBindings = /* @__PURE__ */ resourceRef<ClusterRoleBinding>(
  'rbac.authorization.k8s.io/v1',
  'clusterrolebindings',
  'ClusterRoleBinding',
  false,
);
export const tokenReviews = /* @__PURE__ */ resourceRef<TokenReview>(
  'authentication.k8s.io/v1',
  'tokenreviews',
  'TokenReview',
  false,
);
export const selfSubjectReviews = /* @__PURE__ */ resourceRef<SelfSubjectReview>(
  'authentication.k8s.io/v1',
  'selfsubjectreviews',
  'SelfSubjectReview',
  false,
);
export const subjectAccessReviews = /* @__PURE__ */ resourceRef<SubjectAccessReview>(
  'authorization.k8s.io/v1',
  'subjectaccessreviews',
  'SubjectAccessReview',
  false,
);
export const localSubjectAccessReviews = /* @__PURE__ */ resourceRef<LocalSubjectAccessReview>(
  'authorization.k8s.io/v1',
  'localsubjectaccessreviews',
  'LocalSubjectAccessReview',
);
export const selfSubjectAccessReviews = /* @__PURE__ */ resourceRef<SelfSubjectAccessReview>(
  'authorization.k8s.io/v1',
  'selfsubjectaccessreviews',
  'SelfSubjectAccessReview',
  false,
);
export const selfSubjectRulesReviews = /* @__PURE__ */ resourceRef<SelfSubjectRulesReview>(
  'authorization.k8s.io/v1',
  'selfsubjectrulesreviews',
  'SelfSubjectRulesReview',
  false,
);
export const certificateSigningRequests = /* @__PURE__ */ resourceRef<CertificateSigningRequest>(
  'certificates.k8s.io/v1',
  'certificatesigningrequests',
  'CertificateSigningRequest',
  false,
);
export const runtimeClasses = /* @__PURE__ */ resourceRef<RuntimeClass>(
  'node.k8s.io/v1',
  'runtimeclasses',
  'RuntimeClass',
  false,
);
export const flowSchemas = /* @__PURE__ */ resourceRef<FlowSchema>(
  'flowcontrol.apiserver.k8s.io/v1',
  'flowschemas',
  'FlowSchema',
  false,
);
export const priorityLevelConfigurations = /* @__PURE__ */ resourceRef<PriorityLevelConfiguration>(
  'flowcontrol.apiserver.k8s.io/v1',
  'prioritylevelconfigurations',
  'PriorityLevelConfiguration',
  false,
);
export const customResourceDefinitions = /* @__PURE__ */ resourceRef<CustomResourceDefinition>(
  'apiextensions.k8s.io/v1',
  'customresourcedefinitions',
  'CustomResourceDefinition',
  false,
);
export const validatingAdmissionPolicies = /* @__PURE__ */ resourceRef<ValidatingAdmissionPolicy>(
  'admissionregistration.k8s.io/v1',
  'validatingadmissionpolicies',
  'ValidatingAdmissionPolicy',
  false,
);
export const validatingAdmissionPolicyBindings =
  /* @__PURE__ */ resourceRef<ValidatingAdmissionPolicyBinding>(
    'admissionregistration.k8s.io/v1',
    'validatingadmissionpolicybindings',
    'ValidatingAdmissionPolicyBinding',
    false,
  );
export const mutatingAdmissionPolicies = /* @__PURE__ */ resourceRef<MutatingAdmissionPolicy>(
  'admissionregistration.k8s.io/v1',
  'mutatingadmissionpolicies',
  'MutatingAdmissionPolicy',
  false,
);
export const mutatingAdmissionPolicyBindings =
  /* @__PURE__ */ resourceRef<MutatingAdmissionPolicyBinding>(
    'admissionregistration.k8s.io/v1',
    'mutatingadmissionpolicybindings',
    'MutatingAdmissionPolicyBinding',
    false,
  );
export const validatingWebhookConfigurations =
  /* @__PURE__ */ resourceRef<ValidatingWebhookConfiguration>(
    'admissionregistration.k8s.io/v1',
    'validatingwebhookconfigurations',
    'ValidatingWebhookConfiguration',
    false,
  );
export const mutatingWebhookConfigurations =
  /* @__PURE__ */ resourceRef<MutatingWebhookConfiguration>(
    'admissionregistration.k8s.io/v1',
    'mutatingwebhookconfigurations',
    'MutatingWebhookConfiguration',
    false,
  );
export const apiServices = /* @__PURE__ */ resourceRef<APIService>(
  'apiregistration.k8s.io/v1',
  'apiservices',
  'APIService',
  false,
);
export const resourceClaims = /* @__PURE__ */ resourceRef<ResourceClaim>(
  'resource.k8s.io/v1',
  'resourceclaims',
  'ResourceClaim',
);
export const resourceClaimTemplates = /* @__PURE__ */ resourceRef<ResourceClaimTemplate>(
  'resource.k8s.io/v1',
  'resourceclaimtemplates',
  'ResourceClaimTemplate',
);
export const resourceSlices = /* @__PURE__ */ resourceRef<ResourceSlice>(
  'resource.k8s.io/v1',
  'resourceslices',
  'ResourceSlice',
  false,
);
export const deviceClasses = /* @__PURE__ */ resourceRef<DeviceClass>(
  'resource.k8s.io/v1',
  'deviceclasses',
  'DeviceClass',
  false,
);
