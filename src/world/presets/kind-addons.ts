// What `kind create cluster` applies after kubeadm: its network, and local storage.
// Upstream: kind, images/base/files/kind/manifests, pkg/build/nodeimage.
import type { Draft, KubeObject } from '../../api/object';
import { localPathProvisioner } from './local-path-provisioner';

const NETWORK = 'kindnet';
const STORAGE = 'local-path-storage';

/** kindnet's DaemonSet and the local-path provisioner with the class 'standard'. */
export function kindAddons(): Draft<KubeObject>[] {
  const toleration = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' };
  return [
    ...kindnet(),
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: STORAGE } },
    ...localPathProvisioner({
      namespace: STORAGE,
      image: 'docker.io/kindest/local-path-provisioner:v20260213-acbabc1a',
      account: 'local-path-provisioner-service-account',
      role: 'local-path-provisioner-role',
      binding: 'local-path-provisioner-bind',
      path: '/var/local-path-provisioner',
      command: [
        '--debug',
        'start',
        '--helper-image',
        'docker.io/kindest/local-path-helper:v20260131-7181c60a',
      ],
      podSpec: {
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        tolerations: [{ ...toleration, operator: 'Equal' }],
      },
      className: 'standard',
    }),
  ] as Draft<KubeObject>[];
}

function kindnet(): object[] {
  const metadata = { name: NETWORK, namespace: 'kube-system' };
  const labels = { app: NETWORK, 'k8s-app': NETWORK, tier: 'node' };
  const fromStatus = (name: string, fieldPath: string) => ({
    name,
    valueFrom: { fieldRef: { fieldPath } },
  });
  const container = {
    name: 'kindnet-cni',
    image: 'docker.io/kindest/kindnetd:v20260213-df8de77b',
    env: [
      fromStatus('HOST_IP', 'status.hostIP'),
      fromStatus('POD_IP', 'status.podIP'),
      { name: 'POD_SUBNET', value: '10.244.0.0/16' },
    ],
    resources: {
      requests: { cpu: '100m', memory: '50Mi' },
      limits: { cpu: '100m', memory: '50Mi' },
    },
    securityContext: { privileged: false, capabilities: { add: ['NET_RAW', 'NET_ADMIN'] } },
  };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { ...metadata, labels },
      spec: {
        selector: { matchLabels: { app: NETWORK } },
        template: {
          metadata: { labels },
          spec: {
            hostNetwork: true,
            nodeSelector: { 'kubernetes.io/os': 'linux' },
            tolerations: [{ operator: 'Exists' }],
            serviceAccountName: NETWORK,
            containers: [container],
          },
        },
      },
    },
  ];
}
