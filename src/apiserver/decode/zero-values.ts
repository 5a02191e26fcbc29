// Which zero values the server forgets: fields that are no pointer in Go and are left out of JSON
// when empty, so that 'hostNetwork: false' and its absence are the same, while 'replicas: 0' is
// not.

const KEPT_FALSE = new Set(
  `immutable optional automountServiceAccountToken enableServiceLinks shareProcessNamespace
   hostUsers setHostnameAsFQDN privileged readOnlyRootFilesystem allowPrivilegeEscalation
   runAsNonRoot started hostProcess controller blockOwnerDeletion allocateLoadBalancerNodePorts
   ready serving terminating suspend attachRequired podInfoOnMount orphanDependents`.split(/\s+/),
);

const KEPT_EMPTY = new Set(
  `storageClassName ingressClassName preemptionPolicy ipFamilyPolicy internalTrafficPolicy
   hostname trafficDistribution loadBalancerClass holderIdentity runtimeClassName appProtocol
   volumeMode zone fsGroupChangePolicy localhostProfile timeZone mountPropagation
   recursiveReadOnly procMount propagationPolicy reportingComponent reportingInstance
   nodeName`.split(/\s+/),
);

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
]);

const FORGOTTEN_ZERO = new Set([
  'CustomResourceColumnDefinition.priority',
  'DeploymentSpec.minReadySeconds',
  'ReplicaSetSpec.minReadySeconds',
  'DaemonSetSpec.minReadySeconds',
  'StatefulSetSpec.minReadySeconds',
  'ReplicationControllerSpec.minReadySeconds',
  'ContainerPort.hostPort',
  'ServicePort.nodePort',
  'Probe.initialDelaySeconds',
  'Probe.timeoutSeconds',
  'Probe.periodSeconds',
  'Probe.successThreshold',
  'Probe.failureThreshold',
  'ServiceSpec.healthCheckNodePort',
  'Event.count',
  'ObjectMeta.generation',
  'ReplicaSetStatus.observedGeneration',
  'DeploymentStatus.observedGeneration',
  'DaemonSetStatus.observedGeneration',
  'StatefulSetStatus.observedGeneration',
  'StatefulSetStatus.readyReplicas',
  'StatefulSetStatus.currentReplicas',
  'StatefulSetStatus.updatedReplicas',
  'ReplicationControllerStatus.observedGeneration',
]);

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
  if (value === '') return !KEPT_EMPTY.has(field);
  if (value === 0) return FORGOTTEN_ZERO.has(`${owner}.${field}`);
  return false;
}
