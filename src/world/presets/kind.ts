// What `kind create cluster` leaves with two workers in its configuration: machines in containers
// named after the cluster, kubeadm's static pods, kindest/node's system.
// Upstream: kind, pkg/cluster/internal/{providers/docker,create/actions}.
import { kubeadm, machine } from './kubeadm';
import { kindAddons } from './kind-addons';
import type { Preset, PresetOptions } from './preset';

const CLUSTER = 'kind';
const WORKERS = 2;
const SYSTEM = { osImage: 'Debian GNU/Linux 12 (bookworm)', kernelVersion: '6.12.57' };

export const kindPreset: Preset = {
  ...kubeadm,
  name: 'kind',
  installer: 'kubeadm',
  addons: () => [...kubeadm.addons(), ...kindAddons()],
  bringsStorage: true,
  machines: ({ workers = WORKERS, maxPods = 110 }: PresetOptions) => {
    const list = [node('control-plane', `${CLUSTER}-control-plane`, 110)];
    for (let index = 0; index < workers; index++) {
      // kind-worker, kind-worker2, kind-worker3, ...
      list.push(node('worker', `${CLUSTER}-worker${index > 0 ? index + 1 : ''}`, maxPods));
    }
    return list;
  },
};

function node(role: 'control-plane' | 'worker', name: string, pods: number) {
  return machine(name, role, undefined, pods, {
    system: SYSTEM,
    providerID: `kind://docker/${CLUSTER}/${name}`,
  });
}
