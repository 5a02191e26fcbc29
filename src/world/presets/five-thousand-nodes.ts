// As many workers as Kubernetes is tested with, and room for as many pods: 5,000 and 150,000.
import { kubeadm } from './kubeadm';
import { rackedMachines } from './racked-machines';
import type { Preset } from './preset';

export const fiveThousandNodes: Preset = {
  ...kubeadm,
  name: 'nodes-5000',
  installer: 'kubeadm',
  machines: ({ workers = 5000, maxPods }) =>
    rackedMachines({ masters: 1, workers, maxPods, perRack: 12, isLarge: true }),
  fillPods: 150000,
};
