// What can be done to a machine itself: its power, its cable, its disk.
import type { SceneNode } from '../../scene/scene';
import type { SceneData } from '../state/scene-store';
import type { Act, ActTarget, Offer } from './act';
import { machinePlan } from './requests';
import { words } from './words';

/** So full that the kubelet must act: less than a tenth of the disk is left. */
const FULL_PERCENT = 97;

export const powerOff: Act = {
  id: 'powerOff',
  group: 'machine',
  icon: 'power',
  key: 'p',
  grave: true,
  offers: onMachine(
    ({ power }) => power === 'On',
    ({ machine }) => ({
      id: '',
      name: words.powerOff,
      about: words.powerOffAbout(machine),
      plan: () => machinePlan(machine, { power: 'Off' }),
    }),
  ),
};

export const powerOn: Act = {
  id: 'powerOn',
  group: 'machine',
  icon: 'power',
  key: 'p',
  offers: onMachine(
    ({ power }) => power === 'Off',
    ({ machine }) => ({
      id: '',
      name: words.powerOn,
      about: words.powerOnAbout(machine),
      plan: () => machinePlan(machine, { power: 'On' }),
    }),
  ),
};

export const cutCable: Act = {
  id: 'cutCable',
  group: 'machine',
  icon: 'cable',
  key: 'x',
  grave: true,
  offers: onMachine(
    ({ power, network }) => power === 'On' && network !== 'Cut',
    ({ machine }) => ({
      id: '',
      name: words.cutCable,
      about: words.cutCableAbout(machine),
      plan: () => machinePlan(machine, { network: 'Cut' }),
    }),
  ),
};

export const plugCable: Act = {
  id: 'plugCable',
  group: 'machine',
  icon: 'plug',
  key: 'x',
  offers: onMachine(
    ({ power, network }) => power === 'On' && network === 'Cut',
    ({ machine }) => ({
      id: '',
      name: words.plugCable,
      about: words.plugCableAbout(machine),
      plan: () => machinePlan(machine, { network: 'Connected' }),
    }),
  ),
};

export const fillDisk: Act = {
  id: 'fillDisk',
  group: 'machine',
  icon: 'disk',
  key: 'f',
  grave: true,
  offers: onMachine(
    ({ power, diskFilled }) => power === 'On' && !diskFilled,
    ({ machine }) => ({
      id: '',
      name: words.fillDisk,
      about: words.fillDiskAbout(machine),
      plan: () => machinePlan(machine, { disk: { filledPercent: FULL_PERCENT } }),
    }),
  ),
};

export const freeDisk: Act = {
  id: 'freeDisk',
  group: 'machine',
  icon: 'disk',
  key: 'f',
  offers: onMachine(
    ({ power, diskFilled }) => power === 'On' && diskFilled !== undefined,
    ({ machine }) => ({
      id: '',
      name: words.freeDisk,
      about: words.freeDiskAbout(machine),
      plan: () => machinePlan(machine, { disk: null }),
    }),
  ),
};

function onMachine(isOffered: (node: SceneNode) => boolean, offer: (node: SceneNode) => Offer) {
  return (target: ActTarget, scene: SceneData): Offer[] => {
    const node = nodeOf(target, scene);
    return node?.machine && isOffered(node) ? [offer(node)] : [];
  };
}

/** The node, or the machine that has no Node yet, that a target is. */
export function nodeOf({ kind, name }: ActTarget, scene: SceneData): SceneNode | undefined {
  return kind === 'Node' || kind === 'Machine' ? scene.nodes.get(name) : undefined;
}
