// The ConfigMaps in which kubeadm keeps what it was told, for those that join and for upgrades:
// its own configuration, the kubelets', kube-proxy's, and how to reach the cluster.
// Upstream: cmd/kubeadm/app/phases/{uploadconfig,kubelet,addons/proxy,bootstraptoken/clusterinfo},
// componentconfigs/checksums.go.
import { encodeBase64 } from '../../api/base64';
import type { Draft } from '../../api/object';
import { configMaps, type ResourceRef } from '../../api/resource-ref';
import { sha256 } from '../../api/sha256';
import type { ConfigMap } from '../../api/types';
import { KUBE_PROXY_KUBECONFIG } from '../../world/presets/kubeadm-kube-proxy';
import type { SeedObjects } from '../extension-parts';
import {
  CLUSTER_CONFIGURATION,
  KUBE_PROXY_CONFIGURATION,
  KUBELET_CONFIGURATION,
  SERVER,
} from './texts';

const KUBE_SYSTEM = 'kube-system';
const HASH = 'kubeadm.kubernetes.io/component-config.hash';

/** `certificate`: PEM of the cluster's authority. */
export function kubeadmConfigMaps(certificate: string): SeedObjects {
  return {
    ref: configMaps as ResourceRef,
    preset: 'kubeadm',
    objects: (_now, serviceCidr) => [...ofKubeSystem(serviceCidr), clusterInfo(certificate)],
  };
}

function ofKubeSystem(serviceCidr: string): Draft<ConfigMap>[] {
  const clusterConfiguration = CLUSTER_CONFIGURATION.replace('SERVICES', serviceCidr);
  const own = { ClusterConfiguration: clusterConfiguration };
  return [
    { metadata: { name: 'kubeadm-config', namespace: KUBE_SYSTEM }, data: own },
    signed('kubelet-config', { kubelet: KUBELET_CONFIGURATION }),
    signed(
      'kube-proxy',
      { 'config.conf': KUBE_PROXY_CONFIGURATION, 'kubeconfig.conf': KUBE_PROXY_KUBECONFIG },
      { app: 'kube-proxy' },
    ),
  ];
}

const hashes = new Map<string, string>();

/** By its hash kubeadm tells that nobody has changed it. */
function signed(
  name: string,
  data: Record<string, string>,
  labels?: Record<string, string>,
): Draft<ConfigMap> {
  let hash = hashes.get(name);
  if (!hash) {
    const text = Object.keys(data)
      .sort()
      .map((key) => data[key])
      .join('');
    hash = `sha256:${hexOf(sha256([...text].map((letter) => letter.charCodeAt(0))))}`;
    hashes.set(name, hash);
  }
  const annotations = { [HASH]: hash };
  return { metadata: { name, namespace: KUBE_SYSTEM, labels, annotations }, data };
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A kubeconfig without a user, which anybody may read. */
function clusterInfo(certificate: string): Draft<ConfigMap> {
  const kubeconfig = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${encodeBase64(certificate)}
    server: ${SERVER}
  name: ""
contexts: null
current-context: ""
kind: Config
users: null
`;
  return { metadata: { name: 'cluster-info', namespace: 'kube-public' }, data: { kubeconfig } };
}
