// The plugins of the default profile, in the order in which each extension point asks them.
// Upstream: pkg/scheduler/apis/config/v1/default_plugins.go. Those about volumes and devices come
// with the extension.
import { assert } from '../../sim/assert';
import type { Handle, Registration } from '../framework';
import type { WeightedPlugin } from '../node-scorer';
import { defaultBinder } from './default-binder';
import { defaultPreemption } from './default-preemption/default-preemption';
import { deviceRelease } from './device-release';
import { imageLocality } from './image-locality';
import { interPodAffinity } from './inter-pod-affinity/inter-pod-affinity';
import { nodeAffinity } from './node-affinity';
import { nodeName } from './node-name';
import { nodePorts } from './node-ports';
import { nodeResourcesBalancedAllocation } from './node-resources-balanced-allocation';
import { nodeResourcesFit } from './node-resources-fit';
import { nodeUnschedulable } from './node-unschedulable';
import { podTopologySpread } from './pod-topology-spread/pod-topology-spread';
import { prioritySort } from './priority-sort';
import { schedulingGates } from './scheduling-gates';
import { taintToleration } from './taint-toleration';

const registrations: readonly Registration[] = [
  { create: schedulingGates, weight: 0 },
  { create: prioritySort, weight: 0 },
  { create: nodeUnschedulable, weight: 0 },
  { create: nodeName, weight: 0 },
  { create: taintToleration, weight: 3 },
  { create: nodeAffinity, weight: 2 },
  { create: nodePorts, weight: 0 },
  { create: nodeResourcesFit, weight: 1 },
  { create: podTopologySpread, weight: 2 },
  { create: interPodAffinity, weight: 2 },
  { create: deviceRelease, weight: 0 },
  { create: defaultPreemption, weight: 0 },
  { create: nodeResourcesBalancedAllocation, weight: 1 },
  { create: imageLocality, weight: 1 },
  { create: defaultBinder, weight: 0 },
];

/** Makes a scheduler's own set of plugins. */
export function createPlugins(handle: Handle): WeightedPlugin[] {
  const weighted = registrations.map(({ create, weight }) => ({ plugin: create(handle), weight }));
  const names = new Set(weighted.map(({ plugin }) => plugin.name));
  assert(names.size === weighted.length, 'plugin names are unique');
  for (const { plugin, weight } of weighted) {
    assert((plugin.score !== undefined) === weight > 0, `${plugin.name} scores if it has a weight`);
  }
  return weighted;
}
