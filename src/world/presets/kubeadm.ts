// What `kubeadm init` and four `kubeadm join` leave: one control-plane machine with its static
// pods, four workers in two zones, kube-proxy and CoreDNS.
// Upstream: cmd/kubeadm/app/phases/addons/{proxy,dns}/manifests.go.
import type { Machine } from '../../api/machine';
import type { Draft, KubeObject } from '../../api/object';
import { coreDnsAddon } from './kubeadm-coredns';
import { kubeProxyAddon } from './kubeadm-kube-proxy';
import { CONTROL_PLANE_IMAGES, controlPlanePods } from './kubeadm-static-pods';
import type { Preset, PresetOptions } from './preset';

const WORKERS = 4;
const ZONES = ['zone-a', 'zone-b'];
const CAPACITY = { cpu: '2', memory: '4Gi', ephemeralStorage: '40Gi', pods: 110 };
/** Slow enough that one sees an image come: nginx takes three seconds. */
const DOWNLOAD_BYTES_PER_SECOND = 25 * 1024 * 1024;

export const kubeadm: Preset = {
  name: 'kubeadm',
  machines: ({ workers = WORKERS, maxPods = CAPACITY.pods }: PresetOptions) => {
    const list = [machine('m1', 'control-plane', ZONES[0], CAPACITY.pods)];
    for (let index = 0; index < workers; index++) {
      list.push(machine(`n${index + 1}`, 'worker', ZONES[index % ZONES.length], maxPods));
    }
    return list;
  },
  staticPods: controlPlanePods,
  preloaded: CONTROL_PLANE_IMAGES,
  addons: (): Draft<KubeObject>[] => [...kubeProxyAddon(), ...coreDnsAddon()],
};

/** A machine as the presets make it. */
export function machine(
  name: string,
  role: Machine['spec']['role'],
  zone: string | undefined,
  pods: number,
  more: Partial<Machine['spec']> = {},
): Draft<Machine> {
  return {
    apiVersion: 'sim.kubarium.dev/v1alpha1',
    kind: 'Machine',
    metadata: { name },
    spec: {
      power: 'On',
      network: 'Connected',
      role,
      capacity: { ...CAPACITY, pods },
      ...(zone && { zone }),
      downloadBytesPerSecond: DOWNLOAD_BYTES_PER_SECOND,
      ...more,
    },
  };
}
