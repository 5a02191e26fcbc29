// The static pods that kubeadm writes for a control plane with a stacked etcd.
// Upstream: cmd/kubeadm/app/phases/{controlplane,etcd}.
import type { Container, PodSpec, Probe } from '../../api/types';
import type { StaticPod } from './preset';

/** Of Kubernetes. */
export const VERSION = 'v1.36.0';
const ETCD_IMAGE = 'registry.k8s.io/etcd:3.6.6-0';
const PKI = '/etc/kubernetes/pki';

/** Images that `kubeadm config images pull` fetches on a control-plane machine. */
export const CONTROL_PLANE_IMAGES: readonly string[] = [
  `registry.k8s.io/kube-apiserver:${VERSION}`,
  `registry.k8s.io/kube-controller-manager:${VERSION}`,
  `registry.k8s.io/kube-scheduler:${VERSION}`,
  `registry.k8s.io/kube-proxy:${VERSION}`,
  'registry.k8s.io/coredns/coredns:v1.14.1',
  'registry.k8s.io/pause:3.10.1',
  ETCD_IMAGE,
];

/** etcd, kube-apiserver, kube-controller-manager and kube-scheduler of one machine. */
export function controlPlanePods(machine: string, address: string): StaticPod[] {
  return [etcdPod(machine, address), apiServerPod(address), controllerManagerPod(), schedulerPod()];
}

/** A volume of a static pod, from the host. */
export interface Mount {
  name: string;
  path: string;
  type: 'File' | 'FileOrCreate' | 'DirectoryOrCreate';
  isWritable?: boolean;
}

/** Where certificates are on most distributions. */
export const CERTIFICATES: readonly Mount[] = [
  { name: 'ca-certs', path: '/etc/ssl/certs', type: 'DirectoryOrCreate' },
  { name: 'etc-ca-certificates', path: '/etc/ca-certificates', type: 'DirectoryOrCreate' },
  { name: 'k8s-certs', path: PKI, type: 'DirectoryOrCreate' },
  {
    name: 'usr-local-share-ca-certificates',
    path: '/usr/local/share/ca-certificates',
    type: 'DirectoryOrCreate',
  },
  {
    name: 'usr-share-ca-certificates',
    path: '/usr/share/ca-certificates',
    type: 'DirectoryOrCreate',
  },
];

function etcdPod(machine: string, address: string): StaticPod {
  const command = [
    'etcd',
    `--advertise-client-urls=https://${address}:2379`,
    `--cert-file=${PKI}/etcd/server.crt`,
    '--client-cert-auth=true',
    '--data-dir=/var/lib/etcd',
    '--feature-gates=InitialCorruptCheck=true',
    `--initial-advertise-peer-urls=https://${address}:2380`,
    `--initial-cluster=${machine}=https://${address}:2380`,
    `--key-file=${PKI}/etcd/server.key`,
    `--listen-client-urls=https://127.0.0.1:2379,https://${address}:2379`,
    '--listen-metrics-urls=http://127.0.0.1:2381',
    `--listen-peer-urls=https://${address}:2380`,
    `--name=${machine}`,
    `--peer-cert-file=${PKI}/etcd/peer.crt`,
    '--peer-client-cert-auth=true',
    `--peer-key-file=${PKI}/etcd/peer.key`,
    `--peer-trusted-ca-file=${PKI}/etcd/ca.crt`,
    '--snapshot-count=10000',
    `--trusted-ca-file=${PKI}/etcd/ca.crt`,
    '--watch-progress-notify-interval=5s',
  ];
  const mounts: Mount[] = [
    { name: 'etcd-data', path: '/var/lib/etcd', type: 'DirectoryOrCreate', isWritable: true },
    { name: 'etcd-certs', path: PKI + '/etcd', type: 'DirectoryOrCreate', isWritable: true },
  ];
  return staticPod('etcd', mounts, {
    name: 'etcd',
    image: ETCD_IMAGE,
    command,
    resources: { requests: { cpu: '100m', memory: '100Mi' } },
    startupProbe: httpProbe('/readyz', 2381, 'HTTP', { failureThreshold: 24 }),
    livenessProbe: httpProbe('/livez', 2381, 'HTTP', { failureThreshold: 8 }),
    readinessProbe: httpProbe('/readyz', 2381, 'HTTP', { failureThreshold: 3, periodSeconds: 1 }),
  });
}

function apiServerPod(address: string): StaticPod {
  const command = [
    'kube-apiserver',
    `--advertise-address=${address}`,
    '--allow-privileged=true',
    '--authorization-mode=Node,RBAC',
    `--client-ca-file=${PKI}/ca.crt`,
    '--enable-admission-plugins=NodeRestriction',
    '--enable-bootstrap-token-auth=true',
    `--etcd-cafile=${PKI}/etcd/ca.crt`,
    `--etcd-certfile=${PKI}/apiserver-etcd-client.crt`,
    `--etcd-keyfile=${PKI}/apiserver-etcd-client.key`,
    '--etcd-servers=https://127.0.0.1:2379',
    `--kubelet-client-certificate=${PKI}/apiserver-kubelet-client.crt`,
    `--kubelet-client-key=${PKI}/apiserver-kubelet-client.key`,
    '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
    `--proxy-client-cert-file=${PKI}/front-proxy-client.crt`,
    `--proxy-client-key-file=${PKI}/front-proxy-client.key`,
    '--requestheader-allowed-names=front-proxy-client',
    `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`,
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-username-headers=X-Remote-User',
    '--secure-port=6443',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${PKI}/sa.pub`,
    `--service-account-signing-key-file=${PKI}/sa.key`,
    '--service-cluster-ip-range=10.96.0.0/12',
    `--tls-cert-file=${PKI}/apiserver.crt`,
    `--tls-private-key-file=${PKI}/apiserver.key`,
  ];
  const pod = staticPod('kube-apiserver', CERTIFICATES, {
    name: 'kube-apiserver',
    image: `registry.k8s.io/kube-apiserver:${VERSION}`,
    command,
    resources: { requests: { cpu: '250m' } },
    startupProbe: httpProbe('/livez', 6443, 'HTTPS', { failureThreshold: 24 }),
    livenessProbe: httpProbe('/livez', 6443, 'HTTPS', { failureThreshold: 8 }),
    readinessProbe: httpProbe('/readyz', 6443, 'HTTPS', { failureThreshold: 3, periodSeconds: 1 }),
  });
  pod.metadata.annotations = {
    'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint': `${address}:6443`,
  };
  return pod;
}

function controllerManagerPod(): StaticPod {
  const config = '/etc/kubernetes/controller-manager.conf';
  const command = [
    'kube-controller-manager',
    '--allocate-node-cidrs=true',
    `--authentication-kubeconfig=${config}`,
    `--authorization-kubeconfig=${config}`,
    '--bind-address=127.0.0.1',
    `--client-ca-file=${PKI}/ca.crt`,
    '--cluster-cidr=10.244.0.0/16',
    '--cluster-name=kubernetes',
    `--cluster-signing-cert-file=${PKI}/ca.crt`,
    `--cluster-signing-key-file=${PKI}/ca.key`,
    '--controllers=*,bootstrapsigner,tokencleaner',
    `--kubeconfig=${config}`,
    '--leader-elect=true',
    `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`,
    `--root-ca-file=${PKI}/ca.crt`,
    `--service-account-private-key-file=${PKI}/sa.key`,
    '--service-cluster-ip-range=10.96.0.0/12',
    '--use-service-account-credentials=true',
  ];
  const mounts: Mount[] = [
    ...CERTIFICATES,
    {
      name: 'flexvolume-dir',
      path: '/usr/libexec/kubernetes/kubelet-plugins/volume/exec',
      type: 'DirectoryOrCreate',
      isWritable: true,
    },
    { name: 'kubeconfig', path: config, type: 'FileOrCreate' },
  ];
  return staticPod('kube-controller-manager', mounts, {
    name: 'kube-controller-manager',
    image: `registry.k8s.io/kube-controller-manager:${VERSION}`,
    command,
    resources: { requests: { cpu: '200m' } },
    startupProbe: httpProbe('/healthz', 10257, 'HTTPS', { failureThreshold: 24 }),
    livenessProbe: httpProbe('/healthz', 10257, 'HTTPS', { failureThreshold: 8 }),
  });
}

function schedulerPod(): StaticPod {
  const config = '/etc/kubernetes/scheduler.conf';
  const command = [
    'kube-scheduler',
    `--authentication-kubeconfig=${config}`,
    `--authorization-kubeconfig=${config}`,
    '--bind-address=127.0.0.1',
    `--kubeconfig=${config}`,
    '--leader-elect=true',
  ];
  const mounts: Mount[] = [{ name: 'kubeconfig', path: config, type: 'FileOrCreate' }];
  return staticPod('kube-scheduler', mounts, {
    name: 'kube-scheduler',
    image: `registry.k8s.io/kube-scheduler:${VERSION}`,
    command,
    resources: { requests: { cpu: '100m' } },
    startupProbe: httpProbe('/livez', 10259, 'HTTPS', { failureThreshold: 24 }),
    livenessProbe: httpProbe('/livez', 10259, 'HTTPS', { failureThreshold: 8 }),
    readinessProbe: httpProbe('/readyz', 10259, 'HTTPS', { failureThreshold: 3, periodSeconds: 1 }),
  });
}

/** A pod of a control plane with one container, on the host's network. */
export function staticPod(name: string, mounts: readonly Mount[], container: Container): StaticPod {
  const spec: PodSpec = {
    containers: [
      {
        ...container,
        imagePullPolicy: 'IfNotPresent',
        volumeMounts: mounts.map(({ name: volume, path, isWritable }) =>
          isWritable
            ? { name: volume, mountPath: path }
            : { name: volume, mountPath: path, readOnly: true },
        ),
      },
    ],
    hostNetwork: true,
    priorityClassName: 'system-node-critical',
    priority: 2_000_001_000,
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    volumes: mounts.map(({ name: volume, path, type }) => ({
      name: volume,
      hostPath: { path, type },
    })),
  };
  const labels = { component: name, tier: 'control-plane' };
  return { metadata: { name, namespace: 'kube-system', labels }, spec };
}

/** A probe of the program's own port on this machine. */
export function httpProbe(
  path: string,
  port: number,
  scheme: 'HTTP' | 'HTTPS',
  more: Partial<Probe>,
): Probe {
  const { periodSeconds = 10 } = more;
  return {
    httpGet: { host: '127.0.0.1', path, port, scheme },
    initialDelaySeconds: periodSeconds === 1 ? 0 : 10,
    timeoutSeconds: 15,
    successThreshold: 1,
    ...more,
    periodSeconds,
  };
}
