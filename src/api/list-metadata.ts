// How lists and maps of the built-in types of Kubernetes 1.36 are merged: facts that its Go types
// state and its OpenAPI models for clients do not. Written by scripts/extract-list-metadata.mjs.
// Upstream: staging/src/k8s.io/api/*/v1/types.go

export interface ListMetadata {
  /** Strategic merge patch: the field by which items of this list are told apart. */
  readonly mergeKey?: string;
  /** Strategic merge patch: without one, a list in a patch replaces the old list. */
  readonly patchStrategy?: 'merge' | 'replace' | 'retainKeys' | 'merge,retainKeys';
  /** Server-side apply: without one, the patch strategy decides, else the list is atomic. */
  readonly listType?: 'atomic' | 'set' | 'map';
  /** Server-side apply: the fields that identify an item of a list of type map. */
  readonly mapKeys?: readonly string[];
  /** Server-side apply: a map or struct that is owned as a whole; without it, by its fields. */
  readonly mapType?: 'atomic';
}

const table: readonly (readonly [ListMetadata, string])[] = [
  [
    { mapType: 'atomic' },
    `ConfigMapKeySelector CrossVersionObjectReference DiscoveryV1EndpointPort EndpointAddress
     EndpointPort FileKeySelector LabelSelector LocalObjectReference MatchResources
     NamedRuleWithOperations NodeSelector NodeSelectorTerm ObjectFieldSelector ObjectReference
     OwnerReference ParamKind ParamRef PodSpec.nodeSelector RbacV1Subject
     ReplicationControllerSpec.selector ResourceFieldSelector RoleRef Scheduling.nodeSelector
     ScopeSelector SecretKeySelector SecretReference ServiceBackendPort ServiceSpec.selector
     TopologySelectorTerm TypedLocalObjectReference Variable`,
  ],
  [
    { mergeKey: 'type', patchStrategy: 'merge', listType: 'map', mapKeys: ['type'] },
    `APIServiceStatus.conditions ComponentStatus.conditions DaemonSetStatus.conditions
     DeploymentStatus.conditions FlowSchemaStatus.conditions NamespaceStatus.conditions
     NodeStatus.addresses NodeStatus.conditions PersistentVolumeClaimStatus.conditions
     PodDisruptionBudgetStatus.conditions PodStatus.conditions
     PriorityLevelConfigurationStatus.conditions ReplicaSetStatus.conditions
     ReplicationControllerStatus.conditions ServiceCIDRStatus.conditions ServiceStatus.conditions
     StatefulSetStatus.conditions V2HorizontalPodAutoscalerStatus.conditions`,
  ],
  [
    { mergeKey: 'name', patchStrategy: 'merge', listType: 'map', mapKeys: ['name'] },
    `CSINodeSpec.drivers Container.env ContainerStatus.allocatedResourcesStatus
     EphemeralContainer.env MutatingAdmissionPolicySpec.matchConditions
     MutatingWebhook.matchConditions MutatingWebhookConfiguration.webhooks PodSpec.containers
     PodSpec.ephemeralContainers PodSpec.imagePullSecrets PodSpec.initContainers
     PodSpec.schedulingGates ServiceAccount.secrets ValidatingAdmissionPolicySpec.matchConditions
     ValidatingAdmissionPolicySpec.variables ValidatingWebhook.matchConditions
     ValidatingWebhookConfiguration.webhooks`,
  ],
  [
    { listType: 'set' },
    `CSIDriverSpec.volumeLifecycleModes ContainerRestartRuleOnExitCodes.values Endpoint.addresses
     NodeAllocatableResourceClaimStatus.containers NonResourcePolicyRule.nonResourceURLs
     NonResourcePolicyRule.verbs PodFailurePolicyOnExitCodesRequirement.values
     ResourcePolicyRule.apiGroups ResourcePolicyRule.namespaces ResourcePolicyRule.resources
     ResourcePolicyRule.verbs UncountedTerminatedPods.failed UncountedTerminatedPods.succeeded
     ValidatingAdmissionPolicyBindingSpec.validationActions`,
  ],
  [
    { listType: 'map', mapKeys: ['type'] },
    `AllocatedDeviceStatus.conditions CertificateSigningRequestStatus.conditions
     CustomResourceDefinitionStatus.conditions ValidatingAdmissionPolicyStatus.conditions`,
  ],
  [
    { mergeKey: 'mountPath', patchStrategy: 'merge', listType: 'map', mapKeys: ['mountPath'] },
    `Container.volumeMounts ContainerStatus.volumeMounts EphemeralContainer.volumeMounts`,
  ],
  [
    { mergeKey: 'name', patchStrategy: 'merge,retainKeys', listType: 'map', mapKeys: ['name'] },
    `PodSpec.resourceClaims PodSpec.volumes PodStatus.resourceClaimStatuses`,
  ],
  [
    {
      mergeKey: 'containerPort',
      patchStrategy: 'merge',
      listType: 'map',
      mapKeys: ['containerPort', 'protocol'],
    },
    `Container.ports EphemeralContainer.ports`,
  ],
  [
    { mergeKey: 'devicePath', patchStrategy: 'merge', listType: 'map', mapKeys: ['devicePath'] },
    `Container.volumeDevices EphemeralContainer.volumeDevices`,
  ],
  [{ patchStrategy: 'merge', listType: 'set' }, `NodeSpec.podCIDRs ObjectMeta.finalizers`],
  [
    { mergeKey: 'uid', patchStrategy: 'merge', listType: 'map', mapKeys: ['uid'] },
    `ObjectMeta.ownerReferences ResourceClaimStatus.reservedFor`,
  ],
  [
    { mergeKey: 'ip', patchStrategy: 'merge', listType: 'map', mapKeys: ['ip'] },
    `PodSpec.hostAliases PodStatus.podIPs`,
  ],
  [{ patchStrategy: 'retainKeys' }, `DeploymentSpec.strategy`],
  [
    { mergeKey: 'rule', patchStrategy: 'merge', listType: 'map', mapKeys: ['rule'] },
    `JSONSchemaProps.x-kubernetes-validations`,
  ],
  [{ mergeKey: 'type', patchStrategy: 'merge', listType: 'atomic' }, `JobStatus.conditions`],
  [{ patchStrategy: 'replace' }, `PodDisruptionBudgetSpec.selector`],
  [
    {
      mergeKey: 'topologyKey',
      patchStrategy: 'merge',
      listType: 'map',
      mapKeys: ['topologyKey', 'whenUnsatisfiable'],
    },
    `PodSpec.topologySpreadConstraints`,
  ],
  [{ mergeKey: 'ip', patchStrategy: 'merge', listType: 'atomic' }, `PodStatus.hostIPs`],
  [
    { listType: 'map', mapKeys: ['driver', 'device', 'pool', 'shareID'] },
    `ResourceClaimStatus.devices`,
  ],
  [{ listType: 'map', mapKeys: ['name'] }, `ResourceRequirements.claims`],
  [{ listType: 'map', mapKeys: ['resourceID'] }, `ResourceStatus.resources`],
  [
    { mergeKey: 'port', patchStrategy: 'merge', listType: 'map', mapKeys: ['port', 'protocol'] },
    `ServiceSpec.ports`,
  ],
];

/**
 * By 'PodSpec.containers', with the type names of the wire schema; a type's own facts stand under
 * its bare name ('SecretKeySelector'). What is not listed follows the defaults named above.
 */
export const listMetadata: Readonly<Record<string, ListMetadata>> = Object.fromEntries(
  table.flatMap(([metadata, keys]) => keys.split(/\s+/).map((key) => [key, metadata])),
);
