// What `minikube start` leaves: one machine in a container, control plane and worker at once. It
// has kubeadm's static pods, no taint, one CoreDNS, and a Docker behind cri-dockerd.
// Upstream: minikube, pkg/minikube/{bootstrapper/kubeadm,node,cni}.
import type { Draft, KubeObject } from '../../api/object';
import type { Deployment } from '../../api/types';
import { kubeadm, machine } from './kubeadm';
import { minikubeAddons } from './minikube-addons';
import type { Preset } from './preset';

const NAME = 'minikube';
const SYSTEM = {
  osImage: 'Debian GNU/Linux 12 (bookworm)',
  containerRuntimeVersion: 'docker://29.0.4',
};

export const minikube: Preset = {
  ...kubeadm,
  name: NAME,
  installer: 'kubeadm',
  machines: ({ maxPods = 110 }) => [
    machine(NAME, 'control-plane', undefined, maxPods, {
      taints: [],
      system: SYSTEM,
      capacity: { cpu: '4', memory: '8Gi', ephemeralStorage: '60Gi', pods: maxPods },
      labels: {
        'minikube.k8s.io/name': NAME,
        'minikube.k8s.io/primary': 'true',
        'minikube.k8s.io/version': 'v1.38.0',
      },
    }),
  ],
  addons: () => [...kubeadm.addons().map(oneReplica), ...minikubeAddons()],
  bringsStorage: true,
};

/** Tools for one machine scale CoreDNS down to one. */
export function oneReplica(object: Draft<KubeObject>): Draft<KubeObject> {
  if (object.kind !== 'Deployment') return object;
  const { spec } = object as Draft<Deployment>;
  return { ...object, spec: { ...spec, replicas: 1 } } as Draft<KubeObject>;
}
