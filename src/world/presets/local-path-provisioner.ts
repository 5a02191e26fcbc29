// The local-path provisioner as kind and k3s install it, each with its own names.
// Upstream: github.com/rancher/local-path-provisioner, deploy/local-path-storage.yaml.
import type { Draft, KubeObject } from '../../api/object';

export interface LocalPathOptions {
  namespace: string;
  image: string;
  /** Of its pods and its Deployment. */
  labels?: Record<string, string>;
  account: string;
  role: string;
  binding: string;
  /** Where volumes stand on a machine. */
  path: string;
  command: string[];
  podSpec?: object;
  className: string;
}

const CONFIG_MAP = 'local-path-config';
const SETUP = '#!/bin/sh\nset -eu\nmkdir -m 0777 -p "$VOL_DIR"\n';
const TEARDOWN = '#!/bin/sh\nset -eu\nrm -rf "$VOL_DIR"\n';

/** Account, roles, Deployment, ConfigMap and the default StorageClass. */
export function localPathProvisioner(options: LocalPathOptions): Draft<KubeObject>[] {
  const { namespace, account, role, binding, path } = options;
  const nodePathMap = [{ node: 'DEFAULT_PATH_FOR_NON_LISTED_NODES', paths: [path] }];
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace } },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: role },
      rules: RULES,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: binding },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: CONFIG_MAP, namespace },
      data: {
        'config.json': JSON.stringify({ nodePathMap }),
        setup: SETUP,
        teardown: TEARDOWN,
      },
    },
    deployment(options),
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: options.className,
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
      provisioner: 'rancher.io/local-path',
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
  ] as Draft<KubeObject>[];
}

const RULES = [
  {
    apiGroups: [''],
    resources: ['nodes', 'persistentvolumeclaims', 'configmaps', 'pods', 'pods/log'],
    verbs: ['get', 'list', 'watch'],
  },
  {
    apiGroups: [''],
    resources: ['persistentvolumes'],
    verbs: ['get', 'list', 'watch', 'create', 'patch', 'update', 'delete'],
  },
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
  { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: ['get', 'list', 'watch'] },
];

function deployment(options: LocalPathOptions): object {
  const { namespace, image, account, command, podSpec = {} } = options;
  const labels = options.labels ?? { app: 'local-path-provisioner' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'local-path-provisioner', namespace },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          ...podSpec,
          serviceAccountName: account,
          containers: [
            {
              name: 'local-path-provisioner',
              image,
              imagePullPolicy: 'IfNotPresent',
              command: ['local-path-provisioner', ...command],
              volumeMounts: [{ name: 'config-volume', mountPath: '/etc/config/' }],
              env: [
                {
                  name: 'POD_NAMESPACE',
                  valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } },
                },
                { name: 'CONFIG_MOUNT_PATH', value: '/etc/config/' },
              ],
            },
          ],
          volumes: [{ name: 'config-volume', configMap: { name: CONFIG_MAP } }],
        },
      },
    },
  };
}
