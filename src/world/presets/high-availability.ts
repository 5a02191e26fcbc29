// What `kubeadm init` and `kubeadm join --control-plane` leave: three control-plane machines with a
// stacked etcd each, in three zones, and five workers.
import type { Machine } from '../../api/machine';
import type { Draft } from '../../api/object';
import { kubeadm, machine } from './kubeadm';
import type { Preset, PresetOptions } from './preset';

const MASTERS = 3;
const WORKERS = 5;
const PODS = 110;
const ZONES = ['zone-a', 'zone-b', 'zone-c'];

export const highAvailability: Preset = {
  ...kubeadm,
  name: 'ha',
  installer: 'kubeadm',
  machines({ workers = WORKERS, maxPods = PODS }: PresetOptions) {
    const list: Draft<Machine>[] = [];
    for (let index = 0; index < MASTERS; index++) {
      list.push(machine(`m${index + 1}`, 'control-plane', ZONES[index % ZONES.length], PODS));
    }
    for (let index = 0; index < workers; index++) {
      list.push(machine(`n${index + 1}`, 'worker', ZONES[index % ZONES.length], maxPods));
    }
    return list;
  },
};
