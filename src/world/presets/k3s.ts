// What `k3s server` and two `k3s agent` leave: the control plane in one process beside its kubelet,
// so no static pods and no taint; kube-proxy within k3s too, so no DaemonSet of it. Where the real
// one differs: etcd stands in for SQLite behind kine, and Traefik and its load balancer, the local
// path provisioner and Helm's controller are not installed.
// Upstream: k3s, pkg/server, pkg/agent/config, manifests/coredns.yaml.
import type { Machine } from '../../api/machine';
import type { Draft, KubeObject } from '../../api/object';
import type { Service } from '../../api/types';
import { coreDnsAddon } from './kubeadm-coredns';
import { machine } from './kubeadm';
import { oneReplica } from './minikube';
import type { Preset, PresetOptions } from './preset';

const AGENTS = 2;
const SYSTEM = {
  kubeletVersion: 'v1.36.0+k3s1',
  containerRuntimeVersion: 'containerd://2.2.1-k3s1',
};
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
  serviceCidr: '10.43.0.0/16',
  podPrefix: '10.42',
  preloaded: [],
  addons: () => coreDnsAddon().map(oneReplica).map(atItsAddress),
};

function node(name: string, role: 'control-plane' | 'worker', pods: number): Draft<Machine> {
  return machine(name, role, undefined, pods, {
    system: SYSTEM,
    taints: [],
    providerID: `k3s://${name}`,
    labels: {
      'beta.kubernetes.io/instance-type': 'k3s',
      'node.kubernetes.io/instance-type': 'k3s',
      ...(role === 'control-plane' && { 'node-role.kubernetes.io/control-plane': 'true' }),
    },
  });
}

function atItsAddress(object: Draft<KubeObject>): Draft<KubeObject> {
  if (object.kind !== 'Service') return object;
  const { spec } = object as Draft<Service>;
  const address = { clusterIP: DNS_ADDRESS, clusterIPs: [DNS_ADDRESS] };
  return { ...object, spec: { ...spec, ...address } } as Draft<KubeObject>;
}
