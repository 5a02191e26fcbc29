// What `k3s server` applies from its manifests folder besides CoreDNS: local storage, the metrics
// server, and the Jobs in which Helm installs Traefik.
// Upstream: k3s, manifests/{local-storage,metrics-server,traefik}.yaml; github.com/k3s-io/
// helm-controller, pkg/controllers/chart.
import type { Draft, KubeObject } from '../../api/object';
import { localPathProvisioner } from './local-path-provisioner';

const NAMESPACE = 'kube-system';
const ALL = {
  key: 'node-role.kubernetes.io/control-plane',
  operator: 'Exists',
  effect: 'NoSchedule',
} as const;
export const K3S_TOLERATIONS = [
  { key: 'CriticalAddonsOnly', operator: 'Exists' },
  ALL,
  { ...ALL, key: 'node-role.kubernetes.io/master' },
] as const;

/** In the order in which they are applied. */
export function k3sAddons(): Draft<KubeObject>[] {
  return [
    ...localPathProvisioner({
      namespace: NAMESPACE,
      image: 'rancher/local-path-provisioner:v0.0.34',
      account: 'local-path-provisioner-service-account',
      role: 'local-path-provisioner-role',
      binding: 'local-path-provisioner-bind',
      path: '/var/lib/rancher/k3s/storage',
      command: ['start', '--config', '/etc/config/config.json'],
      podSpec: { priorityClassName: 'system-node-critical', tolerations: K3S_TOLERATIONS },
      className: 'local-path',
    }),
    ...metricsServer(),
    ...helmInstall('traefik-crd'),
    ...helmInstall('traefik'),
  ];
}

function metricsServer(): Draft<KubeObject>[] {
  const labels = { 'k8s-app': 'metrics-server' };
  const metadata = { name: 'metrics-server', namespace: NAMESPACE };
  const probe = (path: string) => ({
    httpGet: { path, port: 'https', scheme: 'HTTPS' },
    periodSeconds: path === '/readyz' ? 2 : 10,
    timeoutSeconds: 1,
  });
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...metadata, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, name: 'metrics-server' },
          spec: {
            priorityClassName: 'system-node-critical',
            serviceAccountName: 'metrics-server',
            tolerations: K3S_TOLERATIONS,
            volumes: [{ name: 'tmp-dir', emptyDir: {} }],
            containers: [
              {
                name: 'metrics-server',
                image: 'rancher/mirrored-metrics-server:v0.8.1',
                args: [
                  '--cert-dir=/tmp',
                  '--secure-port=10250',
                  '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
                  '--kubelet-use-node-status-port',
                  '--metric-resolution=15s',
                ],
                ports: [{ name: 'https', containerPort: 10250, protocol: 'TCP' }],
                resources: { requests: { cpu: '100m', memory: '70Mi' } },
                readinessProbe: probe('/readyz'),
                livenessProbe: { ...probe('/livez'), initialDelaySeconds: 60 },
                volumeMounts: [{ name: 'tmp-dir', mountPath: '/tmp' }],
              },
            ],
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        ...metadata,
        labels: {
          'kubernetes.io/cluster-service': 'true',
          'kubernetes.io/name': 'Metrics-server',
        },
      },
      spec: {
        selector: labels,
        ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 'https' }],
      },
    },
  ] as unknown as Draft<KubeObject>[];
}

/** The Job that installs a chart, with an account that may do anything. */
function helmInstall(chart: string): Draft<KubeObject>[] {
  const name = `helm-install-${chart}`;
  const account = `helm-${chart}`;
  const labels = { 'helmcharts.helm.cattle.io/chart': chart };
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: account, namespace: NAMESPACE },
      automountServiceAccountToken: true,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: `helm-${NAMESPACE}-${chart}` },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'cluster-admin',
      },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace: NAMESPACE }],
    },
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace: NAMESPACE, labels },
      spec: {
        backoffLimit: 1000,
        template: {
          metadata: { labels },
          spec: {
            restartPolicy: 'OnFailure',
            serviceAccountName: account,
            nodeSelector: { 'kubernetes.io/os': 'linux' },
            containers: [
              {
                name: 'helm',
                image: 'rancher/klipper-helm:v0.9.14-build20260210',
                imagePullPolicy: 'IfNotPresent',
                args: ['install'],
                env: [
                  { name: 'NAME', value: chart },
                  { name: 'HELM_DRIVER', value: 'secret' },
                  { name: 'CHART_NAMESPACE', value: NAMESPACE },
                  { name: 'TARGET_NAMESPACE', value: NAMESPACE },
                ],
              },
            ],
          },
        },
      },
    },
  ] as unknown as Draft<KubeObject>[];
}
