// Five hundred workers behind one control plane, in three zones of fourteen racks.
import { kubeadm } from './kubeadm';
import { rackedMachines } from './racked-machines';
import type { Preset } from './preset';

export const fiveHundredNodes: Preset = {
  ...kubeadm,
  name: 'nodes-500',
  installer: 'kubeadm',
  machines: ({ workers = 500, maxPods }) =>
    rackedMachines({ masters: 1, workers, maxPods, perRack: 12, isLarge: true }),
  fillPods: 10000,
};
