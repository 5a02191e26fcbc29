// What `k3s server` and two `k3s agent` leave: the control plane in one process beside its kubelet,
// so no static pods and no taint; kube-proxy within k3s too, so no DaemonSet of it. Its own
// cloud-controller-manager completes Nodes and makes load balancers of pods. Where the real one
// differs: etcd stands in for SQLite behind kine, and Helm's controller with its kinds is not
// there, only what it would have made.
// Upstream: k3s, pkg/server, pkg/agent/config, manifests.
import type { Machine } from '../../api/machine';
import type { Draft, KubeObject } from '../../api/object';
import type { Service } from '../../api/types';
import { coreDnsAddon } from './kubeadm-coredns';
import { k3sAddons } from './k3s-addons';
import { machine } from './kubeadm';
import { oneReplica } from './minikube';
import type { Preset, PresetOptions } from './preset';

const AGENTS = 2;
const SYSTEM = {
  kubeletVersion: 'v1.36.0+k3s1',
  containerRuntimeVersion: 'containerd://2.2.1-k3s1',
};
/** CoreDNS, local storage, metrics, Traefik and the two Jobs; the load balancer is on each node. */
const SYSTEM_PODS = 6;
const DNS_ADDRESS = '10.43.0.10';

export const k3s: Preset = {
  name: 'k3s',
  machines: ({ workers = AGENTS, maxPods = 110 }: PresetOptions) => {
    const list = [node('k3s-server', 'control-plane', 110)];
    for (let index = 0; index < workers; index++) {
      list.push(node(`k3s-agent-${index + 1}`, 'worker', maxPods));
    }
    return list;
  },
  staticPods: () => [],
  isOneProcess: true,
  allowedSysctls: ['net.ipv4.ip_forward', 'net.ipv6.conf.all.forwarding'],
  cloud: { name: 'k3s', lease: 'k3s-cloud-controller-manager', hasNodeIp: true },
  serviceCidr: '10.43.0.0/16',
  podPrefix: '10.42',
  preloaded: [],
  addons: () => [...coreDnsAddon().map(oneReplica).map(atItsAddress), ...k3sAddons()],
  systemPods: (nodes) => SYSTEM_PODS + nodes,
};

function node(name: string, role: 'control-plane' | 'worker', pods: number): Draft<Machine> {
  return machine(name, role, undefined, pods, {
    system: SYSTEM,
    taints: [],
    ...(role === 'control-plane' && {
      labels: { 'node-role.kubernetes.io/control-plane': 'true' },
    }),
  });
}

function atItsAddress(object: Draft<KubeObject>): Draft<KubeObject> {
  if (object.kind !== 'Service') return object;
  const { spec } = object as Draft<Service>;
  const address = { clusterIP: DNS_ADDRESS, clusterIPs: [DNS_ADDRESS] };
  return { ...object, spec: { ...spec, ...address } } as Draft<KubeObject>;
}
