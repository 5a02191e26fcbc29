// The scheduler's plugins that come with the extension, in the order in which they are asked.
import type { Registration } from './framework';
import { disruptionBudgets } from './plugins/default-preemption/disruption-budgets';
import { dynamicResources } from './plugins/dynamic-resources/dynamic-resources';
import { moreSpreadOwners } from './plugins/pod-topology-spread/more-owners';
import { nodeVolumeLimits } from './plugins/node-volume-limits';
import { volumeBinding } from './plugins/volume-binding/volume-binding';
import { volumeRestrictions } from './plugins/volume-restrictions';
import { volumeZone } from './plugins/volume-zone';

export const schedulerExtension: readonly Registration[] = [
  { create: volumeRestrictions, weight: 0 },
  { create: nodeVolumeLimits, weight: 0 },
  { create: volumeBinding, weight: 0 },
  { create: volumeZone, weight: 0 },
  { create: dynamicResources, weight: 0 },
  { create: disruptionBudgets, weight: 0 },
  { create: moreSpreadOwners, weight: 0 },
];
