// The add-ons that are on in a new minikube: storage-provisioner and default-storageclass.
// Upstream: minikube, deploy/addons/{storage-provisioner,storageclass}.
import type { Draft, KubeObject } from '../../api/object';

const MODE = 'addonmanager.kubernetes.io/mode';

/** The provisioner's pod, which no controller keeps, and the class 'standard'. */
export function minikubeAddons(): Draft<KubeObject>[] {
  const name = 'storage-provisioner';
  const labels = { 'integration-test': name, [MODE]: 'Reconcile' };
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace: 'kube-system', labels: { [MODE]: 'Reconcile' } },
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name, labels: { [MODE]: 'EnsureExists' } },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'system:persistent-volume-provisioner',
      },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'kube-system' }],
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'kube-system', labels },
      spec: {
        serviceAccountName: name,
        hostNetwork: true,
        containers: [
          {
            name,
            image: 'gcr.io/k8s-minikube/storage-provisioner:v5',
            command: ['/storage-provisioner'],
            imagePullPolicy: 'IfNotPresent',
            volumeMounts: [{ mountPath: '/tmp', name: 'tmp' }],
          },
        ],
        volumes: [{ name: 'tmp', hostPath: { path: '/tmp', type: 'Directory' } }],
      },
    },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: 'standard',
        labels: { [MODE]: 'EnsureExists' },
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
      provisioner: 'k8s.io/minikube-hostpath',
    },
  ] as unknown as Draft<KubeObject>[];
}
