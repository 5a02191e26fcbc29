// Three zones of a cloud with a control plane and three workers each. The racks are told by the
// machines themselves; zones, addresses and load balancers by the cloud.
import {
  CLOUD_CONTROLLER_MANAGER_IMAGE,
  cloudControllerManagerPod,
} from './cloud-controller-manager-pod';
import { kubeadm } from './kubeadm';
import { rackedMachines } from './racked-machines';
import type { Preset, StaticPod } from './preset';

export const zones: Preset = {
  ...kubeadm,
  name: 'zones',
  installer: 'kubeadm',
  cloud: { name: 'kubarium', lease: 'cloud-controller-manager' },
  staticPods: (machine, address) => [
    ...kubeadm.staticPods(machine, address).map(withCloud),
    cloudControllerManagerPod(),
  ],
  preloaded: [...kubeadm.preloaded, CLOUD_CONTROLLER_MANAGER_IMAGE],
  machines: ({ workers = 9, maxPods }) =>
    rackedMachines({ masters: 3, workers, maxPods, perRack: 3, isLarge: false, isCloud: true }),
};

/** The controller manager leaves to the cloud's what is the cloud's. */
function withCloud(pod: StaticPod): StaticPod {
  const [container] = pod.spec.containers;
  if (container.name !== 'kube-controller-manager') return pod;
  const command = [...(container.command ?? []), '--cloud-provider=external'];
  return { ...pod, spec: { ...pod.spec, containers: [{ ...container, command }] } };
}
