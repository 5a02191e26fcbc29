// A thousand workers behind one control plane, in three zones of racks.
import { kubeadm } from './kubeadm';
import { rackedMachines } from './racked-machines';
import type { Preset } from './preset';

export const thousandNodes: Preset = {
  ...kubeadm,
  name: 'nodes-1000',
  installer: 'kubeadm',
  machines: ({ workers = 1000, maxPods }) =>
    rackedMachines({ masters: 1, workers, maxPods, perRack: 12, isLarge: true }),
  fillPods: 30000,
};
