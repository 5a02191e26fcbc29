// Machines as a data centre has them: three zones, racks in each, both told by labels.
import type { Machine } from '../../api/machine';
import type { Draft } from '../../api/object';
import { machine } from './kubeadm';

const ZONES = ['a', 'b', 'c'];
const REGION = 'region-1';
/** What many sites call it; Kubernetes itself knows regions, zones and hostnames alone. */
const RACK_LABEL = 'topology.kubernetes.io/rack';
const CAPACITY = { cpu: '4', memory: '16Gi', ephemeralStorage: '100Gi', pods: 110 };

export interface RackedOptions {
  masters: number;
  workers: number;
  /** Pods that a worker takes. */
  maxPods?: number | undefined;
  perRack: number;
  /** Machines of four processors, named by zone: 'node-c-043'; else small ones: 'n9'. */
  isLarge: boolean;
  /** The cloud says the region, not the machine. */
  isCloud?: boolean;
}

/** Control planes first, m1 to mN, then workers, zone by zone in turn. */
export function rackedMachines(options: RackedOptions): Draft<Machine>[] {
  const { masters, workers, perRack } = options;
  const list: Draft<Machine>[] = [];
  for (let index = 0; index < masters; index++) {
    const zone = ZONES[index % ZONES.length];
    list.push(racked(`m${index + 1}`, 'control-plane', zone, 1, { ...options, maxPods: 110 }));
  }
  const digits = String(Math.ceil(workers / ZONES.length)).length;
  for (let index = 0; index < workers; index++) {
    const zone = ZONES[index % ZONES.length];
    const number = Math.floor(index / ZONES.length);
    const name = options.isLarge
      ? `node-${zone}-${String(number + 1).padStart(Math.max(3, digits), '0')}`
      : `n${index + 1}`;
    list.push(racked(name, 'worker', zone, Math.floor(number / perRack) + 1, options));
  }
  return list;
}

function racked(
  name: string,
  role: Machine['spec']['role'],
  zone: string,
  rack: number,
  { maxPods = 110, isLarge, isCloud }: RackedOptions,
): Draft<Machine> {
  const labels = {
    ...(!isCloud && { 'topology.kubernetes.io/region': REGION }),
    [RACK_LABEL]: `${zone}-${String(rack).padStart(2, '0')}`,
  };
  const capacity = { ...CAPACITY, pods: maxPods };
  return machine(name, role, `zone-${zone}`, maxPods, { labels, ...(isLarge && { capacity }) });
}
