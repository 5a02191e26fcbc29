// Which zero values the server forgets: fields that are no pointer in Go and are left out of JSON
// when empty, so that 'hostNetwork: false' and its absence are the same, while 'replicas: 0' is
// not.

const KEPT_FALSE = new Set(
  `immutable optional automountServiceAccountToken enableServiceLinks shareProcessNamespace
   hostUsers setHostnameAsFQDN privileged readOnlyRootFilesystem allowPrivilegeEscalation
   runAsNonRoot started hostProcess controller blockOwnerDeletion allocateLoadBalancerNodePorts
   ready serving terminating suspend attachRequired podInfoOnMount orphanDependents
   manualSelector allowVolumeExpansion requiresRepublish storageCapacity seLinuxMount
   adminAccess allNodes perDeviceNodeSelection bindsToNode allowMultipleAllocations
   supplementalGroupsPolicy recursiveReadOnlyMounts userNamespaces serviceAccountTokenInSecrets
   preventPodSchedulingIfMissing`.split(/\s+/),
);

const KEPT_EMPTY = new Set(
  `storageClassName ingressClassName preemptionPolicy ipFamilyPolicy internalTrafficPolicy
   hostname trafficDistribution loadBalancerClass holderIdentity runtimeClassName appProtocol
   volumeMode zone fsGroupChangePolicy localhostProfile timeZone mountPropagation
   recursiveReadOnly procMount propagationPolicy reportingComponent reportingInstance
   nodeName volumeAttributesClassName currentVolumeAttributesClassName`.split(/\s+/),
);

/** Pointers elsewhere, but not here. */
const FORGOTTEN_EMPTY = new Set([
  'PodSpec.nodeName',
  'PodSpec.hostname',
  'EndpointAddress.hostname',
  'PersistentVolumeSpec.storageClassName',
]);

/** Of schemas, what is empty says something too. */
const KEPT_ALWAYS = new Set([
  'JSONSchemaProps.$ref',
  'JSONSchemaProps.additionalProperties',
  'JSONSchemaProps.default',
  'JSONSchemaProps.example',
  'JSONSchemaProps.x-kubernetes-list-type',
  'JSONSchemaProps.x-kubernetes-map-type',
  'JSONSchemaProps.x-kubernetes-preserve-unknown-fields',
  'ValidationRule.optionalOldSelf',
  'ValidationRule.reason',
  'CustomResourceDefinitionVersion.deprecationWarning',
  'AzureDiskVolumeSource.readOnly',
  'CSIVolumeSource.readOnly',
  'DeviceAttribute.bool',
  'DeviceAttribute.string',
]);

/** Fields of numbers that are no pointers, by their type. */
const FORGOTTEN_ZERO: Readonly<Record<string, string>> = {
  AWSElasticBlockStoreVolumeSource: 'partition',
  Condition: 'observedGeneration',
  ContainerImage: 'sizeBytes',
  ContainerPort: 'hostPort',
  ContainerStateTerminated: 'signal',
  CustomResourceColumnDefinition: 'priority',
  CustomResourceDefinitionCondition: 'observedGeneration',
  CustomResourceDefinitionStatus: 'observedGeneration',
  DaemonSetSpec: 'minReadySeconds',
  DaemonSetStatus: 'numberAvailable numberUnavailable observedGeneration updatedNumberScheduled',
  DeploymentSpec: 'minReadySeconds',
  DeploymentStatus:
    'availableReplicas observedGeneration readyReplicas replicas unavailableReplicas ' +
    'updatedReplicas',
  DeviceSubRequest: 'count',
  Event: 'count',
  EventSeries: 'count',
  EventsV1Event: 'deprecatedCount',
  ExactDeviceRequest: 'count',
  GCEPersistentDiskVolumeSource: 'partition',
  JobStatus: 'active failed succeeded',
  ObjectMeta: 'generation',
  PodCondition: 'observedGeneration',
  PodDisruptionBudgetStatus: 'observedGeneration',
  PodStatus: 'observedGeneration',
  Probe: 'failureThreshold initialDelaySeconds periodSeconds successThreshold timeoutSeconds',
  ReplicaSetSpec: 'minReadySeconds',
  ReplicaSetStatus: 'availableReplicas fullyLabeledReplicas observedGeneration readyReplicas',
  ReplicationControllerSpec: 'minReadySeconds',
  ReplicationControllerStatus:
    'availableReplicas fullyLabeledReplicas observedGeneration readyReplicas',
  ScaleSpec: 'replicas',
  ServiceBackendPort: 'number',
  ServicePort: 'nodePort',
  ServiceSpec: 'healthCheckNodePort',
  StatefulSetSpec: 'minReadySeconds',
  StatefulSetStatus: 'currentReplicas observedGeneration readyReplicas updatedReplicas',
  Status: 'code',
  StatusDetails: 'retryAfterSeconds',
  V2HorizontalPodAutoscalerStatus: 'currentReplicas',
  ValidatingAdmissionPolicyStatus: 'observedGeneration',
};

/** True when a field with this value is the same as no field at all. */
export function isForgotten(
  owner: string,
  field: string,
  value: unknown,
  required: boolean,
): boolean {
  if (required) return false;
  if (value !== false && value !== '' && value !== 0) return false;
  if (KEPT_ALWAYS.has(`${owner}.${field}`)) return false;
  if (value === false) return !KEPT_FALSE.has(field);
  if (value === '') return !KEPT_EMPTY.has(field) || FORGOTTEN_EMPTY.has(`${owner}.${field}`);
  if (value === 0) return FORGOTTEN_ZERO[owner]?.split(' ').includes(field) ?? false;
  return false;
}
