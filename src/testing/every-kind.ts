// A small valid object of every kind that can be created, with a change that a merge patch may make
// to it. A test holds the list against discovery, so that a new kind has to be put here.

export interface Sample {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** Everything but apiVersion, kind and metadata. */
  readonly body: Readonly<Record<string, unknown>>;
  /** When the name may not be chosen freely. */
  readonly name?: string;
}

const POD = { containers: [{ name: 'main', image: 'nginx:1.27' }] };
const LABELS = { app: 'sample' };
const SELECTOR = { matchLabels: LABELS };
const TEMPLATE = { metadata: { labels: LABELS }, spec: POD };
const JOB = { template: { spec: { ...POD, restartPolicy: 'Never' } } };
const ROLE_REF = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };
const RULES = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
const RULE = {
  apiGroups: ['samples.test'],
  apiVersions: ['v1'],
  operations: ['CREATE'],
  resources: ['samples'],
};
const WEBHOOK = {
  name: 'sample.samples.test.example',
  rules: [RULE],
  clientConfig: { url: 'https://127.0.0.1:1/' },
  sideEffects: 'None',
  failurePolicy: 'Ignore',
  admissionReviewVersions: ['v1'],
};
/** `request`: a certificate request, PEM in base64. */
export function samples(request: string): readonly Sample[] {
  return [
    ...coreSamples(),
    ...workloadSamples(),
    ...networkSamples(),
    ...storageSamples(),
    ...accessSamples(request),
    ...schedulingSamples(),
    ...extensionSamples(),
    ...policySamples(),
  ];
}

function coreSamples(): Sample[] {
  return [
    namespaced('v1', 'ConfigMap', { data: { a: '1' } }),
    namespaced('v1', 'Endpoints', {}),
    namespaced('v1', 'Event', {
      involvedObject: { kind: 'Pod', name: 'x', namespace: '{{namespace}}' },
      reason: 'Sampled',
      message: 'said once',
      type: 'Normal',
    }),
    namespaced('v1', 'LimitRange', { spec: { limits: [{ type: 'Pod', max: { cpu: '8' } }] } }),
    namespaced('v1', 'PersistentVolumeClaim', {
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    }),
    namespaced('v1', 'Pod', { spec: POD }),
    namespaced('v1', 'PodTemplate', { template: TEMPLATE }),
    namespaced('v1', 'ReplicationController', {
      spec: { replicas: 0, selector: LABELS, template: TEMPLATE },
    }),
    namespaced('v1', 'ResourceQuota', { spec: { hard: { pods: '100' } } }),
    namespaced('v1', 'Secret', { stringData: { a: '1' } }),
    namespaced('v1', 'Service', { spec: { ports: [{ port: 80 }], selector: LABELS } }),
    namespaced('v1', 'ServiceAccount', {}),
    cluster('v1', 'Namespace', {}),
    cluster('v1', 'Node', {}),
    cluster('v1', 'PersistentVolume', {
      spec: {
        accessModes: ['ReadWriteOnce'],
        capacity: { storage: '1Gi' },
        hostPath: { path: '/tmp/x' },
        storageClassName: 'by-hand',
      },
    }),
  ];
}

function workloadSamples(): Sample[] {
  return [
    namespaced('apps/v1', 'ControllerRevision', { revision: 1, data: { a: 1 } }),
    namespaced('apps/v1', 'DaemonSet', {
      spec: {
        selector: SELECTOR,
        template: { ...TEMPLATE, spec: { ...POD, nodeSelector: { no: 'where' } } },
      },
    }),
    namespaced('apps/v1', 'Deployment', {
      spec: { replicas: 0, selector: SELECTOR, template: TEMPLATE },
    }),
    namespaced('apps/v1', 'ReplicaSet', {
      spec: { replicas: 0, selector: SELECTOR, template: TEMPLATE },
    }),
    namespaced('apps/v1', 'StatefulSet', {
      spec: { replicas: 0, serviceName: 'x', selector: SELECTOR, template: TEMPLATE },
    }),
    namespaced('batch/v1', 'CronJob', {
      spec: { schedule: '0 0 1 1 *', suspend: true, jobTemplate: { spec: JOB } },
    }),
    namespaced('batch/v1', 'Job', { spec: { ...JOB, suspend: true } }),
    ...['autoscaling/v1', 'autoscaling/v2'].map((apiVersion) =>
      namespaced(apiVersion, 'HorizontalPodAutoscaler', {
        spec: {
          maxReplicas: 2,
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'absent' },
        },
      }),
    ),
    namespaced('policy/v1', 'PodDisruptionBudget', {
      spec: { minAvailable: 1, selector: SELECTOR },
    }),
  ];
}

function networkSamples(): Sample[] {
  return [
    namespaced('networking.k8s.io/v1', 'Ingress', {
      spec: { defaultBackend: { service: { name: 'x', port: { number: 80 } } } },
    }),
    cluster('networking.k8s.io/v1', 'IngressClass', { spec: { controller: 'samples.test/x' } }),
    namespaced('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {} } }),
    {
      ...cluster('networking.k8s.io/v1', 'IPAddress', {
        spec: { parentRef: { resource: 'services', namespace: 'default', name: 'x' } },
      }),
      name: '10.250.0.9',
    },
    cluster('networking.k8s.io/v1', 'ServiceCIDR', { spec: { cidrs: ['10.250.0.0/24'] } }),
  ];
}

function storageSamples(): Sample[] {
  return [
    cluster('storage.k8s.io/v1', 'CSIDriver', { spec: {} }),
    cluster('storage.k8s.io/v1', 'CSINode', { spec: { drivers: [] } }),
    namespaced('storage.k8s.io/v1', 'CSIStorageCapacity', { storageClassName: 'x' }),
    cluster('storage.k8s.io/v1', 'StorageClass', { provisioner: 'samples.test/x' }),
    cluster('storage.k8s.io/v1', 'VolumeAttachment', {
      spec: { attacher: 'samples.test', nodeName: 'n9', source: { persistentVolumeName: 'x' } },
    }),
    cluster('storage.k8s.io/v1', 'VolumeAttributesClass', {
      driverName: 'samples.test',
      parameters: { a: '1' },
    }),
  ];
}

function accessSamples(request: string): Sample[] {
  return [
    namespaced('rbac.authorization.k8s.io/v1', 'Role', { rules: RULES }),
    namespaced('rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: ROLE_REF }),
    cluster('rbac.authorization.k8s.io/v1', 'ClusterRole', { rules: RULES }),
    cluster('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', { roleRef: ROLE_REF }),
    cluster('certificates.k8s.io/v1', 'CertificateSigningRequest', {
      spec: { request, signerName: 'samples.test/x', usages: ['client auth'] },
    }),
    namespaced('coordination.k8s.io/v1', 'Lease', { spec: { holderIdentity: 'x' } }),
    namespaced('discovery.k8s.io/v1', 'EndpointSlice', { addressType: 'IPv4', endpoints: [] }),
    namespaced('events.k8s.io/v1', 'Event', {
      eventTime: '2026-01-01T00:00:00.000000Z',
      regarding: { kind: 'Pod', name: 'x', namespace: '{{namespace}}' },
      action: 'Sampling',
      reason: 'Sampled',
      reportingController: 'samples.test/x',
      reportingInstance: 'x',
      type: 'Normal',
    }),
  ];
}

function schedulingSamples(): Sample[] {
  return [
    cluster('scheduling.k8s.io/v1', 'PriorityClass', { value: 10 }),
    cluster('node.k8s.io/v1', 'RuntimeClass', { handler: 'x' }),
    cluster('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', {
      spec: { priorityLevelConfiguration: { name: 'exempt' } },
    }),
    cluster('flowcontrol.apiserver.k8s.io/v1', 'PriorityLevelConfiguration', {
      spec: { type: 'Limited', limited: { limitResponse: { type: 'Reject' } } },
    }),
  ];
}

function extensionSamples(): Sample[] {
  return [
    {
      ...cluster('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
        spec: {
          group: 'samples.test',
          names: { kind: 'Sample', plural: 'samples' },
          scope: 'Namespaced',
          versions: [
            {
              name: 'v1',
              served: true,
              storage: true,
              schema: {
                openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
              },
            },
          ],
        },
      }),
      name: 'samples.samples.test',
    },
    {
      ...cluster('apiregistration.k8s.io/v1', 'APIService', {
        spec: { group: 'remote.test', version: 'v1', groupPriorityMinimum: 1, versionPriority: 1 },
      }),
      name: 'v1.remote.test',
    },
  ];
}

function policySamples(): Sample[] {
  return [
    cluster('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
      webhooks: [WEBHOOK],
    }),
    cluster('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', {
      webhooks: [WEBHOOK],
    }),
    cluster('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', {
      spec: {
        matchConstraints: { resourceRules: [RULE] },
        validations: [{ expression: 'true' }],
      },
    }),
    cluster('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', {
      spec: { policyName: 'absent', validationActions: ['Deny'] },
    }),
    cluster('admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy', {
      spec: {
        matchConstraints: { resourceRules: [RULE] },
        mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression: '[]' } }],
      },
    }),
    cluster('admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicyBinding', {
      spec: { policyName: 'absent' },
    }),
    namespaced('resource.k8s.io/v1', 'ResourceClaim', { spec: {} }),
    namespaced('resource.k8s.io/v1', 'ResourceClaimTemplate', { spec: { spec: {} } }),
    cluster('resource.k8s.io/v1', 'DeviceClass', { spec: {} }),
    cluster('resource.k8s.io/v1', 'ResourceSlice', {
      spec: {
        driver: 'samples.test',
        allNodes: true,
        pool: { name: 'x', generation: 1, resourceSliceCount: 1 },
      },
    }),
    cluster('sim.kubarium.dev/v1alpha1', 'Machine', { spec: { power: 'Off' } }),
    cluster('sim.kubarium.dev/v1alpha1', 'EtcdSnapshot', { spec: {} }),
    cluster('sim.kubarium.dev/v1alpha1', 'LoadBalancer', { spec: { service: 'default/web' } }),
  ];
}

function namespaced(apiVersion: string, kind: string, body: Sample['body']): Sample {
  return { apiVersion, kind, namespaced: true, body };
}

function cluster(apiVersion: string, kind: string, body: Sample['body']): Sample {
  return { apiVersion, kind, namespaced: false, body };
}
