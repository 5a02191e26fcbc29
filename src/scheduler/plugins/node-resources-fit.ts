// Rejects nodes that have not enough left for the pod; prefers those that would have most left
// (LeastAllocated, cpu and memory alike).
// Upstream: pkg/scheduler/framework/plugins/noderesources (fit.go, least_allocated.go).
import type { Node } from '../../api/types';
import { MAX_NODE_SCORE, type Handle, type Plugin, type Rejection } from '../framework';
import type { NodeInfo } from '../node-info';
import type { PodShape } from '../pod-shape';
import { ResourceAmounts, type ResourceList } from '../resource-amounts';

const name = 'NodeResourcesFit';

export function nodeResourcesFit(handle: Handle): Plugin {
  return {
    name,
    reads: 'load',
    filter: ({ shape }, node) =>
      fits(shape, node, handle) ? undefined : rejectionOf(shape, node, handle),
    score({ shape }, { allocatable, scoringRequested }) {
      const { milliCpu, memory } = shape.scoringRequests;
      let score = 0;
      let weights = 0;
      if (allocatable.milliCpu > 0) {
        score += leastAllocated(scoringRequested.milliCpu + milliCpu, allocatable.milliCpu);
        weights++;
      }
      if (allocatable.memory > 0) {
        score += leastAllocated(scoringRequested.memory + memory, allocatable.memory);
        weights++;
      }
      return weights === 0 ? 0 : Math.trunc(score / weights);
    },
    hints: [
      { on: ['AssignedPodDelete', 'AssignedPodScaleDown'] },
      {
        on: ['PodScaleDown'],
        mayHelp: (queued, event) => event.new?.metadata.uid === queued.uid,
      },
      {
        on: ['NodeAdd', 'NodeAllocatable'],
        mayHelp: ({ shape }, event) => couldFit(shape, event.new as Node, handle),
      },
      {
        on: ['DeviceClassAdd', 'DeviceClassUpdate'],
        mayHelp: ({ shape }) => shape.requests.scalars !== undefined,
      },
    ],
  };
}

function fits({ requests }: PodShape, node: NodeInfo, handle: Handle): boolean {
  const { allocatable, requested } = node;
  if (node.pods.length + 1 > node.allocatablePods) return false;
  const { milliCpu, memory, ephemeralStorage, scalars } = requests;
  if (milliCpu > 0 && milliCpu > allocatable.milliCpu - requested.milliCpu) return false;
  if (memory > 0 && memory > allocatable.memory - requested.memory) return false;
  if (
    ephemeralStorage > 0 &&
    ephemeralStorage > allocatable.ephemeralStorage - requested.ephemeralStorage
  ) {
    return false;
  }
  if (scalars === undefined) return true;
  for (const [resource, amount] of scalars) {
    if (lacks(node, resource, amount, handle)) return false;
  }
  return true;
}

function lacks(
  { allocatable, requested }: NodeInfo,
  resource: string,
  amount: number,
  { isBackedByDevices }: Handle,
): boolean {
  const capacity = allocatable.get(resource);
  if (amount === 0 || amount <= capacity - requested.get(resource)) return false;
  return capacity > 0 || !isBackedByDevices(resource);
}

/** Rejections met so far, so that thousands of full nodes share one. */
const known = new Map<string, Rejection>();

function rejectionOf({ requests }: PodShape, node: NodeInfo, handle: Handle): Rejection {
  const reasons: string[] = [];
  let isResolvable = true;
  if (node.pods.length + 1 > node.allocatablePods) reasons.push('Too many pods');
  for (const resource of namesOf(requests)) {
    const amount = requests.get(resource);
    if (!lacks(node, resource, amount, handle)) continue;
    reasons.push('Insufficient ' + resource);
    if (amount > node.allocatable.get(resource)) isResolvable = false;
  }
  const key = reasons.join() + isResolvable;
  let rejection = known.get(key);
  if (rejection === undefined) {
    rejection = { plugin: name, reasons, isResolvable };
    if (known.size < 256) known.set(key, rejection);
  }
  return rejection;
}

function namesOf({ scalars }: ResourceAmounts): string[] {
  return ['cpu', 'memory', 'ephemeral-storage', ...(scalars?.keys() ?? [])];
}

/** Whether the pod would fit were the node empty. */
function couldFit({ requests }: PodShape, node: Node, handle: Handle): boolean {
  const allocatable = ResourceAmounts.of(node.status.allocatable as ResourceList | undefined);
  return namesOf(requests).every(
    (resource) =>
      requests.get(resource) <= allocatable.get(resource) || handle.isBackedByDevices(resource),
  );
}

function leastAllocated(requested: number, allocatable: number): number {
  if (requested > allocatable) return 0;
  return Math.trunc(((allocatable - requested) * MAX_NODE_SCORE) / allocatable);
}
