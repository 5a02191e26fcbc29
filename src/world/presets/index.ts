import { assert } from '../../sim/assert';
import { empty } from './empty';
import { highAvailability } from './high-availability';
import { kubeadm } from './kubeadm';
import type { Preset } from './preset';

/** The ready-made clusters; the first is the one to begin with. */
export const PRESETS = [kubeadm, highAvailability, empty] as const satisfies readonly Preset[];

const byName = new Map<string, Preset>(PRESETS.map((preset) => [preset.name, preset]));
assert(byName.size === PRESETS.length, 'names of presets are unique');

/** The preset of that name; undefined when there is none. */
export function findPreset(name: string): Preset | undefined {
  return byName.get(name);
}
