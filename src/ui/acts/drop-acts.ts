// What a node in the hand can be dropped on, the gravest last, at the right.
import type { SceneNode } from '../../scene/scene';

export type DropAct = 'fillDisk' | 'freeDisk' | 'cutCable' | 'plugCable' | 'powerOff' | 'powerOn';

export function dropActs({ machine, power, network, diskFilled }: SceneNode): DropAct[] {
  if (!machine) return [];
  if (power !== 'On') return ['powerOn'];
  return [
    diskFilled ? 'freeDisk' : 'fillDisk',
    network === 'Cut' ? 'plugCable' : 'cutCable',
    'powerOff',
  ];
}
