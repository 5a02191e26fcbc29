// The DaemonSet whose pods take the ports of a Service on every machine.
// Upstream: github.com/k3s-io/k3s, pkg/cloudprovider/servicelb.go, newDaemonSet.
import type { Draft } from '../../api/object';
import type { Container, DaemonSet, Service } from '../../api/types';

export const LB_NAMESPACE = 'kube-system';
/** Once a node has it, only those that say 'true' take part. */
export const ENABLED_LABEL = 'svccontroller.k3s.cattle.io/enablelb';
export const SERVICE_LABELS = {
  name: 'svccontroller.k3s.cattle.io/svcname',
  namespace: 'svccontroller.k3s.cattle.io/svcnamespace',
} as const;
const POOL_LABEL = 'svccontroller.k3s.cattle.io/lbpool';
const SELECTOR_LABEL = 'svccontroller.k3s.cattle.io/nodeselector';
const PRIORITY_ANNOTATION = 'svccontroller.k3s.cattle.io/priorityclassname';
const IMAGE = 'rancher/klipper-lb:v0.4.13';
const NAME_MAX = 48;

/** 'svclb-traefik-6ed5a8f4': the Service's name and the start of its uid. */
export function daemonSetName({ metadata: { name, uid } }: Service): string {
  return `svclb-${name.slice(0, NAME_MAX).replace(/-+$/, '')}-${uid.slice(0, 8)}`;
}

/** `isSelective`: some node says whether it takes part. */
export function daemonSetFor(service: Service, isSelective: boolean): Draft<DaemonSet> {
  const { metadata } = service;
  const name = daemonSetName(service);
  const own = {
    [SERVICE_LABELS.name]: metadata.name,
    [SERVICE_LABELS.namespace]: metadata.namespace!,
  };
  const pool = metadata.labels?.[POOL_LABEL];
  const nodeSelector = { [ENABLED_LABEL]: 'true', ...(pool && { [POOL_LABEL]: pool }) };
  return {
    metadata: {
      name,
      namespace: LB_NAMESPACE,
      labels: { [SELECTOR_LABEL]: String(isSelective), ...own },
    },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, ...own } },
        spec: {
          priorityClassName: metadata.annotations?.[PRIORITY_ANNOTATION] ?? 'system-node-critical',
          serviceAccountName: 'svclb',
          automountServiceAccountToken: false,
          securityContext: { sysctls: [{ name: 'net.ipv4.ip_forward', value: '1' }] },
          tolerations: [
            { key: 'node-role.kubernetes.io/master', operator: 'Exists', effect: 'NoSchedule' },
            {
              key: 'node-role.kubernetes.io/control-plane',
              operator: 'Exists',
              effect: 'NoSchedule',
            },
            { key: 'CriticalAddonsOnly', operator: 'Exists' },
          ],
          ...(isSelective && { nodeSelector }),
          containers: containersOf(service),
        },
      },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
    },
  } as unknown as Draft<DaemonSet>;
}

function containersOf({ spec }: Service): Container[] {
  const isLocal = spec.externalTrafficPolicy === 'Local';
  const sources = spec.loadBalancerSourceRanges?.join(',') || '0.0.0.0/0';
  return (spec.ports ?? []).map(({ port, nodePort, protocol = 'TCP' }) => {
    const name = `lb-${protocol.toLowerCase()}-${port}`;
    const destination = isLocal
      ? { name: 'DEST_IPS', valueFrom: { fieldRef: { fieldPath: 'status.hostIPs' } } }
      : { name: 'DEST_IPS', value: spec.clusterIPs?.join(',') };
    return {
      name,
      image: IMAGE,
      imagePullPolicy: 'IfNotPresent',
      ports: [{ name, containerPort: port, hostPort: port, protocol }],
      env: [
        { name: 'SRC_PORT', value: String(port) },
        { name: 'SRC_RANGES', value: sources },
        { name: 'DEST_PROTO', value: protocol },
        { name: 'DEST_PORT', value: String(isLocal ? nodePort : port) },
        destination,
      ],
      securityContext: { capabilities: { add: ['NET_ADMIN'] } },
    } as Container;
  });
}
