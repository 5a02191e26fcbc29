// Three zones with a control plane and three workers each; every machine says its zone and rack.
import { kubeadm } from './kubeadm';
import { rackedMachines } from './racked-machines';
import type { Preset } from './preset';

export const zones: Preset = {
  ...kubeadm,
  name: 'zones',
  installer: 'kubeadm',
  machines: ({ workers = 9, maxPods }) =>
    rackedMachines({ masters: 3, workers, maxPods, perRack: 3, isLarge: false }),
};
