// A control plane in the air: no machine, no node, no pod. For tests and for building by hand.
import type { Preset } from './preset';

export const empty: Preset = {
  name: 'empty',
  machines: () => [],
  staticPods: () => [],
  preloaded: [],
  addons: () => [],
};
