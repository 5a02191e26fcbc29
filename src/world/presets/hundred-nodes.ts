// A hundred workers behind one control plane, in three zones of racks.
import { kubeadm } from './kubeadm';
import { rackedMachines } from './racked-machines';
import type { Preset } from './preset';

export const hundredNodes: Preset = {
  ...kubeadm,
  name: 'nodes-100',
  installer: 'kubeadm',
  machines: ({ workers = 100, maxPods }) =>
    rackedMachines({ masters: 1, workers, maxPods, perRack: 12, isLarge: true }),
  fillPods: 3000,
};
