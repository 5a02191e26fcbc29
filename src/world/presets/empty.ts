// A control plane in the air: no machine, no node, no pod, and the Service range that answers of
// real control planes were recorded with. For tests and for building by hand.
import type { Preset } from './preset';

export const empty: Preset = {
  name: 'empty',
  machines: () => [],
  staticPods: () => [],
  serviceCidr: '10.96.0.0/16',
  preloaded: [],
  addons: () => [],
};
