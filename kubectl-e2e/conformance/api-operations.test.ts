// Upstream: test/e2e/{apimachinery,apps,network,common/node,storage}, "API operations".
import { suite } from './framework';
import { operate, type Operations } from './lifecycles';

const { conformance } = suite();

const conditions = (type: string): object => ({
  conditions: [
    {
      type,
      status: 'False',
      lastTransitionTime: '2026-01-02T03:04:05Z',
      reason: 'Patched',
      message: 'by e2e test',
    },
  ],
});

const table: Record<string, Operations> = {
  '[sig-api-machinery] API priority and fairness should support FlowSchema API operations [Conformance]':
    {
      groupVersion: 'flowcontrol.apiserver.k8s.io/v1',
      plural: 'flowschemas',
      template: {
        spec: {
          matchingPrecedence: 10_000,
          priorityLevelConfiguration: { name: 'global-default' },
          distinguisherMethod: { type: 'ByUser' },
          rules: [
            {
              subjects: [{ kind: 'User', user: { name: 'example-e2e-non-existent-user' } }],
              nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
            },
          ],
        },
      },
      status: { patch: conditions('PatchStatusFailed'), update: conditions('StatusUpdateFailed') },
    },
  '[sig-api-machinery] API priority and fairness should support PriorityLevelConfiguration API operations [Conformance]':
    {
      groupVersion: 'flowcontrol.apiserver.k8s.io/v1',
      plural: 'prioritylevelconfigurations',
      template: {
        spec: {
          type: 'Limited',
          limited: { nominalConcurrencyShares: 2, limitResponse: { type: 'Reject' } },
        },
      },
      status: { patch: conditions('PatchStatusFailed'), update: conditions('StatusUpdateFailed') },
    },
  '[sig-api-machinery] ValidatingAdmissionPolicy [Privileged:ClusterAdmin] should support ValidatingAdmissionPolicy API operations [Conformance]':
    {
      groupVersion: 'admissionregistration.k8s.io/v1',
      plural: 'validatingadmissionpolicies',
      template: {
        spec: {
          failurePolicy: 'Ignore',
          matchConstraints: {
            resourceRules: [
              {
                apiGroups: ['apps'],
                apiVersions: ['v1'],
                operations: ['CREATE'],
                resources: ['deployments'],
              },
            ],
          },
          validations: [{ expression: 'object.spec.replicas <= 100' }],
        },
      },
      status: { patch: conditions('PatchStatusFailed'), update: conditions('StatusUpdateFailed') },
    },
  '[sig-api-machinery] ValidatingAdmissionPolicy [Privileged:ClusterAdmin] should support ValidatingAdmissionPolicyBinding API operations [Conformance]':
    {
      groupVersion: 'admissionregistration.k8s.io/v1',
      plural: 'validatingadmissionpolicybindings',
      template: {
        spec: { policyName: 'replicalimit-policy.example.com', validationActions: ['Deny'] },
      },
    },
  '[sig-apps] CronJob should support CronJob API operations [Conformance]': {
    groupVersion: 'batch/v1',
    plural: 'cronjobs',
    namespaced: true,
    template: {
      spec: {
        schedule: '* */1 * * ?',
        concurrencyPolicy: 'Allow',
        jobTemplate: {
          spec: {
            parallelism: 1,
            completions: 1,
            template: {
              spec: {
                restartPolicy: 'OnFailure',
                volumes: [{ name: 'data', emptyDir: {} }],
                containers: [
                  {
                    name: 'c',
                    image: 'registry.k8s.io/e2e-test-images/busybox:1.37.0-1',
                    command: ['sleep', '3600'],
                    volumeMounts: [{ name: 'data', mountPath: '/data' }],
                  },
                ],
              },
            },
          },
        },
      },
    },
    status: {
      patch: { lastScheduleTime: '2026-01-02T03:04:05Z' },
      update: { lastScheduleTime: '2026-01-02T04:04:05Z' },
    },
  },
  '[sig-network] EndpointSlice should support creating EndpointSlice API operations [Conformance]':
    {
      groupVersion: 'discovery.k8s.io/v1',
      plural: 'endpointslices',
      namespaced: true,
      template: {
        addressType: 'IPv4',
        endpoints: [{ addresses: ['10.0.0.10'] }],
        ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
      },
    },
  '[sig-network] Ingress API should support creating Ingress API operations [Conformance]': {
    groupVersion: 'networking.k8s.io/v1',
    plural: 'ingresses',
    namespaced: true,
    template: {
      spec: {
        defaultBackend: { service: { name: 'default-backend', port: { number: 80 } } },
        rules: [
          {
            host: 'foo.bar.com',
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: 'test-backend', port: { number: 8080 } } },
                },
              ],
            },
          },
        ],
      },
    },
    status: {
      patch: { loadBalancer: { ingress: [{ ip: '169.1.1.1' }] } },
      update: {
        loadBalancer: {
          ingress: [{ ip: '169.1.1.2' }, { ip: '169.1.1.3', hostname: 'www.foo.com' }],
        },
      },
    },
  },
  '[sig-network] IngressClass API should support creating IngressClass API operations [Conformance]':
    {
      groupVersion: 'networking.k8s.io/v1',
      plural: 'ingressclasses',
      template: { spec: { controller: 'example.com/controller' } },
    },
  '[sig-node] RuntimeClass should support RuntimeClasses API operations [Conformance]': {
    groupVersion: 'node.k8s.io/v1',
    plural: 'runtimeclasses',
    template: { handler: 'test-handler' },
  },
  '[sig-storage] CSIStorageCapacity should support CSIStorageCapacities API operations [Conformance]':
    {
      groupVersion: 'storage.k8s.io/v1',
      plural: 'csistoragecapacities',
      namespaced: true,
      template: { storageClassName: 'my-storage-class' },
    },
};

for (const [name, what] of Object.entries(table)) {
  conformance(name, (place) => operate(place, what));
}
