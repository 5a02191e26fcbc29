// Prefers nodes where cpu and memory would be used to the same degree.
// Upstream: pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go.
import { MAX_NODE_SCORE, SKIP, type Plugin } from '../framework';

export function nodeResourcesBalancedAllocation(): Plugin {
  return {
    name: 'NodeResourcesBalancedAllocation',
    reads: 'load',
    preScore: ({ shape }) =>
      // Pods that ask for nothing would all go to the most balanced node.
      shape.requests.milliCpu === 0 && shape.requests.memory === 0 ? SKIP : undefined,
    score({ shape }, { allocatable, requested }) {
      if (allocatable.milliCpu === 0 || allocatable.memory === 0) return MAX_NODE_SCORE;
      const { milliCpu, memory } = shape.requests;
      const cpuShare = Math.min(1, (requested.milliCpu + milliCpu) / allocatable.milliCpu);
      const memoryShare = Math.min(1, (requested.memory + memory) / allocatable.memory);
      // Of two values, the standard deviation is half their distance.
      const deviation = Math.abs((cpuShare - memoryShare) / 2);
      return Math.trunc((1 - deviation) * MAX_NODE_SCORE);
    },
  };
}
